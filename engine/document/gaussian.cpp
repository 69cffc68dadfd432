// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/gaussian.h"

#include "image/vectorised.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace heirloom
{

namespace
{

/// Wider ones go to a smaller level.
constexpr double widest = 6;
/// Narrower ones change nothing that can be seen.
constexpr double narrowest = 0.2;

int radiusOf(double sigma)
{
    return int(std::ceil(3 * sigma));
}

std::vector<float> kernelOf(double sigma)
{
    const int radius = radiusOf(sigma);
    std::vector<float> kernel(size_t(2 * radius + 1));
    double sum = 0;
    for (int i = -radius; i <= radius; ++i)
        sum += std::exp(-0.5 * i * i / (sigma * sigma));
    for (int i = -radius; i <= radius; ++i)
        kernel[size_t(i + radius)] = float(std::exp(-0.5 * i * i / (sigma * sigma)) / sum);
    return kernel;
}

HEIRLOOM_VECTORISED void addScaled(const float *in, float weight, float *out, int count)
{
    for (int x = 0; x < count; ++x)
        out[x] += in[x] * weight;
}

/// in is larger than the result by the kernel's radius on every side.
Planes convolved(const Planes &in, const std::vector<float> &kernel)
{
    const int radius = int(kernel.size() / 2);
    Planes across(in.channels, in.width - 2 * radius, in.height);
    Planes out(in.channels, across.width, in.height - 2 * radius);
    for (int c = 0; c < in.channels; ++c) {
        for (int y = 0; y < across.height; ++y) {
            for (int i = 0; i < int(kernel.size()); ++i)
                addScaled(in.row(c, y) + i, kernel[size_t(i)], across.row(c, y), across.width);
        }
        for (int y = 0; y < out.height; ++y) {
            for (int i = 0; i < int(kernel.size()); ++i)
                addScaled(across.row(c, y + i), kernel[size_t(i)], out.row(c, y), out.width);
        }
    }
    return out;
}

} // namespace

int gaussianReach(double sigma)
{
    return int(std::ceil(4 * sigma)) + 8;
}

Planes blurred(const PlanesReader &picture, const QRect &r, int level, int levels, double sigma)
{
    if (sigma < narrowest)
        return picture(r, level);
    int down = 0;
    while (sigma / (1 << down) > widest && level + down + 1 < levels)
        ++down;
    const double small = sigma / (1 << down);
    const int radius = radiusOf(small);
    if (down == 0)
        return convolved(picture(r.adjusted(-radius, -radius, radius, radius), level),
                         kernelOf(small));

    const double step = 1 << down;
    const QPoint first(int(std::floor((r.left() + 0.5) / step - 0.5)),
                       int(std::floor((r.top() + 0.5) / step - 0.5)));
    const QPoint last(int(std::floor((r.right() + 0.5) / step - 0.5)) + 1,
                      int(std::floor((r.bottom() + 0.5) / step - 0.5)) + 1);
    const QRect coarse(first, last);
    const Planes soft = convolved(
        picture(coarse.adjusted(-radius, -radius, radius, radius), level + down), kernelOf(small));
    Planes out(soft.channels, r.width(), r.height());
    for (int y = 0; y < r.height(); ++y) {
        const double v = (r.top() + y + 0.5) / step - 0.5 - first.y();
        const int row = int(std::floor(v));
        const float fy = float(v - row);
        for (int c = 0; c < soft.channels; ++c) {
            const float *upper = soft.row(c, row);
            const float *lower = soft.row(c, std::min(row + 1, soft.height - 1));
            float *to = out.row(c, y);
            for (int x = 0; x < r.width(); ++x) {
                const double u = (r.left() + x + 0.5) / step - 0.5 - first.x();
                const int column = int(std::floor(u));
                const int next = std::min(column + 1, soft.width - 1);
                const float fx = float(u - column);
                to[x] = (upper[column] * (1 - fx) + upper[next] * fx) * (1 - fy) +
                        (lower[column] * (1 - fx) + lower[next] * fx) * fy;
            }
        }
    }
    return out;
}

} // namespace heirloom
