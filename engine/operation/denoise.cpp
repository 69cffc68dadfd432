// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/denoise.h"

#include "operation/graindenoiser.h"
#include "operation/noiseestimate.h"
#include "operation/nonlocalmeans.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

const QString sigmaKey = QStringLiteral("sigma");
const QString correlatedKey = QStringLiteral("correlated");
const QString modelKey = QStringLiteral("model");
const QString autoValue = QStringLiteral("auto");

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Denoise", text);
}

RepairMethods methods()
{
    return {Denoise::id(), Denoise::twinId(), NonLocalMeans::description().halo, 0,
            tr("No model for noise is installed, so non-local means was used; it keeps less "
               "detail."),
            tr("%1 Instead, non-local means was used.")};
}

/// Before noise is measured it may turn out to be correlated.
int reachOf(const OperationPlan &plan, const DenoiseSettings &settings)
{
    const bool maybeTwoSizes = settings.isCorrelated || !settings.sigma;
    return !plan.modelId.isEmpty() && maybeTwoSizes ? GrainDenoiser::haloFor(plan.reach)
                                                    : plan.reach;
}

Result<void> check(const DenoiseSettings &settings)
{
    if (settings.sigma && !(*settings.sigma >= 0 && *settings.sigma <= Denoise::largestSigma)) {
        return fail(ErrorCode::BadArgument,
                    {QString::number(*settings.sigma),
                     tr("an amount of noise from 0 to %1").arg(Denoise::largestSigma)});
    }
    return checkStrength(settings.strength);
}

} // namespace

// ---- settings ----------------------------------------------------------------------------------

QVariantMap DenoiseSettings::toParameters() const
{
    QVariantMap map{{sigmaKey, sigma ? QVariant(*sigma) : QVariant(autoValue)}};
    if (isCorrelated)
        map.insert(correlatedKey, true);
    if (!model.isEmpty())
        map.insert(modelKey, model);
    return map;
}

Result<DenoiseSettings> DenoiseSettings::fromParameters(const QVariantMap &parameters)
{
    DenoiseSettings settings;
    settings.model = parameters.value(modelKey).toString();
    settings.isCorrelated = parameters.value(correlatedKey, false).toBool();
    const QVariant sigma = parameters.value(sigmaKey, autoValue);
    if (sigma.toString() != autoValue) {
        bool ok = false;
        settings.sigma = sigma.toDouble(&ok);
        if (!ok) {
            return fail(ErrorCode::BadArgument,
                        {sigma.toString(), tr("\"auto\" or an amount of noise from 0 to %1")
                                               .arg(Denoise::largestSigma)});
        }
    }
    if (auto good = check(settings); !good)
        return fail(good.error());
    return settings;
}

// ---- the plan ----------------------------------------------------------------------------------

Result<OperationPlan> planDenoise(const OperationPicture &picture, const DenoiseSettings &settings,
                                  const OperationContext &context)
{
    if (auto good = check(settings); !good)
        return fail(good.error());
    auto plan = planRepairOf(picture, settings, methods(), context);
    if (plan)
        plan->reach = reachOf(*plan, settings);
    return plan;
}

// ---- the work ----------------------------------------------------------------------------------

Denoise::Denoise(RepairParts parts, DenoiseSettings settings)
    : TiledRepair(parts, parts.networkOr([] { return std::make_shared<NonLocalMeans>(); }))
    , m_settings(std::move(settings))
    , m_network(parts.loaded.network)
{
    m_settings.model = plan().method;
    if (isSettled())
        chooseForGrain();
}

void Denoise::chooseForGrain()
{
    if (m_settings.isCorrelated && m_network && !isIdle()) {
        useInstead(std::make_shared<GrainDenoiser>(m_network),
                   tr("The noise of neighbouring pixels is alike, as film grain's is, so it was "
                      "removed at half size first."));
    }
}

Result<std::unique_ptr<Denoise>> Denoise::create(const OperationPicture &picture,
                                                       const DenoiseSettings &settings,
                                                       const OperationContext &context)
{
    if (auto good = check(settings); !good)
        return fail(good.error());
    auto parts = partsFor(picture, settings.model, settings.strength, methods(), context);
    if (!parts)
        return fail(parts.error());
    parts->loaded.plan.reach = reachOf(parts->loaded.plan, settings);
    return std::unique_ptr<Denoise>(new Denoise(std::move(*parts), settings));
}

bool Denoise::isIdle() const
{
    return m_settings.sigma && *m_settings.sigma <= 0;
}

QString Denoise::idleText() const
{
    return tr("No noise was found, so nothing was changed.");
}

QVariantMap Denoise::shownParameters() const
{
    QVariantMap shown = m_settings.toParameters();
    shown.remove(modelKey);
    return shown;
}

QMap<QString, double> Denoise::scalars() const
{
    return {{sigmaKey, m_settings.sigma.value_or(0) / 255}};
}

Result<QVariantMap> Denoise::settle(ImageSource &source, const Progress &progress)
{
    if (!isSettled()) {
        const auto found = estimateNoise(source, progress);
        if (!found)
            return fail(found.error());
        // To a tenth, so that what is shown is what is done.
        const double sigma = std::round(found->strength() * 10) / 10;
        m_settings.sigma = sigma < smallestSigma ? 0 : std::min(sigma, largestSigma);
        m_settings.isCorrelated = found->isCorrelated();
        chooseForGrain();
    }
    return m_settings.toParameters();
}

QList<Parameter> Denoise::parameters()
{
    return {
        {sigmaKey, tr("Noise"), autoValue, 0.0, largestSigma, {}, {}},
        {correlatedKey, tr("Film grain"), false, {}, {}, {}, {}},
        {modelKey, tr("Model"), QString(), {}, {}, {}, {}},
        {QStringLiteral("strength"), tr("Strength"), 100.0, 0.0, 100.0, {}, QStringLiteral("%")},
    };
}

} // namespace heirloom
