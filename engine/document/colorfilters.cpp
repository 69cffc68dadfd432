// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/colorfilters.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace heirloom
{

namespace
{

struct Rgb {
    float r, g, b;
};

float lum(const Rgb &c)
{
    return 0.3F * c.r + 0.59F * c.g + 0.11F * c.b;
}

/// Degrees 0..360; chroma above 0.
float hueOf(const Rgb &c, float largest, float chroma)
{
    float h = 0;
    if (largest == c.r)
        h = (c.g - c.b) / chroma;
    else if (largest == c.g)
        h = 2 + (c.b - c.r) / chroma;
    else
        h = 4 + (c.r - c.g) / chroma;
    h *= 60;
    return h < 0 ? h + 360 : h;
}

Rgb fromHsl(float hue, float saturation, float lightness)
{
    const auto channel = [=](float n) {
        const float k = std::fmod(n + hue / 30, 12.0F);
        const float a = saturation * std::min(lightness, 1 - lightness);
        return lightness - a * std::max(-1.0F, std::min({k - 3, 9 - k, 1.0F}));
    };
    return {channel(0), channel(8), channel(4)};
}

/// One value for each of several hues, linear in between, around the circle.
class HueTable
{
public:
    /// hues rise from 0.
    HueTable(const std::vector<float> &hues, const std::vector<float> &values)
    {
        for (int degree = 0; degree <= 360; ++degree) {
            size_t i = hues.size() - 1;
            while (hues[i] > float(degree))
                --i;
            const float from = hues[i];
            const float to = i + 1 < hues.size() ? hues[i + 1] : 360;
            const float next = values[(i + 1) % values.size()];
            const float share = (float(degree) - from) / (to - from);
            m_values[size_t(degree)] = values[i] + (next - values[i]) * share;
        }
        m_values[361] = m_values[360];
    }
    float at(float hue) const
    {
        const int below = int(hue);
        const float share = hue - float(below);
        return m_values[size_t(below)] +
               (m_values[size_t(below) + 1] - m_values[size_t(below)]) * share;
    }

private:
    std::array<float, 362> m_values{};
};

template <typename F>
void eachPixel(const PixelRow &row, int colors, int count, F &&function)
{
    if (colors != 3)
        return;
    for (int x = 0; x < count; ++x) {
        const Rgb in{std::clamp(row.color[0][x], 0.0F, 1.0F),
                     std::clamp(row.color[1][x], 0.0F, 1.0F),
                     std::clamp(row.color[2][x], 0.0F, 1.0F)};
        const Rgb out = function(in);
        row.color[0][x] = out.r;
        row.color[1][x] = out.g;
        row.color[2][x] = out.b;
    }
}

class HslFilter : public AdjustmentFilter
{
public:
    explicit HslFilter(const QVariantMap &values)
        : m_hue(table(values, "hue"))
        , m_saturation(table(values, "saturation"))
        , m_luminance(table(values, "luminance"))
    {
    }

    void apply(const PixelRow &row, const PixelRow *, int colors, int count,
               const Place &) const override
    {
        eachPixel(row, colors, count, [this](const Rgb &in) {
            const float high = std::max({in.r, in.g, in.b});
            const float low = std::min({in.r, in.g, in.b});
            const float chroma = high - low;
            if (chroma <= 0)
                return in;
            const float hue = hueOf(in, high, chroma);
            const float dh = m_hue.at(hue);
            const float ds = m_saturation.at(hue);
            const float dl = m_luminance.at(hue);
            if (dh == 0 && ds == 0 && dl == 0)
                return in;
            const float lightness = (high + low) / 2;
            const float saturation = chroma / (1 - std::abs(2 * lightness - 1));
            float turned = hue + dh * 30; // at most to the neighbouring range
            turned = turned < 0 ? turned + 360 : turned >= 360 ? turned - 360 : turned;
            return fromHsl(turned, std::clamp(saturation * (1 + ds), 0.0F, 1.0F),
                           std::clamp(lightness + dl * 0.3F * chroma, 0.0F, 1.0F));
        });
    }

private:
    static HueTable table(const QVariantMap &values, const char *what)
    {
        std::vector<float> list;
        for (const char *range :
             {"red", "orange", "yellow", "green", "aqua", "blue", "purple", "magenta"}) {
            const QString key = QLatin1String(range) + u'-' + QLatin1String(what);
            list.push_back(values.value(key).toFloat() / 100);
        }
        return HueTable({0, 30, 60, 120, 180, 240, 270, 300}, list);
    }
    HueTable m_hue, m_saturation, m_luminance;
};

class SaturationFilter : public AdjustmentFilter
{
public:
    SaturationFilter(float saturation, float vibrance)
        : m_saturation(saturation)
        , m_vibrance(vibrance)
    {
    }

    void apply(const PixelRow &row, const PixelRow *, int colors, int count,
               const Place &) const override
    {
        eachPixel(row, colors, count, [this](const Rgb &in) {
            const float high = std::max({in.r, in.g, in.b});
            const float low = std::min({in.r, in.g, in.b});
            const float pale = high > 0 ? 1 - (high - low) / high : 1;
            const float factor = (1 + m_saturation) * (1 + m_vibrance * pale);
            const float y = lum(in);
            const auto channel = [=](float v) {
                return std::clamp(y + (v - y) * factor, 0.0F, 1.0F);
            };
            return Rgb{channel(in.r), channel(in.g), channel(in.b)};
        });
    }

private:
    float m_saturation, m_vibrance; ///< -1..1
};

class BlackAndWhiteFilter : public AdjustmentFilter
{
public:
    explicit BlackAndWhiteFilter(const QVariantMap &values)
        : m_amount(values.value(QStringLiteral("amount")).toFloat() / 100)
        , m_weight(weights(values))
    {
    }

    void apply(const PixelRow &row, const PixelRow *, int colors, int count,
               const Place &) const override
    {
        eachPixel(row, colors, count, [this](const Rgb &in) {
            const float high = std::max({in.r, in.g, in.b});
            const float chroma = high - std::min({in.r, in.g, in.b});
            float y = lum(in);
            if (chroma > 0)
                y = std::clamp(y + m_weight.at(hueOf(in, high, chroma)) * 0.5F * chroma, 0.0F,
                               1.0F);
            const auto channel = [=, this](float v) { return v + (y - v) * m_amount; };
            return Rgb{channel(in.r), channel(in.g), channel(in.b)};
        });
    }

private:
    static HueTable weights(const QVariantMap &values)
    {
        std::vector<float> list;
        for (const char *range : {"red", "yellow", "green", "aqua", "blue", "magenta"})
            list.push_back(values.value(QLatin1String(range)).toFloat() / 100);
        return HueTable({0, 60, 120, 180, 240, 300}, list);
    }
    float m_amount;
    HueTable m_weight;
};

} // namespace

std::shared_ptr<const AdjustmentFilter> createColorFilter(const QString &id,
                                                          const QVariantMap &values)
{
    if (id == QLatin1String("hsl"))
        return std::make_shared<HslFilter>(values);
    if (id == QLatin1String("saturation"))
        return std::make_shared<SaturationFilter>(
            values.value(QStringLiteral("saturation")).toFloat() / 100,
            values.value(QStringLiteral("vibrance")).toFloat() / 100);
    if (id == QLatin1String("black-and-white"))
        return std::make_shared<BlackAndWhiteFilter>(values);
    return nullptr;
}

} // namespace heirloom
