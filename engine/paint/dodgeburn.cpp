// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/dodgeburn.h"

#include "image/lab.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace heirloom
{

namespace
{

constexpr double epsilon = 216.0 / 24389, kappa = 24389.0 / 27; // CIE 15

/// CIE lightness, 0..1, of a luminance, 0..1, and back.
double lightness(double y)
{
    return (y > epsilon ? 116 * std::cbrt(y) - 16 : kappa * y) / 100;
}

double luminance(double l)
{
    const double f = (100 * l + 16) / 116;
    return f * f * f > epsilon ? f * f * f : 100 * l / kappa;
}

constexpr int lastTone = 1024;

} // namespace

double DodgeBurn::weight(double tone) const
{
    const double t = std::clamp(tone, 0.0, 1.0);
    switch (range) {
    case ToneRange::Shadows:
        return (1 - t) * (1 - t);
    case ToneRange::Midtones:
        return 4 * t * (1 - t);
    case ToneRange::Highlights:
        return t * t;
    }
    return 0;
}

double DodgeBurn::toned(double tone) const
{
    const double t = std::clamp(tone, 0.0, 1.0);
    // t (1 - t) keeps black and white; the half keeps the slope above 0 for every range.
    return t + 0.5 * std::clamp(exposure, -1.0, 1.0) * weight(t) * 2 * t * (1 - t);
}

Image dodgedOrBurned(const Image &picture, const DodgeBurn &how)
{
    // How many times brighter a lightness becomes, in linear light.
    std::array<float, lastTone + 2> gains;
    for (int i = 0; i <= lastTone; ++i) {
        // At black: the limit.
        const double tone = std::max(double(i) / lastTone, 1e-4);
        gains[size_t(i)] = float(luminance(how.toned(tone)) / luminance(tone));
    }
    gains[lastTone + 1] = gains[lastTone];
    const PixelFormat format = picture.format();
    const int channels = format.channelCount();
    const int colors = format.colorCount();
    Image out = picture;
    for (int y = 0; y < out.height(); ++y) {
        float *p = out.samples<float>(y);
        for (int x = 0; x < out.width(); ++x, p += channels) {
            std::array<float, 3> linear{};
            for (int c = 0; c < colors; ++c)
                linear[size_t(c)] = srgbToLinear(std::clamp(p[c], 0.0F, 1.0F));
            // ITU-R BT.709
            const float luma = colors == 1 ? linear[0]
                                           : 0.2126F * linear[0] + 0.7152F * linear[1] +
                                                 0.0722F * linear[2];
            const float place = float(lightness(double(luma))) * lastTone;
            const int below = std::clamp(int(place), 0, lastTone);
            const float gain = gains[size_t(below)] +
                               (gains[size_t(below) + 1] - gains[size_t(below)]) *
                                   (place - float(below));
            const float target = luma * gain;
            float most = 0;
            for (int c = 0; c < colors; ++c) {
                linear[size_t(c)] *= gain;
                most = std::max(most, linear[size_t(c)]);
            }
            // Towards grey of the wanted luminance until the largest fits.
            const float share = most > 1 && most > target ? (1 - target) / (most - target) : 1;
            for (int c = 0; c < colors; ++c)
                p[c] = linearToSrgb(
                    std::clamp(target + share * (linear[size_t(c)] - target), 0.0F, 1.0F));
        }
    }
    return out;
}

} // namespace heirloom
