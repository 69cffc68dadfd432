// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
// The half of CanvasView that answers the mouse, the keyboard and gestures.
#include "canvas/blinker.h"
#include "canvas/canvasinteraction.h"
#include "canvas/canvasview.h"
#include "canvas/loupe.h"
#include "canvas/splithandle.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPinchGesture>
#include <QPointingDevice>
#include <QTabletEvent>
#include <QWheelEvent>

#include <cmath>

namespace heirloom
{

namespace
{

constexpr double wheelStep = 1.25; ///< zoom for one notch
constexpr double wheelPan = 60;    ///< logical pixels for one notch
constexpr double keyPan = 48;      ///< logical pixels for one press of an arrow key

} // namespace

QPointF CanvasView::toViewport(QPointF logical) const
{
    const double ratio = devicePixelRatioF();
    QPointF device = logical * ratio;
    if (comparesSideBySide()) {
        const double offset = std::round(width() * ratio) - m_viewport.viewSize().width();
        if (device.x() >= offset)
            device.rx() -= offset;
    }
    return device;
}

void CanvasView::zoomBy(QPointF logical, double factor)
{
    m_viewport.zoomAt(toViewport(logical), m_viewport.scale() * factor);
    changeView();
}

void CanvasView::panBy(QPointF logical)
{
    m_viewport.panBy(logical * devicePixelRatioF());
    changeView();
}

void CanvasView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    updateViewSize();
    m_split->place();
    m_loupe->keepInside();
    changeView();
}

bool CanvasView::event(QEvent *event)
{
    switch (event->type()) {
    case QEvent::NativeGesture: {
        const auto *gesture = static_cast<QNativeGestureEvent *>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            zoomBy(gesture->position(), 1 + gesture->value());
            return true;
        }
        break;
    }
    case QEvent::Gesture: {
        auto *gestures = static_cast<QGestureEvent *>(event);
        if (auto *pinch = qobject_cast<QPinchGesture *>(gestures->gesture(Qt::PinchGesture))) {
            zoomBy(mapFromGlobal(pinch->hotSpot()), pinch->scaleFactor());
            panBy(pinch->centerPoint() - pinch->lastCenterPoint());
            return true;
        }
        break;
    }
    case QEvent::ShortcutOverride:
        // Space belongs to panning here, whatever shortcut it might have elsewhere.
        if (static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space ||
            (m_interaction && m_interaction->wantsKey(*static_cast<QKeyEvent *>(event))))
            event->accept();
        break;
    default:
        break;
    }
    return QWidget::event(event);
}

void CanvasView::wheelEvent(QWheelEvent *event)
{
    if (!content())
        return event->ignore();
    const auto modifiers = event->modifiers();
    const bool isPlain = !(modifiers & (Qt::ControlModifier | Qt::ShiftModifier));
    if (isPlain && m_interaction && !m_dragFrom && m_interaction->wheel(event))
        return event->accept();
    const bool touchpad = event->pointingDevice()->type() == QInputDevice::DeviceType::TouchPad &&
                          !event->pixelDelta().isNull();
    const QPointF notches = QPointF(event->angleDelta()) / 120.0;
    if (modifiers.testFlag(Qt::ShiftModifier)) {
        // Some systems turn the wheel's axis themselves while Shift is held.
        panBy({(notches.x() != 0 ? notches.x() : notches.y()) * wheelPan, 0});
    } else if (!modifiers.testFlag(Qt::ControlModifier) && touchpad) {
        panBy(event->pixelDelta());
    } else if (m_wheelZooms || modifiers.testFlag(Qt::ControlModifier)) {
        zoomBy(event->position(), std::pow(wheelStep, notches.y()));
    } else {
        panBy(notches * wheelPan);
    }
    event->accept();
}

void CanvasView::mousePressEvent(QMouseEvent *event)
{
    const bool pans = event->button() == Qt::MiddleButton || event->button() == Qt::LeftButton;
    if (!content())
        return event->ignore();
    if (m_interaction && !m_spaceHeld && !m_dragFrom && m_interaction->mouse(event))
        return;
    if (!pans)
        return event->ignore();
    m_dragFrom = event->position();
    m_blinker->setPaused(true);
    updateCursor();
}

void CanvasView::mouseMoveEvent(QMouseEvent *event)
{
    if (m_dragFrom) {
        panBy(event->position() - *m_dragFrom);
        m_dragFrom = event->position();
    } else if (m_interaction && !m_spaceHeld) {
        m_interaction->mouse(event);
    }
    tellHovered(event->position());
}

void CanvasView::tabletEvent(QTabletEvent *event)
{
    // What is left alone comes again as a mouse event: panning, and canvases without a tool.
    if (!content() || !m_interaction || m_spaceHeld || m_dragFrom || !m_interaction->tablet(event))
        return event->ignore();
    event->accept();
    tellHovered(event->position());
}

void CanvasView::tellHovered(QPointF logical)
{
    const QPointF point = m_viewport.toPicture(toViewport(logical));
    const QPoint pixel(int(std::floor(point.x())), int(std::floor(point.y())));
    if (content() && QRect(QPoint(0, 0), m_viewport.pictureSize()).contains(pixel))
        Q_EMIT hovered(pixel);
    else
        Q_EMIT hovered(std::nullopt);
}

void CanvasView::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_interaction && !m_dragFrom && m_interaction->mouse(event))
        return;
    m_dragFrom.reset();
    m_blinker->setPaused(false);
    updateCursor();
}

void CanvasView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::MiddleButton)
        fit();
    else
        mousePressEvent(event);
}

void CanvasView::keyPressEvent(QKeyEvent *event)
{
    if (!content())
        return QWidget::keyPressEvent(event);
    if (m_interaction && m_interaction->key(event))
        return;
    const double step = event->modifiers().testFlag(Qt::ShiftModifier) ? keyPan * 10 : keyPan;
    switch (event->key()) {
    case Qt::Key_Space:
        if (!event->isAutoRepeat()) {
            m_spaceHeld = true;
            updateCursor();
        }
        return;
    case Qt::Key_Left:
        return panBy({step, 0});
    case Qt::Key_Right:
        return panBy({-step, 0});
    case Qt::Key_Up:
        return panBy({0, step});
    case Qt::Key_Down:
        return panBy({0, -step});
    default:
        QWidget::keyPressEvent(event);
    }
}

void CanvasView::keyReleaseEvent(QKeyEvent *event)
{
    if (m_interaction && !event->isAutoRepeat())
        m_interaction->keyReleased(*event);
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_spaceHeld = false;
        updateCursor();
        return;
    }
    QWidget::keyReleaseEvent(event);
}

void CanvasView::leaveEvent(QEvent *event)
{
    if (m_interaction)
        m_interaction->pointerLeft();
    Q_EMIT hovered(std::nullopt);
    QWidget::leaveEvent(event);
}

void CanvasView::updateCursor()
{
    if (!content())
        unsetCursor();
    else if (m_dragFrom)
        setCursor(Qt::ClosedHandCursor);
    else if (m_spaceHeld)
        setCursor(Qt::OpenHandCursor);
    else
        setCursor(m_interaction ? m_interaction->cursor().value_or(Qt::ArrowCursor)
                                : QCursor(Qt::ArrowCursor));
}

} // namespace heirloom
