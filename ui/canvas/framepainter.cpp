// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/framepainter.h"

#include <QPainter>
#include <QRegion>

#include <algorithm>
#include <cmath>
#include <utility>

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

/// Those whose middle lies in the area.
QRect pixelsIn(const QRectF &area)
{
    const auto first = [](double edge) { return int(std::ceil(edge - 0.5)); };
    return QRect(QPoint(first(area.left()), first(area.top())),
                 QPoint(first(area.right()) - 1, first(area.bottom()) - 1));
}

void renew(QImage &image, QSize size)
{
    if (image.size() != size)
        image = QImage(size, QImage::Format_RGB32);
}

} // namespace

QRect paintFrame(Frame &frame, CanvasTiles &tiles, Side side, const Viewport &viewport,
                 const QColor &around, const QList<PreviewPiece> &pieces, const QRect &region)
{
    const QRect visible = viewport.visiblePixels();
    const QRect whole(QPoint(0, 0), viewport.viewSize());
    if (!tiles.content() || visible.isEmpty()) {
        renew(frame.image, whole.size());
        frame.image.fill(around);
        frame.level = -1;
        return whole;
    }

    const double scale = viewport.scale();
    // One pixel of margin, so that smooth scaling sees beyond the cut.
    const auto areaAt = [&](const QRect &pixels, int level) {
        const int step = 1 << level;
        return QRect(QPoint(pixels.left() / step - 1, pixels.top() / step - 1),
                     QPoint(pixels.right() / step + 1, pixels.bottom() / step + 1)) &
               QRect(QPoint(0, 0), CanvasContent::levelSize(viewport.pictureSize(), level));
    };
    const int wanted = levelFor(scale, viewport.pictureSize());
    const int level = tiles.levelToShow(side, wanted, areaAt(visible, wanted));
    const int step = 1 << level;

    const bool exact = level == 0 && wanted == 0 && scale == 1;
    const bool smooth = !exact && (scale < realPixelsFrom || level != wanted);
    bool partly = !region.isNull() && level == frame.level && frame.image.size() == whole.size();
    // The two ways differ in the last bits: once all is there, all of it is drawn directly.
    const bool waits = partly && smooth && !frame.isDirect;
    if (waits && !tiles.grid(side, level, areaAt(visible, level)).isEmpty())
        partly = false;
    QRect drawn = whole;
    QRect shown = visible;
    if (partly) {
        // Smooth scaling carries a change over two pixels of the level, and of the device.
        const int spread = 2 * step + int(std::ceil(2 / scale));
        drawn &= viewport.toDevice(QRectF(region.adjusted(-spread, -spread, spread, spread)))
                     .toAlignedRect();
        const QRectF source(viewport.toPicture(drawn.topLeft()),
                            viewport.toPicture(drawn.bottomRight() + QPoint(1, 1)));
        shown &= source.toAlignedRect().adjusted(-step, -step, step, step);
        if (drawn.isEmpty() || shown.isEmpty())
            return {};
    } else {
        renew(frame.image, whole.size());
        frame.level = level;
    }
    const QRect area = areaAt(shown, level);
    const TileGrid grid =
        smooth && !(partly && waits) ? tiles.grid(side, level, area) : TileGrid();
    if (!partly)
        frame.isDirect = !grid.isEmpty();
    // Parts take their own, so that the whole's memory stays for the next whole.
    const QImage part = partly && grid.isEmpty() ? tiles.area(side, level, area, around) : QImage();
    if (!partly && grid.isEmpty())
        frame.pixels = tiles.area(side, level, area, around, std::move(frame.pixels));
    const QImage &pixels = partly ? part : frame.pixels;

    const QRectF picture = viewport.toDevice(QRectF(QPointF(0, 0), viewport.pictureSize()));
    QPainter painter(&frame.image);
    // All that a whole picture's edge may leave out, the surround.
    const QRect inner(QPoint(int(std::ceil(picture.left())), int(std::ceil(picture.top()))),
                      QPoint(int(std::floor(picture.right())) - 1,
                             int(std::floor(picture.bottom())) - 1));
    for (const QRect &rest : QRegion(drawn) - QRegion(inner))
        painter.fillRect(rest, around);
    const QRect clip = picture.toAlignedRect() & drawn;
    painter.setClipRect(clip);
    if (!grid.isEmpty()) {
        drawScaled(frame.image, pixelsIn(picture) & clip, grid, {picture.topLeft(), scale * step});
    } else {
        if (tiles.content()->hasAlpha())
            drawChecks(painter, picture);
        painter.setRenderHint(QPainter::SmoothPixmapTransform, smooth);
        painter.drawImage(viewport.toDevice(QRectF(QPointF(area.topLeft()) * step,
                                                   QSizeF(area.size()) * step)),
                          pixels);
    }

    if (side == Side::After) {
        for (const PreviewPiece &piece : pieces) {
            const QRectF target = viewport.toDevice(piece.place);
            const double zoom = target.width() / piece.image.width();
            painter.setRenderHint(QPainter::SmoothPixmapTransform,
                                  std::abs(zoom - 1) > 1e-6 && zoom < realPixelsFrom);
            painter.drawImage(target, piece.image);
        }
    }
    return drawn;
}

} // namespace heirloom
