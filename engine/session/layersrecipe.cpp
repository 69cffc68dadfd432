// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/layersrecipe.h"

#include "operation/pictureoperation.h"
#include "session/airun.h"
#include "session/modelenvironment.h"

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

const QString autoValue = QStringLiteral("auto");
const QString modelKey = QStringLiteral("model");

/// The method that an operation uses where none is asked for; empty: it cannot be planned so.
QString usualMethod(const Snapshot &state, const QString &operation, ModelEnvironment &models)
{
    const auto plan =
        planOperation(operation, pictureOf(state.canvas), {}, models.planContext());
    return plan ? plan->method : QString();
}

QVariantMap keptParameters(const AiContent &content, const OperationInfo &info,
                           const QString &usual)
{
    QVariantMap kept = content.parameters;
    for (const Parameter &parameter : info.parameters) {
        const QVariant value = kept.value(parameter.key);
        if (parameter.defaultValue == autoValue || parameter.defaultValue == value ||
            (parameter.key == modelKey && (content.method == usual || value == usual)))
            kept.remove(parameter.key);
    }
    return kept;
}

RecipeStep::When whenOf(const QString &operation, const QList<StepRule> &rules)
{
    const auto rule = std::ranges::find(rules, operation, &StepRule::operation);
    return rule != rules.end() && !rule->offByDefault ? RecipeStep::When::Needed
                                                      : RecipeStep::When::Always;
}

} // namespace

LayersRecipe recipeOf(const Snapshot &state, ModelEnvironment &models)
{
    const OperationRegistry registry = OperationRegistry::standard();
    const QList<StepRule> rules = standardRules();
    LayersRecipe result;
    for (const Layer &layer : state.stack) {
        if (layer.kind != LayerKind::Ai || !layer.visible || layer.opacity <= 0)
            continue;
        const OperationInfo *info = registry.find(layer.ai.operation);
        if (!info || info->takesMask) {
            result.leavesOut = true;
            continue;
        }
        result.leavesOut = result.leavesOut || layer.mask.isActive();
        RecipeStep step;
        step.operation = info->id;
        step.parameters =
            keptParameters(layer.ai, *info, usualMethod(state, info->id, models));
        step.strength = std::round(layer.opacity * 100);
        step.when = whenOf(info->id, rules);
        result.recipe.steps += step;
    }
    return result;
}

} // namespace heirloom
