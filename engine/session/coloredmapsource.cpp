// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/coloredmapsource.h"

namespace heirloom
{

namespace
{

Snapshot inEightBitColor(const Snapshot &state)
{
    Snapshot result = state.inColor();
    result.canvas.format.depth = Depth::U8;
    return result;
}

} // namespace

ColoredMapSource::ColoredMapSource(const Snapshot &state, const TiledBuffer &values,
                                   const MapColors &colors, const std::shared_ptr<TileStore> &store)
    : m_composite(inEightBitColor(state), store)
    , m_values(values)
    , m_colors(colors)
{
}

Result<Image> ColoredMapSource::read(const QRect &r)
{
    auto image = m_composite.read(r);
    if (!image)
        return image;
    const Image values = m_values.read(r);
    const int channels = image->format().channelCount();
    for (int y = 0; y < r.height(); ++y) {
        const auto *value = values.constSamples<quint8>(y);
        auto *pixel = image->samples<quint8>(y);
        for (int x = 0; x < r.width(); ++x, pixel += channels) {
            const quint32 over = m_colors[value[x]];
            const int rest = 255 - int(over >> 24);
            for (int c = 0; c < 3; ++c) {
                const int on = int(over >> (16 - 8 * c) & 0xFF);
                pixel[c] = quint8(on + (pixel[c] * rest + 127) / 255);
            }
            if (channels == 4)
                pixel[3] = quint8(255 - ((255 - pixel[3]) * rest + 127) / 255);
        }
    }
    return image;
}

} // namespace heirloom
