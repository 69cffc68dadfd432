// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/maskview.h"

#include "canvas/canvascontent.h"

namespace heirloom
{

QRect MaskView::setMask(const Mask &mask, QSize canvas)
{
    if (mask == m_mask && canvas == m_canvas)
        return {};
    const bool comparable = !mask.isNull() && !m_mask.isNull() && canvas == m_canvas &&
                            mask.transform == m_mask.transform &&
                            mask.pixels.size() == m_mask.pixels.size();
    const QRect region =
        comparable ? Rendition::changedRegion(m_mask.pixels, mask.pixels, mask.transform) &
                         QRect(QPoint(0, 0), canvas)
                   : QRect(QPoint(0, 0), canvas);
    m_mask = mask;
    m_canvas = canvas;
    if (!mask.isNull())
        m_rendition.setMask(mask.pixels, mask.transform, canvas);
    return region;
}

void MaskView::paintOver(QImage &tile, int level, QPoint index)
{
    const bool alone = m_shown.look == MaskShown::Look::Alone;
    if (m_mask.isNull()) {
        if (alone)
            tile.fill(Qt::white); // without a mask everything shows
        return;
    }
    const QRect r(index * CanvasContent::tileSide, tile.size());
    const Image values = m_rendition.level(level, r).read(r);
    const int red = m_shown.color.red();
    const int green = m_shown.color.green();
    const int blue = m_shown.color.blue();
    const int covers = m_shown.color.alpha();
    for (int y = 0; y < tile.height(); ++y) {
        const auto *value = values.constSamples<quint8>(y);
        auto *pixel = reinterpret_cast<QRgb *>(tile.scanLine(y));
        for (int x = 0; x < tile.width(); ++x) {
            const int v = value[x];
            if (alone) {
                pixel[x] = qRgb(v, v, v);
            } else if (v > 0) {
                const int a = (v * covers + 127) / 255;
                const auto mix = [a](int under, int over) {
                    return (under * (255 - a) + over * a + 127) / 255;
                };
                pixel[x] = qRgba(mix(qRed(pixel[x]), red), mix(qGreen(pixel[x]), green),
                                 mix(qBlue(pixel[x]), blue),
                                 std::max(qAlpha(pixel[x]), a)); // seen on nothing, too
            }
        }
    }
}

} // namespace heirloom
