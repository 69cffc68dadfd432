// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/splithandle.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

constexpr double knobRadius = 11;
constexpr double keyStep = 0.01;

} // namespace

SplitHandle::SplitHandle(QWidget *canvas)
    : QWidget(canvas)
{
    setObjectName(QStringLiteral("splitHandle"));
    setAccessibleName(tr("Line between before and after"));
    setToolTip(tr("Drag to compare; double-click to centre"));
    setFocusPolicy(Qt::StrongFocus);
    setVertical(true);
    hide();
}

void SplitHandle::setVertical(bool vertical)
{
    m_vertical = vertical;
    setCursor(vertical ? Qt::SplitHCursor : Qt::SplitVCursor);
    place();
    update();
}

void SplitHandle::setPosition(double position)
{
    position = std::clamp(position, 0.0, 1.0);
    if (position == m_position)
        return;
    m_position = position;
    place();
    Q_EMIT moved(m_position);
}

double SplitHandle::length() const
{
    const QSize size = parentWidget()->size();
    return std::max(1, m_vertical ? size.width() : size.height());
}

void SplitHandle::place()
{
    const int start = int(std::lround(m_position * length())) - thickness / 2;
    if (m_vertical)
        setGeometry(start, 0, thickness, parentWidget()->height());
    else
        setGeometry(0, start, parentWidget()->width(), thickness);
}

void SplitHandle::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF middle(width() / 2.0, height() / 2.0);
    const QLineF line = m_vertical ? QLineF(middle.x(), 0, middle.x(), height())
                                   : QLineF(0, middle.y(), width(), middle.y());
    // White on a dark edge: seen on every picture.
    painter.setPen(QPen(QColor(0, 0, 0, 140), 3));
    painter.drawLine(line);
    painter.setPen(QPen(Qt::white, 1.4));
    painter.drawLine(line);
    painter.setPen(QPen(hasFocus() ? palette().color(QPalette::Highlight) : QColor(0, 0, 0, 140),
                        hasFocus() ? 3 : 1.2));
    painter.setBrush(Qt::white);
    painter.drawEllipse(middle, knobRadius, knobRadius);

    painter.setPen(QPen(QColor(0x40, 0x40, 0x40), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    for (const int sign : {-1, 1}) {
        const QPointF tip = m_vertical ? QPointF(sign * 6.5, 0) : QPointF(0, sign * 6.5);
        const QPointF back = tip * 0.45;
        const QPointF wing = m_vertical ? QPointF(0, 3.4) : QPointF(3.4, 0);
        painter.drawPolyline(QPolygonF{middle + back + wing, middle + tip, middle + back - wing});
    }
}

void SplitHandle::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return event->ignore();
    const QPointF p = mapToParent(event->position().toPoint());
    m_grab = (m_vertical ? p.x() : p.y()) - m_position * length();
}

void SplitHandle::mouseMoveEvent(QMouseEvent *event)
{
    if (!event->buttons().testFlag(Qt::LeftButton))
        return event->ignore();
    const QPointF p = mapToParent(event->position().toPoint());
    setPosition(((m_vertical ? p.x() : p.y()) - m_grab) / length());
}

void SplitHandle::mouseDoubleClickEvent(QMouseEvent *)
{
    setPosition(0.5);
}

void SplitHandle::keyPressEvent(QKeyEvent *event)
{
    const double step = event->modifiers().testFlag(Qt::ShiftModifier) ? keyStep * 10 : keyStep;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Up:
        return setPosition(m_position - step);
    case Qt::Key_Right:
    case Qt::Key_Down:
        return setPosition(m_position + step);
    case Qt::Key_Home:
        return setPosition(0);
    case Qt::Key_End:
        return setPosition(1);
    default:
        QWidget::keyPressEvent(event);
    }
}

void SplitHandle::wheelEvent(QWheelEvent *event)
{
    event->ignore(); // the canvas below zooms
}

} // namespace heirloom
