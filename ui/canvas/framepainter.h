// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/tilecache.h"
#include "canvas/viewport.h"

#include <QColor>
#include <QList>

namespace heirloom
{

/// A piece of a result that is being previewed: shown on the After side over a part of the picture.
struct PreviewPiece {
    QImage image;
    QRectF place; ///< in the picture's pixels
};

/// Draws what a viewport shows of one side into an image of device pixels: smooth below 300 %, the
/// real pixels above it, exact at 100 %.
QImage paintFrame(TileCache &tiles, Side side, const Viewport &viewport, const QColor &around,
                  const QList<PreviewPiece> &pieces = {});

} // namespace heirloom
