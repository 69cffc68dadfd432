// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/registry.h"
#include "recipe/measurements.h"

#include <functional>

namespace heirloom
{

/// A step that a picture may need, ready to be run.
struct ProposedStep {
    QString operation;
    QVariantMap parameters; ///< complete: what was measured stands in them
    double strength = 100;  ///< percent
    QString measured;       ///< translated: "Noise: 14 of 255"
    QString reason;         ///< translated sentence
    /// Not needed as far as can be measured, but a person may want it (offerSteps()).
    bool isOptional = false;
    bool isCertain = false; ///< needed, though its rule is off by default
    bool operator==(const ProposedStep &) const = default;
};

/// "operation", "parameters", "strength", "measured", "reason".
QJsonObject stepJson(const ProposedStep &step);

/// When an operation is proposed. The rules of all operations are one table, in the order in which
/// the steps have to run.
struct StepRule {
    QString operation;
    /// Nothing: the picture does not need it.
    std::function<std::optional<ProposedStep>(const Measurements &)> propose;
    /// Only where a recipe or the user asks for it.
    bool offByDefault = false;
};

/// All that this program has.
QList<StepRule> standardRules();

/// What the picture needs, in the order to run; empty: nothing is needed.
QList<ProposedStep> proposeSteps(const Measurements &measurements,
                                 const QList<StepRule> &rules = standardRules());

/// The same, and in their places those that are off by default, as optional ones: what a person
/// chooses from.
QList<ProposedStep> offerSteps(const Measurements &measurements,
                               const QList<StepRule> &rules = standardRules());

} // namespace heirloom
