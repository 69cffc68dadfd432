// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/mippyramid.h"

#include <QImage>
#include <QRegion>

#include <array>
#include <vector>

namespace heirloom
{

/// A map of a canvas (CanvasMap) as a colour over the picture: one hue that becomes lighter and
/// more covering the larger the value, nothing at 0. Made and filled by its controller, drawn by
/// the canvas's content; GUI thread.
class HeatOverlay
{
public:
    /// How values become places on the ramp.
    enum class Scale {
        Steps, ///< 1 to 64 of 255 by the logarithm, then the end
        Share, ///< 0 to 100 % evenly
    };

    HeatOverlay(QSize canvas, Scale scale, std::shared_ptr<TileStore> store);

    Scale scale() const { return m_scale; }
    QSize size() const { return m_size; }
    /// Values of a part; an image smaller than its place (then the whole canvas) is preliminary.
    void take(const QRect &place, const Image &values);
    /// 0..1; how much of the ramp's own covering is used.
    void setOpacity(double opacity);
    double opacity() const { return m_opacity; }
    const TiledBuffer &values() const { return m_values; }
    /// What each value is drawn with, premultiplied.
    const std::array<QRgb, 256> &colors() const { return m_table; }

    /// Over the canvas's tile (CanvasContent) at this level and index; 32 bits.
    void paintOver(QImage &tile, int level, QPoint index) const;

    /// Where a value (0..255) lies on the ramp, 0..1.
    static double place(Scale scale, int value);
    /// The ramp, not premultiplied; alpha is its own covering.
    static QColor color(double place);

private:
    void makeTable();

    QSize m_size;
    Scale m_scale;
    double m_opacity = 0.8;
    TiledBuffer m_values;
    mutable MipPyramid m_pyramid;
    QRegion m_measured;
    Image m_rough;
    std::array<QRgb, 256> m_table; ///< premultiplied
};

} // namespace heirloom
