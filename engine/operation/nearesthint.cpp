// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/nearesthint.h"

#include "operation/hintpropagation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <queue>
#include <vector>

namespace heirloom
{

namespace
{

/// Of all of the luminance's range, beside the longest side. Chosen on training photos.
constexpr float LightWeight = 2;

struct Way {
    float length;
    int x, y;
    bool operator<(const Way &other) const { return length > other.length; } ///< shortest first
};

} // namespace

NearestHint nearestHint(const Planes &luminance, const Planes &hints)
{
    const Planes light = cellMeans(luminance);
    const Planes said = cellMeans(hints); // outside of hints their chroma is 0
    const int width = light.width;
    const int height = light.height;
    NearestHint nearest{Planes(1, width, height), Planes(2, width, height)};
    std::fill_n(nearest.distance.plane(0), nearest.distance.planeSize(),
                std::numeric_limits<float>::infinity());
    std::priority_queue<Way> ways;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const float known = said.row(2, y)[x] + said.row(3, y)[x];
            if (known <= 0)
                continue;
            nearest.distance.row(0, y)[x] = 0;
            for (int c = 0; c < 2; ++c)
                nearest.chroma.row(c, y)[x] = said.row(c, y)[x] / known;
            ways.push({0, x, y});
        }
    }
    const float straight = 1 / float(std::max(width, height));
    while (!ways.empty()) {
        const Way way = ways.top();
        ways.pop();
        if (way.length > nearest.distance.row(0, way.y)[way.x])
            continue; // a shorter one was found meanwhile
        for (int y = std::max(0, way.y - 1); y <= std::min(height - 1, way.y + 1); ++y) {
            for (int x = std::max(0, way.x - 1); x <= std::min(width - 1, way.x + 1); ++x) {
                const bool isAcross = x != way.x && y != way.y;
                const float step = isAcross ? straight * std::numbers::sqrt2_v<float> : straight;
                const float change = light.row(0, y)[x] - light.row(0, way.y)[way.x];
                const float length = way.length + step + LightWeight * std::abs(change);
                if (length >= nearest.distance.row(0, y)[x])
                    continue;
                nearest.distance.row(0, y)[x] = length;
                for (int c = 0; c < 2; ++c)
                    nearest.chroma.row(c, y)[x] = nearest.chroma.row(c, way.y)[way.x];
                ways.push({length, x, y});
            }
        }
    }
    return nearest;
}

} // namespace heirloom
