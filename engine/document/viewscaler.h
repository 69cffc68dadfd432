// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QPointF>
#include <QRect>
#include <QSizeF>

namespace heirloom
{

/// The last step of a view: premultiplied 32-bit pixels of one mip level to view pixels. From scale
/// 1 on pixels are shown as squares; between 1/2 and 1 neighbours are mixed linearly. Any thread.
class ViewScaler
{
public:
    /// The source pixels that a view of this size needs; may pass the picture's edges.
    static QRect sourceRect(QSize view, QPointF topLeft, double scale);
    /// Fills out. source's top left lies at origin of the level; extent is the canvas in level
    /// pixels, beyond which out is transparent.
    static void scale(const QImage &source, QPoint origin, QSizeF extent, QPointF topLeft,
                      double scale, QImage &out);
};

} // namespace heirloom
