// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/plaincompositor.h"

#include <numbers>

namespace heirloom
{

/// The adjustments by their formulas, pixel by pixel in double: slow and plain.
class PlainAdjustment
{
public:
    using Color = PlainCompositor::Color;

    /// What layer (an adjustment; its mask lies on the canvas) makes of a float picture.
    static Image applied(const Image &below, const Layer &layer)
    {
        const QVariantMap values = completeParameters(layer.adjustment);
        const QString id = layer.adjustment.id;
        const Image mask = layer.mask.isActive() ? layer.mask.pixels.toImage() : Image();
        const int channels = below.format().channelCount();
        const int colors = below.format().colorCount();
        std::vector<Color> soft;
        if (id == QLatin1String("sharpen") || id == QLatin1String("shadows-highlights"))
            soft = gaussian(below, values.value(QStringLiteral("radius")).toDouble());
        Image out = below;
        for (int y = 0; y < below.height(); ++y) {
            for (int x = 0; x < below.width(); ++x) {
                Color in{};
                for (size_t c = 0; c < 3; ++c)
                    in[c] = unitSample(below, x, y, colors == 1 ? 0 : int(c));
                const Color around =
                    soft.empty() ? in : soft[size_t(y) * size_t(below.width()) + size_t(x)];
                Color made = in;
                if (colors == 3 || !needsColors(id))
                    made = one(id, values, in, around, x, y, colors);
                const Color mode = PlainCompositor::blended(layer.blendMode, in, made);
                const double share =
                    layer.opacity * (mask.isNull() ? 1 : unitSample(mask, x, y, 0));
                float *to = out.samples<float>(y) + qsizetype(x) * channels;
                for (int c = 0; c < colors; ++c)
                    to[c] = float(in[size_t(c)] + (mode[size_t(c)] - in[size_t(c)]) * share);
            }
        }
        return out;
    }

    /// It changes grey pictures too.
    static bool worksOnGray(const QString &id)
    {
        return !needsColors(id) && id != QLatin1String("white-balance");
    }

private:
    static bool needsColors(const QString &id)
    {
        return id == QLatin1String("hsl") || id == QLatin1String("saturation") ||
               id == QLatin1String("black-and-white");
    }
    static double unit(double v) { return std::clamp(v, 0.0, 1.0); }
    static double linear(double v)
    {
        return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    }
    static double encoded(double v)
    {
        return v <= 0.0031308 ? v * 12.92 : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
    }

    /// Written anew: Hermite pieces with slopes limited by Fritsch and Carlson.
    static double curve(const QVariantList &points, double x)
    {
        const auto px = [&points](qsizetype i) { return points[i].toList()[0].toDouble(); };
        const auto py = [&points](qsizetype i) { return points[i].toList()[1].toDouble(); };
        const qsizetype n = points.size();
        if (x <= px(0))
            return py(0);
        if (x >= px(n - 1))
            return py(n - 1);
        const auto secant = [&](qsizetype i) { return (py(i + 1) - py(i)) / (px(i + 1) - px(i)); };
        std::vector<double> m;
        for (qsizetype i = 0; i < n; ++i) {
            if (i == 0)
                m.push_back(secant(0));
            else if (i == n - 1)
                m.push_back(secant(n - 2));
            else
                m.push_back(secant(i - 1) * secant(i) <= 0 ? 0 : (secant(i - 1) + secant(i)) / 2);
        }
        for (qsizetype i = 0; i + 1 < n; ++i) {
            const double s = secant(i);
            double &a = m[size_t(i)];
            double &b = m[size_t(i) + 1];
            if (s == 0) {
                a = b = 0;
            } else if (a * a + b * b > 9 * s * s) {
                const double tau = 3 * std::abs(s) / std::sqrt(a * a + b * b);
                a *= tau;
                b *= tau;
            }
        }
        qsizetype i = 0;
        while (px(i + 1) <= x)
            ++i;
        const double h = px(i + 1) - px(i);
        const double t = (x - px(i)) / h;
        return (2 * t * t * t - 3 * t * t + 1) * py(i) +
               (t * t * t - 2 * t * t + t) * h * m[size_t(i)] +
               (3 * t * t - 2 * t * t * t) * py(i + 1) + (t * t * t - t * t) * h * m[size_t(i) + 1];
    }

    static double hue(const Color &c)
    {
        const double high = std::max({c[0], c[1], c[2]});
        const double chroma = high - std::min({c[0], c[1], c[2]});
        double h = 0;
        if (high == c[0])
            h = std::fmod((c[1] - c[2]) / chroma + 6, 6);
        else if (high == c[1])
            h = (c[2] - c[0]) / chroma + 2;
        else
            h = (c[0] - c[1]) / chroma + 4;
        return h * 60;
    }
    /// Between the two ranges a hue lies between.
    static double ranged(const QVariantMap &values, const QStringList &keys,
                         const std::vector<double> &hues, double h)
    {
        const size_t n = hues.size();
        for (size_t i = 0; i < n; ++i) {
            const double next = i + 1 < n ? hues[i + 1] : 360;
            if (h >= hues[i] && h <= next) {
                const double share = (h - hues[i]) / (next - hues[i]);
                return (values.value(keys[qsizetype(i)]).toDouble() * (1 - share) +
                        values.value(keys[qsizetype((i + 1) % n)]).toDouble() * share) /
                       100;
            }
        }
        return 0;
    }
    static Color fromHsl(double h, double s, double l)
    {
        const double c = (1 - std::abs(2 * l - 1)) * s;
        const double x = c * (1 - std::abs(std::fmod(h / 60, 2) - 1));
        Color rgb{};
        switch (int(h / 60) % 6) {
        case 0:
            rgb = {c, x, 0};
            break;
        case 1:
            rgb = {x, c, 0};
            break;
        case 2:
            rgb = {0, c, x};
            break;
        case 3:
            rgb = {0, x, c};
            break;
        case 4:
            rgb = {x, 0, c};
            break;
        default:
            rgb = {c, 0, x};
        }
        for (double &v : rgb)
            v += l - c / 2;
        return rgb;
    }

    static double lattice(qint64 x, qint64 y, quint32 seed)
    {
        quint32 h = quint32(x) * 2654435761U ^ quint32(y) * 2246822519U ^ seed * 3266489917U;
        h = (h ^ (h >> 16)) * 2246822507U;
        h = (h ^ (h >> 13)) * 3266489909U;
        h ^= h >> 16;
        return h / 4294967296.0 - 0.5;
    }

    static Color one(const QString &id, const QVariantMap &values, const Color &in,
                     const Color &around, int x, int y, int colors)
    {
        const auto v = [&values](const char *key) {
            return values.value(QLatin1String(key)).toDouble();
        };
        const double luma = PlainCompositor::lum(in);
        Color out = in;
        if (id == QLatin1String("levels")) {
            for (double &c : out) {
                const double t =
                    unit((c * 255 - v("black")) / std::max(v("white") - v("black"), 1.0));
                c = (v("output-black") +
                     (v("output-white") - v("output-black")) * std::pow(t, 1 / v("gamma"))) /
                    255;
            }
        } else if (id == QLatin1String("curves")) {
            const char *names[] = {"red", "green", "blue"};
            for (size_t c = 0; c < 3; ++c) {
                const double own = curve(values.value(QLatin1String(names[c])).toList(), in[c]);
                out[c] = curve(
                    values.value(QStringLiteral("master")).toList(),
                    colors == 1 ? curve(values.value(QStringLiteral("red")).toList(), in[c]) : own);
            }
        } else if (id == QLatin1String("exposure")) {
            for (double &c : out)
                c = unit(encoded(linear(c) * std::exp2(v("exposure"))));
        } else if (id == QLatin1String("white-balance")) {
            Color gain{std::exp2(v("temperature") / 200), std::exp2(-0.35 * v("tint") / 100),
                       std::exp2(-v("temperature") / 200)};
            const double white = 0.2126 * gain[0] + 0.7152 * gain[1] + 0.0722 * gain[2];
            for (size_t c = 0; c < 3; ++c)
                out[c] = unit(encoded(linear(in[c]) * gain[colors == 1 ? 0 : c] / white));
        } else if (id == QLatin1String("shadows-highlights")) {
            const double soft = PlainCompositor::lum(around);
            for (double &c : out) {
                c = std::pow(c, std::exp2(-v("shadows") / 100 * std::pow(1 - soft, 3)));
                c = 1 - std::pow(1 - c, std::exp2(-v("highlights") / 100 * std::pow(soft, 3)));
            }
        } else if (id == QLatin1String("sharpen")) {
            for (size_t c = 0; c < 3; ++c) {
                const double detail = in[c] - around[c];
                const double beyond = std::max(std::abs(detail) - v("threshold") / 255, 0.0);
                out[c] = unit(in[c] + v("amount") / 100 * (detail < 0 ? -beyond : beyond));
            }
        } else if (id == QLatin1String("grain")) {
            const double strength = v("amount") / 200 * (0.25 + 3 * luma * (1 - luma));
            for (size_t c = 0; c < 3; ++c) {
                const quint32 seed =
                    quint32(v("seed")) * 8 + (v("color") > 0 && colors == 3 ? quint32(c) : 0U);
                const double gx = (x + 0.5) / v("size");
                const double gy = (y + 0.5) / v("size");
                const double fx = gx - std::floor(gx);
                const double fy = gy - std::floor(gy);
                const auto lx = qint64(std::floor(gx));
                const auto ly = qint64(std::floor(gy));
                const double noise =
                    (lattice(lx, ly, seed) * (1 - fx) + lattice(lx + 1, ly, seed) * fx) * (1 - fy) +
                    (lattice(lx, ly + 1, seed) * (1 - fx) + lattice(lx + 1, ly + 1, seed) * fx) *
                        fy;
                out[c] = unit(in[c] + strength * noise);
            }
        } else {
            const double high = std::max({in[0], in[1], in[2]});
            const double low = std::min({in[0], in[1], in[2]});
            const double chroma = high - low;
            if (id == QLatin1String("saturation")) {
                const double pale = high > 0 ? low / high : 1;
                for (double &c : out)
                    c = unit(luma + (c - luma) * (1 + v("saturation") / 100) *
                                        (1 + v("vibrance") / 100 * pale));
            } else if (id == QLatin1String("black-and-white")) {
                double grey = luma;
                if (chroma > 0)
                    grey =
                        unit(luma + 0.5 * chroma *
                                        ranged(values,
                                               {QStringLiteral("red"), QStringLiteral("yellow"),
                                                QStringLiteral("green"), QStringLiteral("aqua"),
                                                QStringLiteral("blue"), QStringLiteral("magenta")},
                                               {0, 60, 120, 180, 240, 300}, hue(in)));
                for (double &c : out)
                    c += (grey - c) * v("amount") / 100;
            } else if (chroma > 0) { // hsl
                const auto of = [&](const char *what) {
                    QStringList keys;
                    for (const char *range :
                         {"red", "orange", "yellow", "green", "aqua", "blue", "purple", "magenta"})
                        keys << QLatin1String(range) + u'-' + QLatin1String(what);
                    return ranged(values, keys, {0, 30, 60, 120, 180, 240, 270, 300}, hue(in));
                };
                const double l = (high + low) / 2;
                const double s = chroma / (1 - std::abs(2 * l - 1));
                out = fromHsl(std::fmod(hue(in) + 30 * of("hue") + 360, 360),
                              unit(s * (1 + of("saturation"))),
                              unit(l + 0.3 * chroma * of("luminance")));
            }
        }
        return out;
    }

    /// Beyond the edges they are repeated.
    static std::vector<Color> gaussian(const Image &image, double sigma)
    {
        const int w = image.width();
        const int h = image.height();
        const int colors = image.format().colorCount();
        const int radius = int(std::ceil(3 * sigma));
        std::vector<double> weight;
        double sum = 0;
        for (int i = -radius; i <= radius; ++i)
            sum += weight.emplace_back(std::exp(-i * i / (2 * sigma * sigma)));
        const auto at = [w](int x, int y) { return size_t(y) * size_t(w) + size_t(x); };
        std::vector<Color> across(size_t(w) * size_t(h)), out(across.size());
        for (int y = 0; y < h; ++y) {
            for (int x = 0; x < w; ++x) {
                for (int i = -radius; i <= radius; ++i) {
                    for (size_t c = 0; c < 3; ++c)
                        across[at(x, y)][c] += unitSample(image, std::clamp(x + i, 0, w - 1), y,
                                                          colors == 1 ? 0 : int(c)) *
                                               weight[size_t(i + radius)] / sum;
                }
            }
        }
        for (int y = 0; y < h; ++y) {
            for (int x = 0; x < w; ++x) {
                for (int i = -radius; i <= radius; ++i) {
                    for (size_t c = 0; c < 3; ++c)
                        out[at(x, y)][c] += across[at(x, std::clamp(y + i, 0, h - 1))][c] *
                                            weight[size_t(i + radius)] / sum;
                }
            }
        }
        return out;
    }
};

} // namespace heirloom
