// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/ziparchive.h"

#include "io/outputerror.h"

#include <QFileInfo>
#include <QHash>

#include <zip.h>

#include <cerrno>
#include <cstring>
#include <vector>

namespace heirloom
{

namespace
{

constexpr qint64 ratioFrom = qint64(1) << 20;

bool isSafe(const QString &name)
{
    if (name.isEmpty() || name.startsWith(u'/') || name.contains(u'\\') || name.contains(u':') ||
        name.contains(QChar(0)))
        return false;
    const auto parts = QStringView(name).split(u'/');
    return !parts.contains(QStringView(u"..")) && !parts.contains(QStringView(u"."));
}

} // namespace

// ---- reading -----------------------------------------------------------------------------------

struct ZipArchive::Private {
    QString name;
    zip_t *archive = nullptr;
    struct Entry {
        zip_uint64_t index;
        qint64 size;
    };
    QHash<QString, Entry> entries;
    QStringList names;

    ~Private()
    {
        if (archive)
            zip_discard(archive);
    }
    Error damaged(const QString &what) const
    {
        return Error(ErrorCode::InputDamaged, {name, what});
    }
};

ZipArchive::ZipArchive(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

ZipArchive::~ZipArchive() = default;

Result<std::unique_ptr<ZipArchive>> ZipArchive::open(const QString &path, const ZipLimits &limits)
{
    auto p = std::make_unique<Private>();
    p->name = QFileInfo(path).fileName();
    int code = 0;
    p->archive = zip_open(QFile::encodeName(path).constData(), ZIP_RDONLY | ZIP_CHECKCONS, &code);
    if (!p->archive) {
        if (code == ZIP_ER_NOENT)
            return fail(ErrorCode::InputMissing, {path});
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        const QString text = QString::fromUtf8(zip_error_strerror(&error));
        zip_error_fini(&error);
        if (code == ZIP_ER_OPEN || code == ZIP_ER_READ)
            return fail(ErrorCode::InputUnreadable, {path, text});
        return tl::unexpected(p->damaged(text));
    }
    const zip_int64_t count = zip_get_num_entries(p->archive, 0);
    if (count > limits.entries)
        return tl::unexpected(p->damaged(QStringLiteral("%1 entries").arg(count)));
    qint64 total = 0;
    for (zip_int64_t i = 0; i < count; ++i) {
        zip_stat_t stat;
        constexpr zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE;
        if (zip_stat_index(p->archive, zip_uint64_t(i), 0, &stat) != 0 ||
            (stat.valid & needed) != needed)
            return tl::unexpected(p->damaged(QStringLiteral("an entry without a size")));
        const QString name = QString::fromUtf8(stat.name);
        if (name.endsWith(u'/'))
            continue;
        const double packed = double(stat.comp_size);
        total += qint64(stat.size);
        if (!isSafe(name) || p->entries.contains(name) ||
            stat.size > zip_uint64_t(limits.entryBytes))
            return tl::unexpected(p->damaged(QStringLiteral("entry %1").arg(name.left(80))));
        if (total > limits.totalBytes ||
            double(stat.size) > limits.ratio * packed + double(ratioFrom))
            return tl::unexpected(p->damaged(QStringLiteral("it unpacks to too much")));
        p->entries.insert(name, {zip_uint64_t(i), qint64(stat.size)});
        p->names += name;
    }
    return std::unique_ptr<ZipArchive>(new ZipArchive(std::move(p)));
}

QStringList ZipArchive::names() const
{
    return d->names;
}

bool ZipArchive::contains(const QString &name) const
{
    return d->entries.contains(name);
}

qint64 ZipArchive::size(const QString &name) const
{
    const auto at = d->entries.constFind(name);
    return at == d->entries.constEnd() ? -1 : at->size;
}

Result<QByteArray> ZipArchive::read(const QString &name)
{
    const auto at = d->entries.constFind(name);
    if (at == d->entries.constEnd())
        return tl::unexpected(d->damaged(QStringLiteral("%1 is missing").arg(name)));
    zip_file_t *file = zip_fopen_index(d->archive, at->index, 0);
    if (!file)
        return tl::unexpected(d->damaged(QString::fromUtf8(zip_strerror(d->archive))));
    QByteArray content(at->size, Qt::Uninitialized);
    qint64 done = 0;
    zip_int64_t got = 0;
    while (done < at->size &&
           (got = zip_fread(file, content.data() + done, zip_uint64_t(at->size - done))) > 0)
        done += got;
    char more = 0;
    const bool ended = done == at->size && zip_fread(file, &more, 1) == 0;
    zip_fclose(file);
    if (!ended)
        return tl::unexpected(d->damaged(QStringLiteral("%1 is incomplete or changed").arg(name)));
    return content;
}

// ---- writing -----------------------------------------------------------------------------------

struct ZipArchiveWriter::Private {
    QIODevice &device;
    QString name;
    zip_t *archive = nullptr;
    zip_error_t error;
    int systemError = 0;
    std::vector<QByteArray> contents; ///< until they are written
    std::function<bool(double)> keepGoing;

    Private(QIODevice &d, QString n)
        : device(d)
        , name(std::move(n))
    {
        zip_error_init(&error);
        zip_source_t *source =
            zip_source_function_create(&Private::callback, this, &error);
        archive =
            source ? zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, &error) : nullptr;
        if (source && !archive)
            zip_source_free(source);
    }
    ~Private()
    {
        if (archive)
            zip_discard(archive);
        zip_error_fini(&error);
    }
    zip_int64_t failed()
    {
        systemError = errno;
        zip_error_set(&error, ZIP_ER_WRITE, systemError);
        return -1;
    }
    static zip_int64_t callback(void *user, void *data, zip_uint64_t length,
                                zip_source_cmd_t command);
    void finishEntry(zip_int64_t index, Packing packing);
};

/// What libzip asks of a place to write to; it is empty before and nobody reads from it.
zip_int64_t ZipArchiveWriter::Private::callback(void *user, void *data, zip_uint64_t length,
                                                zip_source_cmd_t command)
{
    auto &self = *static_cast<Private *>(user);
    switch (command) {
    case ZIP_SOURCE_SUPPORTS:
        return zip_source_make_command_bitmap(
            ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR,
            ZIP_SOURCE_FREE, ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS,
            ZIP_SOURCE_BEGIN_WRITE, ZIP_SOURCE_WRITE, ZIP_SOURCE_SEEK_WRITE, ZIP_SOURCE_TELL_WRITE,
            ZIP_SOURCE_COMMIT_WRITE, ZIP_SOURCE_ROLLBACK_WRITE, ZIP_SOURCE_REMOVE, -1);
    case ZIP_SOURCE_STAT: {
        auto *stat = static_cast<zip_stat_t *>(data);
        zip_stat_init(stat);
        // Said to be absent, so that libzip begins a new archive.
        zip_error_set(&self.error, ZIP_ER_READ, ENOENT);
        return -1;
    }
    case ZIP_SOURCE_ERROR:
        return zip_error_to_data(&self.error, data, length);
    case ZIP_SOURCE_BEGIN_WRITE:
    case ZIP_SOURCE_COMMIT_WRITE:
    case ZIP_SOURCE_ROLLBACK_WRITE:
    case ZIP_SOURCE_REMOVE:
    case ZIP_SOURCE_FREE:
    case ZIP_SOURCE_CLOSE:
        return 0;
    case ZIP_SOURCE_WRITE: {
        errno = 0;
        const qint64 written = self.device.write(static_cast<const char *>(data), qint64(length));
        return written == qint64(length) ? written : self.failed();
    }
    case ZIP_SOURCE_SEEK_WRITE: {
        const zip_int64_t to = zip_source_seek_compute_offset(
            zip_uint64_t(self.device.pos()), zip_uint64_t(self.device.size()), data, length,
            &self.error);
        return to >= 0 && self.device.seek(to) ? 0 : self.failed();
    }
    case ZIP_SOURCE_TELL_WRITE:
        return self.device.pos();
    default:
        zip_error_set(&self.error, ZIP_ER_OPNOTSUPP, 0);
        return -1;
    }
}

ZipArchiveWriter::ZipArchiveWriter(QIODevice &device, QString name)
    : d(std::make_unique<Private>(device, std::move(name)))
{
}

ZipArchiveWriter::~ZipArchiveWriter() = default;

void ZipArchiveWriter::Private::finishEntry(zip_int64_t index, Packing packing)
{
    if (index < 0)
        return;
    zip_set_file_compression(archive, zip_uint64_t(index),
                             packing == Packing::Stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 0);
    // 1980-01-01, the oldest that ZIP knows: the same content gives the same file.
    zip_file_set_dostime(archive, zip_uint64_t(index), 0, 33, 0);
}

void ZipArchiveWriter::add(const QString &name, const QByteArray &content, Packing packing)
{
    if (!d->archive)
        return;
    d->contents.push_back(content);
    const QByteArray &kept = d->contents.back();
    zip_source_t *source =
        zip_source_buffer(d->archive, kept.constData(), zip_uint64_t(kept.size()), 0);
    const zip_int64_t index = zip_file_add(d->archive, name.toUtf8().constData(), source,
                                           ZIP_FL_ENC_UTF_8 | ZIP_FL_OVERWRITE);
    if (index < 0)
        zip_source_free(source);
    d->finishEntry(index, packing);
}

void ZipArchiveWriter::copy(const QString &name, ZipArchive &from)
{
    const auto at = from.d->entries.constFind(name);
    if (!d->archive || at == from.d->entries.constEnd())
        return;
    zip_source_t *source =
        zip_source_zip(d->archive, from.d->archive, at->index, ZIP_FL_COMPRESSED, 0, -1);
    const zip_int64_t index =
        source ? zip_file_add(d->archive, name.toUtf8().constData(), source,
                              ZIP_FL_ENC_UTF_8 | ZIP_FL_OVERWRITE)
               : -1;
    if (index < 0) {
        zip_source_free(source);
        return;
    }
    zip_stat_t stat;
    zip_stat_index(from.d->archive, at->index, 0, &stat);
    zip_set_file_compression(d->archive, zip_uint64_t(index), stat.comp_method, 0);
    zip_file_set_dostime(d->archive, zip_uint64_t(index), 0, 33, 0);
}

Result<void> ZipArchiveWriter::finish(const std::function<bool(double)> &keepGoing)
{
    d->keepGoing = keepGoing;
    if (!d->archive)
        return fail(ErrorCode::Internal, {QString::fromUtf8(zip_error_strerror(&d->error))});
    if (keepGoing) {
        zip_register_cancel_callback_with_state(
            d->archive,
            [](zip_t *, void *user) -> int {
                return static_cast<Private *>(user)->keepGoing(0) ? 0 : 1;
            },
            nullptr, d.get());
    }
    if (zip_close(d->archive) != 0) {
        zip_error_t *error = zip_get_error(d->archive);
        if (zip_error_code_zip(error) == ZIP_ER_CANCELLED)
            return fail(ErrorCode::Cancelled);
        return tl::unexpected(outputError(d->systemError, d->name));
    }
    d->archive = nullptr;
    return {};
}

} // namespace heirloom
