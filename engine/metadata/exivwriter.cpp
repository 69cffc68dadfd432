// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metadata/exivwriter.h"

#include "metadata/exivcorrect.h"
#include "metadata/exivreader.h"
#include "metadata/exivsession.h"
#include "metadata/pngchunks.h"

#include <QCoreApplication>

#include <exiv2/exiv2.hpp>

#include <exception>

namespace heirloom
{

namespace
{

const Exiv2::byte *bytesOf(const QByteArray &block)
{
    return reinterpret_cast<const Exiv2::byte *>(block.constData());
}

/// A TIFF's tags say how its pixels are stored: prepared ones are laid over them.
Exiv2::ExifData laidOver(const Exiv2::ExifData &own, const Exiv2::ExifData &prepared)
{
    Exiv2::ExifData merged(own);
    for (const auto &datum : prepared) {
        const auto there = merged.findKey(Exiv2::ExifKey(datum.key()));
        if (there != merged.end())
            merged.erase(there);
    }
    for (const auto &datum : prepared)
        merged.add(datum);
    return merged;
}

QByteArray written(const QByteArray &encoded, FileFormat format, const Metadata &prepared)
{
    const auto image = Exiv2::ImageFactory::open(bytesOf(encoded), encoded.size());
    image->readMetadata();
    Exiv2::ExifData exif;
    if (!prepared.exif.isEmpty()) {
        const auto order = Exiv2::ExifParser::decode(exif, bytesOf(prepared.exif),
                                                     std::uint32_t(prepared.exif.size()));
        keepMakerNoteWhole(exif);
        // A TIFF keeps the order of its own header.
        if (order != Exiv2::invalidByteOrder && format != FileFormat::Tiff)
            image->setByteOrder(order);
    }
    image->setExifData(format == FileFormat::Tiff ? laidOver(image->exifData(), exif) : exif);
    Exiv2::IptcData iptc;
    if (!prepared.iptc.isEmpty())
        Exiv2::IptcParser::decode(iptc, bytesOf(prepared.iptc),
                                  std::uint32_t(prepared.iptc.size()));
    image->setIptcData(iptc);
    Exiv2::XmpData xmp;
    if (!prepared.xmp.isEmpty())
        Exiv2::XmpParser::decode(xmp, prepared.xmp.toStdString());
    image->setXmpData(xmp);
    if (!prepared.xmp.isEmpty() && format == FileFormat::Jpeg) {
        // The packet as it was measured against the segment's limit, not encoded once more.
        image->setXmpPacket(prepared.xmp.toStdString());
        image->writeXmpFromPacket(true);
    }
    image->writeMetadata();
    Exiv2::BasicIo &io = image->io();
    if (io.open() != 0)
        return {};
    QByteArray result(qsizetype(io.size()), Qt::Uninitialized);
    const auto count = io.read(reinterpret_cast<Exiv2::byte *>(result.data()), result.size());
    return qsizetype(count) == result.size() ? result : QByteArray();
}

} // namespace

Result<QByteArray> withMetadata(const QByteArray &encoded, FileFormat format,
                                const Metadata &prepared, const QString &name)
{
    const auto refuse = [&](const QString &why) {
        return fail(ErrorCode::MetadataNotWritten, {name, why}, why);
    };
    const auto tr = [](const char *text) {
        return QCoreApplication::translate("heirloom::Metadata", text);
    };
    if (prepared.isEmpty())
        return encoded;
    if (encoded.size() > metadataMemoryLimit)
        return refuse(tr("the file is too large for that"));
    switch (format) {
    case FileFormat::Png: {
        auto result = pngWithMetadata(encoded, prepared);
        if (!result)
            return refuse(tr("its structure is not that of a PNG"));
        return *std::move(result);
    }
    case FileFormat::Jpeg:
    case FileFormat::Tiff:
    case FileFormat::WebP:
        break;
    case FileFormat::Heif:
    case FileFormat::Avif:
    case FileFormat::Bmp:
        return refuse(tr("the format holds no such information"));
    }
    try {
        const auto session = exivSession();
        QByteArray result = written(encoded, format, prepared);
        if (result.isEmpty())
            return refuse(tr("the result could not be read back"));
        return result;
    } catch (const std::exception &e) {
        return refuse(QString::fromLocal8Bit(e.what()));
    }
}

} // namespace heirloom
