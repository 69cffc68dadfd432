// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/sharpen.h"

#include "operation/autonumber.h"
#include "operation/denoise.h"
#include "operation/noiseestimate.h"
#include "operation/unsharpmask.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

const QString amountKey = QStringLiteral("amount");
const QString radiusKey = QStringLiteral("radius");
const QString thresholdKey = QStringLiteral("threshold");

/// Of noise; few of its values lie beyond.
constexpr double ThresholdPerSigma = 1.5;

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Sharpen", text);
}

RepairMethods methods()
{
    return RepairMethods::classical(Sharpen::id(), Sharpen::twinId());
}

Result<void> inRange(const QString &what, double value, double least, double most)
{
    if (value >= least && value <= most)
        return {};
    return fail(ErrorCode::BadArgument,
                {QString::number(value), tr("%1 from %2 to %3").arg(what).arg(least).arg(most)});
}

Result<void> check(const SharpenSettings &s)
{
    using Settings = SharpenSettings;
    if (auto good = inRange(tr("an amount"), s.amount, 0, Settings::mostAmount); !good)
        return good;
    if (auto good = inRange(tr("a radius"), s.radius, Settings::smallestRadius,
                            Settings::largestRadius);
        !good)
        return good;
    if (auto good = inRange(tr("a threshold"), s.threshold.value_or(0), 0, Settings::mostThreshold);
        !good)
        return good;
    return checkStrength(s.strength);
}

} // namespace

QVariantMap SharpenSettings::toParameters() const
{
    return {{amountKey, amount}, {radiusKey, radius}, {thresholdKey, valueOrAuto(threshold)}};
}

Result<SharpenSettings> SharpenSettings::fromParameters(const QVariantMap &parameters)
{
    SharpenSettings settings;
    for (const auto &[key, value] : {std::pair(amountKey, &settings.amount),
                                     std::pair(radiusKey, &settings.radius)}) {
        const QVariant given = parameters.value(key, *value);
        bool good = false;
        *value = given.toDouble(&good);
        if (!good)
            return fail(ErrorCode::BadArgument, {given.toString(), tr("a number")});
    }
    const auto threshold = numberOrAuto(parameters, thresholdKey);
    if (!threshold)
        return fail(threshold.error());
    settings.threshold = *threshold;
    if (auto good = check(settings); !good)
        return fail(good.error());
    return settings;
}

Result<OperationPlan> planSharpen(const OperationPicture &picture, const SharpenSettings &settings,
                                  const OperationContext &context)
{
    if (auto good = check(settings); !good)
        return fail(good.error());
    auto plan = planRepair(picture, Sharpen::twinId(), methods(), context);
    if (!plan)
        return plan;
    plan->parameters = settings.toParameters();
    // The noise that is to be found comes from everywhere.
    plan->reach = settings.threshold ? UnsharpMask::reachOf(settings.radius) : -1;
    return plan;
}

Sharpen::Sharpen(RepairParts parts, SharpenSettings settings)
    : TiledRepair(std::move(parts), std::make_shared<UnsharpMask>(settings.radius))
    , m_settings(settings)
{
}

Result<std::unique_ptr<Sharpen>> Sharpen::create(const OperationPicture &picture,
                                                 const SharpenSettings &settings,
                                                 const OperationContext &context)
{
    if (auto good = check(settings); !good)
        return fail(good.error());
    auto parts = partsFor(picture, twinId(), settings.strength, methods(), context);
    if (!parts)
        return fail(parts.error());
    return std::unique_ptr<Sharpen>(new Sharpen(std::move(*parts), settings));
}

double Sharpen::thresholdFor(double noise)
{
    // Below that it is more likely the finest detail of a clean picture.
    if (noise < Denoise::smallestSigma)
        return 0;
    return std::min(std::round(ThresholdPerSigma * noise * 10) / 10,
                    SharpenSettings::mostThreshold);
}

QString Sharpen::idleText() const
{
    return tr("An amount of 0 changes nothing.");
}

QMap<QString, double> Sharpen::scalars() const
{
    return {{amountKey, m_settings.amount / 100},
            {radiusKey, m_settings.radius},
            {thresholdKey, m_settings.threshold.value_or(0) / 255}};
}

Result<QVariantMap> Sharpen::settle(ImageSource &source, const Progress &progress)
{
    if (!isSettled()) {
        const auto noise = estimateNoise(source, progress);
        if (!noise)
            return fail(noise.error());
        m_settings.threshold = thresholdFor(noise->sigma);
    }
    return m_settings.toParameters();
}

QList<Parameter> Sharpen::parameters()
{
    using Settings = SharpenSettings;
    const Settings usual;
    return {
        {amountKey, tr("Amount"), usual.amount, 0.0, Settings::mostAmount, {}, QStringLiteral("%")},
        {radiusKey,
         tr("Radius"),
         usual.radius,
         Settings::smallestRadius,
         Settings::largestRadius,
         {},
         QStringLiteral("px")},
        {thresholdKey, tr("Threshold"), QStringLiteral("auto"), 0.0, Settings::mostThreshold, {},
         {}},
        {QStringLiteral("strength"), tr("Strength"), 100.0, 0.0, 100.0, {}, QStringLiteral("%")},
    };
}

} // namespace heirloom
