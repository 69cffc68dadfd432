// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe/triage.h"

#include "operation/colorize.h"
#include "operation/deartifact.h"
#include "operation/deblur.h"
#include "operation/denoise.h"
#include "operation/scratches.h"
#include "operation/texture.h"
#include "operation/tone.h"

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

/// A share of surely damaged pixels that 1 of 42 undamaged photographs has, and 24 of 42 with
/// scratches or creases, some of which can hardly be seen.
constexpr double CertainDamage = 0.005;
/// From here on it is worth a look.
constexpr double PossibleDamage = 0.001;

std::optional<ProposedStep> proposeScratches(const Measurements &m)
{
    if (!m.damage || *m.damage < PossibleDamage)
        return {};
    ProposedStep step;
    step.operation = Scratches::id();
    ScratchesSettings settings;
    settings.threshold = ScratchesSettings::cautiousThreshold;
    step.parameters = settings.toParameters();
    step.measured = tr("Damage: %1 % of the picture").arg(*m.damage * 100, 0, 'f', 1);
    step.isCertain = *m.damage >= CertainDamage;
    step.reason = step.isCertain
                      ? tr("Scratches, creases or dust lie over it; look over what was found.")
                      : tr("It may be wires, branches or the like: look with Find damage.");
    return step;
}

std::optional<ProposedStep> proposeTexture(const Measurements &m)
{
    if (m.texture.isEmpty())
        return {};
    ProposedStep step;
    step.operation = Texture::id();
    TextureSettings settings;
    settings.amount = Texture::amountFor(m.texture.contrast);
    settings.waves = m.texture;
    step.parameters = settings.toParameters();
    step.measured = tr("Texture: every %1 pixels").arg(m.texture.period(), 0, 'f', 1);
    step.reason = tr("The paper's surface or printed dots lie over the whole picture.");
    return step;
}

/// Through a texture neither noise nor blur can be measured.
bool isVeiled(const Measurements &m)
{
    return !m.texture.isEmpty();
}

std::optional<ProposedStep> proposeDenoise(const Measurements &m)
{
    const bool isCorrelated = m.grain > 0;
    const double sigma = isCorrelated ? m.grain : m.sigma;
    if (sigma < DisturbingNoise || isVeiled(m))
        return {};
    ProposedStep step;
    step.operation = Denoise::id();
    DenoiseSettings settings;
    settings.sigma = std::min(sigma, Denoise::largestSigma);
    settings.isCorrelated = isCorrelated;
    step.parameters = settings.toParameters();
    step.measured = (isCorrelated ? tr("Film grain: %1 of 255") : tr("Noise: %1 of 255"))
                        .arg(sigma, 0, 'f', 1);
    step.reason = tr("Grain or noise covers fine detail.");
    return step;
}

/// From here on blocks and ringing are seldom seen.
constexpr int GoodQuality = 80;

std::optional<ProposedStep> proposeDeartifact(const Measurements &m)
{
    if (!m.jpegQuality || *m.jpegQuality >= GoodQuality)
        return {};
    ProposedStep step;
    step.operation = Deartifact::id();
    step.parameters = DeartifactSettings{m.jpegQuality, {}, 100}.toParameters();
    step.measured = tr("JPEG quality: about %1 of 100").arg(*m.jpegQuality);
    step.reason = tr("Strong compression left blocks and ringing.");
    return step;
}

std::optional<ProposedStep> proposeDeblur(const Measurements &m)
{
    const double amount = m.blur / Deblur::fullBlur * 100;
    if (amount < Deblur::smallestAmount || isVeiled(m))
        return {};
    ProposedStep step;
    step.operation = Deblur::id();
    DeblurSettings settings;
    settings.amount = std::min(amount, 100.0);
    // Where noise is taken away first, little of it is left.
    settings.noise = proposeDenoise(m) ? DisturbingNoise / 3 : m.sigma;
    step.parameters = settings.toParameters();
    step.measured = tr("Blur: %1 pixels").arg(m.blur, 0, 'f', 1);
    step.reason = tr("Even the sharpest edges are soft.");
    return step;
}

/// A distance in Lab from what a network takes for unfaded colours that 2 of 100 good photographs
/// have, and 37 of 100 faded ones (models/training/README.md).
constexpr double CertainFading = 15;

/// Slight fading cannot be told from what was in front of the camera: then it is an offer.
std::optional<ProposedStep> offerTone(const Measurements &m)
{
    ProposedStep step;
    step.operation = Tone::id();
    step.parameters = ToneSettings().toParameters();
    step.isCertain = m.fading && *m.fading >= CertainFading;
    if (step.isCertain) {
        step.measured = tr("Fading: colours off by about %1").arg(*m.fading, 0, 'f', 0);
        step.reason = tr("The dyes seem to have faded.");
    } else {
        step.measured = tr("Tones: %1 to %2 of 255")
                            .arg(m.darkest * 255, 0, 'f', 0)
                            .arg(m.brightest * 255, 0, 'f', 0);
        step.reason = tr("A guess, not always for the better.");
    }
    return step;
}

QString facesText(int faces)
{
    return QCoreApplication::translate("heirloom::Triage", "Colour: none; %n face(s)", nullptr,
                                       faces);
}

/// Whether a person wants colours cannot be measured.
std::optional<ProposedStep> offerColor(const Measurements &m)
{
    if (!m.isGrey())
        return {};
    ProposedStep step;
    step.operation = Colorize::id();
    step.parameters = ColorizeSettings().toParameters();
    step.measured = m.faces == 0 ? tr("Colour: none")
                                 : facesText(m.faces);
    step.reason = tr("A network's guess; Colour corrects it by hints.");
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
        {Deartifact::id(), proposeDeartifact},
        {Texture::id(), proposeTexture},
        {Scratches::id(), proposeScratches, true},
        {Denoise::id(), proposeDenoise},
        {Deblur::id(), proposeDeblur},
        {Tone::id(), offerTone, true},
        {Colorize::id(), offerColor, true},
    };
}

QList<ProposedStep> offerSteps(const Measurements &measurements, const QList<StepRule> &rules)
{
    QList<ProposedStep> steps;
    for (const StepRule &rule : rules) {
        auto step = rule.propose(measurements);
        if (!step)
            continue;
        step->isOptional = rule.offByDefault && !step->isCertain;
        steps += *step;
    }
    return steps;
}

QList<ProposedStep> proposeSteps(const Measurements &measurements, const QList<StepRule> &rules)
{
    QList<ProposedStep> steps = offerSteps(measurements, rules);
    steps.removeIf([](const ProposedStep &step) { return step.isOptional; });
    return steps;
}

} // namespace heirloom
