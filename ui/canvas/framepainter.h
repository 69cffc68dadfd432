// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/canvastiles.h"
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

/// What a viewport shows of one side, in device pixels.
struct Frame {
    QImage image;
    int level = -1; ///< of the tiles it was drawn from; -1: nothing of it is worth keeping
    bool isDirect = false; ///< drawn from the tiles where they lie; parts go on in the same way
    QImage pixels;  ///< the level's, before scaling; kept, for new memory costs more than drawing
};

/// Draws what a viewport shows of one side: smooth below 300 %, the real pixels above it, exact at
/// 100 %. Of a frame that this viewport showed before only the region (the picture's pixels) is
/// drawn anew, unless other tiles are shown now than then. Returns the device pixels that were
/// drawn.
QRect paintFrame(Frame &frame, CanvasTiles &tiles, Side side, const Viewport &viewport,
                 const QColor &around, const QList<PreviewPiece> &pieces = {},
                 const QRect &region = {});

} // namespace heirloom
