// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/owncolors.h"

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

/// Mean chroma of photographs: of 40 training photos.
constexpr float Usual = 0.114F;
constexpr float MostGain = 4;       ///< more would be noise
constexpr float NoneBelow = 0.008F; ///< mean chroma of a picture that has only a tint
constexpr double Ends = 0.05;       ///< share of the pixels that are its lights, and its shadows
constexpr int Step = 16;            ///< between patches, pixels of the guide
constexpr int Patch = 4;
constexpr int Apart = 24; ///< from what a person said

struct End {
    float light = 0;
    Chroma tint;
};

/// The mean of part of the pixels, which are sorted by luminance.
End meanOf(const ColorGuide &guide, const std::vector<std::pair<float, size_t>> &sorted,
           size_t from, size_t to)
{
    End end;
    const float count = float(to - from);
    for (size_t i = from; i < to; ++i) {
        end.light += sorted[i].first / count;
        end.tint.u += guide.chroma.plane(0)[sorted[i].second] / count;
        end.tint.v += guide.chroma.plane(1)[sorted[i].second] / count;
    }
    return end;
}

} // namespace

Planes withOwnColors(const ColorGuide &guide, const Planes &hints)
{
    const int width = guide.content.width();
    const int height = guide.content.height();
    std::vector<std::pair<float, size_t>> sorted;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x)
            sorted.emplace_back(guide.luminance.row(0, y)[x],
                                size_t(y) * size_t(guide.luminance.width) + size_t(x));
    }
    std::sort(sorted.begin(), sorted.end());
    const size_t some = std::max<size_t>(1, size_t(double(sorted.size()) * Ends));
    const End dark = meanOf(guide, sorted, 0, some);
    const End light = meanOf(guide, sorted, sorted.size() - some, sorted.size());
    Planes own(2, guide.luminance.width, guide.luminance.height);
    double sum = 0;
    for (const auto &[lum, i] : sorted) {
        const float way =
            std::clamp((lum - dark.light) / std::max(light.light - dark.light, 1e-3F), 0.0F, 1.0F);
        const float u = guide.chroma.plane(0)[i] - dark.tint.u - way * (light.tint.u - dark.tint.u);
        const float v = guide.chroma.plane(1)[i] - dark.tint.v - way * (light.tint.v - dark.tint.v);
        own.plane(0)[i] = u;
        own.plane(1)[i] = v;
        sum += double(std::hypot(u, v));
    }
    const auto mean = float(sum / double(sorted.size()));
    if (mean < NoneBelow)
        return hints;
    const float gain = std::clamp(Usual / mean, 1.0F, MostGain);
    const auto isSaid = [&](int left, int top) {
        for (int y = std::max(0, top - Apart); y < std::min(height, top + Patch + Apart); ++y) {
            for (int x = std::max(0, left - Apart); x < std::min(width, left + Patch + Apart);
                 ++x) {
                if (hints.row(2, y)[x] > 0 || hints.row(3, y)[x] > 0)
                    return true;
            }
        }
        return false;
    };
    Planes told = hints;
    for (int top = std::min(Step / 2, height / 2); top < height; top += Step) {
        for (int left = std::min(Step / 2, width / 2); left < width; left += Step) {
            if (isSaid(left, top))
                continue;
            Chroma patch;
            int count = 0;
            for (int y = top; y < std::min(height, top + Patch); ++y) {
                for (int x = left; x < std::min(width, left + Patch); ++x, ++count) {
                    patch.u += own.row(0, y)[x];
                    patch.v += own.row(1, y)[x];
                }
            }
            for (int y = top; y < std::min(height, top + Patch); ++y) {
                for (int x = left; x < std::min(width, left + Patch); ++x) {
                    told.row(0, y)[x] = std::clamp(gain * patch.u / float(count), -1.0F, 1.0F);
                    told.row(1, y)[x] = std::clamp(gain * patch.v / float(count), -1.0F, 1.0F);
                    told.row(2, y)[x] = 1;
                }
            }
        }
    }
    return told;
}

} // namespace heirloom
