// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/overlay.h"

#include <QFontMetricsF>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace heirloom::overlay
{

namespace
{

const QColor dark(0, 0, 0, 130);
const QColor light(255, 255, 255, 235);
const QColor faint(255, 255, 255, 110);
const QColor faintDark(0, 0, 0, 60);
constexpr double handleSide = 9;
constexpr double gap = 12; ///< between a shape and words about it

/// Its lines lie between device pixels when the width is odd.
QPen pen(const QColor &color, double devicePixels, double ratio)
{
    QPen pen(color, devicePixels / ratio);
    pen.setJoinStyle(Qt::MiterJoin);
    return pen;
}

} // namespace

void veil(QPainter &painter, const QPolygonF &area, const QPolygonF &shape)
{
    QPainterPath outside;
    outside.addPolygon(area);
    outside.closeSubpath();
    QPainterPath inside;
    inside.addPolygon(shape);
    inside.closeSubpath();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(outside.subtracted(inside), QColor(0, 0, 0, 140));
    painter.restore();
}

void outline(QPainter &painter, const QPolygonF &shape, double ratio)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    const double width = std::max(1.0, std::round(ratio));
    painter.setPen(pen(dark, width * 3, ratio));
    painter.drawPolygon(shape);
    painter.setPen(pen(light, width, ratio));
    painter.drawPolygon(shape);
    painter.restore();
}

void guide(QPainter &painter, const QLineF &line, double ratio)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double width = std::max(1.0, std::round(ratio));
    painter.setPen(pen(faintDark, width * 3, ratio));
    painter.drawLine(line);
    painter.setPen(pen(faint, width, ratio));
    painter.drawLine(line);
    painter.restore();
}

void guides(QPainter &painter, const QRectF &rect, int across, int down, double ratio)
{
    const auto snap = [ratio](double v) { return (std::floor(v * ratio) + 0.5) / ratio; };
    for (int i = 1; i < across; ++i) {
        const double x = snap(rect.left() + rect.width() * i / across);
        guide(painter, QLineF(x, rect.top(), x, rect.bottom()), ratio);
    }
    for (int i = 1; i < down; ++i) {
        const double y = snap(rect.top() + rect.height() * i / down);
        guide(painter, QLineF(rect.left(), y, rect.right(), y), ratio);
    }
}

void handle(QPainter &painter, QPointF at, bool chosen)
{
    const double side = chosen ? handleSide + 3 : handleSide;
    const QRectF box(at.x() - side / 2, at.y() - side / 2, side, side);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(QColor(0, 0, 0, 190), 1));
    painter.setBrush(light);
    painter.drawRoundedRect(box, 2, 2);
    if (chosen) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(0, 0, 0, 210));
        painter.drawRoundedRect(box.adjusted(3.5, 3.5, -3.5, -3.5), 1, 1);
    }
    painter.restore();
}

void words(QPainter &painter, const QRectF &under, const QString &text, const QRectF &area)
{
    const QFontMetricsF metrics(painter.font());
    QRectF pill(0, 0, metrics.horizontalAdvance(text) + 20, metrics.height() + 8);
    const QRectF room = area.adjusted(6, 6, -6, -6);
    const double below = under.bottom() + gap;
    pill.moveTop(below + pill.height() <= room.bottom() ? below
                                                        : under.bottom() - gap - pill.height());
    pill.moveLeft(under.center().x() - pill.width() / 2);
    pill.moveLeft(std::clamp(pill.left(), room.left(),
                             std::max(room.left(), room.right() - pill.width())));
    pill.moveTop(
        std::clamp(pill.top(), room.top(), std::max(room.top(), room.bottom() - pill.height())));
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, 180));
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
    painter.setPen(Qt::white);
    painter.drawText(pill, Qt::AlignCenter, text);
    painter.restore();
}

QRectF snapped(const QRectF &rect, double ratio)
{
    const auto snap = [ratio](double v) { return (std::round(v * ratio) + 0.5) / ratio; };
    return QRectF(QPointF(snap(rect.left()), snap(rect.top())),
                  QPointF(snap(rect.right()), snap(rect.bottom())));
}

} // namespace heirloom::overlay
