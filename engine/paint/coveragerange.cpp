// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/coveragerange.h"

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

quint8 fading(int beyond, int soft)
{
    if (beyond <= 0)
        return 255;
    if (beyond > soft)
        return 0;
    return quint8(std::lround(255.0 * (soft + 1 - beyond) / (soft + 1)));
}

template <typename F>
Result<TiledBuffer> eachPixel(ImageSource &picture, PixelFormat format,
                              std::shared_ptr<TileStore> store, const Progress &progress, F &&value)
{
    const QSize size = picture.size();
    TiledBuffer coverage(size, {Channels::Gray, Depth::U8}, std::move(store));
    const int channels = format.channelCount();
    for (int top = 0; top < size.height(); top += TileSize) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const QRect band = QRect(0, top, size.width(), TileSize) & coverage.rect();
        const auto read = picture.read(band);
        if (!read)
            return fail(read.error());
        const Image pixels = read->converted(format);
        Image rows(band.size(), coverage.format());
        for (int y = 0; y < band.height(); ++y) {
            const quint8 *in = pixels.constSamples<quint8>(y);
            quint8 *out = rows.samples<quint8>(y);
            for (int x = 0; x < band.width(); ++x)
                out[x] = value(in + x * channels);
        }
        coverage.write(band.topLeft(), rows);
        progress.report(double(band.bottom() + 1) / size.height());
    }
    return coverage;
}

} // namespace

quint8 coverageOf(const LuminanceRange &range, int luminance)
{
    return fading(std::max(range.low - luminance, luminance - range.high), range.soft);
}

quint8 coverageOf(const ColorRange &range, int red, int green, int blue)
{
    const int furthest =
        std::max({std::abs(red - range.color[0]), std::abs(green - range.color[1]),
                  std::abs(blue - range.color[2])});
    return fading(furthest - range.tolerance, range.soft);
}

Result<TiledBuffer> rangeCoverage(ImageSource &picture, const LuminanceRange &range,
                                  std::shared_ptr<TileStore> store, const Progress &progress)
{
    std::array<quint8, 256> table;
    for (int i = 0; i < 256; ++i)
        table[size_t(i)] = coverageOf(range, i);
    return eachPixel(picture, {Channels::Gray, Depth::U8}, std::move(store), progress,
                     [&table](const quint8 *v) { return table[*v]; });
}

Result<TiledBuffer> rangeCoverage(ImageSource &picture, const ColorRange &range,
                                  std::shared_ptr<TileStore> store, const Progress &progress)
{
    return eachPixel(picture, {Channels::Rgb, Depth::U8}, std::move(store), progress,
                     [&range](const quint8 *v) { return coverageOf(range, v[0], v[1], v[2]); });
}

} // namespace heirloom
