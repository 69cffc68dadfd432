// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/fundus.h"

#include "operation/autonumber.h"

#include <QCoreApplication>

namespace heirloom
{

namespace
{

const QString lightKey = QStringLiteral("light");
const QString contrastKey = QStringLiteral("contrast");
const QString limitKey = QStringLiteral("limit");
const QString fieldKey = QStringLiteral("field");
const QString autoValue = QStringLiteral("auto");

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Fundus", text);
}

RepairMethods methods()
{
    return RepairMethods::classical(Fundus::id(), Fundus::twinId());
}

/// A number of the settings: where it lies and what it may be.
struct Number {
    const QString &key;
    double FundusSettings::*member;
    double least, most;
    QString wanted;
};

QList<Number> numbers()
{
    return {{lightKey, &FundusSettings::light, 0, 100, tr("an amount of light from 0 to 100")},
            {contrastKey, &FundusSettings::contrast, 0, 100, tr("a contrast from 0 to 100")},
            {limitKey, &FundusSettings::limit, FundusSettings::smallestLimit,
             FundusSettings::largestLimit, tr("a limit of contrast from 1 to 10")}};
}

Result<void> check(const FundusSettings &settings)
{
    for (const Number &number : numbers()) {
        const double value = settings.*number.member;
        if (!(value >= number.least && value <= number.most))
            return fail(ErrorCode::BadArgument, {QString::number(value), number.wanted});
    }
    return checkStrength(settings.strength);
}

} // namespace

QVariantMap FundusSettings::toParameters() const
{
    return {{lightKey, light},
            {contrastKey, contrast},
            {limitKey, limit},
            {fieldKey, valueOrAuto(field)}};
}

Result<FundusSettings> FundusSettings::fromParameters(const QVariantMap &parameters)
{
    FundusSettings settings;
    for (const Number &number : numbers()) {
        const QVariant value = parameters.value(number.key, settings.*number.member);
        bool isNumber = false;
        settings.*number.member = value.toDouble(&isNumber);
        if (!isNumber)
            return fail(ErrorCode::BadArgument, {value.toString(), number.wanted});
    }
    const auto field = textOrAuto<FundusField>(parameters, fieldKey);
    if (!field)
        return fail(field.error());
    settings.field = *field;
    if (auto good = check(settings); !good)
        return fail(good.error());
    return settings;
}

QString Fundus::caution()
{
    return tr("Heirloom is no medical device: look at the unchanged picture for any finding.");
}

Result<OperationPlan> planFundus(const OperationPicture &picture, const FundusSettings &settings,
                                 const OperationContext &context)
{
    if (auto good = check(settings); !good)
        return fail(good.error());
    auto plan = planRepair(picture, Fundus::twinId(), methods(), context);
    if (!plan)
        return plan;
    plan->parameters = settings.toParameters();
    plan->reach = settings.field // else it is found in the whole picture
                      ? FundusFilter::reachFor(*settings.field, picture.size)
                      : -1;
    plan->warnings += Fundus::caution();
    return plan;
}

Fundus::Fundus(RepairParts parts, QSize picture, std::shared_ptr<FundusFilter> filter,
               FundusSettings settings)
    : TiledRepair(std::move(parts), filter)
    , m_size(picture)
    , m_filter(std::move(filter))
    , m_settings(std::move(settings))
{
    if (isSettled())
        m_filter->set(*m_settings.field, m_size);
}

Result<std::unique_ptr<Fundus>> Fundus::create(const OperationPicture &picture,
                                               const FundusSettings &settings,
                                               const OperationContext &context)
{
    if (auto good = check(settings); !good)
        return fail(good.error());
    auto parts = partsFor(picture, twinId(), settings.strength, methods(), context);
    if (!parts)
        return fail(parts.error());
    parts->loaded.plan.warnings += caution();
    return std::unique_ptr<Fundus>(new Fundus(std::move(*parts), picture.size,
                                              std::make_shared<FundusFilter>(), settings));
}

bool Fundus::isIdle() const
{
    return isSettled() && (m_settings.field->isEmpty() ||
                           (m_settings.light <= 0 && m_settings.contrast <= 0));
}

QString Fundus::idleText() const
{
    return tr("No round field of a fundus camera on black was found, so nothing was changed.");
}

QMap<QString, double> Fundus::scalars() const
{
    return {{lightKey, m_settings.light / 100},
            {contrastKey, m_settings.contrast / 100},
            {limitKey, m_settings.limit}};
}

Result<QVariantMap> Fundus::settle(ImageSource &source, const Progress &progress)
{
    if (!isSettled()) {
        const auto found = findFundus(source, progress);
        if (!found)
            return fail(found.error());
        // As files keep it, so that a result can be made again from what it says of itself.
        m_settings.field = *FundusField::fromText(found->toText());
        m_filter->set(*m_settings.field, m_size);
    }
    return m_settings.toParameters();
}

QList<Parameter> Fundus::parameters()
{
    const FundusSettings usual;
    const QString percent = QStringLiteral("%");
    return {
        {lightKey, tr("Even light"), usual.light, 0.0, 100.0, {}, percent},
        {contrastKey, tr("Contrast"), usual.contrast, 0.0, 100.0, {}, percent},
        {limitKey, tr("Limit of contrast"), usual.limit, FundusSettings::smallestLimit,
         FundusSettings::largestLimit, {}, {}},
        {fieldKey, tr("Field"), autoValue, {}, {}, {}, {}},
        {QStringLiteral("strength"), tr("Strength"), 100.0, 0.0, 100.0, {}, percent},
    };
}

} // namespace heirloom
