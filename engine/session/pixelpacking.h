// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "image/tiledbuffer.h"

#include <QByteArray>

namespace heirloom
{

/// A tiled buffer as bytes and back, to the bit, for projects and the recovery journal: a head
/// (size, layout), then each tile's valid part, one colour where it has one, zstd else. The same
/// pixels give the same bytes, however they came about. Any thread.
QByteArray packedPixels(const TiledBuffer &pixels);
/// Errors: InputDamaged (name is what the sentence calls it); never reads or allocates beyond what
/// the head's size allows, which is at most maxPixels.
Result<TiledBuffer> unpackedPixels(const QByteArray &bytes, const std::shared_ptr<TileStore> &store,
                                   const QString &name, qint64 maxPixels);

/// The same for one tile, for what keeps tiles apart: its valid part, zstd.
QByteArray packedTile(const TiledBuffer &pixels, QPoint tile);
/// Puts it into its place; false when the bytes are not such a tile.
bool unpackTile(QByteArrayView packed, TiledBuffer &pixels, QPoint tile);

/// The name of these pixels: a digest of size, layout and content.
QString pixelKey(const TiledBuffer &pixels);

} // namespace heirloom
