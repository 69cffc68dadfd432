// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testpictures.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace heirloom::test
{

namespace
{

/// Fills by value(x, y, channel) in 0..1.
template <typename F>
Image filled(QSize size, PixelFormat format, F &&value)
{
    Image image(size, format);
    const int channels = format.channelCount();
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            for (int c = 0; c < channels; ++c) {
                const double v = std::clamp(double(value(x, y, c)), 0.0, 1.0);
                const qsizetype i = qsizetype(x) * channels + c;
                switch (format.depth) {
                case Depth::U8:
                    image.samples<quint8>(y)[i] = quint8(std::lround(v * 255));
                    break;
                case Depth::U16:
                    image.samples<quint16>(y)[i] = quint16(std::lround(v * 65535));
                    break;
                case Depth::F32:
                    image.samples<float>(y)[i] = float(v);
                    break;
                }
            }
        }
    }
    return image;
}

} // namespace

Image gradientPicture(QSize size, PixelFormat format)
{
    const double w = std::max(1, size.width() - 1);
    const double h = std::max(1, size.height() - 1);
    return filled(size, format, [&](int x, int y, int c) {
        switch (c) {
        case 0:
            return x / w;
        case 1:
            return y / h;
        case 2:
            return (x + y) / (w + h);
        default:
            return 1.0 - x / w * (y / h);
        }
    });
}

Image noisePicture(QSize size, PixelFormat format, quint32 seed)
{
    std::mt19937 random(seed);
    return filled(size, format, [&](int, int, int) { return random() / 4294967295.0; });
}

Image photoPicture(QSize size, PixelFormat format, quint32 seed)
{
    std::mt19937 random(seed);
    struct Disc {
        double x, y, r, value[4];
    };
    std::vector<Disc> discs(12);
    const auto unit = [&] { return random() / 4294967295.0; };
    for (Disc &d : discs)
        d = {unit(), unit(), 0.03 + 0.15 * unit(), {unit(), unit(), unit(), 0.5 + 0.5 * unit()}};
    const double w = std::max(1, size.width());
    const double h = std::max(1, size.height());
    return filled(size, format, [&](int x, int y, int c) {
        const double u = (x + 0.5) / w;
        const double v = (y + 0.5) / h;
        double value = c == 3 ? 1.0 : 0.25 + 0.5 * (c == 1 ? v : u) * (0.6 + 0.4 * v);
        for (const Disc &d : discs) {
            const double distance = std::hypot(u - d.x, (v - d.y) * h / w) - d.r;
            const double inside = std::clamp(0.5 - distance * w / 2, 0.0, 1.0);
            value += (d.value[c] - value) * inside;
        }
        if (v > 0.8 && v < 0.9 && c < 3)
            value = std::fmod(u * 20, 1.0) < 0.5 ? 0.1 : 0.9;
        return c == 3 ? value : value + (unit() - 0.5) * 0.02;
    });
}

} // namespace heirloom::test
