// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>

namespace heirloom::test
{

/// Soft hills with a little grain, as a sky or a wall has.
inline Image calm(QSize size, PixelFormat format)
{
    std::mt19937 random(5);
    std::normal_distribution<float> grain(0, 0.006F);
    Image image(size, {Channels::Rgba, Depth::F32});
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            const float light = 0.45F + 0.15F * std::sin(float(x) / 60) * std::cos(float(y) / 80);
            const float g = grain(random);
            float *p = image.samples<float>(y) + 4 * x;
            p[0] = light + g;
            p[1] = light * 0.95F + g;
            p[2] = light * 0.85F + g;
            p[3] = 1;
        }
    }
    return image.converted(format);
}

/// Sets colours (not alpha) to white within half a width of x = at + slope * y.
inline Image scratched(const Image &image, double at, double slope, double halfWidth)
{
    Image out = image;
    const PixelFormat format = image.format();
    const auto bytes = size_t(format.colorCount() * format.bytesPerSample());
    for (int y = 0; y < out.height(); ++y) {
        for (int x = 0; x < out.width(); ++x) {
            if (std::abs(x - at - slope * y) <= halfWidth)
                std::memset(out.row(y) + x * format.bytesPerPixel(), 0xF5, bytes);
        }
    }
    return out;
}

/// Grey, 8 bit: a value in some places, 0 elsewhere.
inline Image maskOf(QSize size, const QList<QRect> &places, quint8 value = 255)
{
    Image mask(size, {Channels::Gray, Depth::U8});
    mask.fill(0);
    for (const QRect &place : places) {
        for (int y = place.top(); y <= place.bottom(); ++y)
            std::fill_n(mask.samples<quint8>(y) + place.left(), place.width(), value);
    }
    return mask;
}

/// Pixels of a value in a part of such a picture.
inline qint64 countIn(const Image &values, const QRect &place, quint8 value)
{
    qint64 count = 0;
    for (int y = place.top(); y <= place.bottom(); ++y) {
        const quint8 *row = values.constSamples<quint8>(y) + place.left();
        count += std::count(row, row + place.width(), value);
    }
    return count;
}

} // namespace heirloom::test
