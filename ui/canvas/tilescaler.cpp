// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/tilescaler.h"

#include "canvas/canvascontent.h"
#include "image/vectorised.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace heirloom
{

namespace
{

constexpr int one = 256; ///< weights are of this

struct Tap {
    int first;  ///< pixel of the level
    int weight; ///< of the pixel after it
};

/// What a target pixel's middle reads along one axis.
Tap tapAt(int target, double origin, double scale, int length)
{
    const double at = (target + 0.5 - origin) / scale - 0.5;
    const double inside = std::clamp(at, 0.0, double(length - 1));
    const int first = std::min(int(inside), std::max(0, length - 2));
    return {first, int(std::lround((inside - first) * one))};
}

/// Part of two rows, weighed, byte by byte.
HEIRLOOM_VECTORISED
void mixRows(const uchar *upper, const uchar *lower, int weight, uchar *out, int bytes)
{
    const auto up = quint16(one - weight), low = quint16(weight);
    for (int i = 0; i < bytes; ++i)
        out[i] = uchar((upper[i] * up + lower[i] * low + one / 2) / one);
}

/// Neighbours of one row, weighed, two channels at a time.
HEIRLOOM_VECTORISED
void mixColumns(const quint32 *row, const Tap *taps, quint32 *out, int count)
{
    constexpr quint32 pairs = 0x00ff00ff, half = 0x00800080;
    for (int i = 0; i < count; ++i) {
        const quint32 left = row[taps[i].first], right = row[taps[i].first + 1];
        const auto to = quint32(taps[i].weight), from = quint32(one) - to;
        const quint32 low =
            (((left & pairs) * from + (right & pairs) * to + half) >> 8) & pairs;
        const quint32 high =
            (((left >> 8) & pairs) * from + ((right >> 8) & pairs) * to + half) & ~pairs;
        out[i] = low | high;
    }
}

} // namespace

void drawScaled(QImage &target, const QRect &region, const TileGrid &grid, const LevelPlace &place)
{
    constexpr int t = CanvasContent::tileSide;
    const QRect drawn = region & target.rect();
    if (drawn.isEmpty() || grid.isEmpty())
        return;
    std::vector<Tap> across;
    for (int x = drawn.left(); x <= drawn.right(); ++x)
        across.push_back(tapAt(x, place.origin.x(), place.scale, grid.level.width()));
    const int left = across.front().first;
    const int right = std::min(across.back().first + 1, grid.level.width() - 1);
    for (Tap &tap : across)
        tap.first -= left;
    // One pixel more, which a level of a single column reads with no weight.
    std::vector<quint32> row(size_t(right - left) + 2);
    const auto tileAt = [&](int x, int y) -> const QImage & {
        return grid.images[(y / t - grid.tiles.top()) * grid.tiles.width() +
                           (x / t - grid.tiles.left())];
    };
    for (int y = drawn.top(); y <= drawn.bottom(); ++y) {
        const Tap down = tapAt(y, place.origin.y(), place.scale, grid.level.height());
        const int upper = down.first, lower = std::min(upper + 1, grid.level.height() - 1);
        for (int x = left; x <= right; x = (x / t + 1) * t) {
            const int count = std::min((x / t + 1) * t - 1, right) - x + 1;
            mixRows(tileAt(x, upper).constScanLine(upper % t) + qsizetype(x % t) * 4,
                    tileAt(x, lower).constScanLine(lower % t) + qsizetype(x % t) * 4, down.weight,
                    reinterpret_cast<uchar *>(row.data() + (x - left)), count * 4);
        }
        row[size_t(right - left) + 1] = row[size_t(right - left)];
        mixColumns(row.data(), across.data(),
                   reinterpret_cast<quint32 *>(target.scanLine(y)) + drawn.left(), drawn.width());
    }
}

} // namespace heirloom
