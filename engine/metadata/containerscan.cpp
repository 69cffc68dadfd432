// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metadata/containerscan.h"

#include <QtEndian>

namespace heirloom
{

namespace
{

constexpr qint64 exifLimit = qint64(16) << 20;
constexpr int segmentLimit = 100'000;

template <typename T>
T big(const QByteArray &bytes, int at = 0)
{
    return qFromBigEndian<T>(bytes.constData() + at);
}

bool goTo(QIODevice &device, qint64 at)
{
    return at < device.size() && device.seek(at);
}

bool isExif(const QByteArray &block)
{
    return block.startsWith("II*") || block.startsWith(QByteArray("MM\0*", 4));
}

void scanJpeg(QIODevice &device, ContainerScan &scan)
{
    qint64 at = 2;
    for (int n = 0; n < segmentLimit; ++n) {
        if (!goTo(device, at))
            return;
        const QByteArray head = device.read(4);
        if (head.size() < 4 || uchar(head[0]) != 0xFF)
            return;
        const uchar marker = uchar(head[1]);
        if (marker == 0xFF) { // fill byte
            ++at;
            continue;
        }
        if (marker == 0xDA || marker == 0xD9)
            return;
        const int length = big<quint16>(head, 2);
        if (length < 2)
            return;
        if (marker == 0xE1 || marker == 0xE2 || marker == 0xEB) {
            const QByteArray body = device.read(length - 2);
            const QByteArray exifMark("Exif\0\0", 6);
            if (marker == 0xE1 && body.startsWith(exifMark)) {
                if (scan.exif.isEmpty() && isExif(body.mid(6)))
                    scan.exif = body.mid(6);
            } else if (marker == 0xE1 && body.startsWith("http://ns.adobe.com/xmp/extension/")) {
                scan.extendedXmp = true;
            } else if (marker == 0xE2 && body.startsWith(QByteArray("MPF\0", 4))) {
                scan.morePictures = true;
            } else if (marker == 0xEB && body.startsWith("JP") && body.left(256).contains("c2pa")) {
                scan.contentCredentials = true;
            }
        }
        at += 2 + length;
    }
}

void scanPng(QIODevice &device, ContainerScan &scan)
{
    qint64 at = 8;
    for (int n = 0; n < segmentLimit && goTo(device, at); ++n) {
        const QByteArray head = device.read(8);
        if (head.size() < 8)
            return;
        const qint64 length = big<quint32>(head);
        const QByteArray type = head.mid(4, 4);
        if (type == "IEND")
            return;
        if (type == "caBX")
            scan.contentCredentials = true;
        if (type == "eXIf" && length <= exifLimit) {
            const QByteArray body = device.read(length);
            if (isExif(body))
                scan.exif = body;
        }
        at += 12 + length;
    }
}

void scanWebP(QIODevice &device, ContainerScan &scan)
{
    qint64 at = 12;
    for (int n = 0; n < segmentLimit && goTo(device, at); ++n) {
        const QByteArray head = device.read(8);
        if (head.size() < 8)
            return;
        const qint64 length = qFromLittleEndian<quint32>(head.constData() + 4);
        if (head.startsWith("C2PA"))
            scan.contentCredentials = true;
        if (head.startsWith("EXIF") && length <= exifLimit) {
            QByteArray body = device.read(length);
            if (body.startsWith(QByteArray("Exif\0\0", 6)))
                body.remove(0, 6);
            if (isExif(body))
                scan.exif = body;
        }
        at += 8 + length + (length & 1);
    }
}

void scanBoxes(QIODevice &device, ContainerScan &scan)
{
    static const QByteArray c2pa = QByteArray::fromHex("d8fec3d61b0e483c92975828877ec481");
    qint64 at = 0;
    for (int n = 0; n < segmentLimit && goTo(device, at); ++n) {
        const QByteArray head = device.read(32);
        if (head.size() < 8)
            return;
        qint64 length = big<quint32>(head);
        int body = 8;
        if (length == 1 && head.size() >= 16) {
            length = big<qint64>(head, 8);
            body = 16;
        }
        const QByteArray type = head.mid(4, 4);
        if (type == "jumb" || (type == "uuid" && head.mid(body, 16) == c2pa))
            scan.contentCredentials = true;
        if (length < 8 || length > device.size())
            return;
        at += length;
    }
}

void scanTiff(QIODevice &device, ContainerScan &scan, bool littleEndian)
{
    // Tag 52545 of the first directory, as C2PA 2.1 says for TIFF.
    const auto number = [&](const char *p, int bytes) {
        quint32 value = 0;
        for (int i = 0; i < bytes; ++i)
            value |= quint32(uchar(p[i])) << 8 * (littleEndian ? i : bytes - 1 - i);
        return value;
    };
    goTo(device, 4);
    const QByteArray first = device.read(4);
    if (first.size() < 4 || !goTo(device, number(first.constData(), 4)))
        return;
    const QByteArray count = device.read(2);
    if (count.size() < 2)
        return;
    const QByteArray entries = device.read(12 * qint64(number(count.constData(), 2)));
    for (int at = 0; at + 12 <= entries.size(); at += 12) {
        if (number(entries.constData() + at, 2) == 52545)
            scan.contentCredentials = true;
    }
}

} // namespace

ContainerScan scanContainer(QIODevice &device)
{
    ContainerScan scan;
    if (!goTo(device, 0))
        return scan;
    const QByteArray head = device.read(16);
    if (head.startsWith("\xFF\xD8"))
        scanJpeg(device, scan);
    else if (head.startsWith("\x89PNG\r\n\x1a\n"))
        scanPng(device, scan);
    else if (head.startsWith("RIFF") && head.mid(8, 4) == "WEBP")
        scanWebP(device, scan);
    else if (head.mid(4, 4) == "ftyp")
        scanBoxes(device, scan);
    else if (isExif(head))
        scanTiff(device, scan, head.startsWith("II"));
    return scan;
}

} // namespace heirloom
