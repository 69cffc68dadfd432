// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/changedregion.h"

#include "document/adjustmentfilter.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace heirloom
{

namespace
{

/// Source pixels that Lanczos 3 looks at around a place.
constexpr int ResampleReach = 4;

QRegion grown(const QRegion &region, int by)
{
    if (by <= 0)
        return region;
    QRegion result;
    for (const QRect &r : region)
        result += r.adjusted(-by, -by, by, by);
    return result;
}

/// The smallest rectangle around what differs in one tile; empty: nothing does. A tile is far
/// larger than most changes, and each operation of a stack would run a ring of whole tiles more
/// than the one below it.
QRect differing(const TiledBuffer &before, const TiledBuffer &now, QPoint tile)
{
    const QRect place = now.tileRect(tile);
    const TileView a = before.tile(tile);
    const TileView b = now.tile(tile);
    const int bytes = now.format().bytesPerPixel();
    const int rowBytes = place.width() * bytes;
    int top = -1, bottom = -1, left = rowBytes, right = -1;
    for (int y = 0; y < place.height(); ++y) {
        const std::byte *x = a.row(y);
        const std::byte *z = b.row(y);
        if (std::memcmp(x, z, size_t(rowBytes)) == 0)
            continue;
        top = top < 0 ? y : top;
        bottom = y;
        left = std::min(left, int(std::mismatch(x, x + rowBytes, z).first - x));
        int last = rowBytes - 1;
        while (last > right && x[last] == z[last])
            --last;
        right = std::max(right, last);
    }
    if (top < 0)
        return {};
    return QRect(QPoint(left / bytes, top), QPoint(right / bytes, bottom))
        .translated(place.topLeft());
}

/// Pixels that differ, where they lie on the canvas.
QRegion changedPixels(const TiledBuffer &before, const TiledBuffer &now, const Transform &place)
{
    QRegion region;
    // Grown before it is mapped (a projective map stretches differently from place to place), and
    // after (where it is reduced).
    const int reach = place.isExact() ? 0 : ResampleReach;
    const double scale = std::max(place.scaleX(), place.scaleY());
    const int from = int(std::min(65536.0, std::ceil(reach * std::max(1.0, 1 / scale))));
    for (const QPoint &tile : now.changedTiles(before)) {
        const QRect changed = differing(before, now, tile);
        if (!changed.isEmpty())
            region += place.mapBounds(changed.adjusted(-from, -from, from, from))
                          .adjusted(-reach, -reach, reach, reach);
    }
    return region;
}

QRegion changedLayer(const Layer &before, const Layer &now)
{
    if (before.looksLike(now))
        return {};
    const QRegion everywhere = QRegion(before.isShown() ? before.bounds() : QRect()) +
                               (now.isShown() ? now.bounds() : QRect());
    Layer onlyPixels = now;
    onlyPixels.pixels = before.pixels;
    onlyPixels.mask.pixels = before.mask.pixels;
    if (!onlyPixels.looksLike(before))
        return everywhere;
    QRegion region;
    if (now.hasPixels() && !now.pixels.sharesAllTilesWith(before.pixels)) {
        if (now.pixels.size() != before.pixels.size() ||
            now.pixels.format() != before.pixels.format())
            return everywhere;
        region += changedPixels(before.pixels, now.pixels, now.transform);
    }
    if (now.mask.isActive() && !now.mask.pixels.sharesAllTilesWith(before.mask.pixels)) {
        if (now.mask.pixels.size() != before.mask.pixels.size())
            return everywhere;
        region += changedPixels(before.mask.pixels, now.mask.pixels, now.mask.transform);
    }
    return region & everywhere;
}

} // namespace

QRegion changedRegion(const Snapshot &before, const Snapshot &now)
{
    const QRegion all(now.canvas.rect());
    if (!(before.canvas.size == now.canvas.size && before.canvas.format == now.canvas.format &&
          before.canvas.profile == now.canvas.profile) ||
        before.stack.count() != now.stack.count())
        return all;
    QRegion region;
    for (int i = 0; i < now.stack.count(); ++i) {
        const Layer &layer = now.stack.at(i);
        const Layer &old = before.stack.at(i);
        if (old.id != layer.id || old.kind != layer.kind)
            return all;
        // What lies below reaches as far as this layer looks.
        if (layer.kind == LayerKind::Adjustment && layer.isShown() && !region.isEmpty()) {
            if (const auto filter = AdjustmentFilter::create(layer.adjustment))
                region = grown(region, filter->reach());
        }
        region += changedLayer(old, layer);
    }
    return region & all;
}

} // namespace heirloom
