// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/tiffexif.h"

#include "io/outputerror.h"

#include <QCoreApplication>
#include <QtEndian>

#include <algorithm>
#include <map>

namespace heirloom
{

namespace
{

constexpr quint16 tagExif = 34665;
constexpr quint16 tagGps = 34853;
constexpr quint16 tagInterop = 40965;
constexpr quint32 maxEntryBytes = 16u << 20;

/// Tags of the first directory that describe the photo and not how its pixels are stored.
bool describesThePhoto(quint16 tag)
{
    static const quint16 tags[] = {269,   270,   271,   272,   285,   305,   306,
                                   315,   316,   18246, 18249, 33432, 40091, 40092,
                                   40093, 40094, 40095, 50735, 42016};
    return std::find(std::begin(tags), std::end(tags), tag) != std::end(tags);
}

int typeSize(quint16 type)
{
    static const int sizes[] = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};
    return type < std::size(sizes) ? sizes[type] : 0;
}

struct Entry {
    quint16 type = 0;
    quint32 count = 0;
    QByteArray value; ///< in this machine's byte order
};
using Directory = std::map<quint16, Entry>;

/// Reads numbers of either byte order from a stream; everything beyond its end is 0.
class Stream
{
public:
    explicit Stream(const QByteArray &bytes)
        : m_bytes(bytes)
        , m_little(bytes.startsWith("II"))
    {
    }
    bool isValid() const
    {
        return m_bytes.size() >= 8 && (m_little || m_bytes.startsWith("MM")) && u16(2) == 42;
    }
    quint16 u16(quint32 at) const { return number<quint16>(at); }
    quint32 u32(quint32 at) const { return number<quint32>(at); }
    bool has(quint32 at, quint32 size) const
    {
        return quint64(at) + size <= quint64(m_bytes.size());
    }

    Directory directory(quint32 at) const
    {
        Directory out;
        const int count = u16(at);
        for (int i = 0; i < count && has(at + 2 + quint32(i) * 12, 12); ++i) {
            const quint32 e = at + 2 + quint32(i) * 12;
            Entry entry{u16(e + 2), u32(e + 4), {}};
            const quint64 size = quint64(typeSize(entry.type)) * entry.count;
            const quint32 from = size <= 4 ? e + 8 : u32(e + 8);
            if (size == 0 || size > maxEntryBytes || !has(from, quint32(size)))
                continue;
            entry.value = m_bytes.mid(qsizetype(from), qsizetype(size));
            toHost(entry);
            out[u16(e)] = entry;
        }
        return out;
    }

private:
    template <typename T>
    T number(quint32 at) const
    {
        if (!has(at, sizeof(T)))
            return 0;
        const char *from = m_bytes.constData() + at;
        return m_little ? qFromLittleEndian<T>(from) : qFromBigEndian<T>(from);
    }
    void toHost(Entry &entry) const
    {
        if (m_little == (Q_BYTE_ORDER == Q_LITTLE_ENDIAN))
            return;
        // Rationals are two numbers of 4 bytes.
        const int type = entry.type;
        const int unit = type == 5 || type == 10 ? 4 : typeSize(entry.type);
        for (qsizetype i = 0; unit > 1 && i + unit <= entry.value.size(); i += unit)
            std::reverse(entry.value.begin() + i, entry.value.begin() + i + unit);
    }

    const QByteArray &m_bytes;
    bool m_little;
};

Entry offsetEntry(quint32 offset)
{
    return {4, 1, QByteArray(reinterpret_cast<const char *>(&offset), 4)};
}

template <typename T>
void append(QByteArray &out, T value)
{
    out.append(reinterpret_cast<const char *>(&value), sizeof value);
}

/// The bytes of a directory that will stand at the given offset, its long values behind it.
QByteArray serialised(const Directory &directory, quint32 at)
{
    QByteArray head;
    QByteArray values;
    const quint32 valuesAt = at + 2 + quint32(directory.size()) * 12 + 4;
    append(head, quint16(directory.size()));
    for (const auto &[tag, entry] : directory) {
        append(head, tag);
        append(head, entry.type);
        append(head, entry.count);
        if (entry.value.size() <= 4) {
            head += entry.value + QByteArray(4 - entry.value.size(), '\0');
        } else {
            append(head, quint32(valuesAt + quint32(values.size())));
            values += entry.value;
            if (values.size() % 2 != 0)
                values += '\0';
        }
    }
    append(head, quint32(0));
    return head + values;
}

/// The finished file's first directory; long values stay where they are, as offsets.
struct RawEntry {
    quint16 tag;
    QByteArray bytes; ///< the 12 as they stand
};

Result<std::vector<RawEntry>> firstDirectory(QIODevice &device, const QString &name)
{
    const auto broken = [&] {
        return fail(
            ErrorCode::MetadataNotWritten,
            {name, QCoreApplication::translate("heirloom::Io", "the file could not be extended")});
    };
    if (!device.seek(4))
        return broken();
    const QByteArray start = device.read(4);
    if (start.size() != 4)
        return broken();
    quint32 at;
    std::copy_n(start.constData(), 4, reinterpret_cast<char *>(&at));
    if (!device.seek(at))
        return broken();
    const QByteArray countBytes = device.read(2);
    if (countBytes.size() != 2)
        return broken();
    quint16 count;
    std::copy_n(countBytes.constData(), 2, reinterpret_cast<char *>(&count));
    std::vector<RawEntry> out;
    for (int i = 0; i < count; ++i) {
        const QByteArray bytes = device.read(12);
        if (bytes.size() != 12)
            return broken();
        quint16 tag;
        std::copy_n(bytes.constData(), 2, reinterpret_cast<char *>(&tag));
        out.push_back({tag, bytes});
    }
    return out;
}

} // namespace

Result<void> appendExif(QIODevice &device, const QByteArray &exif, const QString &name)
{
    const Stream stream(exif);
    if (!stream.isValid()) {
        return fail(
            ErrorCode::MetadataNotWritten,
            {name, QCoreApplication::translate("heirloom::Io", "the EXIF block is damaged")});
    }
    Result<std::vector<RawEntry>> entries = firstDirectory(device, name);
    if (!entries)
        return fail(std::move(entries.error()));
    const quint64 end = quint64(device.size() + 1) & ~quint64(1);
    if (end + quint64(exif.size()) * 2 + 65536 > 0xffffffffu) {
        return fail(ErrorCode::MetadataNotWritten,
                    {name, QCoreApplication::translate("heirloom::Io",
                                                       "the file would be larger than 4 GB")});
    }
    QByteArray tail;
    const auto place = [&](const Directory &directory) {
        const quint32 at = quint32(end) + quint32(tail.size());
        tail += serialised(directory, at);
        if (tail.size() % 2 != 0)
            tail += '\0';
        return at;
    };
    const auto pointer = [&](const Directory &from, quint16 tag) {
        const auto found = from.find(tag);
        quint32 at = 0;
        if (found != from.end() && found->second.value.size() == 4)
            std::copy_n(found->second.value.constData(), 4, reinterpret_cast<char *>(&at));
        return at;
    };

    const Directory first = stream.directory(stream.u32(4));
    Directory added;
    for (const auto &[tag, entry] : first) {
        if (describesThePhoto(tag))
            added[tag] = entry;
    }
    if (const quint32 at = pointer(first, tagExif)) {
        Directory directory = stream.directory(at);
        if (const quint32 interop = pointer(directory, tagInterop))
            directory[tagInterop] = offsetEntry(place(stream.directory(interop)));
        else
            directory.erase(tagInterop);
        if (!directory.empty())
            added[tagExif] = offsetEntry(place(directory));
    }
    if (const quint32 at = pointer(first, tagGps)) {
        const Directory directory = stream.directory(at);
        if (!directory.empty())
            added[tagGps] = offsetEntry(place(directory));
    }

    // The file's own entries as they are, ours between them in the order of tags; long values of
    // ours go behind.
    std::map<quint16, QByteArray> merged;
    for (const RawEntry &entry : *entries)
        merged[entry.tag] = entry.bytes;
    for (const auto &[tag, entry] : added) {
        if (merged.count(tag) != 0)
            continue;
        QByteArray bytes;
        append(bytes, tag);
        append(bytes, entry.type);
        append(bytes, entry.count);
        if (entry.value.size() <= 4) {
            bytes += entry.value + QByteArray(4 - entry.value.size(), '\0');
        } else {
            append(bytes, quint32(end) + quint32(tail.size()));
            tail += entry.value;
            if (tail.size() % 2 != 0)
                tail += '\0';
        }
        merged[tag] = bytes;
    }
    const quint32 directoryAt = quint32(end) + quint32(tail.size());
    append(tail, quint16(merged.size()));
    for (const auto &[tag, bytes] : merged)
        tail += bytes;
    append(tail, quint32(0));

    tail.prepend(QByteArray(qsizetype(end - quint64(device.size())), '\0'));
    const bool ok = device.seek(device.size()) && device.write(tail) == tail.size() &&
                    device.seek(4) &&
                    device.write(reinterpret_cast<const char *>(&directoryAt), 4) == 4;
    if (!ok)
        return fail(outputError(device, name));
    return {};
}

} // namespace heirloom
