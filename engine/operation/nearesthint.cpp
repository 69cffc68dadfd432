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
/// Of the subject's edge: as far as the longest side.
constexpr float EdgeWeight = 1;

struct Way {
    float length;
    int x, y;
    bool operator<(const Way &other) const { return length > other.length; } ///< shortest first
};

/// The subject where there are hints.
Planes within(const Planes &hints, const Planes &subject)
{
    Planes part = subject;
    for (size_t i = 0; i < part.planeSize(); ++i)
        part.plane(0)[i] *= hints.plane(2)[i] + hints.plane(3)[i];
    return part;
}

} // namespace

NearestHint nearestHint(const Planes &luminance, const Planes &hints, const Planes &subject)
{
    const Planes light = cellMeans(luminance);
    const Planes said = cellMeans(hints); // outside of hints their chroma is 0
    const Planes inside = subject.channels > 0 ? cellMeans(subject) : Planes();
    const Planes insideHints = subject.channels > 0 ? cellMeans(within(hints, subject)) : Planes();
    const int width = light.width;
    const int height = light.height;
    NearestHint nearest{Planes(1, width, height), Planes(1, width, height),
                        Planes(2, width, height), inside};
    const auto everywhere = [&](Planes &plane) {
        std::fill(plane.values.begin(), plane.values.end(), std::numeric_limits<float>::infinity());
    };
    everywhere(nearest.distance);
    everywhere(nearest.length);
    Planes &lengths = nearest.length;
    std::priority_queue<Way> ways;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const float known = said.row(2, y)[x] + said.row(3, y)[x];
            if (known <= 0)
                continue;
            // A cell that a hint only touches may be on the other side of the subject's edge.
            float edge = 0;
            if (inside.channels > 0) {
                float &own = nearest.subject.row(0, y)[x];
                own = insideHints.row(0, y)[x] / known;
                edge = EdgeWeight * std::abs(own - inside.row(0, y)[x]);
            }
            lengths.row(0, y)[x] = edge;
            nearest.distance.row(0, y)[x] = edge;
            for (int c = 0; c < 2; ++c)
                nearest.chroma.row(c, y)[x] = said.row(c, y)[x] / known;
            ways.push({edge, x, y});
        }
    }
    const float straight = 1 / float(std::max(width, height));
    while (!ways.empty()) {
        const Way way = ways.top();
        ways.pop();
        if (way.length > lengths.row(0, way.y)[way.x])
            continue; // a shorter one was found meanwhile
        for (int y = std::max(0, way.y - 1); y <= std::min(height - 1, way.y + 1); ++y) {
            for (int x = std::max(0, way.x - 1); x <= std::min(width - 1, way.x + 1); ++x) {
                const bool isAcross = x != way.x && y != way.y;
                const float change = light.row(0, y)[x] - light.row(0, way.y)[way.x];
                const float step =
                    (isAcross ? straight * std::numbers::sqrt2_v<float> : straight) +
                    LightWeight * std::abs(change);
                float edge = 0;
                float free = 0;
                if (inside.channels > 0) {
                    const float here = inside.row(0, way.y)[way.x];
                    const float there = inside.row(0, y)[x];
                    edge = EdgeWeight * std::abs(there - here);
                    free = std::min(here, there);
                }
                const float length = way.length + step + edge;
                if (length >= lengths.row(0, y)[x])
                    continue;
                lengths.row(0, y)[x] = length;
                nearest.distance.row(0, y)[x] =
                    nearest.distance.row(0, way.y)[way.x] + (1 - free) * step + edge;
                for (int c = 0; c < 2; ++c)
                    nearest.chroma.row(c, y)[x] = nearest.chroma.row(c, way.y)[way.x];
                if (inside.channels > 0)
                    nearest.subject.row(0, y)[x] = nearest.subject.row(0, way.y)[way.x];
                ways.push({length, x, y});
            }
        }
    }
    return nearest;
}

} // namespace heirloom
