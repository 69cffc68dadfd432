// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tools/selecttool.h"

namespace heirloom
{

/// Selects a rectangle of whole pixels or an ellipse by its corners. During the drag Shift makes it
/// a square or a circle and Alt begins at its centre. A click selects nothing. GUI thread.
class MarqueeTool : public SelectTool
{
    Q_OBJECT

public:
    enum class Shape { Rectangle, Ellipse };
    MarqueeTool(Shape shape, ToolOptions<SelectOptions> &options, QObject *parent = nullptr);

    void paint(QPainter &painter) override;
    /// The frame of the present drag in canvas pixels; empty: none.
    QRect frame() const { return m_frame; }

protected:
    void shapeBegan(const PointerInput &input) override;
    void shapeDragged(const PointerInput &input) override;
    void shapeCarried(QPointF by) override;
    void shapeEnded(const PointerInput &input) override;
    void shapeCancelled() override;
    QString status() const override;

private:
    Shape m_shape;
    QPointF m_from;
    Qt::KeyboardModifiers m_held; ///< at the press: they say the mode until they are let go
    QRect m_frame;
};

} // namespace heirloom
