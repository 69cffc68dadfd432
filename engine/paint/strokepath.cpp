// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/strokepath.h"

#include <QLineF>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

/// What full smoothing leaves of each step towards the pen.
constexpr double strongest = 0.92;
/// Canvas pixels of one straight piece of a curve.
constexpr double piece = 3;
constexpr int mostPieces = 64;

} // namespace

StrokePath::Point StrokePath::between(const Point &a, const Point &b, double t)
{
    return {a.at + (b.at - a.at) * t, a.pressure + (b.pressure - a.pressure) * t};
}

std::vector<Dab> StrokePath::begin(QPointF at, double pressure)
{
    m_pen = m_smoothed = m_latest = {at, pressure};
    m_untilNext = m_brush.step(pressure);
    return {m_brush.dab(at, pressure)};
}

std::vector<Dab> StrokePath::moveTo(QPointF at, double pressure)
{
    std::vector<Dab> dabs;
    m_latest = {at, pressure};
    if (m_brush.smoothing() <= 0) {
        m_smoothed = m_latest;
        walk(m_latest, dabs);
        return dabs;
    }
    const Point before = m_smoothed;
    m_smoothed = between(before, m_latest, 1 - strongest * m_brush.smoothing());
    curve(before, between(before, m_smoothed, 0.5), dabs);
    return dabs;
}

std::vector<Dab> StrokePath::lineTo(QPointF at, double pressure)
{
    std::vector<Dab> dabs = end();
    m_smoothed = m_latest = {at, pressure};
    walk(m_latest, dabs);
    return dabs;
}

std::vector<Dab> StrokePath::end()
{
    std::vector<Dab> dabs;
    walk(m_smoothed, dabs);
    walk(m_latest, dabs);
    m_smoothed = m_latest;
    return dabs;
}

void StrokePath::curve(const Point &control, const Point &to, std::vector<Dab> &dabs)
{
    const Point from = m_pen;
    const double length = QLineF(from.at, control.at).length() + QLineF(control.at, to.at).length();
    const int count = std::clamp(int(std::ceil(length / piece)), 1, mostPieces);
    for (int i = 1; i <= count; ++i) {
        const double t = double(i) / count;
        walk(between(between(from, control, t), between(control, to, t), t), dabs);
    }
}

void StrokePath::walk(const Point &to, std::vector<Dab> &dabs)
{
    const double length = QLineF(m_pen.at, to.at).length();
    double at = m_untilNext;
    while (at <= length) {
        const Point p = between(m_pen, to, length > 0 ? at / length : 1);
        dabs.push_back(m_brush.dab(p.at, p.pressure));
        at += m_brush.step(p.pressure);
    }
    m_untilNext = at - length;
    m_pen = to;
}

} // namespace heirloom
