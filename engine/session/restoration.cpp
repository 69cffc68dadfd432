// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/restoration.h"

#include "document/adjustment.h"
#include "document/compositor.h"
#include "document/document.h"
#include "session/airun.h"
#include "session/rgbsource.h"
#include "session/modelenvironment.h"

#include <QCoreApplication>

#include <algorithm>

namespace heirloom
{

namespace
{

std::unique_ptr<Document> documentOf(const RestoredPicture &picture, const ColorProfile &profile)
{
    return Document::fromOriginal(picture.pixels, profile, {});
}

/// What the document shows; a single layer as it is.
Result<TiledBuffer> flattened(const Document &document, const Progress &progress)
{
    if (document.stack().count() == 1)
        return document.stack().at(0).pixels;
    CompositorSource source(document.snapshot(), document.store());
    return TiledBuffer::fromSource(source, document.store(), progress);
}

} // namespace

Result<RestoredPicture> restored(RestoredPicture picture, const QList<ProposedStep> &steps,
                                 ModelEnvironment &models, const Progress &progress)
{
    constexpr double Running = 0.97; // of the time; the rest flattens
    ColorProfile profile = profileOf(picture.icc, picture.pixels.format());
    std::unique_ptr<Document> document = documentOf(picture, profile);
    const std::shared_ptr<TileStore> store = picture.pixels.store();
    const double share = Running / double(std::max(steps.size(), qsizetype(1)));
    for (qsizetype i = 0; i < steps.size(); ++i) {
        const ProposedStep &step = steps[i];
        const Snapshot state = document->snapshot();
        const int top = state.stack.count();
        const auto run = AiRun::plan(state.sourceBelow(top), step.operation, step.parameters,
                                     models.planContext());
        if (!run)
            return fail(run.error());
        const auto result = run->run(store, models, progress.sub(double(i) * share, share));
        if (!result)
            return fail(result.error());
        picture.warnings += result->record.warnings;
        if (result->record.alteration == Alteration::None)
            continue;
        picture.records += result->record;
        if (needsRgbSource(step.operation, state.canvas.format)) {
            profile = result->source.canvas.profile;
            picture.icc = picture.icc.isEmpty() ? QByteArray() : profile.icc();
        }
        picture.records.last().strength = step.strength;
        if (step.strength == 100 && !result->pixels.format().hasAlpha()) {
            // It hides all that lies below, which need not be kept.
            picture.pixels = result->pixels;
            document = documentOf(picture, profile);
            continue;
        }
        AiLook look;
        look.opacity = step.strength / 100;
        const Snapshot larger = fitted(state, *result);
        document->restore(larger);
        document->insertLayer(top, layerOf(*result, look, larger.canvas));
    }
    auto pixels = flattened(*document, progress.sub(Running, 1 - Running));
    if (!pixels)
        return fail(pixels.error());
    picture.pixels = std::move(*pixels);
    return picture;
}

QList<StepTime> stepTimes(const QList<ProposedStep> &steps, OperationPicture picture,
                          ModelEnvironment &models)
{
    QList<StepTime> times;
    for (const ProposedStep &step : steps) {
        StepTime time;
        const auto plan =
            planOperation(step.operation, picture, step.parameters, models.planContext());
        if (plan) {
            time.seconds = models.estimateSeconds(*plan, picture.size);
            if (!time.seconds && models.canEstimateFromNetwork(*plan))
                time.unmeasured = plan->method;
            picture.size = plan->target;
        }
        times += time;
    }
    return times;
}

Result<RestoredPicture> adjusted(RestoredPicture picture,
                                 const QList<AdjustmentContent> &adjustments,
                                 const Progress &progress)
{
    const PixelFormat format = picture.pixels.format();
    const auto document = documentOf(picture, profileOf(picture.icc, format));
    for (const AdjustmentContent &content : adjustments) {
        const AdjustmentInfo *info = findAdjustment(content.id);
        if (!info || (info->needsColor && format.isGray())) {
            return fail(ErrorCode::BadArgument,
                        {info ? info->title : content.id,
                         QCoreApplication::translate(
                             "heirloom::HandTone", "an adjustment that a grey picture can have")});
        }
        Layer layer;
        layer.kind = LayerKind::Adjustment;
        layer.adjustment = content;
        document->insertLayer(document->stack().count(), std::move(layer));
    }
    auto pixels = flattened(*document, progress);
    if (!pixels)
        return fail(pixels.error());
    picture.pixels = std::move(*pixels);
    return picture;
}

} // namespace heirloom
