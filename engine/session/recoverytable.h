// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/tiledbuffer.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace heirloom
{

/// What a recovery journal holds of a buffer: its size, its layout, and for each tile one colour or
/// the key of its pixels. The key depends on place, size, layout and pixels alone, so that what did
/// not change between two states is there once. A value; any thread.
class RecoveryTable
{
public:
    static RecoveryTable of(const TiledBuffer &pixels);
    /// Nothing when the bytes are no table, or one of more than maxPixels.
    static std::optional<RecoveryTable> fromBytes(const QByteArray &bytes, qint64 maxPixels);
    QByteArray toBytes() const;

    /// Empty but for its one-coloured tiles, which are filled.
    TiledBuffer buffer(const std::shared_ptr<TileStore> &store) const;
    /// The key of a tile, empty where it is of one colour.
    const QByteArray &tile(QPoint tile) const
    {
        return m_tiles[size_t(tile.y() * m_columns + tile.x())].key;
    }
    /// All keys, without the empty ones.
    std::vector<QByteArray> tiles() const;

private:
    struct Entry {
        QByteArray key;
        Tile::Pixel color{};
    };
    void setShape(QSize size, PixelFormat format);

    QSize m_size;
    PixelFormat m_format;
    int m_columns = 0;
    std::vector<Entry> m_tiles;
};

} // namespace heirloom
