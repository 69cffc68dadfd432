// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/tone.h"

#include "image/lab.h"
#include "inference/modelpack.h"
#include "operation/autonumber.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

const QString curvesKey = QStringLiteral("curves");
const QString modelKey = QStringLiteral("model");
const QString autoValue = QStringLiteral("auto");

/// Lab's chroma that grey pictures in three channels stay below.
constexpr double GreyChroma = 1;

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Tone", text);
}

RepairMethods methods()
{
    RepairMethods methods;
    methods.operation = Tone::id();
    methods.twin = Tone::twinId();
    methods.missing = tr("No model for faded colours is installed, so each channel's levels were "
                         "spread; that takes intended tints for fading.");
    methods.failed = tr("%1 Instead, each channel's levels were spread.");
    methods.task = ModelTask::Tone;
    methods.wanted = tr("a model whose task is tone");
    return methods;
}

/// Grey stays grey.
ToneCurves sameForAll(const ToneCurves &curves)
{
    ToneCurves result;
    for (size_t i = 0; i < ToneCurves::points; ++i) {
        const float mean =
            (curves.channels[0][i] + curves.channels[1][i] + curves.channels[2][i]) / 3;
        for (auto &channel : result.channels)
            channel[i] = mean;
    }
    return result;
}

} // namespace

// ---- settings ----------------------------------------------------------------------------------

QVariantMap ToneSettings::toParameters() const
{
    QVariantMap map{{curvesKey, valueOrAuto(curves)}};
    if (!model.isEmpty())
        map.insert(modelKey, model);
    return map;
}

Result<ToneSettings> ToneSettings::fromParameters(const QVariantMap &parameters)
{
    ToneSettings settings;
    settings.model = parameters.value(modelKey).toString();
    const auto curves = textOrAuto<ToneCurves>(parameters, curvesKey);
    if (!curves)
        return fail(curves.error());
    settings.curves = *curves;
    return settings;
}

// ---- the plan ----------------------------------------------------------------------------------

Result<OperationPlan> planTone(const OperationPicture &picture, const ToneSettings &settings,
                               const OperationContext &context)
{
    if (auto good = checkStrength(settings.strength); !good)
        return fail(good.error());
    auto plan = planRepairOf(picture, settings, methods(), context);
    // Curves that are to be found come from everywhere; given ones need no surroundings.
    if (plan)
        plan->reach = settings.curves ? 0 : -1;
    return plan;
}

// ---- the work ----------------------------------------------------------------------------------

Tone::Tone(RepairParts parts, std::shared_ptr<PointPainter> painter, ToneSettings settings)
    : TiledRepair(parts, painter)
    , m_painter(std::move(painter))
    , m_predictor(std::move(parts.loaded.network))
    , m_memoryBytes(parts.context.memoryBytes)
    , m_settings(std::move(settings))
{
    m_settings.model = plan().method;
    m_painter->paint = [this](const Planes &rgb) { return m_settings.curves->applied(rgb); };
}

Result<std::unique_ptr<Tone>> Tone::create(const OperationPicture &picture,
                                           const ToneSettings &settings,
                                           const OperationContext &context)
{
    if (auto good = checkStrength(settings.strength); !good)
        return fail(good.error());
    // Tiles are known by picture and model, not by curves, and are quicker made than found.
    OperationContext uncached = context;
    uncached.cache = nullptr;
    auto parts = partsFor(picture, settings.model, settings.strength, methods(), uncached);
    if (!parts)
        return fail(parts.error());
    return std::unique_ptr<Tone>(
        new Tone(std::move(*parts), std::make_shared<PointPainter>(QStringLiteral("tone-curves")),
                 settings));
}

bool Tone::isIdle() const
{
    return m_settings.curves && *m_settings.curves == ToneCurves::identity();
}

QString Tone::idleText() const
{
    return tr("Tones and colours need nothing, so nothing was changed.");
}

QVariantMap Tone::shownParameters() const
{
    return {{curvesKey, valueOrAuto(m_settings.curves)}};
}

Result<ToneCurves> Tone::predicted(const Planes &samples, const Progress &progress) const
{
    RunControl control;
    control.progress = progress;
    control.budgetBytes = m_memoryBytes;
    const auto answer = answerOf(*m_predictor, {samples, {}, {}}, control);
    if (!answer)
        return fail(answer.error());
    if (answer->channels != 3 || answer->planeSize() != size_t(ToneCurves::points) ||
        !std::all_of(answer->values.begin(), answer->values.end(),
                     [](float v) { return std::isfinite(v); }))
        return fail(ErrorCode::ModelFailed, {m_predictor->pack().id});
    ToneCurves curves;
    for (int c = 0; c < 3; ++c) {
        for (int i = 0; i < ToneCurves::points; ++i)
            curves.channels[size_t(c)][size_t(i)] = std::clamp(answer->plane(c)[i], -4.0F, 4.0F);
    }
    return curves;
}

Result<QVariantMap> Tone::settle(ImageSource &source, const Progress &progress)
{
    if (isSettled())
        return m_settings.toParameters();
    Planes samples;
    const auto thumbnail = toneThumbnail(source, progress.sub(0, 0.9), &samples);
    if (!thumbnail)
        return fail(thumbnail.error());
    auto found = m_predictor ? predicted(samples, progress.sub(0.9, 0.1))
                             : Result<ToneCurves>(autoLevels(*thumbnail));
    if (!found)
        return fail(found.error());
    ToneCurves curves = meanChroma(*thumbnail) < GreyChroma ? sameForAll(*found) : *found;
    m_change = meanChange(curves, *thumbnail);
    if (m_change < smallestChange)
        curves = ToneCurves::identity();
    // As files keep them, so that a result can be made again from what it says of itself.
    m_settings.curves = *ToneCurves::fromText(curves.toText());
    return m_settings.toParameters();
}

Result<std::optional<double>> measureFading(ImageSource &source, const OperationContext &context,
                                            const Progress &progress)
{
    const auto tone = Tone::create({source.size(), source.format(), source.icc(), {}}, {}, context);
    if (!tone)
        return fail(tone.error());
    if (!(*tone)->isLearned())
        return std::optional<double>();
    if (const auto settled = (*tone)->settle(source, progress); !settled)
        return fail(settled.error());
    return std::optional<double>((*tone)->change());
}

QList<Parameter> Tone::parameters()
{
    return {
        {curvesKey, tr("Curves"), autoValue, {}, {}, {}, {}},
        {modelKey, tr("Model"), QString(), {}, {}, {}, {}},
        {QStringLiteral("strength"), tr("Strength"), 100.0, 0.0, 100.0, {}, QStringLiteral("%")},
    };
}

} // namespace heirloom
