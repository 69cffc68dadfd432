// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/perspectivetool.h"

#include "edit/canvasgeometry.h"
#include "tools/overlay.h"
#include "widgets/sizetext.h"

#include <QLineF>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

constexpr double inset = 0.1;          ///< of each side, at the start
constexpr double magnifierSide = 132;  ///< logical pixels
constexpr double magnifierAway = 30;   ///< from the corner to its edge
constexpr double magnification = 4;
constexpr double leastMagnified = 2;   ///< logical pixels to a canvas pixel

QPointF inTenths(QPointF p)
{
    return {std::round(p.x() * 10) / 10, std::round(p.y() * 10) / 10};
}

QPointF within(QPointF p, QSizeF canvas)
{
    return {std::clamp(p.x(), 0.0, canvas.width()), std::clamp(p.y(), 0.0, canvas.height())};
}

} // namespace

QSize PerspectiveTool::canvasSize() const
{
    return isActive() ? host().canvasSize() : QSize();
}

QSize PerspectiveTool::resultSize() const
{
    return m_corners.size() == 4 ? heirloom::printSize(m_corners) : QSize();
}

void PerspectiveTool::entered()
{
    const QSizeF size = host().canvasSize();
    const double left = std::round(size.width() * inset);
    const double top = std::round(size.height() * inset);
    m_corners = {QPointF(left, top), QPointF(size.width() - left, top),
                 QPointF(size.width() - left, size.height() - top),
                 QPointF(left, size.height() - top)};
    m_chosen = 0;
    m_held = -1;
    m_touched = m_magnifies = false;
    host().setCursor(Qt::ArrowCursor);
    host().setStatus(tr("Drag the corners to the print's (or 1 to 4 and arrow keys). Enter "
                        "straightens, Esc gives up."));
}

void PerspectiveTool::reset()
{
    entered();
    refresh();
}

void PerspectiveTool::setOptions(const PerspectiveOptions &options)
{
    if (options == m_options.latest())
        return;
    m_options.set(options, isInGesture());
    refresh();
}

void PerspectiveTool::chooseCorner(int corner)
{
    if (corner == m_chosen || corner < 0 || corner > 3 || isInGesture())
        return;
    m_chosen = corner;
    refresh();
}

bool PerspectiveTool::setCorners(const QPolygonF &corners)
{
    if (!isPrintOutline(corners) || heirloom::printSize(corners).isEmpty())
        return false;
    if (corners != m_corners) {
        m_corners = corners;
        m_touched = true;
        refresh();
    }
    return true;
}

bool PerspectiveTool::moveCorner(int corner, QPointF to)
{
    if (!isActive() || corner < 0 || corner > 3)
        return false;
    QPolygonF corners = m_corners;
    corners[corner] = inTenths(within(to, host().canvasSize()));
    return setCorners(corners);
}

int PerspectiveTool::cornerAt(QPointF view) const
{
    int nearest = -1;
    double distance = overlay::reach;
    for (int i = 0; i < m_corners.size(); ++i) {
        const double d = QLineF(host().toView().map(m_corners[i]), view).length();
        if (d <= distance) {
            nearest = i;
            distance = d;
        }
    }
    return nearest;
}

void PerspectiveTool::hover(const PointerInput &input)
{
    if (std::exchange(m_magnifies, false))
        refresh();
    if (m_options.current().showsResult)
        host().setCursor(Qt::ArrowCursor);
    else if (cornerAt(input.view) >= 0)
        host().setCursor(Qt::CrossCursor);
    else
        host().setCursor(m_corners.containsPoint(input.canvas, Qt::OddEvenFill)
                             ? Qt::SizeAllCursor
                             : Qt::ArrowCursor);
}

void PerspectiveTool::began(const PointerInput &input)
{
    m_start = m_corners;
    m_from = input.canvas;
    m_held = -1;
    if (m_options.current().showsResult)
        return;
    m_held = cornerAt(input.view);
    if (m_held >= 0) {
        m_chosen = m_held;
        m_magnifies = true;
        refresh();
    }
}

void PerspectiveTool::dragged(const PointerInput &input)
{
    if (m_options.current().showsResult)
        return;
    const QPointF by = input.canvas - m_from;
    if (m_held >= 0) {
        moveCorner(m_held, m_start[m_held] + by);
        return;
    }
    if (!m_start.containsPoint(m_from, Qt::OddEvenFill))
        return;
    // The whole outline, as far as all its corners stay on the canvas.
    const QRectF box = m_start.boundingRect();
    const QSizeF canvas = host().canvasSize();
    const QPointF way = inTenths({std::clamp(by.x(), -box.left(), canvas.width() - box.right()),
                                  std::clamp(by.y(), -box.top(), canvas.height() - box.bottom())});
    setCorners(m_start.translated(way));
}

void PerspectiveTool::ended(const PointerInput &input)
{
    m_held = -1;
    m_magnifies = false;
    m_options.takeLatest();
    hover(input);
    refresh();
}

void PerspectiveTool::cancelled()
{
    m_corners = m_start;
    m_held = -1;
    m_magnifies = false;
    m_options.takeLatest();
    refresh();
}

void PerspectiveTool::nudge(QPoint by)
{
    m_magnifies = true;
    moveCorner(m_chosen, m_corners[m_chosen] + by);
    host().updateOverlay();
}

bool PerspectiveTool::wantsOwnKey(int key, Qt::KeyboardModifiers) const
{
    return key >= Qt::Key_1 && key <= Qt::Key_4;
}

bool PerspectiveTool::ownKey(int key, Qt::KeyboardModifiers)
{
    chooseCorner(key - Qt::Key_1);
    return true;
}

void PerspectiveTool::paint(QPainter &painter)
{
    if (m_corners.size() != 4)
        return;
    if (m_options.current().showsResult)
        paintResult(painter);
    else
        paintOutline(painter);
}

void PerspectiveTool::paintOutline(QPainter &painter)
{
    const double ratio = host().pixelRatio();
    const QPolygonF shown = host().toView().map(m_corners);
    overlay::veil(painter,
                  host().toView().mapRect(QRectF(QPointF(0, 0), host().canvasSize())), shown);
    // What will be straight lines, as they lie on the print now.
    QTransform print;
    if (QTransform::squareToQuad(shown, print)) {
        for (int i = 1; i < 4; ++i) {
            const double t = i / 4.0;
            overlay::guide(painter, QLineF(print.map(QPointF(t, 0)), print.map(QPointF(t, 1))),
                           ratio);
            overlay::guide(painter, QLineF(print.map(QPointF(0, t)), print.map(QPointF(1, t))),
                           ratio);
        }
    }
    overlay::outline(painter, shown, ratio);
    for (int i = 0; i < 4; ++i)
        overlay::handle(painter, shown[i], i == m_chosen);
    overlay::words(painter, shown.boundingRect(), pixelsText(resultSize()), host().viewRect());
    if (m_magnifies)
        paintMagnifier(painter, m_corners[m_chosen]);
}

void PerspectiveTool::paintResult(QPainter &painter)
{
    const QRectF view = host().viewRect();
    const QRectF room = view.adjusted(16, 16, -16, -16);
    const QSizeF size = QSizeF(resultSize()).scaled(room.size(), Qt::KeepAspectRatio);
    QRectF place(QPointF(0, 0), size);
    place.moveCenter(room.center());
    QTransform map;
    const QPolygonF target{place.topLeft(), place.topRight(), place.bottomRight(),
                           place.bottomLeft()};
    if (!QTransform::quadToQuad(m_corners, target, map))
        return;
    painter.save();
    painter.setClipRect(place, Qt::IntersectClip);
    host().paintPicture(painter, map);
    painter.restore();
    overlay::outline(painter, target, host().pixelRatio());
    overlay::words(painter, place,
                   tr("Preview, %1").arg(pixelsText(resultSize())), view);
}

void PerspectiveTool::paintMagnifier(QPainter &painter, QPointF corner)
{
    const double scale = std::max(
        leastMagnified, magnification * host().toView().m11()); // logical to a canvas pixel
    const int side = std::max(8, int(std::ceil(magnifierSide / scale / 2)) * 2 + 2);
    const QPoint from(int(std::floor(corner.x())) - side / 2,
                      int(std::floor(corner.y())) - side / 2);
    const QImage pixels = host().pixels(QRect(from, QSize(side, side)));

    // Towards the middle of the view, where there is room.
    const QRectF view = host().viewRect();
    const QPointF at = host().toView().map(corner);
    const double away = magnifierAway + magnifierSide / 2;
    QRectF glass(0, 0, magnifierSide, magnifierSide);
    glass.moveCenter(at + QPointF(at.x() < view.center().x() ? away : -away,
                                  at.y() < view.center().y() ? away : -away));
    QPainterPath edge;
    edge.addRoundedRect(glass, 8, 8);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipPath(edge, Qt::IntersectClip);
    painter.fillRect(glass, QColor(0x30, 0x30, 0x30));
    const QPointF origin = glass.center() + (QPointF(from) - corner) * scale;
    painter.drawImage(QRectF(origin, QSizeF(pixels.size()) * scale), pixels);
    const double ratio = host().pixelRatio();
    QPolygonF lines;
    for (const QPointF &c : m_corners)
        lines << glass.center() + (c - corner) * scale;
    overlay::outline(painter, lines, ratio);
    overlay::guide(painter, {glass.left(), glass.center().y(), glass.right(), glass.center().y()},
                   ratio);
    overlay::guide(painter, {glass.center().x(), glass.top(), glass.center().x(), glass.bottom()},
                   ratio);
    painter.restore();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(QColor(0, 0, 0, 190), 5));
    painter.drawPath(edge);
    painter.setPen(QPen(QColor(255, 255, 255, 240), 2));
    painter.drawPath(edge);
    painter.restore();
}

} // namespace heirloom
