// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/layerthumbnail.h"

#include "image/qtbridge.h"

#include <cmath>
#include <cstring>

namespace heirloom
{

namespace
{

/// Samples along a side of a shown pixel.
constexpr int finer = 3;

} // namespace

QImage layerThumbnail(const TiledBuffer &pixels, const ColorProfile &profile, int side)
{
    if (pixels.isNull())
        return {};
    const QSize size = pixels.size()
                           .scaled(side, side, Qt::KeepAspectRatio)
                           .expandedTo(QSize(1, 1))
                           .boundedTo(pixels.size());
    const QSize fine = (size * finer).boundedTo(pixels.size());
    const int bytes = pixels.format().bytesPerPixel();
    Image samples(fine, pixels.format());
    const auto at = [](int i, int shown, int all) {
        return int((2LL * i + 1) * all / (2LL * shown));
    };
    std::optional<TileView> view;
    QPoint held(-1, -1);
    // Tile by tile, so that each is looked up once.
    for (int top = 0; top < fine.height();) {
        const int tileRow = at(top, fine.height(), pixels.height()) / TileSize;
        int bottom = top;
        while (bottom < fine.height() &&
               at(bottom, fine.height(), pixels.height()) / TileSize == tileRow)
            ++bottom;
        for (int x = 0; x < fine.width(); ++x) {
            const int column = at(x, fine.width(), pixels.width());
            const QPoint tile(column / TileSize, tileRow);
            if (tile != held) {
                view = pixels.tile(tile);
                held = tile;
            }
            for (int y = top; y < bottom; ++y) {
                const int row = at(y, fine.height(), pixels.height());
                std::memcpy(samples.row(y) + qsizetype(x) * bytes,
                            view->row(row % TileSize) + qsizetype(column % TileSize) * bytes,
                            size_t(bytes));
            }
        }
        top = bottom;
    }
    const PixelFormat out{pixels.format().hasAlpha() ? Channels::Rgba : Channels::Rgb, Depth::U8};
    if (auto toScreen = ColorTransform::create(profile, pixels.format(), ColorProfile(), out))
        samples = toScreen->apply(samples);
    return toScreenImage(samples.converted(out))
        .scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
}

QImage turnedAsOnCanvas(const QImage &thumbnail, QSize size, const Transform &transform)
{
    if (transform.kind() < Transform::Kind::Orthogonal ||
        transform.kind() == Transform::Kind::Scale)
        return thumbnail;
    const QPointF centre(size.width() / 2.0, size.height() / 2.0);
    const QPointF place = transform.map(centre);
    const QPointF right = transform.map(centre + QPointF(1, 0)) - place;
    const QPointF down = transform.map(centre + QPointF(0, 1)) - place;
    if (std::abs(right.x()) >= std::abs(right.y()))
        return thumbnail.mirrored(right.x() < 0, down.y() < 0);
    // A quarter turn takes right to down, and down to left.
    return thumbnail.transformed(QTransform().rotate(90)).mirrored(down.x() > 0, right.y() < 0);
}

} // namespace heirloom
