// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/deblur.h"

#include "operation/autonumber.h"
#include "operation/blurestimate.h"
#include "operation/deconvolution.h"
#include "operation/noiseestimate.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

const QString amountKey = QStringLiteral("amount");
const QString noiseKey = QStringLiteral("noise");
const QString modelKey = QStringLiteral("model");
const QString autoValue = QStringLiteral("auto");
constexpr double LargestNoise = 75;

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Deblur", text);
}

RepairMethods methods()
{
    return {Deblur::id(), Deblur::twinId(), Deconvolution::reach, Deconvolution::learnedReach,
            tr("No model for noise is installed, so Richardson and Lucy's deconvolution was used "
               "alone; it brings out grain."),
            tr("%1 Instead, Richardson and Lucy's deconvolution was used alone.")};
}

Result<void> check(const DeblurSettings &settings)
{
    if (settings.amount && !(*settings.amount >= 0 && *settings.amount <= 100)) {
        return fail(ErrorCode::BadArgument,
                    {QString::number(*settings.amount), tr("an amount of blur from 0 to 100")});
    }
    if (settings.noise && !(*settings.noise >= 0 && *settings.noise <= LargestNoise)) {
        return fail(ErrorCode::BadArgument,
                    {QString::number(*settings.noise),
                     tr("an amount of noise from 0 to %1").arg(LargestNoise)});
    }
    return checkStrength(settings.strength);
}

double tenths(double value)
{
    return std::round(value * 10) / 10; // what is shown is what is done
}

} // namespace

QVariantMap DeblurSettings::toParameters() const
{
    QVariantMap map{{amountKey, valueOrAuto(amount)}, {noiseKey, valueOrAuto(noise)}};
    if (!model.isEmpty())
        map.insert(modelKey, model);
    return map;
}

Result<DeblurSettings> DeblurSettings::fromParameters(const QVariantMap &parameters)
{
    DeblurSettings settings;
    settings.model = parameters.value(modelKey).toString();
    const auto amount = numberOrAuto(parameters, amountKey);
    if (!amount)
        return fail(amount.error());
    const auto noise = numberOrAuto(parameters, noiseKey);
    if (!noise)
        return fail(noise.error());
    settings.amount = *amount;
    settings.noise = *noise;
    if (auto good = check(settings); !good)
        return fail(good.error());
    return settings;
}

Result<OperationPlan> planDeblur(const OperationPicture &picture,
                                     const DeblurSettings &settings,
                                     const OperationContext &context)
{
    if (auto good = check(settings); !good)
        return fail(good.error());
    auto plan = planRepairOf(picture, settings, methods(), context);
    if (plan)
        plan->reach = -1; // a little of everything reaches everywhere in the end
    return plan;
}

Deblur::Deblur(RepairParts parts, DeblurSettings settings)
    : TiledRepair(parts, std::make_shared<Deconvolution>(parts.loaded.network))
    , m_settings(std::move(settings))
{
    m_settings.model = plan().method;
}

Result<std::unique_ptr<Deblur>> Deblur::create(const OperationPicture &picture,
                                                      const DeblurSettings &settings,
                                                      const OperationContext &context)
{
    if (auto good = check(settings); !good)
        return fail(good.error());
    auto parts = partsFor(picture, settings.model, settings.strength, methods(), context);
    if (!parts)
        return fail(parts.error());
    return std::unique_ptr<Deblur>(new Deblur(std::move(*parts), settings));
}

bool Deblur::isIdle() const
{
    return m_settings.amount && *m_settings.amount <= 0;
}

QString Deblur::idleText() const
{
    return tr("No blur was found, so nothing was changed.");
}

QVariantMap Deblur::shownParameters() const
{
    return {{amountKey, valueOrAuto(m_settings.amount)}, {noiseKey, valueOrAuto(m_settings.noise)}};
}

QMap<QString, double> Deblur::scalars() const
{
    return {{QStringLiteral("blur"), m_settings.amount.value_or(0) / 100 * fullBlur},
            {QStringLiteral("noise"), m_settings.noise.value_or(0)}};
}

Result<QVariantMap> Deblur::settle(ImageSource &source, const Progress &progress)
{
    if (!m_settings.noise) {
        const auto found = estimateNoise(source, progress);
        if (!found)
            return fail(found.error());
        m_settings.noise = tenths(std::min(found->sigma, LargestNoise));
    }
    if (!m_settings.amount) {
        const auto found = estimateBlur(source, *m_settings.noise, progress);
        if (!found)
            return fail(found.error());
        const double amount = tenths(*found / fullBlur * 100);
        m_settings.amount = amount < smallestAmount ? 0 : std::min(amount, 100.0);
    }
    return m_settings.toParameters();
}

QList<Parameter> Deblur::parameters()
{
    return {
        {amountKey, tr("Blur"), autoValue, 0.0, 100.0, {}, QStringLiteral("%")},
        {noiseKey, tr("Noise"), autoValue, 0.0, LargestNoise, {}, {}},
        {modelKey, tr("Model"), QString(), {}, {}, {}, {}},
        {QStringLiteral("strength"), tr("Strength"), 100.0, 0.0, 100.0, {}, QStringLiteral("%")},
    };
}

} // namespace heirloom
