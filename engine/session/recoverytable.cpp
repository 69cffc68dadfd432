// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/recoverytable.h"

#include <QDataStream>
#include <QIODevice>

#include <cstring>

namespace heirloom
{

namespace
{

constexpr int keyBytes = 16;
constexpr qint64 longestSide = 1 << 20;

enum class Kind : quint8 { OneColor, Packed };

QByteArray keyOf(const TiledBuffer &pixels, QPoint tile)
{
    const Tile::Hash hash = pixels.contentHash(QRect(tile, QSize(1, 1)));
    return QByteArray(reinterpret_cast<const char *>(hash.data()), keyBytes);
}

} // namespace

void RecoveryTable::setShape(QSize size, PixelFormat format)
{
    m_size = size;
    m_format = format;
    m_columns = (size.width() + TileSize - 1) / TileSize;
    m_tiles.resize(size_t(m_columns) * size_t((size.height() + TileSize - 1) / TileSize));
}

RecoveryTable RecoveryTable::of(const TiledBuffer &pixels)
{
    RecoveryTable table;
    table.setShape(pixels.size(), pixels.format());
    for (int y = 0; y < pixels.rows(); ++y) {
        for (int x = 0; x < pixels.columns(); ++x) {
            Entry &entry = table.m_tiles[size_t(y * table.m_columns + x)];
            if (const Tile::Pixel *color = pixels.constantPixel({x, y}))
                entry.color = *color;
            else
                entry.key = keyOf(pixels, {x, y});
        }
    }
    return table;
}

QByteArray RecoveryTable::toBytes() const
{
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out << qint32(m_size.width()) << qint32(m_size.height()) << quint8(m_format.channels)
        << quint8(m_format.depth);
    for (const Entry &entry : m_tiles) {
        if (entry.key.isEmpty()) {
            out << quint8(Kind::OneColor);
            out.writeRawData(reinterpret_cast<const char *>(entry.color.data()),
                             m_format.bytesPerPixel());
        } else {
            out << quint8(Kind::Packed);
            out.writeRawData(entry.key.constData(), keyBytes);
        }
    }
    return bytes;
}

std::optional<RecoveryTable> RecoveryTable::fromBytes(const QByteArray &bytes, qint64 maxPixels)
{
    QDataStream in(bytes);
    qint32 width = 0, height = 0;
    quint8 channels = 0, depth = 0;
    in >> width >> height >> channels >> depth;
    if (in.status() != QDataStream::Ok || width < 1 || height < 1 || width > longestSide ||
        height > longestSide || qint64(width) * height > maxPixels || channels < 1 ||
        channels > 4 || depth > quint8(Depth::F32))
        return {};
    RecoveryTable table;
    table.setShape({width, height}, {Channels(channels), Depth(depth)});
    for (Entry &entry : table.m_tiles) {
        quint8 kind = 0;
        in >> kind;
        if (kind == quint8(Kind::OneColor)) {
            const int pixel = table.m_format.bytesPerPixel();
            if (in.readRawData(reinterpret_cast<char *>(entry.color.data()), pixel) != pixel)
                return {};
            continue;
        }
        entry.key.resize(keyBytes);
        if (kind != quint8(Kind::Packed) || in.readRawData(entry.key.data(), keyBytes) != keyBytes)
            return {};
    }
    return in.atEnd() ? std::optional(table) : std::nullopt;
}

TiledBuffer RecoveryTable::buffer(const std::shared_ptr<TileStore> &store) const
{
    TiledBuffer pixels(m_size, m_format, store);
    for (int y = 0; y < pixels.rows(); ++y) {
        for (int x = 0; x < pixels.columns(); ++x) {
            const Entry &entry = m_tiles[size_t(y * m_columns + x)];
            const bool isZero = std::all_of(entry.color.begin(), entry.color.end(),
                                            [](std::byte b) { return b == std::byte{0}; });
            if (entry.key.isEmpty() && !isZero)
                pixels.fill(pixels.tileRect({x, y}), entry.color);
        }
    }
    return pixels;
}

std::vector<QByteArray> RecoveryTable::tiles() const
{
    std::vector<QByteArray> keys;
    for (const Entry &entry : m_tiles) {
        if (!entry.key.isEmpty())
            keys.push_back(entry.key);
    }
    return keys;
}

} // namespace heirloom
