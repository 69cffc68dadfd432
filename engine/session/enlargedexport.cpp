// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/enlargedexport.h"

#include "edit/sizelimits.h"
#include "session/modelenvironment.h"

namespace heirloom
{

Result<ExportPicture> enlargedPicture(const ExportPicture &picture, const UpscaleTarget &target)
{
    if (auto fits = checkLayerSize(picture.size); !fits)
        return fail(fits.error());
    const auto size = target.sizeFor(picture.size);
    if (!size)
        return fail(size.error());
    if (auto fits = checkCanvasSize(*size); !fits)
        return fail(fits.error());
    ExportPicture enlarged = picture;
    enlarged.size = *size;
    enlarged.resolution = target.resolutionFor(picture.size, picture.resolution);
    return enlarged;
}

Result<EnlargedExport> exportEnlarged(const ExportPicture &picture, ExportOptions options,
                                      const UpscaleSettings &settings, ModelEnvironment &models,
                                      const RowsOnDemand &rows, const Progress &progress)
{
    auto enlarged = enlargedPicture(picture, settings.target);
    if (!enlarged)
        return fail(enlarged.error());
    // Limits first: loading a model for nothing takes seconds.
    if (auto good = Exporter::check(*enlarged, options); !good)
        return fail(good.error());
    auto upscale =
        Upscale::create(picture.size, picture.format, picture.icc, settings, models.context());
    if (!upscale)
        return fail(upscale.error());
    enlarged->records += (*upscale)->plannedRecord();
    if (options.caption == u"auto")
        options.caption = automaticCaption(enlarged->records);
    auto exporter = Exporter::create(*enlarged, options);
    if (!exporter)
        return fail(exporter.error());
    const auto source = rows((*upscale)->retainedRows());
    if (!source)
        return fail(source.error());
    auto record = (*upscale)->run(**source, **exporter, progress.sub(0, 0.97));
    if (!record)
        return fail(record.error());
    models.learnSpeed((*upscale)->plan().modelPixels, *record);
    auto report = (*exporter)->finish(picture.records + QList{*record}, progress.sub(0.97, 0.03));
    if (!report)
        return fail(report.error());
    progress.report(1);
    return EnlargedExport{*report, *record};
}

} // namespace heirloom
