// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/detailfilters.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace heirloom
{

namespace
{

float lumAt(const PixelRow &row, int colors, int x)
{
    return colors == 1 ? row.color[0][x]
                       : 0.3F * row.color[0][x] + 0.59F * row.color[1][x] + 0.11F * row.color[2][x];
}

class ShadowsHighlightsFilter : public AdjustmentFilter
{
public:
    explicit ShadowsHighlightsFilter(const QVariantMap &values)
        : m_shadows(values.value(QStringLiteral("shadows")).toFloat() / 100)
        , m_highlights(values.value(QStringLiteral("highlights")).toFloat() / 100)
        , m_sigma(values.value(QStringLiteral("radius")).toDouble())
    {
    }

    double sigma() const override { return m_sigma; }
    void apply(const PixelRow &row, const PixelRow *blurred, int colors, int count,
               const Place &) const override
    {
        for (int x = 0; x < count; ++x) {
            const float around = std::clamp(lumAt(*blurred, colors, x), 0.0F, 1.0F);
            const float dark = (1 - around) * (1 - around) * (1 - around);
            const float light = around * around * around;
            // Powers below 1 lift the dark end, and the light end when it is turned round.
            const float lift = std::exp2(-m_shadows * dark);
            const float lower = std::exp2(-m_highlights * light);
            for (int c = 0; c < colors; ++c) {
                const float v = std::clamp(row.color[c][x], 0.0F, 1.0F);
                const float lifted = m_shadows == 0 ? v : std::pow(v, lift);
                row.color[c][x] = m_highlights == 0 ? lifted : 1 - std::pow(1 - lifted, lower);
            }
        }
    }

private:
    float m_shadows, m_highlights; ///< -1..1
    double m_sigma;
};

class SharpenFilter : public AdjustmentFilter
{
public:
    explicit SharpenFilter(const QVariantMap &values)
        : m_amount(values.value(QStringLiteral("amount")).toFloat() / 100)
        , m_threshold(values.value(QStringLiteral("threshold")).toFloat() / 255)
        , m_sigma(values.value(QStringLiteral("radius")).toDouble())
    {
    }

    double sigma() const override { return m_sigma; }
    void apply(const PixelRow &row, const PixelRow *blurred, int colors, int count,
               const Place &) const override
    {
        for (int c = 0; c < colors; ++c) {
            float *v = row.color[c];
            const float *around = blurred->color[c];
            for (int x = 0; x < count; ++x) {
                const float detail = v[x] - around[x];
                const float beyond = std::max(std::abs(detail) - m_threshold, 0.0F);
                v[x] =
                    std::min(std::max(v[x] + m_amount * std::copysign(beyond, detail), 0.0F), 1.0F);
            }
        }
    }

private:
    float m_amount, m_threshold;
    double m_sigma;
};

class GrainFilter : public AdjustmentFilter
{
public:
    explicit GrainFilter(const QVariantMap &values)
        : m_amount(values.value(QStringLiteral("amount")).toFloat() / 100 * 0.5F)
        , m_size(values.value(QStringLiteral("size")).toDouble())
        , m_inColor(values.value(QStringLiteral("color")).toDouble() >= 0.5)
        , m_seed(values.value(QStringLiteral("seed")).toUInt())
    {
    }

    void apply(const PixelRow &row, const PixelRow *, int colors, int count,
               const Place &place) const override
    {
        const double step = double(1 << place.level);
        // What is averaged away when the canvas is seen smaller than its grain.
        const float seen = m_amount * float(std::min(1.0, m_size / step));
        const double y = (place.first.y() + 0.5) * step / m_size;
        for (int x = 0; x < count; ++x) {
            const double at = (place.first.x() + x + 0.5) * step / m_size;
            const float luma = std::clamp(lumAt(row, colors, x), 0.0F, 1.0F);
            const float strength = seen * (0.25F + 3 * luma * (1 - luma));
            float noise = value(at, y, 0);
            for (int c = 0; c < colors; ++c) {
                if (m_inColor && c > 0)
                    noise = value(at, y, quint32(c));
                row.color[c][x] = std::clamp(row.color[c][x] + strength * noise, 0.0F, 1.0F);
            }
        }
    }

private:
    /// -0.5..0.5 for a lattice point, the same on every machine (finaliser of MurmurHash3).
    float lattice(qint64 x, qint64 y, quint32 channel) const
    {
        quint32 h = quint32(x) * 0x9E3779B1U ^ quint32(y) * 0x85EBCA77U ^
                    (m_seed * 8 + channel) * 0xC2B2AE3DU;
        h ^= h >> 16;
        h *= 0x85EBCA6BU;
        h ^= h >> 13;
        h *= 0xC2B2AE35U;
        h ^= h >> 16;
        return float(h) * (1.0F / 4294967296.0F) - 0.5F;
    }
    float value(double x, double y, quint32 channel) const
    {
        const auto left = qint64(std::floor(x));
        const auto top = qint64(std::floor(y));
        const auto fx = float(x - double(left));
        const auto fy = float(y - double(top));
        const float upper =
            lattice(left, top, channel) * (1 - fx) + lattice(left + 1, top, channel) * fx;
        const float lower =
            lattice(left, top + 1, channel) * (1 - fx) + lattice(left + 1, top + 1, channel) * fx;
        return upper * (1 - fy) + lower * fy;
    }

    float m_amount;
    double m_size;
    bool m_inColor;
    quint32 m_seed;
};

} // namespace

std::shared_ptr<const AdjustmentFilter> createDetailFilter(const QString &id,
                                                           const QVariantMap &values)
{
    if (id == QLatin1String("shadows-highlights"))
        return std::make_shared<ShadowsHighlightsFilter>(values);
    if (id == QLatin1String("sharpen"))
        return std::make_shared<SharpenFilter>(values);
    if (id == QLatin1String("grain"))
        return std::make_shared<GrainFilter>(values);
    return nullptr;
}

} // namespace heirloom
