// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/recoveryindex.h"

#include <QtEndian>

#include <zlib.h>
#include <zstd.h>

#include <cstring>

namespace heirloom
{

namespace
{

constexpr char magic[4] = {'H', 'l', 'R', 'j'};
constexpr int kinds = 8;
constexpr qint64 searchBlock = 1 << 20;

quint32 checksum(const char *data, qint64 size)
{
    return quint32(crc32_z(0, reinterpret_cast<const Bytef *>(data), size_t(size)));
}

struct Head {
    quint8 kind = 0;
    quint32 length = 0;
    quint32 contentChecksum = 0;
};

std::optional<Head> parsed(const char *bytes)
{
    if (std::memcmp(bytes, magic, sizeof magic) != 0 ||
        qFromLittleEndian<quint32>(bytes + 16) != checksum(bytes, 16))
        return {};
    const Head head{quint8(bytes[4]), qFromLittleEndian<quint32>(bytes + 8),
                    qFromLittleEndian<quint32>(bytes + 12)};
    if (head.length == 0 || head.length > RecoveryIndex::maxContent)
        return {};
    return head;
}

std::optional<QByteArray> bytesAt(QIODevice &device, qint64 offset, qint64 length)
{
    if (!device.seek(offset))
        return {};
    QByteArray bytes = device.read(length);
    return bytes.size() == length ? std::optional(bytes) : std::nullopt;
}

std::optional<Head> headAt(QIODevice &device, qint64 offset)
{
    const auto bytes = bytesAt(device, offset, RecoveryIndex::headBytes);
    return bytes ? parsed(bytes->constData()) : std::nullopt;
}

/// The next place with a whole record's head, -1: none.
qint64 nextRecord(QIODevice &device, qint64 from)
{
    const qint64 size = device.size();
    const QByteArray wanted(magic, sizeof magic);
    for (qint64 at = from; at + RecoveryIndex::headBytes < size; at += searchBlock) {
        // Blocks overlap, so that no head is cut apart.
        const auto block = bytesAt(
            device, at, std::min<qint64>(searchBlock + RecoveryIndex::headBytes, size - at));
        if (!block)
            return -1;
        for (qsizetype i = block->indexOf(wanted); i >= 0; i = block->indexOf(wanted, i + 1)) {
            if (i + RecoveryIndex::headBytes > block->size())
                break;
            const auto head = parsed(block->constData() + i);
            if (head && at + i + RecoveryIndex::headBytes + head->length <= size)
                return at + i;
        }
    }
    return -1;
}

} // namespace

RecoveryIndex RecoveryIndex::of(QIODevice &device)
{
    RecoveryIndex index;
    const qint64 size = device.size();
    qint64 at = 0;
    while (at < size) {
        const auto head = headAt(device, at);
        const qint64 next = head ? at + headBytes + head->length : size + 1;
        if (next > size) {
            const qint64 found = nextRecord(device, at + 1);
            if (found < 0)
                break; // torn off in the middle of a record: what ends here was never finished
            index.m_isDamaged = true;
            at = found;
            continue;
        }
        const auto start = bytesAt(device, at + headBytes, std::min<qint64>(256, head->length));
        const int keyLength = start ? quint8(start->at(0)) : 0;
        if (start && head->kind > 0 && head->kind < kinds && keyLength < start->size()) {
            index.add(RecoveryKind(head->kind), start->mid(1, keyLength),
                      {at + headBytes, head->length, head->contentChecksum});
        }
        at = next;
        index.m_end = at;
    }
    return index;
}

QByteArray RecoveryIndex::record(RecoveryKind kind, const QByteArray &key,
                                 const QByteArray &content)
{
    QByteArray bytes(headBytes, '\0');
    bytes.reserve(headBytes + 1 + key.size() + content.size());
    bytes += char(key.size());
    bytes += key;
    bytes += content;
    char *head = bytes.data();
    const qint64 length = bytes.size() - headBytes;
    std::memcpy(head, magic, sizeof magic);
    head[4] = char(kind);
    qToLittleEndian(quint32(length), head + 8);
    qToLittleEndian(checksum(head + headBytes, length), head + 12);
    qToLittleEndian(checksum(head, 16), head + 16);
    return bytes;
}

std::optional<QByteArray> RecoveryIndex::readWhole(QIODevice &device, const RecoveryExtent &extent)
{
    auto bytes = bytesAt(device, extent.offset, extent.length);
    if (!bytes || checksum(bytes->constData(), bytes->size()) != extent.checksum)
        return {};
    return bytes;
}

std::optional<QByteArray> RecoveryIndex::read(QIODevice &device, const RecoveryExtent &extent)
{
    auto bytes = readWhole(device, extent);
    if (bytes)
        bytes->remove(0, 1 + quint8(bytes->at(0)));
    return bytes;
}

void RecoveryIndex::addRecord(const QByteArray &record)
{
    const auto head = parsed(record.constData());
    Q_ASSERT(head);
    add(RecoveryKind(head->kind), record.mid(headBytes + 1, quint8(record[headBytes])),
        {m_end + headBytes, head->length, head->contentChecksum});
    m_end += record.size();
    if (m_nows.size() > 1) // only the latest is of use to whoever writes
        m_nows = {m_nows.last()};
}

void RecoveryIndex::add(RecoveryKind kind, const QByteArray &key, const RecoveryExtent &extent)
{
    if (kind == RecoveryKind::Now)
        m_nows += extent;
    else
        m_records[int(kind)].insert(key, extent);
}

bool RecoveryIndex::has(RecoveryKind kind, const QByteArray &key) const
{
    return all(kind).contains(key);
}

std::optional<RecoveryExtent> RecoveryIndex::find(RecoveryKind kind, const QByteArray &key) const
{
    const auto it = all(kind).constFind(key);
    return it == all(kind).constEnd() ? std::nullopt : std::optional(*it);
}

void RecoveryIndex::remove(RecoveryKind kind, const QByteArray &key)
{
    m_records[int(kind)].remove(key);
}

const QHash<QByteArray, RecoveryExtent> &RecoveryIndex::all(RecoveryKind kind) const
{
    return m_records[int(kind)];
}

QByteArray RecoveryIndex::numberKey(quint64 number)
{
    QByteArray key(8, '\0');
    qToBigEndian(number, key.data());
    return key;
}

quint64 RecoveryIndex::numberOf(const QByteArray &key)
{
    return key.size() == 8 ? qFromBigEndian<quint64>(key.constData()) : 0;
}

QByteArray packedContent(const QByteArray &bytes)
{
    QByteArray packed(qsizetype(4 + ZSTD_compressBound(size_t(bytes.size()))), '\0');
    qToLittleEndian(quint32(bytes.size()), packed.data());
    const size_t length = ZSTD_compress(packed.data() + 4, size_t(packed.size() - 4),
                                        bytes.constData(), size_t(bytes.size()), 1);
    Q_ASSERT(!ZSTD_isError(length));
    packed.resize(qsizetype(4 + length));
    return packed;
}

std::optional<QByteArray> unpackedContent(const QByteArray &bytes)
{
    if (bytes.size() < 4)
        return {};
    const quint32 size = qFromLittleEndian<quint32>(bytes.constData());
    if (size > RecoveryIndex::maxContent)
        return {};
    QByteArray content(qsizetype(size), '\0');
    const size_t got = ZSTD_decompress(content.data(), size, bytes.constData() + 4,
                                       size_t(bytes.size() - 4));
    if (ZSTD_isError(got) || got != size)
        return {};
    return content;
}

} // namespace heirloom
