// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/brush.h"

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

constexpr double leastStep = 0.5;

void take(double &member, double value, double least, double most)
{
    if (!std::isnan(value))
        member = std::clamp(value, least, most);
}

/// From here up to the next bound, sizes go in these steps.
struct Steps {
    double from, step;
};
constexpr Steps steps[] = {{1, 1}, {10, 2}, {20, 5}, {50, 10}, {200, 20}, {500, 50}, {1000, 100}};

} // namespace

void Brush::setSize(double size)
{
    take(m_size, size, smallest, largest);
}

void Brush::setHardness(double hardness)
{
    take(m_hardness, hardness, 0, 1);
}

void Brush::setOpacity(double opacity)
{
    take(m_opacity, opacity, 0, 1);
}

void Brush::setFlow(double flow)
{
    take(m_flow, flow, 0, 1);
}

void Brush::setSpacing(double spacing)
{
    take(m_spacing, spacing, leastSpacing, mostSpacing);
}

void Brush::setSmoothing(double smoothing)
{
    take(m_smoothing, smoothing, 0, 1);
}

void Brush::setPressureCurve(double exponent)
{
    take(m_pressureCurve, exponent, softestCurve, hardestCurve);
}

double Brush::nextSize(double size, bool larger)
{
    double step = 1;
    for (const Steps &s : steps) {
        if (larger ? size >= s.from : size > s.from)
            step = s.step;
    }
    // Onto the scale, wherever it began.
    const double next = larger ? (std::floor(size / step + 1e-9) + 1) * step
                               : (std::ceil(size / step - 1e-9) - 1) * step;
    return std::clamp(next, smallest, largest);
}

double Brush::felt(double pressure) const
{
    return std::pow(std::clamp(std::isnan(pressure) ? 1 : pressure, 0.0, 1.0), m_pressureCurve);
}

Dab Brush::dab(QPointF at, double pressure) const
{
    const double p = felt(pressure);
    Dab dab;
    dab.centre = at;
    dab.diameter = m_pressesSize ? std::max(smallest, m_size * p) : m_size;
    dab.hardness = m_hardness;
    dab.opacity = m_pressesOpacity ? m_opacity * p : m_opacity;
    dab.flow = m_flow;
    return dab;
}

double Brush::step(double pressure) const
{
    return std::max(leastStep, m_spacing * dab({}, pressure).diameter);
}

} // namespace heirloom
