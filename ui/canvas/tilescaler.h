// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QList>
#include <QPoint>
#include <QRect>
#include <QSize>

namespace heirloom
{

/// Opaque tiles (RGB32, of CanvasContent::tileSide but for the last ones) side by side in one level
/// of a picture.
struct TileGrid {
    QSize level; ///< pixels of the whole level
    QRect tiles; ///< which of its tiles are there, in tiles
    QList<QImage> images; ///< of those, row by row

    bool isEmpty() const { return images.isEmpty(); }
};

/// Where a level lies in the target: a pixel of the level is scale target pixels wide, and the
/// level's corner is at origin (target pixels).
struct LevelPlace {
    QPointF origin;
    double scale = 1;
};

/// Draws the region (target pixels, inside the target and over the grid's tiles) of a level by
/// bilinear interpolation, its edges going on outwards. Reads the tiles where they lie: a view that
/// is zoomed needs no picture put together of them first. A pixel depends on place and tiles alone,
/// never on the region. target: RGB32. Any thread.
void drawScaled(QImage &target, const QRect &region, const TileGrid &grid, const LevelPlace &place);

} // namespace heirloom
