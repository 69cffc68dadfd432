// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/tiledbuffer.h"

#include <QPainterPath>

namespace heirloom
{

/// The coverage (coverage.h) of a shape in canvas pixels. Smooth: each pixel by the share of its
/// area, about 1/255 exact; else inside or outside by its centre. Any thread.
TiledBuffer coverageOf(const QPainterPath &shape, bool smooth, QSize canvas,
                       std::shared_ptr<TileStore> store);
/// An ellipse as a polygon, nowhere a hundredth of a pixel beside it: finer than Qt's own curves.
QPainterPath ellipsePath(const QRectF &bounds);
/// Of whole pixels; clipped to the canvas.
TiledBuffer coverageOf(const QRect &rectangle, QSize canvas, std::shared_ptr<TileStore> store);

} // namespace heirloom
