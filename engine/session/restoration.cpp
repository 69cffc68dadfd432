// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/restoration.h"

#include "session/buffersink.h"
#include "session/modelenvironment.h"

namespace heirloom
{

namespace
{

Result<void> runStep(RestoredPicture &picture, const ProposedStep &step, ModelEnvironment &models,
                     const Progress &progress)
{
    const OperationPicture shape{picture.pixels.size(), picture.pixels.format(), picture.icc};
    auto operation = createOperation(step.operation, shape, step.parameters, step.strength,
                                     models.context());
    if (!operation)
        return fail(operation.error());
    RestoredSource source(picture);
    const auto settled = (*operation)->settle(source, progress.sub(0, 0.05));
    if (!settled)
        return fail(settled.error());
    BufferSink sink((*operation)->target(), picture.pixels.format(), picture.pixels.store());
    auto record = (*operation)->run(source, sink, progress.sub(0.05, 0.95));
    if (!record)
        return fail(record.error());
    if (auto whole = sink.finish(); !whole)
        return whole;
    models.learnSpeed((*operation)->modelPixels(), *record);
    picture.warnings += record->warnings;
    if (record->alteration == Alteration::None)
        return {};
    picture.pixels = sink.take();
    picture.records += *record;
    return {};
}

} // namespace

Result<RestoredPicture> restored(RestoredPicture picture, const QList<ProposedStep> &steps,
                                 ModelEnvironment &models, const Progress &progress)
{
    for (qsizetype i = 0; i < steps.size(); ++i) {
        const Progress part =
            progress.sub(double(i) / double(steps.size()), 1.0 / double(steps.size()));
        if (auto done = runStep(picture, steps[i], models, part); !done)
            return fail(done.error());
    }
    return picture;
}

} // namespace heirloom
