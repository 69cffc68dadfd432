// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/modelstore.h"

#include "inference/modelcheck.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <sys/stat.h>

#include <algorithm>

namespace heirloom
{

namespace
{

using State = ModelEntry::State;

/// What tells a file that was checked from one that was changed since. Inode and change time are
/// in it where the system has them: setting the modification time back does not help.
QString stamp(const QString &path, const ModelPin &pin)
{
    const QFileInfo info(path);
    QString text = QStringLiteral("%1|%2|%3|%4")
                       .arg(info.absoluteFilePath())
                       .arg(info.size())
                       .arg(info.lastModified().toMSecsSinceEpoch())
                       .arg(QLatin1String(pin.sha256));
#ifndef Q_OS_WIN
    struct stat status = {};
    if (::stat(QFile::encodeName(path).constData(), &status) == 0)
        text += QStringLiteral("|%1|%2")
                    .arg(quint64(status.st_ino))
                    .arg(qint64(info.metadataChangeTime().toMSecsSinceEpoch()));
#endif
    return text;
}

/// The file system's clock ticks every few milliseconds: within one tick a file can be replaced
/// and keep its stamp. What changed a moment ago is not remembered; it is checked once more.
bool isSettled(const QString &path)
{
    constexpr qint64 coarsestTick = 20; // ms
    const QDateTime changed = QFileInfo(path).metadataChangeTime();
    return !changed.isValid() || changed.msecsTo(QDateTime::currentDateTime()) > coarsestTick;
}

} // namespace

QString modelStateName(ModelEntry::State state)
{
    switch (state) {
    case State::Unchecked:
        return QStringLiteral("unchecked");
    case State::Usable:
        return QStringLiteral("usable");
    case State::MissingFile:
        return QStringLiteral("missing");
    case State::Damaged:
        return QStringLiteral("damaged");
    case State::Refused:
        return QStringLiteral("refused");
    }
    return {};
}

ModelStore::ModelStore(QStringList folders, QString memoryFile, std::vector<ModelPin> pins)
    : m_folders(std::move(folders))
    , m_memoryFile(std::move(memoryFile))
    , m_pins(std::move(pins))
{
    readMemory();
    rescan();
}

QStringList ModelStore::defaultFolders(const QString &applicationFolder,
                                       const QString &userDataFolder)
{
    const QDir application(applicationFolder);
    return {QDir::cleanPath(application.filePath(QStringLiteral("../share/heirloom/models"))),
            QDir::cleanPath(application.filePath(QStringLiteral("../models"))),
            QDir::cleanPath(userDataFolder + QStringLiteral("/models"))};
}

const ModelPin *ModelStore::pin(const QString &id) const
{
    const auto found = std::find_if(m_pins.begin(), m_pins.end(),
                                    [&](const ModelPin &pin) { return pin.id == id; });
    return found == m_pins.end() ? nullptr : &*found;
}

void ModelStore::rescan()
{
    const std::scoped_lock lock(m_mutex);
    m_entries.clear();
    for (const QString &folder : m_folders) {
        const QDir dir(folder);
        for (const QString &name : dir.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
            const QString pack = dir.absoluteFilePath(name);
            if (QFileInfo::exists(pack + QStringLiteral("/model.json")))
                m_entries.push_back(inspect(pack));
        }
    }
    // Stable: among equals the later folder stays behind the earlier one.
    std::stable_sort(
        m_entries.begin(), m_entries.end(),
        [](const ModelEntry &a, const ModelEntry &b) { return a.pack.id < b.pack.id; });
    chooseActive();
}

/// All that can be said without reading the model file.
ModelEntry ModelStore::inspect(const QString &folder) const
{
    ModelEntry entry;
    Result<ModelPack> pack = ModelPack::read(folder);
    if (!pack) {
        entry.pack.id = folder.section(u'/', -1);
        entry.pack.folder = folder;
        entry.state = State::Damaged;
        entry.reason = pack.error().arguments.value(1);
        return entry;
    }
    entry.pack = std::move(*pack);
    const auto is = [&](State state, const QString &reason) {
        entry.state = state;
        entry.reason = reason;
        return entry;
    };
    const ModelPin *known = pin(entry.pack.id);
    if (!known)
        return is(State::Refused, tr("this program does not know a model of this name"));
    if (entry.pack.sha256 != known->sha256)
        return is(State::Refused, tr("it is not the file that this program was built for"));
    const QFileInfo info(entry.pack.filePath());
    if (!info.exists())
        return is(State::MissingFile, tr("its file %1 is missing").arg(entry.pack.file));
    if (!info.isFile())
        return is(State::Damaged, tr("%1 is not a file").arg(entry.pack.file));
    if (info.size() != known->size)
        return is(State::Damaged,
                  tr("its file has %1 bytes instead of %2").arg(info.size()).arg(known->size));
    if (m_memory.contains(stamp(entry.pack.filePath(), *known)))
        entry.state = State::Usable;
    return entry;
}

/// Reads, hashes and scans. bytes receives the content when it is good; may be null.
ModelStore::Verdict ModelStore::verify(const ModelPack &pack, QByteArray *bytes) const
{
    const ModelPin *known = pin(pack.id);
    QFile file(pack.filePath());
    if (!known || !file.open(QIODevice::ReadOnly))
        return {State::MissingFile, tr("its file cannot be read: %1").arg(file.errorString())};
    const QByteArray content = file.read(known->size + 1);
    if (content.size() != known->size)
        return {State::Damaged,
                tr("its file has %1 bytes instead of %2").arg(file.size()).arg(known->size)};
    if (QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex() != known->sha256)
        return {State::Damaged, tr("its content was changed (the fingerprint differs)")};
    if (const QString problem = checkModelBytes(content); !problem.isEmpty())
        return {State::Refused, problem};
    if (bytes)
        *bytes = content;
    return {State::Usable, {}};
}

std::vector<ModelEntry> ModelStore::entries() const
{
    const std::scoped_lock lock(m_mutex);
    return m_entries;
}

std::vector<ModelEntry> ModelStore::checkedEntries()
{
    for (const ModelEntry &entry : entries()) {
        if (entry.state != State::Unchecked)
            continue;
        const Verdict verdict = verify(entry.pack, nullptr); // without the lock: it takes time
        settle(entry.pack.folder, verdict);
    }
    return entries();
}

void ModelStore::settle(const QString &folder, const Verdict &verdict)
{
    const std::scoped_lock lock(m_mutex);
    for (ModelEntry &entry : m_entries) {
        if (entry.pack.folder != folder)
            continue;
        entry.state = verdict.state;
        entry.reason = verdict.reason;
        const ModelPin *known = pin(entry.pack.id);
        if (!known)
            continue;
        const QString mark = stamp(entry.pack.filePath(), *known);
        if (verdict.state == State::Usable && !m_memory.contains(mark)
            && isSettled(entry.pack.filePath())) {
            m_memory.insert(mark);
            writeMemory();
        } else if (verdict.state != State::Usable && m_memory.remove(mark)) {
            writeMemory();
        }
    }
    chooseActive();
}

/// Of each id the highest version that may be used; where none may, the highest.
void ModelStore::chooseActive()
{
    for (ModelEntry &entry : m_entries)
        entry.active = false;
    for (ModelEntry &entry : m_entries) {
        const bool isBest =
            std::none_of(m_entries.begin(), m_entries.end(), [&](const ModelEntry &other) {
                if (&other == &entry || other.pack.id != entry.pack.id)
                    return false;
                if (other.mayBeUsed() != entry.mayBeUsed())
                    return other.mayBeUsed();
                const int order = QVersionNumber::compare(other.pack.version, entry.pack.version);
                return order > 0 || (order == 0 && &other > &entry);
            });
        entry.active = isBest;
    }
}

Result<ModelPack> ModelStore::pack(const QString &id) const
{
    const std::scoped_lock lock(m_mutex);
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(),
                     [&](const ModelEntry &entry) { return entry.active && entry.pack.id == id; });
    if (found == m_entries.end())
        return fail(ErrorCode::ModelMissing, {id});
    switch (found->state) {
    case State::Unchecked:
    case State::Usable:
        return found->pack;
    case State::MissingFile:
        return fail(ErrorCode::ModelMissing, {id}, found->reason);
    case State::Damaged:
        return fail(ErrorCode::ModelDamaged, {id, found->reason}, found->pack.filePath());
    case State::Refused:
        break;
    }
    return fail(ErrorCode::ModelRefused, {id, found->reason}, found->pack.filePath());
}

std::vector<ModelPack> ModelStore::packs(ModelTask task) const
{
    const std::scoped_lock lock(m_mutex);
    std::vector<ModelPack> result;
    for (const ModelEntry &entry : m_entries)
        if (entry.active && entry.mayBeUsed() && entry.pack.task == task)
            result.push_back(entry.pack);
    return result;
}

Result<ModelFile> ModelStore::open(const QString &id)
{
    // A pack that turns out bad gives way to the next one of its id.
    for (;;) {
        Result<ModelPack> chosen = pack(id);
        if (!chosen)
            return fail(std::move(chosen.error()));
        ModelFile file;
        const Verdict verdict = verify(*chosen, &file.bytes);
        settle(chosen->folder, verdict);
        if (verdict.state == State::Usable) {
            file.pack = std::move(*chosen);
            return file;
        }
    }
}

void ModelStore::readMemory()
{
    QFile file(m_memoryFile);
    if (m_memoryFile.isEmpty() || !file.open(QIODevice::ReadOnly))
        return;
    const QList<QByteArray> lines = file.read(1 << 20).split('\n');
    for (const QByteArray &line : lines)
        if (!line.isEmpty())
            m_memory.insert(QString::fromUtf8(line));
}

void ModelStore::writeMemory() const
{
    if (m_memoryFile.isEmpty())
        return;
    QDir().mkpath(QFileInfo(m_memoryFile).absolutePath());
    QSaveFile file(m_memoryFile);
    if (!file.open(QIODevice::WriteOnly))
        return;
    for (const QString &mark : m_memory)
        file.write(mark.toUtf8() + '\n');
    file.commit();
}

} // namespace heirloom
