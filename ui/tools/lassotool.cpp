// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/lassotool.h"

#include "tools/overlay.h"

namespace heirloom
{

namespace
{

constexpr double dragFrom = 4; ///< logical pixels; less is a click

} // namespace

QString LassoTool::status() const
{
    return tr("Draw around something, or click for straight pieces: Enter or a double click closes "
              "them, Backspace takes the last one back. Shift adds, Alt subtracts.");
}

void LassoTool::shapeBegan(const PointerInput &input)
{
    m_pressedAt = input.view;
    m_wasDragged = false;
    const double reach = overlay::reach;
    if (isUnderWay() && m_points.size() > 2 &&
        QLineF(host().toView().map(m_points.first()), input.view).length() < reach / 2)
        return; // on the first point: the release closes it
    if (m_points.isEmpty() || m_points.last() != input.canvas)
        m_points << input.canvas;
    m_cursor = input.canvas;
    refresh();
}

void LassoTool::shapeDragged(const PointerInput &input)
{
    m_wasDragged = m_wasDragged || QLineF(m_pressedAt, input.view).length() >= dragFrom;
    m_cursor = input.canvas;
    if (m_wasDragged && m_points.last() != input.canvas)
        m_points << input.canvas;
    refresh();
}

void LassoTool::shapeCarried(QPointF by)
{
    m_points.translate(by);
}

void LassoTool::shapeEnded(const PointerInput &input)
{
    if (m_wasDragged && !m_goesOn && !(input.modifiers & Qt::ShiftModifier &&
                                       used().mode != CoverageMode::Add))
        return close();
    // A second click in one place, or one on the first point, closes it.
    const bool onFirst =
        m_points.size() > 2 &&
        QLineF(host().toView().map(m_points.first()), input.view).length() < overlay::reach / 2;
    const bool again = m_goesOn && m_points.size() > 2 && !m_wasDragged &&
                       QLineF(host().toView().map(m_points.at(m_points.size() - 2)), input.view)
                               .length() < dragFrom;
    if (m_goesOn && (onFirst || again))
        return close();
    m_goesOn = true;
    m_cursor = input.canvas;
    refresh();
}

void LassoTool::close()
{
    m_goesOn = false;
    const QPolygonF points = std::exchange(m_points, {});
    const QRectF around = points.boundingRect();
    if (points.size() > 2 && around.width() > 0 && around.height() > 0) {
        ShapeSelection selection;
        selection.text = tr("Select with the lasso");
        selection.options = used();
        selection.shape.setFillRule(Qt::WindingFill);
        selection.shape.addPolygon(points);
        selection.shape.closeSubpath();
        Q_EMIT shapeSelected(selection);
    } else if (used().mode == CoverageMode::Replace) {
        Q_EMIT noneSelected();
    }
    refresh();
}

void LassoTool::shapeCancelled()
{
    m_points.clear();
    m_goesOn = false;
}

void LassoTool::hover(const PointerInput &input)
{
    SelectTool::hover(input);
    m_cursor = input.canvas;
    if (isUnderWay())
        refresh();
}

bool LassoTool::wantsKey(int key, Qt::KeyboardModifiers modifiers) const
{
    if (isUnderWay() && (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Backspace))
        return !(modifiers & (Qt::ControlModifier | Qt::MetaModifier));
    return SelectTool::wantsKey(key, modifiers);
}

bool LassoTool::key(int key, Qt::KeyboardModifiers modifiers)
{
    if (!wantsKey(key, modifiers) || key == Qt::Key_Escape || !isUnderWay())
        return SelectTool::key(key, modifiers);
    if (isInGesture())
        return true;
    if (key == Qt::Key_Backspace) {
        m_points.removeLast();
        if (m_points.isEmpty())
            m_goesOn = false;
        refresh();
        return true;
    }
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        close();
        return true;
    }
    return SelectTool::key(key, modifiers);
}

void LassoTool::paint(QPainter &painter)
{
    if (m_points.isEmpty())
        return;
    QPolygonF shown = host().toView().map(m_points);
    if (m_goesOn)
        shown << host().toView().map(m_cursor);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 130), 3));
    painter.drawPolyline(shown);
    painter.setPen(QPen(QColor(255, 255, 255, 235), 1));
    painter.drawPolyline(shown);
    painter.restore();
    if (m_goesOn)
        overlay::handle(painter, shown.first(), false);
}

} // namespace heirloom
