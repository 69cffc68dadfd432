// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/image.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace heirloom
{

namespace
{

/// One sample as 0..1, and back with rounding.
template <typename T>
double toUnit(T v)
{
    if constexpr (std::is_floating_point_v<T>)
        return v;
    else
        return double(v) / double(std::numeric_limits<T>::max());
}

template <typename T>
T fromUnit(double v)
{
    if constexpr (std::is_floating_point_v<T>)
        return T(v);
    else
        return T(std::lround(std::clamp(v, 0.0, 1.0) * double(std::numeric_limits<T>::max())));
}

template <typename In, typename Out>
Out sample(In v)
{
    if constexpr (std::is_same_v<In, Out>)
        return v;
    else if constexpr (std::is_same_v<In, quint8> && std::is_same_v<Out, quint16>)
        return Out(v * 257);
    else if constexpr (std::is_same_v<In, quint16> && std::is_same_v<Out, quint8>)
        return Out((v + 128) / 257);
    else
        return fromUnit<Out>(toUnit(v));
}

template <typename In, typename Out>
void convertRow(const In *in, PixelFormat from, Out *out, PixelFormat to, int width)
{
    const int inCount = from.channelCount();
    const int outCount = to.channelCount();
    const bool toGray = to.isGray() && !from.isGray();
    const int inAlpha = from.hasAlpha() ? inCount - 1 : -1;
    for (int x = 0; x < width; ++x, in += inCount, out += outCount) {
        if (toGray) {
            // W3C Lum; equal channels stay exactly what they were.
            const bool equal = in[0] == in[1] && in[1] == in[2];
            out[0] = equal ? sample<In, Out>(in[0])
                           : fromUnit<Out>(0.3 * toUnit(in[0]) + 0.59 * toUnit(in[1]) +
                                           0.11 * toUnit(in[2]));
        } else {
            for (int c = 0; c < to.colorCount(); ++c)
                out[c] = sample<In, Out>(in[from.isGray() ? 0 : c]);
        }
        if (to.hasAlpha())
            out[outCount - 1] = inAlpha >= 0 ? sample<In, Out>(in[inAlpha]) : fromUnit<Out>(1.0);
    }
}

template <typename F>
void withType(Depth depth, F &&f)
{
    switch (depth) {
    case Depth::U8:
        f(quint8());
        break;
    case Depth::U16:
        f(quint16());
        break;
    case Depth::F32:
        f(float());
        break;
    }
}

} // namespace

Image::Image(QSize size, PixelFormat format)
    : m_format(format)
{
    if (size.width() <= 0 || size.height() <= 0)
        return;
    m_size = size;
    m_data = std::make_shared_for_overwrite<std::byte[]>(size_t(byteCount()));
}

void Image::detach()
{
    if (!m_data || m_data.use_count() == 1)
        return;
    auto own = std::make_shared_for_overwrite<std::byte[]>(size_t(byteCount()));
    std::memcpy(own.get(), m_data.get(), size_t(byteCount()));
    m_data = std::move(own);
}

std::byte *Image::row(int y)
{
    detach();
    return m_data.get() + bytesPerRow() * y;
}

void Image::fill(double value)
{
    for (int y = 0; y < height(); ++y) {
        withType(m_format.depth, [&](auto type) {
            using T = decltype(type);
            std::fill_n(samples<T>(y), qsizetype(width()) * m_format.channelCount(), T(value));
        });
    }
}

Image Image::copied(const QRect &r) const
{
    const QRect part = r & rect();
    Image out(part.size(), m_format);
    const qsizetype offset = qsizetype(part.x()) * m_format.bytesPerPixel();
    for (int y = 0; y < out.height(); ++y)
        std::memcpy(out.row(y), constRow(part.y() + y) + offset, size_t(out.bytesPerRow()));
    return out;
}

void Image::paste(const Image &source, QPoint position)
{
    Q_ASSERT(source.m_format == m_format);
    const QRect target = QRect(position, source.size()) & rect();
    const QPoint from = target.topLeft() - position;
    const qsizetype bytes = qsizetype(target.width()) * m_format.bytesPerPixel();
    for (int y = 0; y < target.height(); ++y) {
        std::memcpy(row(target.y() + y) + qsizetype(target.x()) * m_format.bytesPerPixel(),
                    source.constRow(from.y() + y) + qsizetype(from.x()) * m_format.bytesPerPixel(),
                    size_t(bytes));
    }
}

Image Image::converted(PixelFormat format) const
{
    if (format == m_format || isNull())
        return *this;
    Image out(m_size, format);
    withType(m_format.depth, [&](auto inType) {
        using In = decltype(inType);
        withType(format.depth, [&](auto outType) {
            using Out = decltype(outType);
            for (int y = 0; y < height(); ++y)
                convertRow(constSamples<In>(y), m_format, out.samples<Out>(y), format, width());
        });
    });
    return out;
}

bool Image::operator==(const Image &other) const
{
    if (m_size != other.m_size || m_format != other.m_format || isNull() != other.isNull())
        return false;
    return isNull() || m_data == other.m_data ||
           std::memcmp(m_data.get(), other.m_data.get(), size_t(byteCount())) == 0;
}

} // namespace heirloom
