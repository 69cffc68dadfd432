// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "paint/dab.h"

namespace heirloom
{

/// A round brush: what it looks like and how a pen's pressure bends it. A value that cannot be
/// invalid: everything set is brought into its range, and what is no number changes nothing. Sizes
/// are diameters in canvas pixels, everything else is 0..1 unless it says otherwise.
class Brush
{
public:
    static constexpr double smallest = 1, largest = 2000;
    static constexpr double leastSpacing = 0.02, mostSpacing = 2;
    /// Pressure is raised to this: below 1 a light touch does more, above 1 less.
    static constexpr double softestCurve = 0.25, hardestCurve = 4;

    double size() const { return m_size; }
    double hardness() const { return m_hardness; } ///< share of the radius that is fully covered
    double opacity() const { return m_opacity; }   ///< what a stroke never passes
    double flow() const { return m_flow; }         ///< what one dab adds of what is missing
    double spacing() const { return m_spacing; }   ///< between dabs, in diameters
    double smoothing() const { return m_smoothing; }
    bool pressesSize() const { return m_pressesSize; }
    bool pressesOpacity() const { return m_pressesOpacity; }
    double pressureCurve() const { return m_pressureCurve; }

    void setSize(double size);
    void setHardness(double hardness);
    void setOpacity(double opacity);
    void setFlow(double flow);
    void setSpacing(double spacing);
    void setSmoothing(double smoothing);
    void setPressesSize(bool on) { m_pressesSize = on; }
    void setPressesOpacity(bool on) { m_pressesOpacity = on; }
    void setPressureCurve(double exponent);

    /// The next size on a scale whose steps grow with it: 1 px below 10, 100 px above 1000.
    static double nextSize(double size, bool larger);

    /// One touch at a place on the canvas.
    Dab dab(QPointF at, double pressure) const;
    /// Canvas pixels from a dab of this pressure to the next one; never so far that a line breaks
    /// up at spacings of up to 1, never less than half a pixel.
    double step(double pressure) const;

    bool operator==(const Brush &) const = default;

private:
    double felt(double pressure) const;

    double m_size = 40;
    double m_hardness = 0.5;
    double m_opacity = 1;
    double m_flow = 1;
    double m_spacing = 0.1;
    double m_smoothing = 0.2;
    double m_pressureCurve = 1;
    bool m_pressesSize = true;
    bool m_pressesOpacity = false;
};

} // namespace heirloom
