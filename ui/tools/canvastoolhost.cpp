// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/canvastoolhost.h"

#include "canvas/canvasview.h"
#include "edit/paintstroke.h"
#include "tools/tool.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QTabletEvent>

#include <algorithm>
#include <cmath>

namespace heirloom
{

CanvasToolHost::CanvasToolHost(CanvasView &canvas, QObject *parent)
    : QObject(parent)
    , m_canvas(canvas)
{
    m_canvas.setInteraction(this);
}

CanvasToolHost::~CanvasToolHost()
{
    setTool(nullptr);
    m_canvas.setInteraction(nullptr);
}

void CanvasToolHost::setTool(Tool *tool)
{
    m_turnedFrom = nullptr;
    use(tool);
}

void CanvasToolHost::use(Tool *tool)
{
    if (tool == m_tool)
        return;
    if (m_tool)
        m_tool->leave();
    m_tool = tool;
    pictureChanged();
    if (tool)
        tool->enter(*this);
    m_canvas.updateInteraction();
}

void CanvasToolHost::pictureChanged()
{
    m_kept = {};
    m_keptLevel = -1;
    if (m_tool && m_tool->showsPicture())
        updateOverlay();
}

QSize CanvasToolHost::canvasSize() const
{
    return m_canvas.content() ? m_canvas.content()->size() : QSize();
}

double CanvasToolHost::pixelRatio() const
{
    return m_canvas.devicePixelRatioF();
}

QTransform CanvasToolHost::toView() const
{
    const Viewport &viewport = m_canvas.viewport();
    const double ratio = pixelRatio();
    const QPointF origin = viewport.toDevice(QPointF(0, 0)) + QPointF(m_canvas.afterOffset(), 0);
    const double scale = viewport.scale() / ratio;
    return QTransform(scale, 0, 0, scale, origin.x() / ratio, origin.y() / ratio);
}

QRectF CanvasToolHost::viewRect() const
{
    const double left = m_canvas.afterOffset() / pixelRatio();
    return QRectF(left, 0, m_canvas.width() - left, m_canvas.height());
}

QImage CanvasToolHost::pixels(const QRect &canvasRect) const
{
    return assembled(0, canvasRect);
}

/// Part of a level from its tiles.
QImage CanvasToolHost::assembled(int level, const QRect &area) const
{
    QImage image(area.size(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    CanvasContent *content = m_canvas.content();
    if (!content)
        return image;
    const int side = CanvasContent::tileSide;
    const QRect inside =
        area & QRect(QPoint(0, 0), CanvasContent::levelSize(content->size(), level));
    if (inside.isEmpty())
        return image;
    QPainter painter(&image);
    for (int y = inside.top() / side; y <= inside.bottom() / side; ++y) {
        for (int x = inside.left() / side; x <= inside.right() / side; ++x) {
            painter.drawImage(QPoint(x, y) * side - area.topLeft(),
                              content->tile(Side::After, level, {x, y}));
        }
    }
    return image;
}

void CanvasToolHost::paintPicture(QPainter &painter, const QTransform &canvasToView) const
{
    painter.fillRect(viewRect(), m_canvas.surround());
    bool invertible = false;
    const QTransform back = canvasToView.inverted(&invertible);
    if (!invertible || canvasSize().isEmpty())
        return;
    // The largest level that still has a pixel for every device pixel, where it is seen largest.
    const QRectF whole(QPointF(0, 0), QSizeF(canvasSize()));
    const QRectF shown = canvasToView.mapRect(whole);
    const double scale = std::max(shown.width() / whole.width(), shown.height() / whole.height()) *
                         pixelRatio();
    int level = 0;
    while (scale * (2 << level) <= 1 &&
           (std::max(whole.width(), whole.height())) / (2 << level) > 1)
        ++level;
    const int step = 1 << level;
    const QSize levelSize = CanvasContent::levelSize(canvasSize(), level);
    // Backwards a point at infinity may lie in the view: then everything is taken.
    QRectF wanted = canvasToView.isAffine() ? back.mapRect(viewRect()) & whole : whole;
    wanted = QRectF(wanted.topLeft() / step, wanted.size() / step);
    const QRect area =
        wanted.toAlignedRect().adjusted(-1, -1, 1, 1) & QRect(QPoint(0, 0), levelSize);
    if (area.isEmpty())
        return;
    if (m_keptLevel != level || !m_keptArea.contains(area)) {
        m_kept = assembled(level, area);
        m_keptArea = area;
        m_keptLevel = level;
    }
    painter.save();
    painter.setClipRect(viewRect(), Qt::IntersectClip);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    // A level's last pixel may stand for fewer canvas pixels: the whole decides, not the step.
    QTransform toCanvas = QTransform::fromScale(whole.width() / levelSize.width(),
                                                whole.height() / levelSize.height());
    painter.setTransform(toCanvas * canvasToView, true);
    painter.drawImage(m_keptArea.topLeft(), m_kept);
    painter.restore();
}

void CanvasToolHost::updateOverlay()
{
    m_canvas.update();
}

void CanvasToolHost::updateOverlay(const QRectF &part)
{
    m_canvas.update(part.toAlignedRect());
}

std::unique_ptr<PaintStroke> CanvasToolHost::beginStroke(StrokeStart start)
{
    return m_place ? m_place->beginStroke(std::move(start)) : nullptr;
}

std::optional<QColor> CanvasToolHost::colorAt(QPointF canvas) const
{
    return m_place ? m_place->colorAt(canvas) : std::nullopt;
}

void CanvasToolHost::setCursor(const QCursor &cursor)
{
    m_cursor = cursor;
    m_canvas.updateInteraction();
}

PointerInput CanvasToolHost::input(const QSinglePointEvent &event, double pressure) const
{
    PointerInput input;
    input.view = event.position();
    input.canvas = toView().inverted().map(event.position());
    input.modifiers = event.modifiers();
    input.pressure = pressure;
    return input;
}

bool CanvasToolHost::mouse(QMouseEvent *event)
{
    if (!m_tool || canvasSize().isEmpty())
        return false;
    if (!m_tool->isInGesture())
        turnPen(false);
    // A mouse presses fully; only tabletEvent() knows better.
    return pointer(event->type(), event->button(), input(*event, 1));
}

bool CanvasToolHost::tablet(QTabletEvent *event)
{
    if (!m_tool || canvasSize().isEmpty())
        return false;
    if (!m_tool->isInGesture())
        turnPen(event->pointerType() == QPointingDevice::PointerType::Eraser);
    const QEvent::Type type = event->type() == QEvent::TabletPress     ? QEvent::MouseButtonPress
                              : event->type() == QEvent::TabletRelease ? QEvent::MouseButtonRelease
                                                                       : QEvent::MouseMove;
    return pointer(type, event->button(), input(*event, event->pressure()));
}

bool CanvasToolHost::pointer(QEvent::Type type, Qt::MouseButton button, PointerInput input)
{
    switch (type) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick: {
        const bool begins = button == Qt::LeftButton || (button == Qt::RightButton &&
                                                         m_tool->takesRightButton(input.modifiers));
        if (!begins || m_tool->isInGesture())
            return m_tool->isInGesture(); // another button changes nothing
        m_held = input.button = button;
        m_tool->press(input);
        return true;
    }
    case QEvent::MouseMove:
        input.button = m_held;
        if (m_tool->isInGesture())
            m_tool->move(input);
        else
            m_tool->hover(input);
        return true;
    case QEvent::MouseButtonRelease:
        if (button != m_held || !m_tool->isInGesture())
            return false;
        input.button = m_held;
        m_tool->release(input);
        return true;
    default:
        return false;
    }
}

void CanvasToolHost::turnPen(bool eraserEnd)
{
    if (eraserEnd && !m_turnedFrom && m_eraser && m_tool != m_eraser &&
        m_tool->givesWayToEraser()) {
        Tool *former = m_tool;
        use(m_eraser);
        m_turnedFrom = former;
    } else if (!eraserEnd && m_turnedFrom) {
        use(std::exchange(m_turnedFrom, nullptr));
    }
}

bool CanvasToolHost::wheel(QWheelEvent *event)
{
    if (!m_tool || canvasSize().isEmpty())
        return false;
    return m_tool->wheel(input(*event, 1), event->angleDelta().y() / 120.0);
}

void CanvasToolHost::pointerLeft()
{
    if (m_tool)
        m_tool->pointerLeft();
}

bool CanvasToolHost::key(QKeyEvent *event)
{
    return m_tool && m_tool->key(event->key(), event->modifiers());
}

bool CanvasToolHost::wantsKey(const QKeyEvent &event) const
{
    return m_tool && m_tool->wantsKey(event.key(), event.modifiers());
}

void CanvasToolHost::keyReleased(const QKeyEvent &event)
{
    if (m_tool)
        m_tool->keyReleased(event.key());
}

void CanvasToolHost::paint(QPainter &painter)
{
    if (!m_tool || canvasSize().isEmpty())
        return;
    painter.save();
    painter.setClipRect(viewRect());
    m_tool->paint(painter);
    painter.restore();
}

std::optional<QCursor> CanvasToolHost::cursor() const
{
    return m_tool ? std::optional(m_cursor) : std::nullopt;
}

} // namespace heirloom
