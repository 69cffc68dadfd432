// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metadata/pngchunks.h"

#include <QtEndian>

#include <zlib.h>

namespace heirloom
{

namespace
{

QByteArray big32(quint32 value)
{
    QByteArray bytes(4, Qt::Uninitialized);
    qToBigEndian(value, bytes.data());
    return bytes;
}

QByteArray chunk(const char *type, const QByteArray &body)
{
    const QByteArray checked = QByteArray(type, 4) + body;
    const auto crc =
        ::crc32(0, reinterpret_cast<const Bytef *>(checked.constData()), uInt(checked.size()));
    return big32(quint32(body.size())) + checked + big32(quint32(crc));
}

/// The body of a "Raw profile type iptc" chunk: the records as a Photoshop resource, in hex.
QByteArray rawIptc(const QByteArray &records)
{
    QByteArray resource = QByteArray("8BIM\x04\x04\0\0", 8) + big32(quint32(records.size()));
    resource += records;
    if (records.size() % 2 != 0)
        resource += '\0';
    QByteArray text = "\niptc\n" + QByteArray::number(resource.size()).rightJustified(8) + '\n';
    for (qsizetype at = 0; at < resource.size(); at += 36)
        text += resource.mid(at, 36).toHex() + '\n';
    // qCompress puts four bytes of length in front of the zlib stream.
    return QByteArray("Raw profile type iptc\0\0", 23) + qCompress(text).mid(4);
}

QByteArray metadataChunks(const Metadata &metadata)
{
    QByteArray chunks;
    if (!metadata.exif.isEmpty())
        chunks += chunk("eXIf", metadata.exif);
    if (!metadata.iptc.isEmpty())
        chunks += chunk("zTXt", rawIptc(metadata.iptc));
    if (!metadata.xmp.isEmpty())
        chunks += chunk("iTXt", QByteArray("XML:com.adobe.xmp\0\0\0\0\0", 22) + metadata.xmp);
    return chunks;
}

bool isMetadata(const QByteArray &type, const QByteArray &body)
{
    return type == "eXIf" || (type == "iTXt" && body.startsWith("XML:com.adobe.xmp")) ||
           ((type == "zTXt" || type == "tEXt") && body.startsWith("Raw profile type "));
}

} // namespace

std::optional<QByteArray> pngWithMetadata(const QByteArray &png, const Metadata &metadata)
{
    if (!png.startsWith("\x89PNG\r\n\x1a\n"))
        return std::nullopt;
    QByteArray result = png.left(8);
    result.reserve(png.size() + metadata.exif.size() + metadata.xmp.size() +
                   4 * metadata.iptc.size() + 1024);
    bool inserted = false;
    bool ended = false;
    qsizetype at = 8;
    while (!ended) {
        if (at + 12 > png.size())
            return std::nullopt;
        const qsizetype length = qFromBigEndian<quint32>(png.constData() + at);
        if (length > png.size() - at - 12)
            return std::nullopt;
        const QByteArray type = png.mid(at + 4, 4);
        if (type == "IDAT" && !inserted) {
            result += metadataChunks(metadata);
            inserted = true;
        }
        if (!isMetadata(type, QByteArray::fromRawData(png.constData() + at + 8, length)))
            result.append(png.constData() + at, 12 + length);
        ended = type == "IEND";
        at += 12 + length;
    }
    if (!inserted)
        return std::nullopt;
    return result;
}

} // namespace heirloom
