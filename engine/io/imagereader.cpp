// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/imagereader.h"

#include "io/bmpreader.h"
#include "io/heifreader.h"
#include "io/jpegreader.h"
#include "io/limits.h"
#include "io/pngreader.h"
#include "io/signature.h"
#include "io/tiffreader.h"
#include "io/webpreader.h"

#include <QCoreApplication>

#include <new>

namespace heirloom
{

namespace
{

Result<std::unique_ptr<ImageReader>> openFormat(FileFormat format, QIODevice &device,
                                                const QString &name, const ReadLimits &limits)
{
    switch (format) {
    case FileFormat::Jpeg:
        return JpegReader::open(device, name, limits);
    case FileFormat::Png:
        return PngReader::open(device, name, limits);
    case FileFormat::Tiff:
        return TiffReader::open(device, name, limits);
    case FileFormat::WebP:
        return WebpReader::open(device, name, limits);
    case FileFormat::Heif:
    case FileFormat::Avif:
        return HeifReader::open(device, name, limits);
    case FileFormat::Bmp:
        return BmpReader::open(device, name, limits);
    }
    return fail(ErrorCode::UnknownFormat, {name});
}

} // namespace

Result<std::unique_ptr<ImageReader>> ImageReader::open(QIODevice &device, const QString &name,
                                                       const ReadLimits &limits)
{
    if (!device.isReadable() || device.isSequential()) {
        return fail(ErrorCode::InputUnreadable,
                    {name, QCoreApplication::translate("heirloom::Io", "it cannot be read freely")},
                    device.errorString());
    }
    device.seek(0);
    const QByteArray head = device.read(signatureBytes);
    if (head.isEmpty() && device.size() > 0)
        return fail(ErrorCode::InputUnreadable, {name, device.errorString()});
    const Result<FileFormat> format = recognise(head, name);
    if (!format)
        return fail(format.error());
    device.seek(0);
    try {
        return openFormat(*format, device, name, limits);
    } catch (const std::bad_alloc &) {
        return fail(ErrorCode::OutOfMemory,
                    {QCoreApplication::translate("heirloom::Io", "reading the picture"),
                     QString::number(limits.memoryBytes >> 20)});
    }
}

Result<Image> readAll(ImageReader &reader, const Progress &progress)
{
    const ImageInfo &info = reader.info();
    const qint64 rowBytes = qint64(info.size.width()) * info.format.bytesPerPixel();
    const int band = rowsWithin(qint64(4) << 20, rowBytes);
    try {
        Image whole(info.size, info.format);
        int y = 0;
        while (y < info.size.height()) {
            if (progress.stopRequested())
                return fail(ErrorCode::Cancelled);
            Result<Image> rows = reader.readRows(band);
            if (!rows)
                return fail(std::move(rows.error()));
            if (rows->isNull() || rows->width() != whole.width() ||
                rows->format() != whole.format() || rows->height() > whole.height() - y) {
                return fail(ErrorCode::Internal,
                            {QStringLiteral("a reader delivered other rows than it announced")});
            }
            whole.paste(*rows, QPoint(0, y));
            y += rows->height();
            progress.report(double(y) / info.size.height());
        }
        return whole;
    } catch (const std::bad_alloc &) {
        return fail(ErrorCode::OutOfMemory,
                    {QCoreApplication::translate("heirloom::Io", "reading the picture"),
                     QString::number(rowBytes * info.size.height() >> 20)});
    }
}

} // namespace heirloom
