// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/strokesource.h"

#include "image/vectorised.h"

#include <algorithm>
#include <cstring>
#include <type_traits>

namespace heirloom
{

namespace
{

template <typename T>
constexpr float most = std::is_same_v<T, quint8> ? 255.0F : 65535.0F;

constexpr float perCoverage = 1.0F / 65535;

template <typename T, int Colors>
HEIRLOOM_INLINE void mixOpaque(const T *in, const quint16 *coverage, T *out, const float *color,
                               int count)
{
    for (int i = 0; i < count; ++i) {
        const float c = float(coverage[i]) * perCoverage;
        for (int k = 0; k < Colors; ++k) {
            const float old = float(in[i * Colors + k]);
            out[i * Colors + k] = T(int(old + (color[k] - old) * c + 0.5F));
        }
    }
}

/// Channels apart: what lies side by side in memory would keep the loop from becoming vector code.
constexpr int chunk = 256;

template <typename T, int Colors>
HEIRLOOM_INLINE void layOver(const T *in, const quint16 *coverage, T *out, const float *color,
                             int count)
{
    constexpr int channels = Colors + 1;
    float alpha[chunk], share[chunk], plane[chunk];
    for (int from = 0; from < count; from += chunk) {
        const int n = std::min(chunk, count - from);
        const T *const source = in + qsizetype(from) * channels;
        T *const target = out + qsizetype(from) * channels;
        const quint16 *const cover = coverage + from;
        for (int i = 0; i < n; ++i) {
            const float c = float(cover[i]) * perCoverage;
            const float a = float(source[i * channels + Colors]);
            const float now = c * most<T> + a * (1 - c);
            alpha[i] = now;
            // Of the colour laid over, in what is seen then; nothing where nothing is covered.
            share[i] = now > 0 ? c * most<T> / now : 0;
        }
        for (int k = 0; k < Colors; ++k) {
            for (int i = 0; i < n; ++i) {
                const float old = float(source[i * channels + k]);
                plane[i] = old + (color[k] - old) * share[i] + 0.5F;
            }
            for (int i = 0; i < n; ++i)
                target[i * channels + k] = T(int(plane[i]));
        }
        for (int i = 0; i < n; ++i)
            target[i * channels + Colors] = T(int(alpha[i] + 0.5F));
    }
}

template <typename T, int Channels>
HEIRLOOM_INLINE void takeAlpha(const T *in, const quint16 *coverage, T *out, int count)
{
    std::memcpy(out, in, sizeof(T) * Channels * size_t(count));
    for (int i = 0; i < count; ++i) {
        const float left = 1 - float(coverage[i]) * perCoverage;
        out[i * Channels + Channels - 1] =
            T(int(float(in[i * Channels + Channels - 1]) * left + 0.5F));
    }
}

template <typename T>
HEIRLOOM_INLINE void blendColor(Channels channels, const StrokeSpan &span, const float *color)
{
    const T *in = reinterpret_cast<const T *>(span.before);
    T *out = reinterpret_cast<T *>(span.after);
    switch (channels) {
    case Channels::Gray:
        return mixOpaque<T, 1>(in, span.coverage, out, color, span.count);
    case Channels::Rgb:
        return mixOpaque<T, 3>(in, span.coverage, out, color, span.count);
    case Channels::GrayAlpha:
        return layOver<T, 1>(in, span.coverage, out, color, span.count);
    case Channels::Rgba:
        return layOver<T, 3>(in, span.coverage, out, color, span.count);
    }
}

HEIRLOOM_VECTORISED void blendColor8(Channels channels, const StrokeSpan &span, const float *color)
{
    blendColor<quint8>(channels, span, color);
}

HEIRLOOM_VECTORISED void blendColor16(Channels channels, const StrokeSpan &span,
                                      const float *color)
{
    blendColor<quint16>(channels, span, color);
}

template <typename T>
void erase(Channels channels, const StrokeSpan &span)
{
    const T *in = reinterpret_cast<const T *>(span.before);
    T *out = reinterpret_cast<T *>(span.after);
    if (channels == Channels::GrayAlpha)
        takeAlpha<T, 2>(in, span.coverage, out, span.count);
    else
        takeAlpha<T, 4>(in, span.coverage, out, span.count);
}

} // namespace

ColorSource::ColorSource(PixelFormat format, const std::array<float, 3> &color)
    : m_format(format)
    , m_color(color)
{
    const float largest = format.depth == Depth::U8 ? 255 : 65535;
    for (float &value : m_color)
        value = std::clamp(value, 0.0F, 1.0F) * largest;
}

void ColorSource::blend(const StrokeSpan &span) const
{
    if (m_format.depth == Depth::U8)
        blendColor8(m_format.channels, span, m_color.data());
    else
        blendColor16(m_format.channels, span, m_color.data());
}

EraserSource::EraserSource(PixelFormat format)
    : m_format(format)
{
    Q_ASSERT(format.hasAlpha());
}

void EraserSource::blend(const StrokeSpan &span) const
{
    if (m_format.depth == Depth::U8)
        erase<quint8>(m_format.channels, span);
    else
        erase<quint16>(m_format.channels, span);
}

} // namespace heirloom
