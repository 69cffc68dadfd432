// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "paint/brush.h"

#include <vector>

namespace heirloom
{

/// The way of a stroke: takes the positions of a mouse or pen, however far apart, and gives the
/// dabs of the brush along it, evenly spaced and without gaps. With smoothing, positions are drawn
/// towards the earlier ones (an exponential mean) and joined by quadratic curves through the
/// middles between them; the end of the stroke catches up. Canvas pixels; a short-lived value.
class StrokePath
{
public:
    explicit StrokePath(const Brush &brush)
        : m_brush(brush)
    {
    }

    /// Each gives the dabs that are new.
    std::vector<Dab> begin(QPointF at, double pressure);
    std::vector<Dab> moveTo(QPointF at, double pressure);
    /// Straight, whatever the smoothing.
    std::vector<Dab> lineTo(QPointF at, double pressure);
    /// What smoothing still holds back.
    std::vector<Dab> end();

private:
    struct Point {
        QPointF at;
        double pressure = 1;
    };
    static Point between(const Point &a, const Point &b, double t);
    void walk(const Point &to, std::vector<Dab> &dabs);
    void curve(const Point &control, const Point &to, std::vector<Dab> &dabs);

    Brush m_brush;
    Point m_pen;      ///< where dabs have come to
    Point m_smoothed; ///< the latest position, smoothed
    Point m_latest;
    double m_untilNext = 0;
};

} // namespace heirloom
