// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tools/tool.h"

namespace heirloom
{

struct PerspectiveOptions {
    bool showsResult = false; ///< the picture as it would be, instead of the outline
    bool operator==(const PerspectiveOptions &) const = default;
};

/// The outline of a photographed print: its four corners are pulled to where the print's are, with
/// a magnifier beside the mouse; the outline becomes the canvas. Owned by ToolController; GUI
/// thread.
class PerspectiveTool : public CanvasTool
{
    Q_OBJECT

public:
    using CanvasTool::CanvasTool;

    /// Clockwise from the top left, canvas pixels in tenths, inside the canvas.
    const QPolygonF &corners() const { return m_corners; }
    /// False, and nothing happens, where they would no longer be a print's outline.
    bool moveCorner(int corner, QPointF to);
    int chosenCorner() const { return m_chosen; }
    void chooseCorner(int corner);
    const PerspectiveOptions &options() const { return m_options.latest(); }
    void setOptions(const PerspectiveOptions &options);
    QSize resultSize() const;
    QSize canvasSize() const;

    /// Always something to do, once a corner was touched.
    bool canApply() const override { return isActive() && m_touched; }
    void reset() override;
    void hover(const PointerInput &input) override;
    void paint(QPainter &painter) override;

protected:
    ToolRequest request() const override { return PerspectiveRequest{m_corners}; }
    void entered() override;
    void began(const PointerInput &input) override;
    void dragged(const PointerInput &input) override;
    void ended(const PointerInput &input) override;
    void cancelled() override;
    void nudge(QPoint by) override;
    /// 1 to 4 choose a corner.
    bool wantsOwnKey(int key, Qt::KeyboardModifiers modifiers) const override;
    bool ownKey(int key, Qt::KeyboardModifiers modifiers) override;

private:
    int cornerAt(QPointF view) const; ///< -1: none
    bool setCorners(const QPolygonF &corners);
    void paintOutline(QPainter &painter);
    void paintResult(QPainter &painter);
    void paintMagnifier(QPainter &painter, QPointF corner);

    ToolOptions<PerspectiveOptions> m_options;
    QPolygonF m_corners;
    QPolygonF m_start;
    QPointF m_from;     ///< canvas, where the gesture began
    int m_chosen = 0;
    int m_held = -1;    ///< the corner of the gesture; -1: the whole outline
    bool m_touched = false;
    bool m_magnifies = false;
};

} // namespace heirloom
