// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPolygonF>
#include <QRect>
#include <QSize>

namespace heirloom
{

/// What a canvas command will do, in figures: for the command itself and for those who show it
/// beforehand. Canvas pixels; any thread.

/// What stays of a canvas that is turned about its middle: the largest upright rectangle of its
/// proportions inside the turned picture, on whole pixels.
QRect straightenedFrame(QSize canvas, double degrees);

/// Whether four corners, clockwise from the top left, can be the outline of a print: none of them
/// lies inside the others, no two in one place.
bool isPrintOutline(const QPolygonF &corners);

/// The size of a print from the corners of its photograph: the longer of opposite sides.
QSize printSize(const QPolygonF &corners);

} // namespace heirloom
