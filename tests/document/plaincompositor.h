// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/adjustment.h"
#include "document/snapshot.h"
#include "image/randomimage.h"

#include <array>

namespace heirloom
{

/// The W3C formulas pixel by pixel in double: slow and plain. Layers and masks must lie on the
/// canvas by an exact transform; profiles must be equal.
class PlainCompositor
{
public:
    using Color = std::array<double, 3>;

    static double channel(BlendMode mode, double b, double s)
    {
        switch (mode) {
        case BlendMode::Normal:
            return s;
        case BlendMode::Multiply:
            return b * s;
        case BlendMode::Screen:
            return 1 - (1 - b) * (1 - s);
        case BlendMode::Overlay:
            return channel(BlendMode::HardLight, s, b);
        case BlendMode::HardLight:
            return s <= 0.5 ? channel(BlendMode::Multiply, b, 2 * s)
                            : channel(BlendMode::Screen, b, 2 * s - 1);
        case BlendMode::SoftLight: {
            const double d = b <= 0.25 ? ((16 * b - 12) * b + 4) * b : std::sqrt(b);
            return s <= 0.5 ? b - (1 - 2 * s) * b * (1 - b) : b + (2 * s - 1) * (d - b);
        }
        case BlendMode::Darken:
            return std::min(b, s);
        case BlendMode::Lighten:
            return std::max(b, s);
        case BlendMode::Difference:
            return std::abs(b - s);
        default:
            return s;
        }
    }
    static double lum(const Color &c) { return 0.3 * c[0] + 0.59 * c[1] + 0.11 * c[2]; }
    static Color clipped(Color c)
    {
        const double l = lum(c);
        const double n = std::min({c[0], c[1], c[2]});
        const double x = std::max({c[0], c[1], c[2]});
        for (double &v : c) {
            if (n < 0)
                v = l + (v - l) * l / (l - n);
        }
        for (double &v : c) {
            if (x > 1)
                v = l + (v - l) * (1 - l) / (x - l);
        }
        return c;
    }
    static Color withLum(Color c, double l)
    {
        const double d = l - lum(c);
        for (double &v : c)
            v += d;
        return clipped(c);
    }
    static Color blended(BlendMode mode, const Color &b, const Color &s)
    {
        if (mode == BlendMode::Color)
            return withLum(s, lum(b));
        if (mode == BlendMode::Luminosity)
            return withLum(b, lum(s));
        return {channel(mode, b[0], s[0]), channel(mode, b[1], s[1]), channel(mode, b[2], s[2])};
    }

    /// The pixel of a picture placed by an exact transform; false beyond it.
    static bool sample(const Image &image, const Transform &transform, int x, int y, Color &color,
                       double &alpha)
    {
        const QPointF p = transform.inverted().map(QPointF(x + 0.5, y + 0.5));
        const int sx = int(std::floor(p.x())), sy = int(std::floor(p.y()));
        if (!image.rect().contains(sx, sy))
            return false;
        const PixelFormat format = image.format();
        for (int c = 0; c < 3; ++c)
            color[size_t(c)] = unitSample(image, sx, sy, format.isGray() ? 0 : c);
        alpha = format.hasAlpha() ? unitSample(image, sx, sy, format.channelCount() - 1) : 1;
        return true;
    }

    /// Floats in the canvas's channels.
    static Image render(const Snapshot &snapshot)
    {
        const Canvas &canvas = snapshot.canvas;
        Image out(canvas.size, canvas.format.withDepth(Depth::F32));
        std::vector<std::pair<Image, Image>> pictures;
        for (const Layer &layer : snapshot.stack)
            pictures.emplace_back(layer.pixels.toImage(), layer.mask.pixels.toImage());
        for (int y = 0; y < canvas.size.height(); ++y) {
            for (int x = 0; x < canvas.size.width(); ++x) {
                Color b{};
                double ab = 0;
                for (int i = 0; i < snapshot.stack.count(); ++i) {
                    const Layer &layer = snapshot.stack.at(i);
                    Color s{}, m{};
                    double as = 0, unused = 0;
                    if (!layer.isShown() ||
                        !sample(pictures[size_t(i)].first, layer.transform, x, y, s, as))
                        continue;
                    if (canvas.format.isGray())
                        s.fill(lum(s));
                    as *= layer.opacity;
                    if (layer.mask.isActive()) {
                        if (!sample(pictures[size_t(i)].second, layer.mask.transform, x, y, m,
                                    unused))
                            continue;
                        as *= m[0];
                    }
                    const Color mode = blended(layer.blendMode, b, s);
                    const double ao = as + ab * (1 - as);
                    for (size_t c = 0; c < 3; ++c) {
                        const double mixed = (1 - ab) * s[c] + ab * mode[c];
                        b[c] = ao > 0 ? (as * mixed + (1 - as) * ab * b[c]) / ao : 0;
                    }
                    ab = ao;
                }
                float *to = out.samples<float>(y) + qsizetype(x) * canvas.format.channelCount();
                for (int c = 0; c < canvas.format.colorCount(); ++c) {
                    const double v = b[size_t(c)];
                    to[c] = float(canvas.format.hasAlpha() ? v : v * ab + 1 - ab);
                }
                if (canvas.format.hasAlpha())
                    to[canvas.format.channelCount() - 1] = float(ab);
            }
        }
        return out;
    }
};

} // namespace heirloom
