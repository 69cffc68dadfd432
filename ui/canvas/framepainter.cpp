// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/framepainter.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

constexpr double realPixelsFrom = 3.0;
constexpr int checkSide = 10; ///< device pixels of one square behind transparent parts

/// The largest level that still has at least one pixel for every device pixel.
int levelFor(double scale, QSize size)
{
    int level = 0;
    while (scale < 0.5 && std::max(size.width(), size.height()) >> (level + 1) >= 1) {
        scale *= 2;
        ++level;
    }
    return level;
}

void drawChecks(QPainter &painter, const QRectF &area)
{
    QImage pattern(checkSide * 2, checkSide * 2, QImage::Format_RGB32);
    pattern.fill(QColor(0x99, 0x99, 0x99));
    QPainter p(&pattern);
    p.fillRect(0, 0, checkSide, checkSide, QColor(0x77, 0x77, 0x77));
    p.fillRect(checkSide, checkSide, checkSide, checkSide, QColor(0x77, 0x77, 0x77));
    p.end();
    painter.fillRect(area, QBrush(pattern));
}

} // namespace

QImage paintFrame(TileCache &tiles, Side side, const Viewport &viewport, const QColor &around,
                  const QList<PreviewPiece> &pieces)
{
    QImage frame(viewport.viewSize(), QImage::Format_RGB32);
    frame.fill(around);
    const QRect visible = viewport.visiblePixels();
    if (!tiles.content() || visible.isEmpty())
        return frame;

    const double scale = viewport.scale();
    // One pixel of margin, so that smooth scaling sees beyond the cut.
    const auto areaAt = [&](int level) {
        const int step = 1 << level;
        return QRect(QPoint(visible.left() / step - 1, visible.top() / step - 1),
                     QPoint(visible.right() / step + 1, visible.bottom() / step + 1)) &
               QRect(QPoint(0, 0), CanvasContent::levelSize(viewport.pictureSize(), level));
    };
    const int wanted = levelFor(scale, viewport.pictureSize());
    const int level = tiles.levelToShow(side, wanted, areaAt(wanted));
    const int step = 1 << level;
    const QRect area = areaAt(level);
    const QImage pixels = tiles.area(side, level, area, around);

    const QRectF place =
        viewport.toDevice(QRectF(QPointF(area.topLeft()) * step, QSizeF(area.size()) * step));
    const QRectF picture = viewport.toDevice(QRectF(QPointF(0, 0), viewport.pictureSize()));
    QPainter painter(&frame);
    painter.setClipRect(picture.toAlignedRect());
    if (tiles.content()->hasAlpha())
        drawChecks(painter, picture);
    const bool exact = level == 0 && wanted == 0 && scale == 1;
    painter.setRenderHint(QPainter::SmoothPixmapTransform, !exact && (scale < realPixelsFrom || level != wanted));
    painter.drawImage(place, pixels);

    if (side == Side::After) {
        for (const PreviewPiece &piece : pieces) {
            const QRectF target = viewport.toDevice(piece.place);
            const double zoom = target.width() / piece.image.width();
            painter.setRenderHint(QPainter::SmoothPixmapTransform,
                                  std::abs(zoom - 1) > 1e-6 && zoom < realPixelsFrom);
            painter.drawImage(target, piece.image);
        }
    }
    return frame;
}

} // namespace heirloom
