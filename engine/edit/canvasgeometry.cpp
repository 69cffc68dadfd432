// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/canvasgeometry.h"

#include "edit/sizelimits.h"

#include <QLineF>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace heirloom
{

QRect straightenedFrame(QSize canvas, double degrees)
{
    // A rectangle of the picture's proportions, shrunk until its corners lie inside the turned one.
    const double w = canvas.width();
    const double h = canvas.height();
    const double angle = std::abs(degrees) * std::numbers::pi / 180;
    const double c = std::abs(std::cos(angle));
    const double s = std::abs(std::sin(angle));
    const double share = std::min(w / (w * c + h * s), h / (w * s + h * c));
    const QSize size(std::max(1, int(w * share)), std::max(1, int(h * share)));
    // Whole pixels: at 0 degrees nothing may be resampled.
    return QRect(QPoint(int(std::floor((w - size.width()) / 2)),
                        int(std::floor((h - size.height()) / 2))),
                 size);
}

bool isPrintOutline(const QPolygonF &corners)
{
    if (corners.size() != 4)
        return false;
    // Beyond this a canvas could not hold them, and numbers that are none are refused too.
    const auto isNear = [](double v) { return std::abs(v) <= 10.0 * maxCanvasSide; };
    for (int i = 0; i < 4; ++i) {
        if (!isNear(corners[i].x()) || !isNear(corners[i].y()))
            return false;
        const QPointF a = corners[(i + 1) % 4] - corners[i];
        const QPointF b = corners[(i + 2) % 4] - corners[(i + 1) % 4];
        if (a.x() * b.y() - a.y() * b.x() <= 0)
            return false;
    }
    return true;
}

QSize printSize(const QPolygonF &corners)
{
    const auto side = [&corners](int a, int b) { return QLineF(corners[a], corners[b]).length(); };
    return {int(std::lround(std::max(side(0, 1), side(3, 2)))),
            int(std::lround(std::max(side(0, 3), side(1, 2))))};
}

} // namespace heirloom
