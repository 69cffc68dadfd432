// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "picturerun.h"

#include "operation/denoise.h"
#include "session/modelenvironment.h"
#include "session/uprightsource.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <memory>

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::CommandLine", text);
}

struct DenoiseArguments {
    CommonOptions common;
    std::string sigma = "auto";
    bool isCorrelated = false;
    std::string model;
    double strength = 100;
};

Result<DenoiseSettings> settingsFrom(const DenoiseArguments &arguments)
{
    auto settings = DenoiseSettings::fromParameters(
        {{QStringLiteral("sigma"), QString::fromStdString(arguments.sigma)},
         {QStringLiteral("correlated"), arguments.isCorrelated},
         {QStringLiteral("model"), QString::fromStdString(arguments.model)}});
    if (settings)
        settings->strength = arguments.strength;
    return settings;
}

Result<std::unique_ptr<ImageSource>> inMemory(PhotoFile &photo, const Progress &progress)
{
    auto pixels = photo.image(progress);
    if (!pixels)
        return fail(pixels.error());
    return std::make_unique<MemorySource>(std::move(*pixels), photo.info().icc);
}

Result<PictureResult> denoisePicture(PhotoFile &photo, const DenoiseSettings &settings,
                                     ModelEnvironment &models, ExportOptions options,
                                     const Progress &progress)
{
    ExportPicture picture = exportPictureFor(photo);
    if (auto good = Exporter::check(picture, options); !good)
        return fail(good.error());
    auto denoise = Denoise::create({picture.size, picture.format, picture.icc}, settings,
                                   models.context());
    if (!denoise)
        return fail(denoise.error());
    std::unique_ptr<ImageSource> source;
    if ((*denoise)->needsSettling()) {
        // A file is read twice, so that large ones still stream; what came by a pipe is kept.
        std::unique_ptr<PhotoFile> again;
        if (!photo.path().isEmpty()) {
            auto opened = PhotoFile::open(photo.path());
            if (!opened)
                return fail(opened.error());
            again = std::move(*opened);
        }
        Result<std::unique_ptr<ImageSource>> first = again ? again->source(0, progress.sub(0, 0.02))
                                                           : inMemory(photo, progress.sub(0, 0.02));
        if (!first)
            return fail(first.error());
        if (auto settled = (*denoise)->settle(**first, progress.sub(0.02, 0.02)); !settled)
            return fail(settled.error());
        if (!again)
            source = std::move(*first);
    }
    picture.records = {(*denoise)->plannedRecord()};
    if (options.caption == u"auto")
        options.caption = automaticCaption(picture.records);
    auto exporter = Exporter::create(picture, options);
    if (!exporter)
        return fail(exporter.error());
    if (!source) {
        auto rows = photo.source((*denoise)->retainedRows(), progress.sub(0.04, 0.01));
        if (!rows)
            return fail(rows.error());
        source = std::move(*rows);
    }
    TimedSource timed(*source);
    auto record = (*denoise)->run(timed, **exporter, progress.sub(0.05, 0.92));
    if (!record)
        return fail(record.error());
    models.learnSpeed((*denoise)->modelPixels(), *record);
    auto report = (*exporter)->finish({*record}, progress.sub(0.97, 0.03));
    if (!report)
        return fail(report.error());
    return PictureResult{*report, *record, timed.seconds()};
}

} // namespace

CommandBody addDenoiseCommand(CLI::App &app, CLI::App *&command)
{
    auto arguments = std::make_shared<DenoiseArguments>();
    command = app.add_subcommand("denoise", tr("Remove noise from pictures.").toStdString());
    arguments->common.addPictures(*command);
    command->add_option(
        "--sigma", arguments->sigma,
        tr("how strong the noise is: auto, or 0 to 75 in 8-bit steps").toStdString());
    command->add_flag("--correlated", arguments->isCorrelated,
                      tr("the noise is film grain of the given sigma: neighbouring pixels have the "
                         "same; auto finds it out")
                          .toStdString());
    command->add_option("--model", arguments->model,
                        tr("a model's id, or nlm; see \"models list\"").toStdString());
    CommonOptions::addStrength(*command, arguments->strength);
    arguments->common.addModels(*command);
    arguments->common.addTalking(*command);
    return [arguments](const CommandContext &context) -> int {
        const auto settings = settingsFrom(*arguments);
        if (!settings) {
            arguments->common.console().error(settings.error());
            return exitCodeFor(settings.error());
        }
        ModelEnvironment models(arguments->common.environment());
        return runPictures(
            context, arguments->common, Denoise::id(),
            [&](PhotoFile &photo, const ExportOptions &options, const Progress &progress) {
                return denoisePicture(photo, *settings, models, options, progress);
            });
    };
}

} // namespace heirloom
