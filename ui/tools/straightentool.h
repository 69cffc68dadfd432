// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tools/tool.h"

#include <QLineF>

namespace heirloom
{

struct StraightenOptions {
    bool cropped = true; ///< the empty corners are cut off
    bool operator==(const StraightenOptions &) const = default;
};

/// Turns the picture a little: a line drawn along something that should be level or upright says
/// how far, or an angle does. The picture is shown turned, under a grid; the document is turned
/// once. Owned by ToolController; GUI thread.
class StraightenTool : public CanvasTool
{
    Q_OBJECT

public:
    using CanvasTool::CanvasTool;
    static constexpr double largest = 45; ///< degrees

    double degrees() const { return m_degrees; } ///< clockwise
    /// Hundredths of a degree, within the largest.
    void setDegrees(double degrees);
    const StraightenOptions &options() const { return m_options.latest(); }
    void setOptions(const StraightenOptions &options);
    /// What stays, in canvas pixels.
    QRect frame() const;

    /// By how much a line is off the nearest of level and upright, clockwise, -45..45.
    static double slope(const QLineF &line);

    bool canApply() const override { return isActive() && m_degrees != 0; }
    void reset() override { setDegrees(0); }
    void paint(QPainter &painter) override;

protected:
    ToolRequest request() const override
    {
        return StraightenRequest{m_degrees, m_options.current().cropped};
    }
    void entered() override;
    void began(const PointerInput &input) override;
    void dragged(const PointerInput &input) override;
    void ended(const PointerInput &input) override;
    void cancelled() override;
    void nudge(QPoint by) override;

private:
    ToolOptions<StraightenOptions> m_options;
    double m_degrees = 0;
    QLineF m_line; ///< on the view, while it is drawn
};

} // namespace heirloom
