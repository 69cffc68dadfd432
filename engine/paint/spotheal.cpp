// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/spotheal.h"

#include "paint/seamlessclone.h"
#include "paint/spotsource.h"

#include <algorithm>
#include <array>

namespace heirloom
{

namespace
{

constexpr int leastMargin = 96, mostMargin = 400;

} // namespace

QRect spotSurroundings(const QRect &spot, QSize picture)
{
    const int margin =
        std::clamp(2 * std::max(spot.width(), spot.height()), leastMargin, mostMargin);
    return spot.adjusted(-margin, -margin, margin, margin) & QRect(QPoint(0, 0), picture);
}

Image spotHealed(const Image &picture, const Image &mask)
{
    const std::vector<SpotSource> sources = findSpotSources(picture, mask);
    if (sources.empty())
        return picture;
    const qsizetype pixelBytes = picture.format().bytesPerPixel();
    Image texture = picture;
    Image healing(picture.size(), {Channels::Gray, Depth::U8}); // the mask, where there is a source
    healing.fill(0);
    Image pieces = healing;
    const auto take = [&](const SpotSource &source, QPoint p) {
        const QPoint q = source.place(p);
        if (!picture.rect().contains(q))
            return;
        std::copy_n(picture.constRow(q.y()) + q.x() * pixelBytes, pixelBytes,
                    texture.row(p.y()) + p.x() * pixelBytes);
        pieces.samples<quint8>(p.y())[p.x()] = quint8(&source - sources.data() + 1);
    };
    for (const SpotSource &source : sources) {
        for (int y = source.cell.top(); y <= source.cell.bottom(); ++y) {
            for (int x = source.cell.left(); x <= source.cell.right(); ++x) {
                if (mask.constSamples<quint8>(y)[x] == 0)
                    continue;
                healing.samples<quint8>(y)[x] = 255;
                take(source, {x, y});
            }
        }
    }
    // The border: pixels outside next to one inside, by the source of that one.
    for (const SpotSource &source : sources) {
        for (int y = source.cell.top(); y <= source.cell.bottom(); ++y) {
            for (int x = source.cell.left(); x <= source.cell.right(); ++x) {
                if (healing.constSamples<quint8>(y)[x] == 0)
                    continue;
                for (const QPoint q : {QPoint(x - 1, y), QPoint(x + 1, y), QPoint(x, y - 1),
                                       QPoint(x, y + 1)}) {
                    if (picture.rect().contains(q) &&
                        healing.constSamples<quint8>(q.y())[q.x()] == 0 &&
                        pieces.constSamples<quint8>(q.y())[q.x()] == 0)
                        take(source, q);
                }
            }
        }
    }
    return seamlesslyCloned(picture, texture, healing, pieces);
}

} // namespace heirloom
