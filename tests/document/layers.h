// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/snapshot.h"
#include "image/randomimage.h"

#include <cmath>

namespace heirloom
{

inline std::shared_ptr<TileStore> newStore()
{
    return TileStore::create(qint64(1) << 40, QStringLiteral(HEIRLOOM_BINARY_DIR));
}

inline Layer layerOf(quint64 id, const Image &image, const std::shared_ptr<TileStore> &store)
{
    Layer layer;
    layer.id = LayerId(id);
    layer.pixels = TiledBuffer::fromImage(image, store);
    layer.profile = ColorProfile::forUntagged(image.format());
    return layer;
}

inline Mask maskOf(const Image &image, const std::shared_ptr<TileStore> &store)
{
    Mask mask;
    mask.pixels = TiledBuffer::fromImage(image, store);
    return mask;
}

inline Canvas canvasOf(QSize size, PixelFormat format)
{
    return {size, format, ColorProfile::forUntagged(format), {}};
}

/// What smoothImage() holds at a pixel's centre.
inline double smoothValue(double x, double y, int channel)
{
    return 0.5 + 0.45 * std::sin(x * 0.021 * (channel + 1)) * std::cos(y * 0.017);
}

inline Image smoothImage(QSize size, PixelFormat format)
{
    Image image(size, {format.channels, Depth::F32});
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            for (int c = 0; c < format.channelCount(); ++c)
                image.samples<float>(y)[x * format.channelCount() + c] =
                    float(smoothValue(x, y, c));
        }
    }
    return image.converted(format);
}

inline double stepOf(PixelFormat format)
{
    return format.depth == Depth::U8 ? 1.0 / 255 : format.depth == Depth::U16 ? 1.0 / 65535 : 1e-5;
}

/// Differences where the second's alpha is almost 0 are no differences.
inline double visibleDifference(const Image &a, const Image &b)
{
    if (!a.format().hasAlpha())
        return largestDifference(a, b);
    double worst = 0;
    const int channels = a.format().channelCount();
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            const double alpha = unitSample(b, x, y, channels - 1);
            worst = std::max(worst, std::abs(unitSample(a, x, y, channels - 1) - alpha));
            for (int c = 0; c < channels - 1; ++c) {
                if (alpha > 1e-3)
                    worst =
                        std::max(worst, std::abs(unitSample(a, x, y, c) - unitSample(b, x, y, c)));
            }
        }
    }
    return worst;
}

} // namespace heirloom
