// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/recoveryfile.h"

#include "io/outputerror.h"
#include "session/documentcodec.h"
#include "session/pixelpacking.h"
#include "session/recoverylive.h"
#include "session/recoverytable.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <cerrno>
#include <filesystem>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <unistd.h>
#endif

namespace heirloom
{

namespace
{

using S = QLatin1String;

constexpr auto ownFile = QFile::ReadOwner | QFile::WriteOwner;
constexpr auto ownFolder = ownFile | QFile::ExeOwner;
constexpr qsizetype originalPart = qsizetype(8) << 20;

QByteArray json(const QJsonObject &object)
{
    return packedContent(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

/// Numbers as runs, [first, last] each: a history is mostly one run.
QJsonArray runs(const std::vector<RecoveryTarget::State> &states)
{
    QJsonArray array;
    for (size_t i = 0; i < states.size();) {
        size_t last = i;
        while (last + 1 < states.size() && states[last + 1]->number == states[last]->number + 1)
            ++last;
        array += QJsonArray{qint64(states[i]->number), qint64(states[last]->number)};
        i = last + 1;
    }
    return array;
}

QByteArray nowOf(const RecoveryTarget &target)
{
    return json({{S("time"), QDateTime::currentDateTimeUtc().toString(Qt::ISODate)},
                 {S("states"), runs(target.states)},
                 {S("index"), target.index},
                 {S("named"), runs(target.named)},
                 {S("photo"), target.photo->toJson()},
                 {S("words"), target.words.toJson()},
                 {S("project"), target.projectPath},
                 {S("unsaved"), target.isUnsaved}});
}

/// 0 or an error number.
int syncFile(QFile &file)
{
#ifdef Q_OS_UNIX
    while (::fdatasync(file.handle()) != 0) {
        if (errno == EINTR)
            continue;
        // Some file systems have nothing to sync.
        return errno == EINVAL || errno == ENOTSUP ? 0 : errno;
    }
#else
    Q_UNUSED(file)
#endif
    return 0;
}

} // namespace

RecoveryFile::RecoveryFile(const QString &path, const Options &options)
    : m_path(path)
    , m_options(options)
    , m_nextCount(options.garbageSlack)
{
}

RecoveryFile::RecoveryFile(const QString &path, const Options &options, RecoveryIndex index,
                           std::shared_ptr<QLockFile> lock)
    : m_path(path)
    , m_options(options)
    , m_lock(std::move(lock))
    , m_index(std::move(index))
    , m_nextCount(options.garbageSlack)
{
}

RecoveryFile::~RecoveryFile() = default;

QString RecoveryFile::lockPath(const QString &path)
{
    const QFileInfo info(path);
    return info.path() + u'/' + info.completeBaseName() + QStringLiteral(".lock");
}

std::shared_ptr<QLockFile> RecoveryFile::lock(const QString &path, bool *isDiskFull)
{
    auto lock = std::make_shared<QLockFile>(lockPath(path));
    lock->setStaleLockTime(0); // age proves nothing; only a process that is gone does
    if (!lock->tryLock()) {
        if (isDiskFull) // Qt's word for it
            *isDiskFull = lock->error() == QLockFile::UnknownError;
        return {};
    }
    QFile::setPermissions(lockPath(path), ownFile);
    return lock;
}

Error RecoveryFile::writeError(int errorNumber) const
{
    const QString folder = QFileInfo(m_path).path();
    const Error error = outputError(errorNumber, folder);
    if (error.code == ErrorCode::DiskFull)
        return Error(ErrorCode::RecoveryDiskFull, {folder}, error.details);
    return Error(ErrorCode::RecoveryNotWritten, error.arguments, error.details);
}

// ---- the file ----------------------------------------------------------------------------------

Result<void> RecoveryFile::open()
{
    if (m_file)
        return {};
    const QString folder = QFileInfo(m_path).path();
    errno = 0;
    if (!QFileInfo(folder).isDir()) {
        if (!QDir().mkpath(folder))
            return fail(writeError(errno != 0 ? errno : EACCES));
        QFile::setPermissions(folder, ownFolder);
    }
    bool isDiskFull = false;
    if (!m_lock && !(m_lock = lock(m_path, &isDiskFull)))
        return fail(writeError(isDiskFull ? ENOSPC : EACCES));
    return openFile();
}

Result<void> RecoveryFile::openFile()
{
    m_device.reset();
    m_file = std::make_unique<QFile>(m_path);
    errno = 0;
    if (!m_file->open(QFile::ReadWrite | QFile::Unbuffered, ownFile)) {
        const int error = errno != 0 ? errno : EACCES;
        m_file.reset();
        return fail(writeError(error));
    }
    if (m_options.device)
        m_device = m_options.device(*m_file);
    return {};
}

Result<void> RecoveryFile::append(RecoveryKind kind, const QByteArray &key,
                                  const QByteArray &content)
{
    // What a failed write or a crash left behind is cut off first.
    if (m_file->size() != m_index.end() && !m_file->resize(m_index.end()))
        return fail(writeError(errno != 0 ? errno : EIO));
    const QByteArray record = RecoveryIndex::record(kind, key, content);
    errno = 0;
    if (!device().seek(m_index.end()) || device().write(record) != record.size()) {
        const int error = errno != 0 ? errno : ENOSPC;
        m_file->resize(m_index.end());
        return fail(writeError(error));
    }
    m_index.addRecord(record);
    return {};
}

void RecoveryFile::remove()
{
    m_device.reset();
    m_file.reset();
    if (m_lock) // without it nothing was written
        QFile::remove(m_path);
    m_lock.reset();
    m_index = {};
}

// ---- writing -----------------------------------------------------------------------------------

Result<void> RecoveryFile::write(const RecoveryTarget &target, const std::atomic<bool> &stop)
{
    if (m_options.writing)
        m_options.writing();
    if (auto opened = open(); !opened)
        return opened;
    if (m_index.end() == 0) {
        const QJsonObject head{{S("version"), version},
                               {S("document"), DocumentCodec::version},
                               {S("program"), QCoreApplication::applicationVersion()},
                               {S("name"), target.photo->name}};
        if (auto done = append(RecoveryKind::Head, {},
                               QJsonDocument(head).toJson(QJsonDocument::Compact));
            !done)
            return done;
    }
    if (auto done = addOriginal(*target.photo, stop); !done)
        return done;
    for (const auto *list : {&target.states, &target.named}) {
        for (const RecoveryTarget::State &state : *list) {
            if (m_index.has(RecoveryKind::State, RecoveryIndex::numberKey(state->number)))
                continue;
            if (auto done = addState(*state, stop); !done)
                return done;
        }
    }
    if (auto done = append(RecoveryKind::Now, {}, nowOf(target)); !done)
        return done;
    if (const int error = syncFile(*m_file); error != 0)
        return fail(writeError(error));
    compactIfWorthIt(target, stop);
    return {};
}

Result<void> RecoveryFile::addOriginal(const OpenedPhoto &photo, const std::atomic<bool> &stop)
{
    if (!photo.original || m_index.has(RecoveryKind::Original, RecoveryIndex::numberKey(0)))
        return {};
    // Null when the file was written over since: its pixels are all there is, and they are kept.
    const QByteArray bytes = photo.original->bytes();
    // The first part last: with it the photo's file is whole.
    for (qsizetype i = (bytes.size() - 1) / originalPart; i >= 0 && !bytes.isEmpty(); --i) {
        const QByteArray key = RecoveryIndex::numberKey(quint64(i));
        if (stop)
            return fail(ErrorCode::Cancelled);
        if (m_index.has(RecoveryKind::Original, key))
            continue;
        QByteArray part = bytes.mid(i * originalPart, originalPart);
        if (i == 0)
            part.prepend(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256));
        if (auto done = append(RecoveryKind::Original, key, packedContent(part)); !done)
            return done;
    }
    return {};
}

Result<void> RecoveryFile::addState(const RecoveryState &state, const std::atomic<bool> &stop)
{
    DocumentParts parts;
    const QJsonObject document = DocumentCodec::toJson(state.state, parts);
    for (auto it = parts.profiles.cbegin(); it != parts.profiles.cend(); ++it) {
        const QByteArray key = it.key().toLatin1();
        if (m_index.has(RecoveryKind::Profile, key))
            continue;
        if (auto done = append(RecoveryKind::Profile, key, packedContent(it.value())); !done)
            return done;
    }
    for (auto it = parts.pixels.cbegin(); it != parts.pixels.cend(); ++it) {
        if (m_index.has(RecoveryKind::Pixels, it.key().toLatin1()))
            continue;
        if (auto done = addPixels(it.key(), it.value(), stop); !done)
            return done;
    }
    return append(RecoveryKind::State, RecoveryIndex::numberKey(state.number),
                  json({{S("text"), state.text}, {S("document"), document}}));
}

Result<void> RecoveryFile::addPixels(const QString &key, const TiledBuffer &pixels,
                                     const std::atomic<bool> &stop)
{
    const RecoveryTable table = RecoveryTable::of(pixels);
    for (int y = 0; y < pixels.rows(); ++y) {
        for (int x = 0; x < pixels.columns(); ++x) {
            if (stop)
                return fail(ErrorCode::Cancelled);
            const QByteArray &tile = table.tile({x, y});
            if (tile.isEmpty() || m_index.has(RecoveryKind::Tile, tile))
                continue;
            if (auto done = append(RecoveryKind::Tile, tile, packedTile(pixels, {x, y})); !done)
                return done;
        }
    }
    return append(RecoveryKind::Pixels, key.toLatin1(), packedContent(table.toBytes()));
}

// ---- writing anew ------------------------------------------------------------------------------

void RecoveryFile::compactIfWorthIt(const RecoveryTarget &target, const std::atomic<bool> &stop)
{
    // Counting reads tables, so it waits until there can be enough garbage.
    if (m_index.end() < m_nextCount)
        return;
    QSet<quint64> numbers;
    for (const auto *list : {&target.states, &target.named}) {
        for (const RecoveryTarget::State &state : *list)
            numbers.insert(state->number);
    }
    const auto live = RecoveryLive::of(*m_file, m_index, numbers);
    const qint64 bytes = live ? live->bytes() : m_index.end();
    const auto allowed =
        bytes + std::max(m_options.garbageSlack, qint64(double(bytes) * m_options.garbageFactor));
    // A disk that has no room for a smaller copy takes nothing back: the journal is whole as it is.
    if (live && m_index.end() > allowed && compact(*live, stop))
        m_nextCount = allowed;
    else
        m_nextCount = std::max(allowed, m_index.end() + m_options.garbageSlack);
}

bool RecoveryFile::compact(const RecoveryLive &live, const std::atomic<bool> &stop)
{
    QFile file(m_path + QStringLiteral(".new"));
    if (!file.open(QFile::ReadWrite | QFile::Truncate | QFile::Unbuffered, ownFile))
        return false;
    const std::unique_ptr<QIODevice> wrapped = m_options.device ? m_options.device(file) : nullptr;
    QIODevice &to = wrapped ? *wrapped : file;
    RecoveryIndex index;
    const bool written = std::all_of(
        live.records().begin(), live.records().end(), [&](const RecoveryLive::Record &record) {
            const auto content = RecoveryIndex::read(*m_file, record.extent);
            if (!content || stop)
                return false;
            const QByteArray bytes = RecoveryIndex::record(record.kind, record.key, *content);
            if (!to.seek(index.end()) || to.write(bytes) != bytes.size())
                return false;
            index.addRecord(bytes);
            return true;
        });
    std::error_code error;
    if (written && syncFile(file) == 0) {
        std::filesystem::rename(file.fileName().toStdU16String(), m_path.toStdU16String(), error);
        if (!error) {
            m_index = index;
            return bool(openFile());
        }
    }
    file.remove();
    return false;
}

} // namespace heirloom
