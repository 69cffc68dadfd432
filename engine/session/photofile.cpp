// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/photofile.h"

#include "metadata/exivreader.h"
#include "session/uprightsource.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

namespace heirloom
{

struct PhotoFile::Private {
    QString path;
    QString name;
    QByteArray bytes;
    std::unique_ptr<QIODevice> device;
    std::unique_ptr<ImageReader> reader;
    Metadata metadata;
    Orientation orientation = Orientation::Upright;
    ReadLimits limits;
};

namespace
{

/// HEIF's own turn is part of decoding; what EXIF repeats there must not be applied again.
Orientation orientationOf(const ImageInfo &info, const Metadata &metadata)
{
    if (info.fileFormat == FileFormat::Heif || info.fileFormat == FileFormat::Avif)
        return info.orientation;
    return metadata.orientation != Orientation::Upright ? metadata.orientation : info.orientation;
}

/// The first missing row counts from the top of the upright picture; where the turn moves the gap
/// elsewhere, the sentence says so.
Notice uprightNotice(const Notice &notice, Orientation orientation)
{
    if (notice.kind != Notice::Kind::MissingRows || orientation == Orientation::Upright ||
        orientation == Orientation::MirrorHorizontal)
        return notice;
    Notice out;
    out.kind = Notice::Kind::Other;
    out.number = notice.number;
    out.text = QCoreApplication::translate("heirloom::PhotoFile",
                                           "A part of this picture is missing: in the file, which "
                                           "is stored turned, everything from row %1 on.")
                   .arg(notice.number);
    return out;
}

Result<void> checkReadable(const QString &path)
{
    const QFileInfo file(path);
    if (!file.exists())
        return fail(ErrorCode::InputMissing, {path});
    if (file.isDir())
        return fail(ErrorCode::InputIsFolder, {path});
    return {};
}

} // namespace

PhotoFile::PhotoFile(std::unique_ptr<Private> p)
    : d(std::move(p))
{
}

PhotoFile::~PhotoFile() = default;

Result<std::unique_ptr<PhotoFile>> PhotoFile::open(const QString &path, const ReadLimits &limits)
{
    if (auto readable = checkReadable(path); !readable)
        return fail(readable.error());
    auto file = std::make_unique<QFile>(path);
    if (!file->open(QIODevice::ReadOnly))
        return fail(ErrorCode::InputUnreadable, {path, file->errorString()});
    // A pipe or device has no size and cannot be gone back in: read it as bytes.
    if (file->isSequential())
        return openBytes(file->readAll(), path, limits);
    if (file->size() == 0)
        return fail(ErrorCode::InputEmpty, {path});
    auto p = std::make_unique<Private>();
    p->path = path;
    p->name = QFileInfo(path).fileName();
    p->limits = limits;
    p->device = std::move(file);
    auto reader = ImageReader::open(*p->device, path, limits);
    if (!reader)
        return fail(reader.error());
    p->reader = std::move(*reader);
    p->metadata = readMetadataFile(path);
    p->orientation = orientationOf(p->reader->info(), p->metadata);
    return std::unique_ptr<PhotoFile>(new PhotoFile(std::move(p)));
}

Result<std::unique_ptr<PhotoFile>>
PhotoFile::openBytes(const QByteArray &bytes, const QString &name, const ReadLimits &limits)
{
    if (bytes.isEmpty())
        return fail(ErrorCode::InputEmpty, {name});
    auto p = std::make_unique<Private>();
    p->name = name;
    p->bytes = bytes;
    p->limits = limits;
    auto buffer = std::make_unique<QBuffer>(&p->bytes);
    buffer->open(QIODevice::ReadOnly);
    p->device = std::move(buffer);
    auto reader = ImageReader::open(*p->device, name, limits);
    if (!reader)
        return fail(reader.error());
    p->reader = std::move(*reader);
    p->metadata = readMetadata(bytes);
    p->orientation = orientationOf(p->reader->info(), p->metadata);
    return std::unique_ptr<PhotoFile>(new PhotoFile(std::move(p)));
}

QString PhotoFile::path() const
{
    return d->path;
}

QString PhotoFile::name() const
{
    return d->name;
}

qint64 PhotoFile::byteCount() const
{
    return d->device->size();
}

ImageInfo PhotoFile::info() const
{
    ImageInfo info = d->reader->info();
    info.size = orientedSize(info.size, d->orientation);
    if (d->orientation >= Orientation::Transpose)
        std::swap(info.resolution.x, info.resolution.y);
    info.orientation = Orientation::Upright;
    for (Notice &notice : info.notices)
        notice = uprightNotice(notice, d->orientation);
    return info;
}

Orientation PhotoFile::storedOrientation() const
{
    return d->orientation;
}

const Metadata &PhotoFile::metadata() const
{
    return d->metadata;
}

QList<Notice> PhotoFile::notices() const
{
    QList<Notice> all = info().notices;
    for (const Notice &notice : d->metadata.notices) {
        if (!all.contains(notice))
            all.append(notice);
    }
    return all;
}

Result<std::unique_ptr<ImageSource>> PhotoFile::source(int retainedRows, const Progress &progress)
{
    const bool mirrored = d->orientation == Orientation::MirrorHorizontal;
    if (d->orientation == Orientation::Upright || mirrored)
        return std::make_unique<RowSource>(*d->reader, mirrored, retainedRows);
    auto pixels = image(progress);
    if (!pixels)
        return fail(pixels.error());
    return std::make_unique<MemorySource>(std::move(*pixels), d->reader->info().icc);
}

Result<Image> PhotoFile::image(const Progress &progress)
{
    const ImageInfo &info = d->reader->info();
    const qint64 needed =
        qint64(info.size.width()) * info.size.height() * info.format.bytesPerPixel();
    if (needed > d->limits.memoryBytes) {
        return fail(ErrorCode::TooMuchMemory, {d->name, QString::number(needed >> 20),
                                               QString::number(d->limits.memoryBytes >> 20)});
    }
    return readUpright(*d->reader, d->orientation, progress);
}

} // namespace heirloom
