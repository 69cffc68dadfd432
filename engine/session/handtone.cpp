// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/handtone.h"

namespace heirloom
{

namespace
{

/// How far the quarter tones go at full contrast: the middle is twice as steep, or flat.
constexpr double MostContrast = 0.125;

QVariantMap withoutZeros(QVariantMap values)
{
    for (auto it = values.begin(); it != values.end();)
        it = it->toDouble() == 0 ? values.erase(it) : std::next(it);
    return values;
}

} // namespace

QVariantMap HandTone::toParameters() const
{
    return withoutZeros({{QStringLiteral("exposure"), exposure},
                         {QStringLiteral("contrast"), contrast},
                         {QStringLiteral("saturation"), saturation},
                         {QStringLiteral("temperature"), temperature},
                         {QStringLiteral("tint"), tint}});
}

QList<AdjustmentContent> HandTone::adjustments() const
{
    QList<AdjustmentContent> list;
    const auto add = [&list](const QString &id, const QVariantMap &values) {
        if (const QVariantMap given = withoutZeros(values); !given.isEmpty())
            list += {id, given};
    };
    add(QStringLiteral("white-balance"),
        {{QStringLiteral("temperature"), temperature}, {QStringLiteral("tint"), tint}});
    add(QStringLiteral("exposure"), {{QStringLiteral("exposure"), exposure}});
    if (contrast != 0) {
        const double shift = contrast / 100 * MostContrast;
        const auto point = [](double x, double y) { return QVariant(QVariantList{x, y}); };
        list += {QStringLiteral("curves"),
                 {{QStringLiteral("master"),
                   QVariantList{point(0, 0), point(0.25, 0.25 - shift), point(0.75, 0.75 + shift),
                                point(1, 1)}}}};
    }
    add(QStringLiteral("saturation"), {{QStringLiteral("saturation"), saturation}});
    return list;
}

} // namespace heirloom
