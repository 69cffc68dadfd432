// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPainter>
#include <QPolygonF>

namespace heirloom::overlay
{

/// How tools draw over a picture: light lines with a dark edge, so that they are seen on any photo.
/// Logical pixels of the view.

/// Within this distance of a handle's centre the mouse takes it.
inline constexpr double reach = 12;

/// Darkens what lies in area and outside shape.
void veil(QPainter &painter, const QPolygonF &area, const QPolygonF &shape);
void outline(QPainter &painter, const QPolygonF &shape, double ratio);
/// Quieter than an outline.
void guide(QPainter &painter, const QLineF &line, double ratio);
/// Lines that divide a rectangle into so many equal parts across and down.
void guides(QPainter &painter, const QRectF &rect, int across, int down, double ratio);
void handle(QPainter &painter, QPointF at, bool chosen);
/// Words on a dark ground under a shape, or, where area has no room for them, inside it.
void words(QPainter &painter, const QRectF &under, const QString &text, const QRectF &area);

/// On whole device pixels, so that lines are sharp.
QRectF snapped(const QRectF &rect, double ratio);

} // namespace heirloom::overlay
