// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe/recipe.h"

#include "operation/pictureoperation.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Recipe", text);
}

constexpr char NeededWord[] = "needed";
constexpr char AlwaysWord[] = "always";

Error unreadable(const QString &what)
{
    return Error(ErrorCode::BadArgument, {what, tr("a recipe of Heirloom (JSON, version 1)")});
}

Result<RecipeStep> stepFrom(const QJsonValue &value, const OperationRegistry &registry)
{
    const QJsonObject json = value.toObject();
    RecipeStep step;
    step.operation = json.value(u"operation").toString();
    if (!registry.find(step.operation))
        return fail(ErrorCode::BadArgument,
                    {step.operation, tr("an operation that this version has")});
    step.parameters = json.value(u"parameters").toObject().toVariantMap();
    step.strength = json.value(u"strength").toDouble(100);
    if (auto good = checkStrength(step.strength); !good)
        return fail(good.error());
    const QString when = json.value(u"when").toString(QLatin1String(NeededWord));
    if (when != QLatin1String(NeededWord) && when != QLatin1String(AlwaysWord))
        return fail(ErrorCode::BadArgument, {when, tr("\"needed\" or \"always\"")});
    step.when = when == QLatin1String(AlwaysWord) ? RecipeStep::When::Always
                                                  : RecipeStep::When::Needed;
    return step;
}

} // namespace

QList<ProposedStep> Recipe::stepsFor(const Measurements &measurements,
                                     const QList<StepRule> &rules) const
{
    QList<ProposedStep> result;
    for (const RecipeStep &wanted : steps) {
        const auto rule = std::ranges::find(rules, wanted.operation, &StepRule::operation);
        const auto proposed = rule != rules.end() ? rule->propose(measurements) : std::nullopt;
        if (!proposed && wanted.when == RecipeStep::When::Needed)
            continue;
        ProposedStep step = proposed.value_or(ProposedStep{wanted.operation, {}, 100, {}, {}});
        step.parameters.insert(wanted.parameters);
        step.strength = wanted.strength;
        if (!proposed)
            step.reason = tr("The recipe \"%1\" asks for it.").arg(name);
        result += step;
    }
    return result;
}

QJsonObject Recipe::toJson() const
{
    QJsonArray list;
    for (const RecipeStep &step : steps) {
        QJsonObject json{{QStringLiteral("operation"), step.operation},
                         {QStringLiteral("when"),
                          QLatin1String(step.when == RecipeStep::When::Always ? AlwaysWord
                                                                              : NeededWord)}};
        if (!step.parameters.isEmpty())
            json[QStringLiteral("parameters")] = QJsonObject::fromVariantMap(step.parameters);
        if (step.strength != 100)
            json[QStringLiteral("strength")] = step.strength;
        list += json;
    }
    QJsonObject json{{QStringLiteral("version"), currentVersion},
                     {QStringLiteral("name"), name},
                     {QStringLiteral("steps"), list}};
    if (!id.isEmpty())
        json[QStringLiteral("id")] = id;
    if (!description.isEmpty())
        json[QStringLiteral("description")] = description;
    return json;
}

Result<Recipe> Recipe::fromJson(const QByteArray &bytes, const OperationRegistry &registry)
{
    QJsonParseError problem;
    const QJsonObject json = QJsonDocument::fromJson(bytes, &problem).object();
    if (problem.error != QJsonParseError::NoError)
        return fail(unreadable(problem.errorString()));
    if (!json.value(u"steps").isArray() || !json.value(u"version").isDouble())
        return fail(unreadable(tr("no steps or no version")));
    const int version = json.value(u"version").toInt();
    if (version < 1 || version > currentVersion)
        return fail(unreadable(tr("version %1").arg(version)));
    Recipe recipe;
    recipe.id = json.value(u"id").toString();
    recipe.name = json.value(u"name").toString();
    recipe.description = json.value(u"description").toString();
    for (const QJsonValue &value : json.value(u"steps").toArray()) {
        const auto step = stepFrom(value, registry);
        if (!step)
            return fail(step.error());
        recipe.steps += *step;
    }
    return recipe;
}

} // namespace heirloom
