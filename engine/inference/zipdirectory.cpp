// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/zipdirectory.h"

#include <QSet>
#include <QtEndian>

#include <zlib.h>

namespace heirloom
{

namespace
{

constexpr quint32 localSignature = 0x04034b50;
constexpr quint32 directorySignature = 0x02014b50;
constexpr quint32 endSignature = 0x06054b50;
constexpr qsizetype localSize = 30;
constexpr qsizetype directorySize = 46;
constexpr qsizetype endSize = 22;
constexpr int mostEntries = 20000;
constexpr int longestName = 512;

quint16 u16(QByteArrayView bytes, qsizetype at)
{
    return qFromLittleEndian<quint16>(bytes.data() + at);
}

quint32 u32(QByteArrayView bytes, qsizetype at)
{
    return qFromLittleEndian<quint32>(bytes.data() + at);
}

bool isPlainName(QByteArrayView name)
{
    if (name.isEmpty() || name.size() > longestName || name.startsWith('/'))
        return false;
    for (char c : name) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-' || c == '/';
        if (!plain)
            return false;
    }
    return !name.toByteArray().contains("..") && !name.toByteArray().contains("//");
}

} // namespace

ZipDirectory ZipDirectory::read(QByteArrayView archive)
{
    ZipDirectory result;
    const auto stop = [&](const QString &why) {
        result.entries.clear();
        result.problem = why;
        return result;
    };
    if (archive.size() < endSize || u32(archive, 0) != localSignature)
        return stop(tr("it is not a model archive"));
    // 32-bit offsets are enough for every model here, so ZIP64 is one more thing not to be read.
    if (archive.size() > qsizetype(0xfffffffe))
        return stop(tr("it is larger than 4 GB"));
    const qsizetype end = archive.size() - endSize;
    if (u32(archive, end) != endSignature || u16(archive, end + 20) != 0)
        return stop(tr("its end is missing or something was added to it"));
    const int count = u16(archive, end + 10);
    const qsizetype size = u32(archive, end + 12);
    const qsizetype start = u32(archive, end + 16);
    if (u16(archive, end + 4) != 0 || u16(archive, end + 6) != 0 ||
        u16(archive, end + 8) != count || count == 0 || count > mostEntries || start + size != end)
        return stop(tr("its directory is damaged"));

    QSet<QByteArray> names;
    qsizetype at = start;
    qsizetype expected = 0; // where the next entry's local header has to be
    for (int i = 0; i < count; ++i) {
        if (at + directorySize > end || u32(archive, at) != directorySignature)
            return stop(tr("its directory is damaged"));
        const quint16 flags = u16(archive, at + 8);
        const quint16 method = u16(archive, at + 10);
        const quint32 crc = u32(archive, at + 16);
        const quint32 packed = u32(archive, at + 20);
        const quint32 length = u32(archive, at + 24);
        const qsizetype nameLength = u16(archive, at + 28);
        const qsizetype extraLength = u16(archive, at + 30);
        const qsizetype commentLength = u16(archive, at + 32);
        const qsizetype offset = u32(archive, at + 42);
        const qsizetype next = at + directorySize + nameLength + extraLength + commentLength;
        if (next > end)
            return stop(tr("its directory is damaged"));
        if (method != 0 || packed != length)
            return stop(tr("it contains compressed entries"));
        if (flags & ~quint16(0x0800))
            return stop(tr("it contains encrypted or streamed entries"));
        const QByteArrayView name = archive.sliced(at + directorySize, nameLength);
        if (!isPlainName(name))
            return stop(tr("it contains an entry with an unusual name"));

        if (offset != expected || offset + localSize > start ||
            u32(archive, offset) != localSignature)
            return stop(tr("its entries overlap or leave gaps"));
        const qsizetype localName = u16(archive, offset + 26);
        const qsizetype data = offset + localSize + localName + u16(archive, offset + 28);
        if (data + qsizetype(length) > start)
            return stop(tr("an entry lies outside the file"));
        if (localName != nameLength || archive.sliced(offset + localSize, localName) != name ||
            (u16(archive, offset + 6) & ~quint16(0x0800)) || u16(archive, offset + 8) != method ||
            u32(archive, offset + 14) != crc || u32(archive, offset + 18) != packed ||
            u32(archive, offset + 22) != length)
            return stop(tr("an entry contradicts the directory"));

        const QByteArray folded = name.toByteArray().toLower();
        if (names.contains(folded))
            return stop(tr("two entries have the same name"));
        names.insert(folded);
        result.entries.push_back({name.toByteArray(), crc, archive.sliced(data, length)});
        expected = data + length;
        at = next;
    }
    if (at != end || expected != start)
        return stop(tr("it contains bytes that belong to no entry"));
    return result;
}

const ZipDirectory::Entry *ZipDirectory::find(const QByteArray &name) const
{
    for (const Entry &entry : entries)
        if (entry.name == name)
            return &entry;
    return nullptr;
}

bool ZipDirectory::crcMatches(const Entry &entry)
{
    return crc32_z(0, reinterpret_cast<const Bytef *>(entry.data.data()),
                   z_size_t(entry.data.size())) == entry.crc;
}

} // namespace heirloom
