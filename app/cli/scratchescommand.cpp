// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "operationrun.h"

#include "operation/scratches.h"
#include "session/uprightsource.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <algorithm>
#include <memory>

namespace heirloom
{

namespace
{

QString translated(const char *text)
{
    return QCoreApplication::translate("heirloom::CommandLine", text);
}

std::string tr(const char *text)
{
    return translated(text).toStdString();
}

struct ScratchesArguments {
    CommonOptions common;
    double threshold = ScratchesSettings::defaultThreshold;
    std::string kind = "all";
    std::string finder;
    std::string scale = "auto";
    bool fill = false;
    std::string method = "auto";
    std::string model;
    double network = 100;
    double strength = 100;
};

double markedShare(const Image &mask)
{
    qint64 marked = 0;
    for (int y = 0; y < mask.height(); ++y) {
        const quint8 *row = mask.constSamples<quint8>(y);
        marked += std::count(row, row + mask.width(), 255);
    }
    return double(marked) / (double(mask.width()) * mask.height());
}

/// The mask as a picture of its own: nothing that the photo's file says belongs to it.
Result<PictureResult> writeMask(PhotoFile &photo, const ScratchesSettings &settings,
                                ModelEnvironment &models, ExportOptions options,
                                const Progress &progress)
{
    ExportPicture picture;
    picture.size = picture.sourceSize = photo.info().size;
    picture.format = {Channels::Gray, Depth::U8};
    picture.sourcePath = photo.path();
    if (auto good = Exporter::check(picture, options); !good)
        return fail(good.error());
    auto pixels = photo.image(progress.sub(0, 0.1));
    if (!pixels)
        return fail(pixels.error());
    MemorySource source(std::move(*pixels), photo.info().icc);
    const auto finder = loadDamageFinder(settings.finder, models.context());
    if (!finder)
        return fail(finder.error());
    const auto map = findDamage(source, finder->network.get(),
                                {settings.scale, models.context()}, progress.sub(0.1, 0.8));
    if (!map)
        return fail(map.error());
    const Image mask = damageMask(*map, settings.threshold, settings.kind);
    OperationRecord record;
    record.operation = Scratches::id();
    record.method = finder->plan.method;
    record.modelId = finder->plan.modelId;
    record.modelVersion = finder->plan.modelVersion;
    record.modelSha256 = finder->plan.modelSha256;
    record.warnings = finder->plan.warnings + map->warnings;
    record.changedShare = markedShare(mask);
    record.parameters = {
        {QStringLiteral("threshold"), settings.threshold},
        {QStringLiteral("kind"), settings.toParameters().value(QStringLiteral("kind"))},
        {QStringLiteral("scale"), map->percent},
        {QStringLiteral("marked_share"), record.changedShare}};
    MemorySource marked(mask, {});
    const auto report = exportPicture(marked, picture, options, progress.sub(0.9, 0.1));
    if (!report)
        return fail(report.error());
    if (record.changedShare == 0)
        record.warnings += translated("No scratches or dust were found; the mask is black.");
    PictureResult result;
    result.report = *report;
    result.record = record;
    return result;
}

} // namespace

CommandBody addScratchesCommand(CLI::App &app, CLI::App *&command)
{
    auto arguments = std::make_shared<ScratchesArguments>();
    command = app.add_subcommand(
        "scratches", tr("Find scratches, creases and dust: writes a mask that marks them in white, "
                        "or, with --fill, the picture without them."));
    arguments->common.addPictures(*command);
    command
        ->add_option("--threshold", arguments->threshold,
                     tr("how sure it has to be: 0 (marks much) to 1 (marks little)"))
        ->check(CLI::Range(0.0, 1.0));
    command->add_option("--kind", arguments->kind, tr("all, lines or dust"));
    command->add_option("--finder", arguments->finder,
                        tr("what looks for it: a model's id, or lines-and-spots; the best unless "
                           "given"));
    command->add_option("--scale", arguments->scale,
                        tr("the side it is looked for at, in per cent of the picture's: auto "
                           "(where the picture's detail ends) or 1 to 100"));
    command->add_flag("--fill", arguments->fill, tr("fill what is found, as \"inpaint\" does"));
    command->add_option("--method", arguments->method,
                        tr("with --fill: auto, neural, classical, membrane, telea, "
                           "navier-stokes or patch-match"));
    command->add_option("--model", arguments->model,
                        tr("with --fill: a model's id; see \"models list\""));
    command
        ->add_option("--network", arguments->network,
                     tr("with --fill: how much is left to the network, 0 to 100"))
        ->check(CLI::Range(0.0, 100.0));
    command
        ->add_option("--strength", arguments->strength,
                     tr("with --fill: 0 (the picture as it is) to 100 (the whole fill)"))
        ->check(CLI::Range(0.0, 100.0));
    arguments->common.addModels(*command);
    arguments->common.addTalking(*command);
    return [arguments](const CommandContext &context) -> int {
        const CommonOptions &common = arguments->common;
        const auto settings = ScratchesSettings::fromParameters(
            {{QStringLiteral("threshold"), arguments->threshold},
             {QStringLiteral("kind"), QString::fromStdString(arguments->kind)},
             {QStringLiteral("finder"), QString::fromStdString(arguments->finder)},
             {QStringLiteral("scale"), QString::fromStdString(arguments->scale)},
             {QStringLiteral("method"), QString::fromStdString(arguments->method)},
             {QStringLiteral("model"), QString::fromStdString(arguments->model)},
             {QStringLiteral("network"), arguments->network}});
        if (!settings) {
            common.console().error(settings.error());
            return exitCodeFor(settings.error());
        }
        ModelEnvironment models(common.environment());
        const OperationRequest request{Scratches::id(), settings->toParameters(),
                                       arguments->strength, {}};
        return runPictures(
            context, common, Scratches::id(),
            [&](PhotoFile &photo, const ExportOptions &options, const Progress &progress) {
                return arguments->fill ? runOperation(photo, request, models, options, progress)
                                       : writeMask(photo, *settings, models, options, progress);
            });
    };
}

} // namespace heirloom
