// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/image.h"
#include "image/imagesource.h"
#include "image/tilestore.h"

#include <QPoint>
#include <QRect>

#include <vector>

namespace heirloom
{

/// The pixels of one tile for reading: row y begins at row(y); rows are TileSize pixels apart.
/// The pixels stay as they are while it lives, whatever happens to the buffer.
class TileView
{
public:
    TileView(std::shared_ptr<const std::byte[]> data, int bytesPerPixel,
             std::shared_ptr<const Tile> tile = {})
        : m_tile(std::move(tile))
        , m_data(std::move(data))
        , m_stride(qsizetype(TileSize) * bytesPerPixel)
    {
    }
    const std::byte *row(int y) const { return m_data.get() + m_stride * y; }
    qsizetype bytesPerRow() const { return m_stride; }

private:
    std::shared_ptr<const Tile> m_tile; ///< makes a write to the buffer clone the tile
    std::shared_ptr<const std::byte[]> m_data;
    qsizetype m_stride;
};

/// Pixels in tiles of 256x256, copy on write: a copy of a buffer copies the table of pointers, and
/// only tiles that are written afterwards take memory of their own. Tiles that were never written
/// are zero (transparent, black) and cost nothing; neither do tiles of one colour. A value; one
/// buffer belongs to one thread, copies of it may be read and written on others at the same time.
class TiledBuffer
{
public:
    TiledBuffer() = default;
    /// All zero.
    TiledBuffer(QSize size, PixelFormat format, std::shared_ptr<TileStore> store);
    static TiledBuffer fromImage(const Image &image, std::shared_ptr<TileStore> store);
    /// Reads a whole source in bands of one tile's height. Errors: the source's, Cancelled.
    static Result<TiledBuffer> fromSource(ImageSource &source, std::shared_ptr<TileStore> store,
                                          const Progress &progress = {});

    bool isNull() const { return m_size.isEmpty(); }
    QSize size() const { return m_size; }
    int width() const { return m_size.width(); }
    int height() const { return m_size.height(); }
    QRect rect() const { return QRect(QPoint(0, 0), m_size); }
    PixelFormat format() const { return m_format; }
    const std::shared_ptr<TileStore> &store() const { return m_store; }

    int columns() const { return m_columns; }
    int rows() const { return m_rows; }
    /// The pixels that tile (column, row) holds, clipped to the buffer.
    QRect tileRect(QPoint tile) const;
    /// The tiles that r touches, as a rectangle of (column, row).
    static QRect tilesOf(const QRect &r);

    /// The pixels of r; what lies outside the buffer is zero.
    Image read(const QRect &r) const;
    Image toImage() const { return read(rect()); }
    /// The pixels of one tile (its valid part is tileRect); zero tiles are delivered as zeros.
    TileView tile(QPoint tile) const;
    /// Set when the tile is of one colour (never written ones too): its pixel.
    const Tile::Pixel *constantPixel(QPoint tile) const;

    /// Puts pixels at a position, clipped; the format must be the buffer's.
    void write(QPoint position, const Image &pixels);
    /// Sets r (clipped) to one pixel, given in the buffer's format.
    void fill(const QRect &r, const Tile::Pixel &pixel);
    /// The pixels of one tile for changing, detached from other copies.
    std::shared_ptr<std::byte[]> writableTile(QPoint tile);

    /// Tiles whose pointers differ from other's (which must have the same size and format; all
    /// tiles otherwise). Different pointers may hold equal pixels; equal pointers hold equal ones.
    std::vector<QPoint> changedTiles(const TiledBuffer &other) const;
    bool sharesAllTilesWith(const TiledBuffer &other) const;
    bool sharesTileWith(const TiledBuffer &other, QPoint tile) const;
    /// Takes over other's pointers for these tiles (undo swaps tiles without copying pixels).
    void adoptTiles(const TiledBuffer &other, const std::vector<QPoint> &tiles);

    /// Bytes of tiles that are neither zero, nor of one colour, nor held by another buffer.
    qint64 uniqueBytes() const;

    /// Depends on size, format and pixels alone (not on how they came about), so that undo and
    /// saving and opening again lead to the same value. Cached by tile: costs only changed tiles.
    Tile::Hash contentHash() const;
    /// The same of the tiles in a rectangle of (column, row).
    Tile::Hash contentHash(const QRect &tiles) const;

    /// Equal size, format and pixels.
    bool operator==(const TiledBuffer &other) const;

private:
    size_t index(QPoint tile) const { return size_t(tile.y()) * m_columns + tile.x(); }

    QSize m_size;
    PixelFormat m_format;
    int m_columns = 0;
    int m_rows = 0;
    std::shared_ptr<TileStore> m_store;
    std::vector<std::shared_ptr<Tile>> m_tiles; ///< null: zero
};

} // namespace heirloom
