// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/coverageshape.h"

#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <numbers>

namespace heirloom
{

TiledBuffer coverageOf(const QPainterPath &shape, bool smooth, QSize canvas,
                       std::shared_ptr<TileStore> store)
{
    TiledBuffer coverage(canvas, {Channels::Gray, Depth::U8}, std::move(store));
    const QRect part =
        shape.boundingRect().toAlignedRect().adjusted(-1, -1, 1, 1) & coverage.rect();
    // Bands of a tile's height, as everywhere.
    for (int y = part.top(); y <= part.bottom(); y += TileSize) {
        const QRect band = QRect(part.left(), y, part.width(), TileSize) & part;
        QImage image(band.size(), QImage::Format_Alpha8);
        image.fill(0);
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing, smooth);
        painter.translate(-band.topLeft());
        painter.fillPath(shape, Qt::black);
        painter.end();
        Image rows(band.size(), coverage.format());
        for (int row = 0; row < band.height(); ++row)
            std::memcpy(rows.row(row), image.constScanLine(row), size_t(band.width()));
        coverage.write(band.topLeft(), rows);
    }
    return coverage;
}

QPainterPath ellipsePath(const QRectF &bounds)
{
    const double rx = bounds.width() / 2, ry = bounds.height() / 2;
    const double largest = std::max({rx, ry, 1.0});
    const int corners =
        std::max(16, int(std::ceil(std::numbers::pi / std::acos(1 - 0.01 / largest))));
    QPolygonF polygon;
    for (int i = 0; i < corners; ++i) {
        const double angle = 2 * std::numbers::pi * i / corners;
        polygon << bounds.center() + QPointF(rx * std::cos(angle), ry * std::sin(angle));
    }
    QPainterPath path;
    path.addPolygon(polygon);
    path.closeSubpath();
    return path;
}

TiledBuffer coverageOf(const QRect &rectangle, QSize canvas, std::shared_ptr<TileStore> store)
{
    TiledBuffer coverage(canvas, {Channels::Gray, Depth::U8}, std::move(store));
    coverage.fill(rectangle, {std::byte{255}});
    return coverage;
}

} // namespace heirloom
