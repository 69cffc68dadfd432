// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/localdetail.h"

#include "image/planes.h"
#include "image/vectorised.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace heirloom
{

namespace
{

constexpr float overshoot = 0.1F;
constexpr double leastRadius = 0.3, mostRadius = 20;

double radiusOf(const LocalDetail &how)
{
    return std::clamp(how.radius, leastRadius, mostRadius);
}

std::vector<float> kernelOf(double sigma)
{
    const int reach = int(std::ceil(3 * sigma));
    std::vector<float> kernel;
    double sum = 0;
    for (int i = -reach; i <= reach; ++i)
        sum += std::exp(-0.5 * i * i / (sigma * sigma));
    for (int i = -reach; i <= reach; ++i)
        kernel.push_back(float(std::exp(-0.5 * i * i / (sigma * sigma)) / sum));
    return kernel;
}

HEIRLOOM_VECTORISED void addScaled(const float *in, float weight, float *out, int count)
{
    for (int x = 0; x < count; ++x)
        out[x] += in[x] * weight;
}

/// Edges are repeated.
Planes blurred(const Planes &in, const std::vector<float> &kernel)
{
    const int reach = int(kernel.size() / 2);
    Planes across(in.channels, in.width, in.height);
    Planes out(in.channels, in.width, in.height);
    std::vector<float> padded(size_t(in.width + 2 * reach));
    for (int c = 0; c < in.channels; ++c) {
        for (int y = 0; y < in.height; ++y) {
            const float *row = in.row(c, y);
            std::fill_n(padded.begin(), reach, row[0]);
            std::copy_n(row, in.width, padded.begin() + reach);
            std::fill_n(padded.end() - reach, reach, row[in.width - 1]);
            for (int i = 0; i <= 2 * reach; ++i)
                addScaled(padded.data() + i, kernel[size_t(i)], across.row(c, y), in.width);
        }
        for (int y = 0; y < in.height; ++y) {
            for (int i = 0; i <= 2 * reach; ++i)
                addScaled(across.row(c, std::clamp(y + i - reach, 0, in.height - 1)),
                          kernel[size_t(i)], out.row(c, y), in.width);
        }
    }
    return out;
}

/// The least or the greatest of the 3x3 around each pixel.
template <typename F>
Planes around(const Planes &in, F &&choose)
{
    Planes across(1, in.width, in.height), out(1, in.width, in.height);
    for (int y = 0; y < in.height; ++y) {
        const float *row = in.row(0, y);
        for (int x = 0; x < in.width; ++x)
            across.row(0, y)[x] = choose(choose(row[std::max(x - 1, 0)], row[x]),
                                         row[std::min(x + 1, in.width - 1)]);
    }
    for (int y = 0; y < in.height; ++y) {
        const float *up = across.row(0, std::max(y - 1, 0));
        const float *down = across.row(0, std::min(y + 1, in.height - 1));
        for (int x = 0; x < in.width; ++x)
            out.row(0, y)[x] = choose(choose(up[x], across.row(0, y)[x]), down[x]);
    }
    return out;
}

float lumaOf(const float *p, int colors)
{
    return colors == 1 ? p[0] : 0.3F * p[0] + 0.59F * p[1] + 0.11F * p[2];
}

Image sharpened(const Image &picture, double amount, double radius)
{
    const int channels = picture.format().channelCount();
    const int colors = picture.format().colorCount();
    Planes luma(1, picture.width(), picture.height());
    for (int y = 0; y < picture.height(); ++y) {
        const float *in = picture.constSamples<float>(y);
        for (int x = 0; x < picture.width(); ++x)
            luma.row(0, y)[x] = lumaOf(in + qsizetype(x) * channels, colors);
    }
    const Planes soft = blurred(luma, kernelOf(radius));
    const Planes low = around(luma, [](float a, float b) { return std::min(a, b); });
    const Planes high = around(luma, [](float a, float b) { return std::max(a, b); });
    Image out = picture;
    for (int y = 0; y < out.height(); ++y) {
        float *p = out.samples<float>(y);
        for (int x = 0; x < out.width(); ++x, p += channels) {
            const float v = luma.row(0, y)[x];
            const float room = overshoot * (high.row(0, y)[x] - low.row(0, y)[x]);
            const float wanted =
                std::clamp(v + float(amount) * (v - soft.row(0, y)[x]), low.row(0, y)[x] - room,
                           high.row(0, y)[x] + room);
            // All alike; by less where a colour would be cut off, which would shift it.
            float change = wanted - v;
            for (int c = 0; c < colors; ++c)
                change = std::clamp(change, std::min(0.0F, -p[c]), std::max(0.0F, 1 - p[c]));
            for (int c = 0; c < colors; ++c)
                p[c] += change;
        }
    }
    return out;
}

Image softened(const Image &picture, double radius)
{
    const int channels = picture.format().channelCount();
    const int colors = picture.format().colorCount();
    const bool hasAlpha = picture.format().hasAlpha();
    Planes planes(channels, picture.width(), picture.height());
    for (int y = 0; y < picture.height(); ++y) {
        const float *in = picture.constSamples<float>(y);
        for (int x = 0; x < picture.width(); ++x, in += channels) {
            const float alpha = hasAlpha ? in[colors] : 1;
            for (int c = 0; c < channels; ++c)
                planes.row(c, y)[x] = c < colors ? in[c] * alpha : alpha;
        }
    }
    const Planes soft = blurred(planes, kernelOf(radius));
    Image out = picture;
    for (int y = 0; y < out.height(); ++y) {
        float *p = out.samples<float>(y);
        for (int x = 0; x < out.width(); ++x, p += channels) {
            const float alpha = hasAlpha ? soft.row(colors, y)[x] : 1;
            for (int c = 0; c < colors && alpha > 0; ++c)
                p[c] = std::clamp(soft.row(c, y)[x] / alpha, 0.0F, 1.0F);
            if (hasAlpha)
                p[colors] = std::clamp(alpha, 0.0F, 1.0F);
        }
    }
    return out;
}

} // namespace

int LocalDetail::reach() const
{
    return int(std::ceil(3 * radiusOf(*this))) + 1;
}

Image withLocalDetail(const Image &picture, const LocalDetail &how)
{
    return how.kind == LocalDetail::Kind::Blur
               ? softened(picture, radiusOf(how))
               : sharpened(picture, std::clamp(how.amount, 0.0, 3.0), radiusOf(how));
}

} // namespace heirloom
