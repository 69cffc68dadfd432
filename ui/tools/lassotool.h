// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tools/selecttool.h"

namespace heirloom
{

/// Selects what a line goes around: drawn freely, or by clicks with straight pieces between them
/// (Enter, a double click or a click on the first point closes it; Backspace takes the last point
/// back). A single drag closes itself. GUI thread.
class LassoTool : public SelectTool
{
    Q_OBJECT

public:
    using SelectTool::SelectTool;

    void paint(QPainter &painter) override;
    void hover(const PointerInput &input) override;
    bool key(int key, Qt::KeyboardModifiers modifiers) override;
    bool wantsKey(int key, Qt::KeyboardModifiers modifiers) const override;

protected:
    void shapeBegan(const PointerInput &input) override;
    void shapeDragged(const PointerInput &input) override;
    void shapeCarried(QPointF by) override;
    void shapeEnded(const PointerInput &input) override;
    void shapeCancelled() override;
    bool isUnderWay() const override { return !m_points.isEmpty() && m_goesOn; }
    QString status() const override;

private:
    void close();

    QPolygonF m_points; ///< canvas pixels
    QPointF m_pressedAt; ///< on the view
    QPointF m_cursor;    ///< canvas; the loose end
    bool m_wasDragged = false;
    bool m_goesOn = false; ///< by clicks
};

} // namespace heirloom
