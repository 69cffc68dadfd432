// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRect>
#include <QSizeF>

namespace heirloom
{

/// The arithmetic of a frame on a canvas: whole pixels, always inside, never empty. An aspect is
/// width to height in any unit; empty: free.
namespace cropframe
{

enum class Grip {
    None,
    TopLeft,
    Top,
    TopRight,
    Right,
    BottomRight,
    Bottom,
    BottomLeft,
    Left,
    Inside
};

/// Where a grip lies; Inside: the middle.
QPointF place(const QRect &frame, Grip grip);

/// The largest frame of an aspect in the middle of another; all of it when the aspect is free.
QRect largestWithin(const QRect &outer, QSizeF aspect);
/// Shifted as far as the canvas reaches.
QRect moved(const QRect &frame, QPoint by, QSize canvas);
/// From a corner that stays to one that follows the mouse.
QRect spanned(QPoint anchor, QPointF to, QSizeF aspect, QSize canvas);
/// A frame whose grip (not Inside, not None) is pulled to a place. With an aspect an edge takes the
/// sides beside it along, evenly.
QRect pulled(const QRect &frame, Grip grip, QPointF to, QSizeF aspect, QSize canvas);

} // namespace cropframe

} // namespace heirloom
