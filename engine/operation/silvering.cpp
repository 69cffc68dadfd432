// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/silvering.h"

#include "operation/autonumber.h"

#include <QCoreApplication>

namespace heirloom
{

namespace
{

const QString amountKey = QStringLiteral("amount");
const QString sheenKey = QStringLiteral("sheen");
const QString autoValue = QStringLiteral("auto");

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Silvering", text);
}

RepairMethods methods()
{
    return RepairMethods::classical(Silvering::id(), Silvering::twinId());
}

Result<void> check(const SilveringSettings &settings)
{
    if (!(settings.amount >= 0 && settings.amount <= 100)) {
        return fail(ErrorCode::BadArgument,
                    {QString::number(settings.amount), tr("an amount from 0 to 100")});
    }
    return checkStrength(settings.strength);
}

} // namespace

QVariantMap SilveringSettings::toParameters() const
{
    return {{amountKey, amount}, {sheenKey, valueOrAuto(sheen)}};
}

Result<SilveringSettings> SilveringSettings::fromParameters(const QVariantMap &parameters)
{
    SilveringSettings settings;
    const QVariant amount = parameters.value(amountKey, settings.amount);
    bool isNumber = false;
    settings.amount = amount.toDouble(&isNumber);
    if (!isNumber)
        return fail(ErrorCode::BadArgument, {amount.toString(), tr("an amount from 0 to 100")});
    const auto sheen = textOrAuto<SilverSheen>(parameters, sheenKey);
    if (!sheen)
        return fail(sheen.error());
    settings.sheen = *sheen;
    if (auto good = check(settings); !good)
        return fail(good.error());
    return settings;
}

Result<OperationPlan> planSilvering(const OperationPicture &picture,
                                    const SilveringSettings &settings,
                                    const OperationContext &context)
{
    if (auto good = check(settings); !good)
        return fail(good.error());
    auto plan = planRepair(picture, Silvering::twinId(), methods(), context);
    if (!plan)
        return plan;
    plan->parameters = settings.toParameters();
    plan->reach = settings.sheen ? SheenFilter::reach : -1; // it is found in the whole picture
    return plan;
}

Silvering::Silvering(RepairParts parts, std::shared_ptr<SheenFilter> filter,
                     SilveringSettings settings)
    : TiledRepair(std::move(parts), filter)
    , m_filter(std::move(filter))
    , m_settings(std::move(settings))
{
    if (isSettled())
        m_filter->set(*m_settings.sheen);
}

Result<std::unique_ptr<Silvering>> Silvering::create(const OperationPicture &picture,
                                                     const SilveringSettings &settings,
                                                     const OperationContext &context)
{
    if (auto good = check(settings); !good)
        return fail(good.error());
    auto parts = partsFor(picture, twinId(), settings.strength, methods(), context);
    if (!parts)
        return fail(parts.error());
    return std::unique_ptr<Silvering>(
        new Silvering(std::move(*parts), std::make_shared<SheenFilter>(), settings));
}

bool Silvering::isIdle() const
{
    return isSettled() && (m_settings.sheen->isEmpty() || m_settings.amount <= 0);
}

QString Silvering::idleText() const
{
    return tr("No bluish sheen was found in the shadows, so nothing was changed.");
}

QMap<QString, double> Silvering::scalars() const
{
    return {{amountKey, m_settings.amount / 100}};
}

Result<QVariantMap> Silvering::settle(ImageSource &source, const Progress &progress)
{
    if (!isSettled()) {
        const auto found = findSheen(source, progress);
        if (!found)
            return fail(found.error());
        // As files keep it, so that a result can be made again from what it says of itself.
        m_settings.sheen = *SilverSheen::fromText(found->toText());
        m_filter->set(*m_settings.sheen);
    }
    return m_settings.toParameters();
}

QList<Parameter> Silvering::parameters()
{
    return {
        {amountKey, tr("Amount"), 100.0, 0.0, 100.0, {}, QStringLiteral("%")},
        {sheenKey, tr("Sheen"), autoValue, {}, {}, {}, {}},
        {QStringLiteral("strength"), tr("Strength"), 100.0, 0.0, 100.0, {}, QStringLiteral("%")},
    };
}

} // namespace heirloom
