// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"

#include <random>

namespace heirloom
{

/// Noise from a seed, every sample over its whole range (floats 0..1).
inline Image randomImage(QSize size, PixelFormat format, std::mt19937 &random)
{
    Image image(size, format);
    for (int y = 0; y < image.height(); ++y) {
        for (qsizetype i = 0; i < qsizetype(image.width()) * format.channelCount(); ++i) {
            const quint32 value = random();
            if (format.depth == Depth::U8)
                image.samples<quint8>(y)[i] = quint8(value >> 24);
            else if (format.depth == Depth::U16)
                image.samples<quint16>(y)[i] = quint16(value >> 16);
            else
                image.samples<float>(y)[i] = float(value >> 8) / 16777215.0F;
        }
    }
    return image;
}

/// One sample as 0..1.
inline double unitSample(const Image &image, int x, int y, int channel)
{
    const qsizetype i = qsizetype(x) * image.format().channelCount() + channel;
    switch (image.format().depth) {
    case Depth::U8:
        return image.constSamples<quint8>(y)[i] / 255.0;
    case Depth::U16:
        return image.constSamples<quint16>(y)[i] / 65535.0;
    case Depth::F32:
        return double(image.constSamples<float>(y)[i]);
    }
    return 0;
}

/// The largest difference of two images of one size and channel count, in 0..1.
inline double largestDifference(const Image &a, const Image &b)
{
    double worst = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            for (int c = 0; c < a.format().channelCount(); ++c)
                worst = std::max(worst, std::abs(unitSample(a, x, y, c) - unitSample(b, x, y, c)));
        }
    }
    return worst;
}

inline const std::vector<PixelFormat> &allFormats()
{
    static const std::vector<PixelFormat> formats = [] {
        std::vector<PixelFormat> all;
        for (const Channels channels :
             {Channels::Gray, Channels::GrayAlpha, Channels::Rgb, Channels::Rgba}) {
            for (const Depth depth : {Depth::U8, Depth::U16, Depth::F32})
                all.push_back({channels, depth});
        }
        return all;
    }();
    return formats;
}

inline QByteArray formatName(PixelFormat format)
{
    static const char *channels[] = {"", "gray", "gray+alpha", "rgb", "rgba"};
    static const char *depths[] = {"8", "16", "float"};
    return QByteArray(channels[int(format.channels)]) + " " + depths[int(format.depth)];
}

} // namespace heirloom
