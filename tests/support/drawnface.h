// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"
#include "image/planes.h"

#include <QRectF>

#include <algorithm>
#include <cmath>

namespace heirloom::test
{

/// Draws a face from the front, soft-edged, grey: what a finder of faces takes for one. box: about
/// from the brows to the chin.
inline void drawFace(Planes &light, const QRectF &box)
{
    struct Part {
        double x, y, halfWidth, halfHeight; ///< in widths of the head, from its middle
        float value;
    };
    constexpr Part parts[] = {
        {0, 0, 0.40, 0.54, 0.72},         {0, -0.42, 0.42, 0.22, 0.2},
        {-0.17, -0.14, 0.11, 0.035, 0.35}, {0.17, -0.14, 0.11, 0.035, 0.35},
        {-0.17, -0.05, 0.10, 0.05, 0.47},  {0.17, -0.05, 0.10, 0.05, 0.47},
        {-0.17, -0.05, 0.045, 0.045, 0.15}, {0.17, -0.05, 0.045, 0.045, 0.15},
        {0, 0.10, 0.06, 0.12, 0.8},       {-0.04, 0.19, 0.02, 0.015, 0.4},
        {0.04, 0.19, 0.02, 0.015, 0.4},   {0, 0.31, 0.14, 0.035, 0.37},
    };
    const QPointF middle = box.center() - QPointF(0, 0.02 * box.width());
    const double soft = std::max(1.0, 0.015 * box.width());
    for (const Part &part : parts) {
        const double cx = middle.x() + part.x * box.width();
        const double cy = middle.y() + part.y * box.width();
        const double a = part.halfWidth * box.width();
        const double b = part.halfHeight * box.width();
        for (int y = 0; y < light.height; ++y) {
            for (int x = 0; x < light.width; ++x) {
                const double away = std::hypot((x + 0.5 - cx) / a, (y + 0.5 - cy) / b);
                const double inside =
                    std::clamp((1 - away) * std::min(a, b) / soft + 0.5, 0.0, 1.0);
                float &value = light.row(0, y)[x];
                value += float(inside) * (part.value - value);
            }
        }
    }
}

/// A grey wall with faces.
inline Planes facesOnAWall(QSize size, const QList<QRectF> &boxes, float wall = 0.25F)
{
    Planes light(1, size.width(), size.height());
    std::fill(light.values.begin(), light.values.end(), wall);
    for (const QRectF &box : boxes)
        drawFace(light, box);
    return light;
}

inline Image asPicture(const Planes &light)
{
    Image image(light.size(), {Channels::Rgb, Depth::U8});
    for (int y = 0; y < light.height; ++y) {
        quint8 *p = image.samples<quint8>(y);
        for (int x = 0; x < light.width; ++x, p += 3)
            p[0] = p[1] = p[2] = quint8(std::lround(light.row(0, y)[x] * 255));
    }
    return image;
}

} // namespace heirloom::test
