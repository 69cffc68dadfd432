// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/marqueetool.h"

#include "paint/coverageshape.h"
#include "tools/overlay.h"

#include <cmath>

namespace heirloom
{

MarqueeTool::MarqueeTool(Shape shape, ToolOptions<SelectOptions> &options, QObject *parent)
    : SelectTool(options, parent)
    , m_shape(shape)
{
}

QString MarqueeTool::status() const
{
    return m_shape == Shape::Rectangle
               ? tr("Drag a rectangle. Shift adds, Alt subtracts; pressed while dragging they make "
                    "a square or begin at the centre; Space held moves it. A click selects "
                    "nothing.")
               : tr("Drag an ellipse. Shift adds, Alt subtracts; pressed while dragging they make "
                    "a circle or begin at the centre; Space held moves it. A click selects "
                    "nothing.");
}

void MarqueeTool::shapeBegan(const PointerInput &input)
{
    m_from = input.canvas;
    m_held = input.modifiers & (Qt::ShiftModifier | Qt::AltModifier);
    m_frame = {};
}

void MarqueeTool::shapeDragged(const PointerInput &input)
{
    m_held &= input.modifiers;
    const Qt::KeyboardModifiers now = input.modifiers & ~m_held;
    QPointF by = input.canvas - m_from;
    if (now & Qt::ShiftModifier) {
        const double side = std::max(std::abs(by.x()), std::abs(by.y()));
        by = {std::copysign(side, by.x()), std::copysign(side, by.y())};
    }
    const QPointF first = now & Qt::AltModifier ? m_from - by : m_from;
    const QPointF last = m_from + by;
    const QPoint a(int(std::lround(std::min(first.x(), last.x()))),
                   int(std::lround(std::min(first.y(), last.y()))));
    const QPoint b(int(std::lround(std::max(first.x(), last.x()))),
                   int(std::lround(std::max(first.y(), last.y()))));
    m_frame = QRect(a, QSize(b.x() - a.x(), b.y() - a.y()));
    host().setStatus(tr("%1 x %2 pixels").arg(m_frame.width()).arg(m_frame.height()));
    refresh();
}

void MarqueeTool::shapeCarried(QPointF by)
{
    m_from += by;
}

void MarqueeTool::shapeEnded(const PointerInput &)
{
    const QRect frame = std::exchange(m_frame, {});
    host().setStatus(status());
    if (frame.isEmpty()) {
        if (used().mode == CoverageMode::Replace)
            Q_EMIT noneSelected();
    } else {
        ShapeSelection selection;
        selection.options = used();
        if (m_shape == Shape::Rectangle) {
            selection.text = tr("Select rectangle");
            selection.isPixels = true;
            selection.shape.addRect(frame);
        } else {
            selection.text = tr("Select ellipse");
            selection.shape = ellipsePath(frame);
        }
        Q_EMIT shapeSelected(selection);
    }
    refresh();
}

void MarqueeTool::shapeCancelled()
{
    m_frame = {};
}

void MarqueeTool::paint(QPainter &painter)
{
    if (m_frame.isEmpty())
        return;
    const QRectF shown =
        overlay::snapped(host().toView().mapRect(QRectF(m_frame)), host().pixelRatio());
    overlay::outline(painter,
                     m_shape == Shape::Rectangle ? QPolygonF(shown)
                                                 : ellipsePath(shown).toFillPolygon(),
                     host().pixelRatio());
}

} // namespace heirloom
