// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/tonefilters.h"

#include "image/lab.h"
#include "image/vectorised.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace heirloom
{

namespace
{

/// Fine enough that every 16-bit value hits an entry.
constexpr int lastEntry = 65535;

using Table = std::vector<float>;

Table tableOf(const std::function<double(double)> &function)
{
    Table table(lastEntry + 2);
    for (int i = 0; i <= lastEntry; ++i)
        table[size_t(i)] = float(std::clamp(function(double(i) / lastEntry), 0.0, 1.0));
    table[lastEntry + 1] = table[lastEntry];
    return table;
}

HEIRLOOM_VECTORISED void look(const float *table, float *values, int count)
{
    for (int i = 0; i < count; ++i) {
        const float place = std::min(std::max(values[i], 0.0F), 1.0F) * lastEntry;
        const int below = int(place);
        const float share = place - float(below);
        values[i] =
            table[below] + (table[below + 1] - table[below]) * share;
    }
}

class TableFilter : public AdjustmentFilter
{
public:
    /// One table for all channels.
    explicit TableFilter(Table table)
        : m_tables{std::move(table)}
    {
    }
    explicit TableFilter(std::array<Table, 3> tables)
        : m_tables{std::move(tables[0]), std::move(tables[1]), std::move(tables[2])}
    {
    }

    void apply(const PixelRow &row, const PixelRow *, int colors, int count,
               const Place &) const override
    {
        for (int c = 0; c < colors; ++c)
            look(m_tables[size_t(c) % m_tables.size()].data(), row.color[c], count);
    }
    bool takesInterleaved() const override { return m_tables.size() == 1; }

private:
    std::vector<Table> m_tables;
};

std::shared_ptr<const AdjustmentFilter> levels(const QVariantMap &values)
{
    const auto value = [&values](const char *key) {
        return values.value(QLatin1String(key)).toDouble();
    };
    const double black = value("black") / 255;
    // The white point stays above the black one, whatever was asked for.
    const double white = std::max(value("white") / 255, black + 1.0 / 255);
    const double gamma = value("gamma");
    const double low = value("output-black") / 255;
    const double high = value("output-white") / 255;
    return std::make_shared<TableFilter>(tableOf([=](double v) {
        return low + (high - low) *
                         std::pow(std::clamp((v - black) / (white - black), 0.0, 1.0), 1 / gamma);
    }));
}

bool isStraight(const QVariantList &points)
{
    return std::all_of(points.begin(), points.end(),
                       [](const QVariant &p) { return p.toList()[0] == p.toList()[1]; }) &&
           points.first().toList()[0].toDouble() == 0 && points.last().toList()[0].toDouble() == 1;
}

std::shared_ptr<const AdjustmentFilter> curves(const QVariantMap &values)
{
    const ToneCurve master(values.value(QStringLiteral("master")).toList());
    const QString keys[] = {QStringLiteral("red"), QStringLiteral("green"), QStringLiteral("blue")};
    if (std::all_of(std::begin(keys), std::end(keys), [&values](const QString &key) {
            return isStraight(values.value(key).toList());
        }))
        return std::make_shared<TableFilter>(tableOf([&](double v) { return master.at(v); }));
    std::array<Table, 3> tables;
    for (size_t c = 0; c < 3; ++c) {
        const ToneCurve channel(values.value(keys[c]).toList());
        tables[c] = tableOf([&](double v) { return master.at(channel.at(v)); });
    }
    return std::make_shared<TableFilter>(std::move(tables));
}

Table gainTable(double gain)
{
    return tableOf([gain](double v) {
        return double(linearToSrgb(float(double(srgbToLinear(float(v))) * gain)));
    });
}

std::shared_ptr<const AdjustmentFilter> whiteBalance(const QVariantMap &values)
{
    const double warm = values.value(QStringLiteral("temperature")).toDouble() / 100;
    const double tint = values.value(QStringLiteral("tint")).toDouble() / 100;
    std::array<double, 3> gains{std::exp2(warm * 0.5), std::exp2(-tint * 0.35),
                                std::exp2(-warm * 0.5)};
    // White keeps its luminance (ITU-R BT.709 weights).
    const double luminance = 0.2126 * gains[0] + 0.7152 * gains[1] + 0.0722 * gains[2];
    std::array<Table, 3> tables;
    for (size_t c = 0; c < 3; ++c)
        tables[c] = gainTable(gains[c] / luminance);
    return std::make_shared<TableFilter>(std::move(tables));
}

} // namespace

std::shared_ptr<const AdjustmentFilter> createToneFilter(const QString &id,
                                                         const QVariantMap &values)
{
    if (id == QLatin1String("levels"))
        return levels(values);
    if (id == QLatin1String("curves"))
        return curves(values);
    if (id == QLatin1String("exposure"))
        return std::make_shared<TableFilter>(
            gainTable(std::exp2(values.value(QStringLiteral("exposure")).toDouble())));
    if (id == QLatin1String("white-balance"))
        return whiteBalance(values);
    return nullptr;
}

ToneCurve::ToneCurve(const QVariantList &points)
{
    for (const QVariant &point : points) {
        m_x.push_back(point.toList()[0].toDouble());
        m_y.push_back(point.toList()[1].toDouble());
    }
    const size_t n = m_x.size();
    std::vector<double> secant(n - 1);
    for (size_t i = 0; i + 1 < n; ++i)
        secant[i] = (m_y[i + 1] - m_y[i]) / (m_x[i + 1] - m_x[i]);
    m_slope.assign(n, 0);
    m_slope.front() = secant.front();
    m_slope.back() = secant.back();
    for (size_t i = 1; i + 1 < n; ++i)
        m_slope[i] = secant[i - 1] * secant[i] <= 0 ? 0 : (secant[i - 1] + secant[i]) / 2;
    for (size_t i = 0; i + 1 < n; ++i) {
        if (secant[i] == 0) {
            m_slope[i] = m_slope[i + 1] = 0;
            continue;
        }
        const double a = m_slope[i] / secant[i];
        const double b = m_slope[i + 1] / secant[i];
        const double length = std::hypot(a, b);
        if (length > 3) { // outside the circle in which the piece is monotone
            m_slope[i] = 3 * a / length * secant[i];
            m_slope[i + 1] = 3 * b / length * secant[i];
        }
    }
}

double ToneCurve::at(double x) const
{
    if (x <= m_x.front())
        return m_y.front();
    if (x >= m_x.back())
        return m_y.back();
    const size_t i = size_t(std::upper_bound(m_x.begin(), m_x.end(), x) - m_x.begin()) - 1;
    const double h = m_x[i + 1] - m_x[i];
    const double t = (x - m_x[i]) / h;
    const double u = 1 - t;
    return m_y[i] * (1 + 2 * t) * u * u + m_slope[i] * h * t * u * u +
           m_y[i + 1] * t * t * (3 - 2 * t) - m_slope[i + 1] * h * t * t * u;
}

} // namespace heirloom
