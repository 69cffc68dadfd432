// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/picturesource.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace heirloom
{

namespace
{

template <typename T>
void mixRow(PixelFormat format, const StrokeSpan &span, const float *over)
{
    constexpr float most = std::is_same_v<T, quint8> ? 255.0F : 65535.0F;
    const int channels = format.channelCount();
    const int colors = format.colorCount();
    const bool hasAlpha = format.hasAlpha();
    const T *in = reinterpret_cast<const T *>(span.before);
    T *out = reinterpret_cast<T *>(span.after);
    for (int i = 0; i < span.count; ++i, in += channels, out += channels, over += colors + 1) {
        const float c = float(span.coverage[i]) / 65535;
        const float alpha = over[colors];
        if (c == 0 || (!hasAlpha && alpha == 0)) {
            std::copy_n(in, channels, out);
            continue;
        }
        const float old = hasAlpha ? float(in[colors]) / most * (1 - c) : 1 - c * alpha;
        const float now = old + c * alpha;
        const float share = now > 0 ? c * alpha / now : 0;
        for (int k = 0; k < colors; ++k) {
            const float from = float(in[k]);
            out[k] = T(int(std::clamp(from + (over[k] * most - from) * share, 0.0F, most) + 0.5F));
        }
        if (hasAlpha)
            out[colors] = T(int(std::clamp(now, 0.0F, 1.0F) * most + 0.5F));
    }
}

} // namespace

PictureSource::PictureSource(PixelFormat target, PictureReader effect)
    : m_target(target)
    , m_effect(std::move(effect))
{
}

void PictureSource::mix(PixelFormat target, const StrokeSpan &span, const float *over)
{
    if (target.depth == Depth::U8)
        mixRow<quint8>(target, span, over);
    else
        mixRow<quint16>(target, span, over);
}

Image PictureSource::tile(QPoint index) const
{
    const std::lock_guard lock(m_mutex);
    Image &kept = m_tiles[{index.x(), index.y()}];
    if (kept.isNull())
        kept = m_effect(QRect(index * TileSize, QSize(TileSize, TileSize)));
    return kept;
}

void PictureSource::blend(const StrokeSpan &span) const
{
    const int overChannels = m_target.colorCount() + 1;
    const int bytes = m_target.bytesPerPixel();
    for (int done = 0; done < span.count;) {
        const QPoint index((span.x + done) / TileSize, span.y / TileSize);
        const int from = span.x + done - index.x() * TileSize;
        const int count = std::min(span.count - done, TileSize - from);
        const StrokeSpan part{span.x + done,
                              span.y,
                              count,
                              span.before + qsizetype(done) * bytes,
                              span.coverage + done,
                              span.after + qsizetype(done) * bytes};
        const Image over = tile(index);
        mix(m_target, part,
            over.constSamples<float>(span.y - index.y() * TileSize) +
                qsizetype(from) * overChannels);
        done += count;
    }
}

} // namespace heirloom
