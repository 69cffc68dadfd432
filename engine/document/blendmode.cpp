// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/blendmode.h"

#include "image/luma.h"
#include "image/vectorised.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace heirloom
{

namespace
{

struct ModeName {
    const char *id;
    const char *name;
};

constexpr std::array<ModeName, BlendModeCount> names = {{
    {"normal", QT_TRANSLATE_NOOP("heirloom::BlendMode", "Normal")},
    {"multiply", QT_TRANSLATE_NOOP("heirloom::BlendMode", "Multiply")},
    {"screen", QT_TRANSLATE_NOOP("heirloom::BlendMode", "Screen")},
    {"overlay", QT_TRANSLATE_NOOP("heirloom::BlendMode", "Overlay")},
    {"soft-light", QT_TRANSLATE_NOOP("heirloom::BlendMode", "Soft light")},
    {"hard-light", QT_TRANSLATE_NOOP("heirloom::BlendMode", "Hard light")},
    {"darken", QT_TRANSLATE_NOOP("heirloom::BlendMode", "Darken")},
    {"lighten", QT_TRANSLATE_NOOP("heirloom::BlendMode", "Lighten")},
    {"difference", QT_TRANSLATE_NOOP("heirloom::BlendMode", "Difference")},
    {"color", QT_TRANSLATE_NOOP("heirloom::BlendMode", "Colour")},
    {"luminosity", QT_TRANSLATE_NOOP("heirloom::BlendMode", "Luminosity")},
}};

// The functions B(backdrop, source) of section 10.1, one channel.

struct Normal {
    static float blend(float, float s) { return s; }
};
struct Multiply {
    static float blend(float b, float s) { return b * s; }
};
struct Screen {
    static float blend(float b, float s) { return b + s - b * s; }
};
struct HardLight {
    static float blend(float b, float s)
    {
        return s <= 0.5F ? b * (2 * s) : Screen::blend(b, 2 * s - 1);
    }
};
struct Overlay {
    static float blend(float b, float s) { return HardLight::blend(s, b); }
};
struct SoftLight {
    static float blend(float b, float s)
    {
        if (s <= 0.5F)
            return b - (1 - 2 * s) * b * (1 - b);
        const float d = b <= 0.25F ? ((16 * b - 12) * b + 4) * b : std::sqrt(b);
        return b + (2 * s - 1) * (d - b);
    }
};
struct Darken {
    static float blend(float b, float s) { return std::min(b, s); }
};
struct Lighten {
    static float blend(float b, float s) { return std::max(b, s); }
};
struct Difference {
    static float blend(float b, float s) { return std::abs(b - s); }
};

/// The source's share in every pixel of the row: its alpha, opacity and cover together.
HEIRLOOM_INLINE float share(const PixelRow &source, const float *cover, float opacity, int x)
{
    float a = opacity;
    if (source.alpha)
        a *= source.alpha[x];
    if (cover)
        a *= cover[x];
    return a;
}

/// Source-over of one channel with the blended colour already known.
HEIRLOOM_INLINE float over(float backdrop, float backdropAlpha, float source, float blended,
                           float a, float sum)
{
    const float mixed = (1 - backdropAlpha) * source + backdropAlpha * blended;
    return (a * mixed + (1 - a) * backdropAlpha * backdrop) / sum;
}

template <typename Mode>
HEIRLOOM_INLINE void separable(int colors, const PixelRow &backdrop, const PixelRow &source,
                               const float *cover, float opacity, int count)
{
    constexpr bool isNormal = std::is_same_v<Mode, Normal>;
    if (!backdrop.alpha) {
        for (int c = 0; c < colors; ++c) {
            float *b = backdrop.color[c];
            const float *s = source.color[c];
            if (!source.alpha && !cover) {
                const float rest = 1 - opacity;
                for (int x = 0; x < count; ++x)
                    b[x] = rest * b[x] + opacity * Mode::blend(b[x], s[x]);
                continue;
            }
            for (int x = 0; x < count; ++x) {
                const float a = share(source, cover, opacity, x);
                b[x] = (1 - a) * b[x] + a * Mode::blend(b[x], s[x]);
            }
        }
        return;
    }
    for (int x = 0; x < count; ++x) {
        const float a = share(source, cover, opacity, x);
        if (a <= 0)
            continue;
        const float under = backdrop.alpha[x];
        if (under <= 0 || (isNormal && a >= 1)) {
            for (int c = 0; c < colors; ++c)
                backdrop.color[c][x] = source.color[c][x];
            backdrop.alpha[x] = a;
            continue;
        }
        const float sum = a + under - a * under;
        for (int c = 0; c < colors; ++c) {
            const float b = backdrop.color[c][x];
            const float s = source.color[c][x];
            backdrop.color[c][x] = over(b, under, s, Mode::blend(b, s), a, sum);
        }
        backdrop.alpha[x] = sum;
    }
}

void nonSeparable(bool color, const PixelRow &backdrop, const PixelRow &source, const float *cover,
                  float opacity, int count)
{
    for (int x = 0; x < count; ++x) {
        const float a = share(source, cover, opacity, x);
        if (a <= 0)
            continue;
        const float b[3] = {backdrop.color[0][x], backdrop.color[1][x], backdrop.color[2][x]};
        const float s[3] = {source.color[0][x], source.color[1][x], source.color[2][x]};
        const float under = backdrop.alpha ? backdrop.alpha[x] : 1;
        float blended[3] = {s[0], s[1], s[2]};
        if (under > 0)
            color ? setLum(s, lum(b), blended) : setLum(b, lum(s), blended);
        const float sum = a + under - a * under;
        for (int c = 0; c < 3; ++c)
            backdrop.color[c][x] = under > 0 ? over(b[c], under, s[c], blended[c], a, sum) : s[c];
        if (backdrop.alpha)
            backdrop.alpha[x] = sum;
    }
}

} // namespace

QString blendModeName(BlendMode mode)
{
    return QCoreApplication::translate("heirloom::BlendMode", names[size_t(mode)].name);
}

QString blendModeId(BlendMode mode)
{
    return QString::fromLatin1(names[size_t(mode)].id);
}

std::optional<BlendMode> blendModeFromId(const QString &id)
{
    for (int i = 0; i < BlendModeCount; ++i) {
        if (id == QLatin1String(names[size_t(i)].id))
            return BlendMode(i);
    }
    return {};
}

HEIRLOOM_VECTORISED void blendRow(BlendMode mode, int colors, const PixelRow &backdrop,
                                  const PixelRow &source, const float *cover, float opacity,
                                  int count)
{
    switch (mode) {
    case BlendMode::Normal:
        return separable<Normal>(colors, backdrop, source, cover, opacity, count);
    case BlendMode::Multiply:
        return separable<Multiply>(colors, backdrop, source, cover, opacity, count);
    case BlendMode::Screen:
        return separable<Screen>(colors, backdrop, source, cover, opacity, count);
    case BlendMode::Overlay:
        return separable<Overlay>(colors, backdrop, source, cover, opacity, count);
    case BlendMode::SoftLight:
        return separable<SoftLight>(colors, backdrop, source, cover, opacity, count);
    case BlendMode::HardLight:
        return separable<HardLight>(colors, backdrop, source, cover, opacity, count);
    case BlendMode::Darken:
        return separable<Darken>(colors, backdrop, source, cover, opacity, count);
    case BlendMode::Lighten:
        return separable<Lighten>(colors, backdrop, source, cover, opacity, count);
    case BlendMode::Difference:
        return separable<Difference>(colors, backdrop, source, cover, opacity, count);
    case BlendMode::Color:
    case BlendMode::Luminosity:
        break;
    }
    const bool color = mode == BlendMode::Color;
    if (colors == 3)
        return nonSeparable(color, backdrop, source, cover, opacity, count);
    // Grey has luminosity alone: Color keeps the backdrop's, Luminosity takes the source's.
    if (!color)
        return separable<Normal>(1, backdrop, source, cover, opacity, count);
    struct KeepBackdrop {
        static float blend(float b, float) { return b; }
    };
    separable<KeepBackdrop>(1, backdrop, source, cover, opacity, count);
}

void replaceRow(int colors, const PixelRow &backdrop, const PixelRow &source, const float *cover,
                float opacity, int count)
{
    for (int x = 0; x < count; ++x) {
        const float share = cover ? opacity * cover[x] : opacity;
        if (share <= 0)
            continue;
        const float sourceAlpha = source.alpha ? source.alpha[x] : 1;
        const float backdropAlpha = backdrop.alpha ? backdrop.alpha[x] : 1;
        // Equally transparent (or both wholly): colours are mixed as they are.
        float to = share;
        float rest = 1 - share;
        if (sourceAlpha != backdropAlpha) {
            const float alpha = sourceAlpha * share + backdropAlpha * rest;
            to *= sourceAlpha / alpha;
            rest *= backdropAlpha / alpha;
            backdrop.alpha[x] = share >= 1 ? sourceAlpha : alpha;
        }
        for (int c = 0; c < colors; ++c) {
            float &b = backdrop.color[c][x];
            const float s = source.color[c][x];
            b = share >= 1 ? s : rest * b + to * s;
        }
    }
}

} // namespace heirloom
