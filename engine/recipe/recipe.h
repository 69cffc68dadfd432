// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "recipe/triage.h"

#include <QJsonObject>

namespace heirloom
{

/// One step of a recipe. What is not said in parameters is measured anew for each picture.
struct RecipeStep {
    enum class When {
        Needed, ///< only where triage proposes it
        Always,
    };
    QString operation;
    QVariantMap parameters;
    double strength = 100; ///< percent
    When when = When::Needed;
    bool operator==(const RecipeStep &) const = default;
};

/// Ordered steps with a name, which are saved as JSON ("version": 1) and run on any picture. A
/// value.
struct Recipe {
    static constexpr int currentVersion = 1;

    QString id;          ///< of one that the program brings along; else empty
    QString name;        ///< as a person reads it
    QString description; ///< a sentence
    QList<RecipeStep> steps;
    bool operator==(const Recipe &) const = default;

    /// What it comes to for one picture.
    QList<ProposedStep> stepsFor(const Measurements &measurements,
                                 const QList<StepRule> &rules = standardRules()) const;

    QJsonObject toJson() const;
    /// Errors: BadArgument (no recipe, a newer version, an operation that registry does not have).
    static Result<Recipe> fromJson(const QByteArray &json, const OperationRegistry &registry);
};

} // namespace heirloom
