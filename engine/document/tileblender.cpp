// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/tileblender.h"

#include "image/vectorised.h"

#include <algorithm>
#include <array>
#include <limits>

namespace heirloom
{

namespace
{

template <typename T>
constexpr float factor()
{
    return std::is_floating_point_v<T> ? 1.0F : 1.0F / float(std::numeric_limits<T>::max());
}

template <typename T>
void split1(const T *in, int stride, float *out, int count)
{
    for (int x = 0; x < count; ++x)
        out[x] = float(in[qsizetype(x) * stride]) * factor<T>();
}

HEIRLOOM_VECTORISED void split8(const quint8 *in, float *out, int count)
{
    for (int x = 0; x < count; ++x)
        out[x] = float(in[x]) * (1.0F / 255);
}

HEIRLOOM_VECTORISED void join8(const float *in, quint8 *out, int count)
{
    for (int x = 0; x < count; ++x)
        out[x] = quint8(int(std::min(std::max(in[x], 0.0F), 1.0F) * 255.0F + 0.5F));
}

HEIRLOOM_VECTORISED void join16(const float *in, quint16 *out, int count)
{
    for (int x = 0; x < count; ++x)
        out[x] = quint16(int(std::min(std::max(in[x], 0.0F), 1.0F) * 65535.0F + 0.5F));
}

/// Mask values to every stride-th float.
void spread(const quint8 *in, float *out, int stride, int count)
{
    for (int x = 0; x < count; ++x)
        out[qsizetype(x) * stride] = float(in[x]) * (1.0F / 255);
}

HEIRLOOM_VECTORISED void splitRgb8(const quint8 *in, float *r, float *g, float *b, int count)
{
    for (int x = 0; x < count; ++x) {
        r[x] = float(in[3 * x]) * (1.0F / 255);
        g[x] = float(in[3 * x + 1]) * (1.0F / 255);
        b[x] = float(in[3 * x + 2]) * (1.0F / 255);
    }
}

/// Interleaved samples to planes; grey to three equal ones or colour to W3C Lum where the numbers
/// of colours differ.
template <typename T>
void splitRow(const T *in, PixelFormat format, int colors, const PixelRow &out, int count)
{
    const int channels = format.channelCount();
    if (format.hasAlpha())
        split1(in + channels - 1, channels, out.alpha, count);
    if (format.colorCount() == colors) {
        if constexpr (std::is_same_v<T, quint8>) {
            if (format.channels == Channels::Gray)
                return split8(in, out.color[0], count);
            if (format.channels == Channels::Rgb)
                return splitRgb8(in, out.color[0], out.color[1], out.color[2], count);
        }
        for (int c = 0; c < colors; ++c)
            split1(in + c, channels, out.color[c], count);
        return;
    }
    if (colors == 3) {
        split1(in, channels, out.color[0], count);
        std::copy_n(out.color[0], count, out.color[1]);
        std::copy_n(out.color[0], count, out.color[2]);
        return;
    }
    for (int x = 0; x < count; ++x, in += channels) {
        out.color[0][x] =
            (0.3F * float(in[0]) + 0.59F * float(in[1]) + 0.11F * float(in[2])) * factor<T>();
    }
}

void splitRow(const std::byte *in, PixelFormat format, int colors, const PixelRow &out, int count)
{
    switch (format.depth) {
    case Depth::U8:
        return splitRow(reinterpret_cast<const quint8 *>(in), format, colors, out, count);
    case Depth::U16:
        return splitRow(reinterpret_cast<const quint16 *>(in), format, colors, out, count);
    case Depth::F32:
        return splitRow(reinterpret_cast<const float *>(in), format, colors, out, count);
    }
}

template <typename T>
T roundedSample(float v)
{
    if constexpr (std::is_floating_point_v<T>)
        return v;
    constexpr float scale = float(std::numeric_limits<T>::max());
    return T(int(std::min(std::max(v, 0.0F), 1.0F) * scale + 0.5F));
}

HEIRLOOM_VECTORISED void joinRgb8(const float *r, const float *g, const float *b, quint8 *out,
                                  int count)
{
    for (int x = 0; x < count; ++x) {
        out[3 * x] = quint8(int(std::min(std::max(r[x], 0.0F), 1.0F) * 255.0F + 0.5F));
        out[3 * x + 1] = quint8(int(std::min(std::max(g[x], 0.0F), 1.0F) * 255.0F + 0.5F));
        out[3 * x + 2] = quint8(int(std::min(std::max(b[x], 0.0F), 1.0F) * 255.0F + 0.5F));
    }
}

template <typename T>
void joinRow(const PixelRow &in, int colors, PixelFormat format, T *out, int count)
{
    const int channels = format.channelCount();
    if (colors == 1 && format.channels == Channels::Gray && !in.alpha) {
        if constexpr (std::is_same_v<T, quint8>)
            return join8(in.color[0], out, count);
        else if constexpr (std::is_same_v<T, quint16>)
            return join16(in.color[0], out, count);
    }
    if constexpr (std::is_same_v<T, quint8>) {
        if (colors == 3 && format.channels == Channels::Rgb && !in.alpha)
            return joinRgb8(in.color[0], in.color[1], in.color[2], out, count);
    }
    for (int x = 0; x < count; ++x, out += channels) {
        const float alpha = in.alpha ? in.alpha[x] : 1;
        for (int c = 0; c < format.colorCount(); ++c) {
            const float v = in.color[colors == 1 ? 0 : c][x];
            out[c] = roundedSample<T>(format.hasAlpha() || alpha >= 1 ? v : v * alpha + 1 - alpha);
        }
        if (format.hasAlpha())
            out[channels - 1] = roundedSample<T>(alpha);
    }
}

} // namespace

PixelRow FloatTile::row(int y) const
{
    auto *first = const_cast<float *>(planes.data());
    const size_t plane = size_t(size.width()) * size.height();
    const size_t offset = size_t(y) * size.width();
    PixelRow r;
    if (interleaved) {
        r.color[0] = first + offset * colors;
        return r;
    }
    for (int c = 0; c < colors; ++c)
        r.color[c] = first + plane * c + offset;
    r.alpha = opaque ? nullptr : first + plane * colors + offset;
    return r;
}

/// One row of the composite and one of the layer that is being added.
struct TileBlender::Scratch {
    std::array<float, 4 * TileSize> sum;
    std::array<float, 4 * TileSize> source;
    std::array<float, 3 * TileSize> cover;
};

TileBlender::TileBlender(const QRect &rect, int colors, int level)
    : m_origin(rect.topLeft())
    , m_size(rect.size())
    , m_colors(colors)
    , m_level(level)
{
}

void TileBlender::add(const BlendSource &source, QPoint tile)
{
    if (source.isOpaqueCopy())
        m_steps.clear();
    Step step;
    step.source = source;
    if (source.pixels)
        step.pixels = source.pixels->tile(tile);
    if (source.mask)
        step.mask = source.mask->tile(tile);
    m_steps.push_back(std::move(step));
}

void TileBlender::add(const FloatTile &tile)
{
    Step step;
    step.tile = &tile;
    m_steps.push_back(std::move(step));
}

bool TileBlender::canInterleave() const
{
    const auto isOpaque = [&](const Step &step) {
        if (step.source.filter)
            return false;
        return step.tile ? step.tile->opaque
                         : step.source.opacity >= 1 && !step.mask &&
                               !step.source.pixels->format().hasAlpha();
    };
    if (m_colors != 3 || m_steps.empty() || !isOpaque(m_steps.front()))
        return false;
    return std::all_of(m_steps.begin(), m_steps.end(), [](const Step &step) {
        if (step.tile)
            return step.tile->interleaved;
        if (step.source.filter)
            return step.source.filter->takesInterleaved() && step.source.mode != BlendMode::Color &&
                   step.source.mode != BlendMode::Luminosity;
        return step.source.pixels->format().channels == Channels::Rgb &&
               step.source.mode != BlendMode::Color && step.source.mode != BlendMode::Luminosity;
    });
}

/// The row's alpha is null where the steps make it opaque, for all rows alike.
PixelRow TileBlender::blendedRow(int y, bool interleaved, Scratch &scratch) const
{
    // Interleaved rows are rows of one colour, three times as wide.
    const int colors = interleaved ? 1 : m_colors;
    const int width = m_size.width() * (interleaved ? m_colors : 1);
    PixelRow sum;
    for (int c = 0; c < colors; ++c)
        sum.color[c] = scratch.sum.data() + c * TileSize;
    sum.alpha = interleaved ? nullptr : scratch.sum.data() + 3 * TileSize;

    bool first = true;
    for (const Step &step : m_steps) {
        PixelRow in;
        if (step.tile && step.tile->interleaved == interleaved) {
            in = step.tile->row(y);
        } else {
            for (int c = 0; c < colors; ++c)
                in.color[c] = scratch.source.data() + c * TileSize;
        }
        if (step.tile) {
            if (step.tile->interleaved && !interleaved)
                splitRow(step.tile->row(y).color[0], {Channels::Rgb, Depth::F32}, colors, in,
                         width);
            if (!first) {
                blendRow(BlendMode::Normal, colors, sum, in, nullptr, 1, width);
                continue;
            }
            for (int c = 0; c < colors; ++c)
                std::copy_n(in.color[c], width, sum.color[c]);
            if (in.alpha)
                std::copy_n(in.alpha, width, sum.alpha);
            else
                sum.alpha = nullptr;
            first = false;
            continue;
        }

        float *cover = nullptr;
        if (step.mask) {
            cover = scratch.cover.data();
            const auto *mask = reinterpret_cast<const quint8 *>(step.mask->row(y));
            const int repeat = interleaved ? 3 : 1;
            for (int i = 0; i < repeat; ++i)
                spread(mask, cover + i, repeat, m_size.width());
        }
        if (step.source.filter) {
            if (first)
                continue; // there is nothing to adjust
            for (int c = 0; c < colors; ++c)
                std::copy_n(sum.color[c], width, in.color[c]);
            step.source.filter->apply(in, nullptr, colors, width,
                                      {m_origin + QPoint(0, y), m_level});
            PixelRow colorsOnly = sum;
            colorsOnly.alpha = nullptr; // it stays
            blendRow(step.source.mode, colors, colorsOnly, in, cover, step.source.opacity, width);
            continue;
        }

        PixelFormat format = step.source.pixels->format();
        if (interleaved)
            format.channels = Channels::Gray;
        const bool opaque = step.source.opacity >= 1 && !step.mask && !format.hasAlpha();
        if (first && opaque) {
            // Over nothing every mode shows the source.
            sum.alpha = nullptr;
            splitRow(step.pixels->row(y), format, colors, sum, width);
            first = false;
            continue;
        }
        if (first)
            scratch.sum.fill(0);
        first = false;
        in.alpha = format.hasAlpha() ? scratch.source.data() + 3 * TileSize : nullptr;
        splitRow(step.pixels->row(y), format, colors, in, width);
        if (step.source.replaces) {
            if (!sum.alpha) { // it may let something through
                sum.alpha = scratch.sum.data() + 3 * TileSize;
                std::fill_n(sum.alpha, width, 1.0F);
            }
            replaceRow(colors, sum, in, cover, step.source.opacity, width);
            continue;
        }
        blendRow(step.source.mode, colors, sum, in, cover, step.source.opacity, width);
    }
    if (first)
        scratch.sum.fill(0);
    return sum;
}

FloatTile TileBlender::toTile() const
{
    FloatTile tile;
    tile.size = m_size;
    tile.colors = m_colors;
    tile.interleaved = canInterleave();
    const int planes = tile.interleaved ? 1 : m_colors;
    const int width = m_size.width() * (tile.interleaved ? m_colors : 1);
    Scratch scratch;
    for (int y = 0; y < m_size.height(); ++y) {
        const PixelRow row = blendedRow(y, tile.interleaved, scratch);
        if (y == 0) {
            tile.opaque = !row.alpha;
            tile.planes.resize(size_t(m_colors + (tile.opaque ? 0 : 1)) * m_size.width() *
                               m_size.height());
        }
        const PixelRow to = tile.row(y);
        for (int c = 0; c < planes; ++c)
            std::copy_n(row.color[c], width, to.color[c]);
        if (to.alpha)
            std::copy_n(row.alpha, width, to.alpha);
    }
    return tile;
}

Image TileBlender::rounded(PixelFormat format) const
{
    Image out(m_size, format);
    Scratch scratch;
    const bool interleaved = format.channels == Channels::Rgb && canInterleave();
    const int colors = interleaved ? 1 : m_colors;
    const int width = m_size.width() * (interleaved ? m_colors : 1);
    const PixelFormat layout = {interleaved ? Channels::Gray : format.channels, format.depth};
    for (int y = 0; y < m_size.height(); ++y) {
        const PixelRow in = blendedRow(y, interleaved, scratch);
        switch (format.depth) {
        case Depth::U8:
            joinRow(in, colors, layout, out.samples<quint8>(y), width);
            break;
        case Depth::U16:
            joinRow(in, colors, layout, out.samples<quint16>(y), width);
            break;
        case Depth::F32:
            joinRow(in, colors, layout, out.samples<float>(y), width);
            break;
        }
    }
    return out;
}

} // namespace heirloom
