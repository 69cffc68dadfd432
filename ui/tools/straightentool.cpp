// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/straightentool.h"

#include "edit/canvasgeometry.h"
#include "tools/overlay.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace heirloom
{

namespace
{

constexpr double shortestLine = 12; ///< logical pixels; a shorter one says nothing about an angle
constexpr double gridCell = 44;     ///< logical pixels, about

} // namespace

void StraightenTool::entered()
{
    m_degrees = 0;
    m_line = {};
    host().setCursor(Qt::CrossCursor);
    host().setStatus(tr("Draw a line along something that should be level or upright. Enter "
                        "straightens, Esc gives up."));
}

void StraightenTool::setDegrees(double degrees)
{
    degrees = std::clamp(std::round(degrees * 100) / 100, -largest, largest);
    if (degrees == m_degrees || !isActive())
        return;
    m_degrees = degrees;
    refresh();
}

void StraightenTool::setOptions(const StraightenOptions &options)
{
    if (options == m_options.latest())
        return;
    m_options.set(options, isInGesture());
    refresh();
}

QRect StraightenTool::frame() const
{
    if (!isActive())
        return {};
    const QSize canvas = host().canvasSize();
    return m_options.current().cropped ? straightenedFrame(canvas, m_degrees)
                                       : QRect(QPoint(0, 0), canvas);
}

double StraightenTool::slope(const QLineF &line)
{
    const double degrees = std::atan2(line.dy(), line.dx()) * 180 / std::numbers::pi;
    return degrees - 90 * std::round(degrees / 90);
}

void StraightenTool::began(const PointerInput &input)
{
    m_line = QLineF(input.view, input.view);
}

void StraightenTool::dragged(const PointerInput &input)
{
    m_line.setP2(input.view);
    refresh();
}

void StraightenTool::ended(const PointerInput &input)
{
    m_line.setP2(input.view);
    const QLineF line = std::exchange(m_line, {});
    m_options.takeLatest();
    if (line.length() >= shortestLine)
        setDegrees(m_degrees - slope(line));
    refresh();
}

void StraightenTool::cancelled()
{
    m_line = {};
    m_options.takeLatest();
    refresh();
}

void StraightenTool::nudge(QPoint by)
{
    setDegrees(m_degrees + (by.x() - by.y()) * 0.1);
}

void StraightenTool::paint(QPainter &painter)
{
    const QSizeF canvas = host().canvasSize();
    if (canvas.isEmpty())
        return;
    const double ratio = host().pixelRatio();
    const QTransform toView = host().toView();
    QTransform turn;
    if (m_degrees != 0) {
        turn.translate(canvas.width() / 2, canvas.height() / 2);
        turn.rotate(m_degrees);
        turn.translate(-canvas.width() / 2, -canvas.height() / 2);
        host().paintPicture(painter, turn * toView);
    }
    const QRectF shown = overlay::snapped(toView.mapRect(QRectF(frame())), ratio);
    overlay::veil(painter, (turn * toView).map(QPolygonF(QRectF(QPointF(0, 0), canvas))), shown);
    const auto cells = [](double length) {
        return std::max(2, int(std::round(length / gridCell)));
    };
    overlay::guides(painter, shown, cells(shown.width()), cells(shown.height()), ratio);
    overlay::outline(painter, shown, ratio);
    QString words = tr("%1\u00b0").arg(QLocale().toString(m_degrees, 'f', 2));
    if (isInGesture() && m_line.length() >= shortestLine) {
        overlay::outline(painter, QPolygonF{m_line.p1(), m_line.p2()}, ratio);
        overlay::handle(painter, m_line.p1(), false);
        overlay::handle(painter, m_line.p2(), true);
        const double angle = std::clamp(m_degrees - slope(m_line), -largest, largest);
        words = tr("%1\u00b0").arg(QLocale().toString(angle, 'f', 2));
    }
    overlay::words(painter, shown, words, host().viewRect());
}

} // namespace heirloom
