// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/tiffpixels.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace heirloom
{

namespace
{

float halfToFloat(quint16 h)
{
    const int exponent = (h >> 10) & 31;
    const int mantissa = h & 1023;
    double value;
    if (exponent == 0)
        value = std::ldexp(mantissa, -24);
    else if (exponent == 31)
        value = mantissa ? 0.0 : 65536.0;
    else
        value = std::ldexp(mantissa + 1024, exponent - 25);
    return float(h & 0x8000 ? -value : value);
}

quint16 fromUnit(double v)
{
    return v > 0 ? quint16(std::lround(std::min(v, 1.0) * 65535)) : 0; // NaN becomes 0
}

template <typename T>
T loaded(const uchar *from)
{
    T value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

} // namespace

TiffPixels::TiffPixels(const TiffLayout &layout, const QByteArray &icc)
    : m_layout(layout)
    , m_effectiveBits(layout.isFloat() || layout.bits > 16 ? 16 : layout.bits)
{
    const bool sixteen = layout.format().depth == Depth::U16;
    if (layout.isCmyk() || layout.isLab()) {
        m_converter = ColorConverter::create(
            layout.isLab() ? ForeignColor::Lab : ForeignColor::Cmyk, sixteen, icc);
    }
    if (layout.palette.empty() && !layout.isLab() && m_effectiveBits != 8 &&
        m_effectiveBits != 16) {
        const quint32 most = (1u << m_effectiveBits) - 1;
        const quint32 top = sixteen ? 65535 : 255;
        m_scale.resize(most + 1);
        for (quint32 v = 0; v <= most; ++v)
            m_scale[v] = quint16((v * top + most / 2) / most);
    }
}

TiffPixels::~TiffPixels() = default;

void TiffPixels::unpack(const uchar *packed, int count, quint16 *out, int step) const
{
    const int bits = m_layout.bits;
    if (m_layout.isFloat()) {
        for (int i = 0; i < count; ++i, packed += bits / 8, out += step) {
            *out = fromUnit(bits == 16   ? double(halfToFloat(loaded<quint16>(packed)))
                            : bits == 32 ? double(loaded<float>(packed))
                                         : loaded<double>(packed));
        }
    } else if (bits == 8) {
        for (int i = 0; i < count; ++i, out += step)
            *out = packed[i];
    } else if (bits == 16) {
        for (int i = 0; i < count; ++i, out += step)
            *out = loaded<quint16>(packed + 2 * i);
    } else if (bits == 32) {
        for (int i = 0; i < count; ++i, out += step)
            *out = quint16(loaded<quint32>(packed + 4 * i) >> 16);
    } else {
        quint32 held = 0;
        int holds = 0;
        for (int i = 0; i < count; ++i, out += step) {
            while (holds < bits) {
                held = held << 8 | *packed++;
                holds += 8;
            }
            holds -= bits;
            *out = quint16((held >> holds) & ((1u << bits) - 1));
        }
    }
}

void TiffPixels::convert(const uchar *const *packed, int pixels, std::byte *out)
{
    const TiffLayout &l = m_layout;
    const bool plain = !l.planes && l.palette.empty() && !m_converter && !l.associated &&
                       l.ignoredSamples == 0 && l.photometric != PHOTOMETRIC_MINISWHITE &&
                       !l.isFloat() && (l.bits == 8 || l.bits == 16);
    if (plain) {
        std::memcpy(out, packed[0], size_t(pixels) * l.format().bytesPerPixel());
        return;
    }
    m_samples.resize(size_t(pixels) * l.samples);
    if (l.planes) {
        for (int s = 0; s < l.samples; ++s)
            unpack(packed[s], pixels, m_samples.data() + s, l.samples);
    } else {
        unpack(packed[0], pixels * l.samples, m_samples.data(), 1);
    }
    if (!m_scale.empty()) {
        for (quint16 &v : m_samples)
            v = m_scale[std::min<size_t>(v, m_scale.size() - 1)];
    }
    if (m_converter)
        foreign(pixels, out);
    else if (l.format().depth == Depth::U16)
        shape(pixels, reinterpret_cast<quint16 *>(out));
    else
        shape(pixels, reinterpret_cast<quint8 *>(out));
}

template <typename T>
void TiffPixels::shape(int pixels, T *out)
{
    const TiffLayout &l = m_layout;
    const quint32 most = std::numeric_limits<T>::max();
    const quint16 *in = m_samples.data();
    const int colors = l.palette.empty() ? l.colors : 3;
    for (int x = 0; x < pixels; ++x, in += l.samples) {
        if (!l.palette.empty()) {
            const auto &entry = l.palette[std::min<size_t>(in[0], l.palette.size() - 1)];
            std::copy(entry.begin(), entry.end(), out);
        } else if (l.photometric == PHOTOMETRIC_MINISWHITE) {
            out[0] = T(most - in[0]);
        } else {
            for (int c = 0; c < colors; ++c)
                out[c] = T(in[c]);
        }
        if (l.alpha >= 0) {
            const quint32 alpha = in[l.alpha];
            if (l.associated) {
                for (int c = 0; c < colors; ++c) {
                    out[c] = alpha == 0 ? T(0)
                                        : T(std::min<quint64>(
                                              most, (quint64(out[c]) * most + alpha / 2) / alpha));
                }
            }
            out[colors] = T(alpha);
        }
        out += l.format().channelCount();
    }
}

void TiffPixels::foreign(int pixels, std::byte *out)
{
    const TiffLayout &l = m_layout;
    const bool bytes = l.format().depth == Depth::U8;
    const quint16 *in = m_samples.data();
    m_foreign.resize(size_t(pixels) * l.colors);
    if (l.isCmyk()) {
        auto *narrow = reinterpret_cast<quint8 *>(m_foreign.data());
        for (int x = 0; x < pixels; ++x) {
            for (int c = 0; c < 4; ++c) {
                if (bytes)
                    narrow[x * 4 + c] = quint8(in[qsizetype(x) * l.samples + c]);
                else
                    m_foreign[size_t(x) * 4 + c] = in[qsizetype(x) * l.samples + c];
            }
        }
    } else {
        // To ICC's encoding: 65535 is L 100; 257 steps are one of a and b, which begin at -128.
        const bool centred = l.photometric == PHOTOMETRIC_CIELAB;
        for (int x = 0; x < pixels; ++x, in += l.samples) {
            quint16 *lab = m_foreign.data() + size_t(x) * 3;
            for (int c = 0; c < 3; ++c) {
                double v = in[c];
                if (c == 0)
                    v = bytes ? v * 257 : centred ? v : v * 65535.0 / 65280.0;
                else if (bytes)
                    v = (centred ? double(qint8(in[c])) + 128 : v) * 257;
                else
                    v = (centred ? double(qint16(in[c])) / 256 + 128 : v / 256) * 257;
                lab[c] = quint16(std::lround(std::clamp(v, 0.0, 65535.0)));
            }
        }
    }
    m_converter->convert(m_foreign.data(), out, pixels);
}

} // namespace heirloom
