// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/tiledbuffer.h"

#include <algorithm>
#include <cstring>

namespace heirloom
{

namespace
{

bool isZero(const Tile::Pixel &pixel, int bytes)
{
    return std::all_of(pixel.begin(), pixel.begin() + bytes,
                       [](std::byte b) { return b == std::byte{0}; });
}

/// Whether a rectangle of pixels is of one colour: every row equals the first, and the first
/// equals itself moved by one pixel.
bool isOneColor(const std::byte *first, qsizetype stride, int width, int height, int bytesPerPixel)
{
    if (std::memcmp(first, first + bytesPerPixel, size_t(width - 1) * bytesPerPixel) != 0)
        return false;
    for (int y = 1; y < height; ++y) {
        if (std::memcmp(first, first + stride * y, size_t(width) * bytesPerPixel) != 0)
            return false;
    }
    return true;
}

} // namespace

TiledBuffer::TiledBuffer(QSize size, PixelFormat format, std::shared_ptr<TileStore> store)
    : m_size(size.isEmpty() ? QSize() : size)
    , m_format(format)
    , m_store(std::move(store))
{
    if (isNull())
        return;
    m_columns = (m_size.width() + TileSize - 1) / TileSize;
    m_rows = (m_size.height() + TileSize - 1) / TileSize;
    m_tiles.resize(size_t(m_columns) * m_rows);
}

TiledBuffer TiledBuffer::fromImage(const Image &image, std::shared_ptr<TileStore> store)
{
    TiledBuffer buffer(image.size(), image.format(), std::move(store));
    buffer.write({0, 0}, image);
    return buffer;
}

Result<TiledBuffer> TiledBuffer::fromSource(ImageSource &source, std::shared_ptr<TileStore> store,
                                            const Progress &progress)
{
    TiledBuffer buffer(source.size(), source.format(), std::move(store));
    for (int y = 0; y < buffer.height(); y += TileSize) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const QRect band = QRect(0, y, buffer.width(), TileSize) & buffer.rect();
        const auto rows = source.read(band);
        if (!rows)
            return fail(rows.error());
        buffer.write(band.topLeft(), *rows);
        progress.report(double(band.bottom() + 1) / buffer.height());
    }
    return buffer;
}

QRect TiledBuffer::tileRect(QPoint tile) const
{
    return QRect(tile.x() * TileSize, tile.y() * TileSize, TileSize, TileSize) & rect();
}

QRect TiledBuffer::tilesOf(const QRect &r)
{
    if (r.isEmpty())
        return {};
    auto column = [](int v) { return v >= 0 ? v / TileSize : -((TileSize - 1 - v) / TileSize); };
    return QRect(QPoint(column(r.left()), column(r.top())),
                 QPoint(column(r.right()), column(r.bottom())));
}

const Tile::Pixel *TiledBuffer::constantPixel(QPoint tile) const
{
    static constexpr Tile::Pixel zero{};
    const Tile *t = m_tiles[index(tile)].get();
    if (!t)
        return &zero;
    return t->isConstant() ? &t->constantPixel() : nullptr;
}

TileView TiledBuffer::tile(QPoint tile) const
{
    const int bytes = m_format.bytesPerPixel();
    if (const auto &t = m_tiles[index(tile)])
        return TileView(t->read(), bytes, t);
    return TileView(std::make_shared<std::byte[]>(size_t(TileSize) * TileSize * bytes), bytes);
}

Image TiledBuffer::read(const QRect &r) const
{
    Image out(r.size(), m_format);
    if (out.isNull())
        return out;
    const QRect inside = r & rect();
    if (inside != r)
        out.fill(0);
    const int bytes = m_format.bytesPerPixel();
    std::byte *const pixels = out.row(0);
    const qsizetype outStride = out.bytesPerRow();
    const QRect tiles = tilesOf(inside);
    for (int ty = tiles.top(); ty <= tiles.bottom(); ++ty) {
        for (int tx = tiles.left(); tx <= tiles.right(); ++tx) {
            const QPoint tile(tx, ty);
            const QRect part = tileRect(tile) & inside;
            const qsizetype length = qsizetype(part.width()) * bytes;
            std::byte *to = pixels + outStride * (part.top() - r.top()) +
                            qsizetype(part.left() - r.left()) * bytes;
            if (const Tile::Pixel *constant = constantPixel(tile)) {
                for (int y = 0; y < part.height(); ++y) {
                    if (isZero(*constant, bytes)) {
                        std::memset(to + outStride * y, 0, size_t(length));
                        continue;
                    }
                    for (qsizetype i = 0; i < length; i += bytes)
                        std::memcpy(to + outStride * y + i, constant->data(), size_t(bytes));
                }
                continue;
            }
            const auto data = m_tiles[index(tile)]->read();
            const qsizetype stride = qsizetype(TileSize) * bytes;
            const std::byte *from = data.get() + stride * (part.top() - ty * TileSize) +
                                    qsizetype(part.left() - tx * TileSize) * bytes;
            for (int y = 0; y < part.height(); ++y)
                std::memcpy(to + outStride * y, from + stride * y, size_t(length));
        }
    }
    return out;
}

std::shared_ptr<std::byte[]> TiledBuffer::writableTile(QPoint tile)
{
    std::shared_ptr<Tile> &t = m_tiles[index(tile)];
    if (!t) {
        t = Tile::uninitialised(m_store, m_format.bytesPerPixel());
        auto data = t->write();
        std::memset(data.get(), 0, size_t(t->byteCount()));
        return data;
    }
    if (t.use_count() > 1)
        t = t->clone();
    return t->write();
}

void TiledBuffer::write(QPoint position, const Image &pixels)
{
    Q_ASSERT(pixels.format() == m_format);
    const QRect target = QRect(position, pixels.size()) & rect();
    if (target.isEmpty())
        return;
    const int bytes = m_format.bytesPerPixel();
    const qsizetype inStride = pixels.bytesPerRow();
    const QRect tiles = tilesOf(target);
    for (int ty = tiles.top(); ty <= tiles.bottom(); ++ty) {
        for (int tx = tiles.left(); tx <= tiles.right(); ++tx) {
            const QPoint tile(tx, ty);
            const QRect part = tileRect(tile) & target;
            const std::byte *from = pixels.constRow(part.top() - position.y()) +
                                    qsizetype(part.left() - position.x()) * bytes;
            const bool whole = part == tileRect(tile);
            if (whole && isOneColor(from, inStride, part.width(), part.height(), bytes)) {
                Tile::Pixel pixel{};
                std::memcpy(pixel.data(), from, size_t(bytes));
                fill(part, pixel);
                continue;
            }
            if (whole) {
                // Nothing of the old pixels is needed; the part beyond the edge is zero.
                auto fresh = Tile::uninitialised(m_store, bytes);
                if (part.size() != QSize(TileSize, TileSize)) {
                    auto data = fresh->write();
                    std::memset(data.get(), 0, size_t(fresh->byteCount()));
                }
                m_tiles[index(tile)] = std::move(fresh);
            }
            const auto data = writableTile(tile);
            const qsizetype stride = qsizetype(TileSize) * bytes;
            std::byte *to = data.get() + stride * (part.top() - ty * TileSize) +
                            qsizetype(part.left() - tx * TileSize) * bytes;
            for (int y = 0; y < part.height(); ++y)
                std::memcpy(to + stride * y, from + inStride * y, size_t(part.width()) * bytes);
        }
    }
}

void TiledBuffer::fill(const QRect &r, const Tile::Pixel &pixel)
{
    const QRect target = r & rect();
    if (target.isEmpty())
        return;
    const int bytes = m_format.bytesPerPixel();
    const bool zero = isZero(pixel, bytes);
    std::shared_ptr<Tile> constant; // one for all tiles that become this colour
    const QRect tiles = tilesOf(target);
    for (int ty = tiles.top(); ty <= tiles.bottom(); ++ty) {
        for (int tx = tiles.left(); tx <= tiles.right(); ++tx) {
            const QPoint tile(tx, ty);
            const QRect part = tileRect(tile) & target;
            if (part == tileRect(tile)) {
                if (!zero && !constant)
                    constant = std::make_shared<Tile>(m_store, bytes, pixel);
                m_tiles[index(tile)] = zero ? nullptr : constant;
                continue;
            }
            const auto data = writableTile(tile);
            for (int y = part.top(); y <= part.bottom(); ++y) {
                std::byte *to =
                    data.get() +
                    (qsizetype(y - ty * TileSize) * TileSize + part.left() - tx * TileSize) * bytes;
                for (int x = 0; x < part.width(); ++x, to += bytes)
                    std::memcpy(to, pixel.data(), size_t(bytes));
            }
        }
    }
}

std::vector<QPoint> TiledBuffer::changedTiles(const TiledBuffer &other) const
{
    const bool comparable = m_size == other.m_size && m_format == other.m_format;
    std::vector<QPoint> changed;
    for (int y = 0; y < m_rows; ++y) {
        for (int x = 0; x < m_columns; ++x) {
            if (!comparable || m_tiles[index({x, y})] != other.m_tiles[index({x, y})])
                changed.emplace_back(x, y);
        }
    }
    return changed;
}

bool TiledBuffer::sharesAllTilesWith(const TiledBuffer &other) const
{
    return m_size == other.m_size && m_format == other.m_format && m_tiles == other.m_tiles;
}

bool TiledBuffer::sharesTileWith(const TiledBuffer &other, QPoint tile) const
{
    return m_tiles[index(tile)] == other.m_tiles[other.index(tile)];
}

void TiledBuffer::adoptTiles(const TiledBuffer &other, const std::vector<QPoint> &tiles)
{
    Q_ASSERT(m_size == other.m_size && m_format == other.m_format);
    for (const QPoint tile : tiles)
        m_tiles[index(tile)] = other.m_tiles[other.index(tile)];
}

qint64 TiledBuffer::uniqueBytes() const
{
    qint64 bytes = 0;
    for (const auto &tile : m_tiles) {
        if (tile && !tile->isConstant() && tile.use_count() == 1)
            bytes += tile->byteCount();
    }
    return bytes;
}

Tile::Hash TiledBuffer::contentHash() const
{
    return contentHash(QRect(0, 0, m_columns, m_rows));
}

Tile::Hash TiledBuffer::contentHash(const QRect &tiles) const
{
    auto mix = [](quint64 state, quint64 word) {
        state = (state ^ word) * 0xD6E8FEB86659FD93ULL;
        return state ^ (state >> 32);
    };
    Tile::Hash sum{0x452821E638D01377ULL, 0xBE5466CF34E90C6CULL};
    auto add = [&](quint64 a, quint64 b) { sum = {mix(sum[0], a), mix(sum[1], b + sum[0])}; };
    add(quint64(m_size.width()) << 32 | quint64(m_size.height()),
        quint64(m_format.channels) << 8 | quint64(m_format.depth));
    add(quint64(tiles.left()) << 32 | quint64(tiles.top()),
        quint64(tiles.width()) << 32 | quint64(tiles.height()));

    const Tile zero(m_store, m_format.bytesPerPixel(), Tile::Pixel{});
    for (int y = tiles.top(); y <= tiles.bottom(); ++y) {
        for (int x = tiles.left(); x <= tiles.right(); ++x) {
            const QSize valid = tileRect({x, y}).size();
            const Tile *tile = m_tiles[index({x, y})].get();
            const Tile::Hash hash = (tile ? *tile : zero).hash(valid.width(), valid.height());
            add(hash[0], hash[1]);
        }
    }
    return sum;
}

bool TiledBuffer::operator==(const TiledBuffer &other) const
{
    if (m_size != other.m_size || m_format != other.m_format)
        return false;
    for (const QPoint tile : changedTiles(other)) {
        if (read(tileRect(tile)) != other.read(tileRect(tile)))
            return false;
    }
    return true;
}

} // namespace heirloom
