// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe/triage.h"

#include "operation/denoise.h"

#include <QCoreApplication>

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Triage", text);
}

/// Below this the grain of a sharp photograph cannot be told from its finest texture, and removing
/// it would take more than it gives.
constexpr double DisturbingNoise = 6;

std::optional<ProposedStep> proposeDenoise(const Measurements &m)
{
    if (m.sigma < DisturbingNoise)
        return {};
    ProposedStep step;
    step.operation = Denoise::id();
    step.parameters = DenoiseSettings{std::min(m.sigma, Denoise::largestSigma), {}, 100}.toParameters();
    step.measured = tr("Noise: %1 of 255").arg(m.sigma, 0, 'f', 1);
    step.reason = tr("Grain or noise covers fine detail.");
    return step;
}

} // namespace

QJsonObject stepJson(const ProposedStep &step)
{
    return {{QStringLiteral("operation"), step.operation},
            {QStringLiteral("parameters"), QJsonObject::fromVariantMap(step.parameters)},
            {QStringLiteral("strength"), step.strength},
            {QStringLiteral("measured"), step.measured},
            {QStringLiteral("reason"), step.reason}};
}

QList<StepRule> standardRules()
{
    return {
        {Denoise::id(), proposeDenoise},
    };
}

QList<ProposedStep> proposeSteps(const Measurements &measurements, const QList<StepRule> &rules)
{
    QList<ProposedStep> steps;
    for (const StepRule &rule : rules) {
        if (rule.offByDefault)
            continue;
        if (const auto step = rule.propose(measurements))
            steps += *step;
    }
    return steps;
}

} // namespace heirloom
