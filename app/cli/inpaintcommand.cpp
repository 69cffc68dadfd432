// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "operationrun.h"

#include "operation/inpaint.h"
#include "session/uprightsource.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <memory>

namespace heirloom
{

namespace
{

std::string tr(const char *text)
{
    return QCoreApplication::translate("heirloom::CommandLine", text).toStdString();
}

struct InpaintArguments {
    CommonOptions common;
    std::string mask;
    std::string method = "auto";
    std::string model;
    double network = 100;
    std::string map;
    double strength = 100;
};

Result<Image> readMask(const std::string &path, const ReadLimits &limits)
{
    auto file = PhotoFile::open(QString::fromStdString(path), limits);
    if (!file)
        return fail(file.error());
    auto pixels = (*file)->image();
    if (!pixels)
        return fail(pixels.error());
    return pixels->converted({Channels::Gray, Depth::U8});
}

/// Which part of the mask is filled how, as a picture of its own.
Result<ExportReport> writeMap(const QString &path, const ReadLimits &limits,
                              const InpaintSettings &settings, const Image &mask,
                              ModelEnvironment &models, const ExportOptions &options,
                              const Progress &progress)
{
    auto photo = PhotoFile::open(path, limits); // once more: a photo's pixels are read once
    if (!photo)
        return fail(photo.error());
    auto pixels = (*photo)->image(progress.sub(0, 0.2));
    if (!pixels)
        return fail(pixels.error());
    MemorySource source(std::move(*pixels), (*photo)->info().icc);
    auto inpaint = Inpaint::create({source.size(), source.format(), source.icc(), mask}, settings,
                                   models.context());
    if (!inpaint)
        return fail(inpaint.error());
    if (auto settled = (*inpaint)->settle(source, progress.sub(0.2, 0.3)); !settled)
        return fail(settled.error());
    const auto map = (*inpaint)->choiceMap(source, progress.sub(0.5, 0.4));
    if (!map)
        return fail(map.error());
    ExportPicture picture;
    picture.size = picture.sourceSize = map->size();
    picture.format = map->format();
    picture.sourcePath = path;
    if (auto good = Exporter::check(picture, options); !good)
        return fail(good.error());
    MemorySource values(*map, {});
    return exportPicture(values, picture, options, progress.sub(0.9, 0.1));
}

} // namespace

CommandBody addInpaintCommand(CLI::App &app, CLI::App *&command)
{
    auto arguments = std::make_shared<InpaintArguments>();
    command = app.add_subcommand(
        "inpaint", tr("Fill what a mask marks in white; no other pixel changes."));
    arguments->common.addPictures(*command);
    command
        ->add_option("--mask", arguments->mask,
                     tr("a picture of the same size, white where to fill"))
        ->required()
        ->type_name("MASK");
    command->add_option("--method", arguments->method,
                        tr("auto, neural, classical, membrane, telea, navier-stokes or "
                           "patch-match"));
    command->add_option("--model", arguments->model,
                        tr("a model's id; see \"models list\""));
    command
        ->add_option("--network", arguments->network,
                     tr("how much is left to the network: 0 (nothing) to 100 (all); between, what "
                        "has texture or edges around it, and no text"))
        ->check(CLI::Range(0.0, 100.0));
    command
        ->add_option("--map", arguments->map,
                     tr("writes which part was filled how: black outside, grey by the classical "
                        "method, white by the network"))
        ->type_name("FILE");
    CommonOptions::addStrength(*command, arguments->strength);
    arguments->common.addModels(*command);
    arguments->common.addTalking(*command);
    return [arguments](const CommandContext &context) -> int {
        const CommonOptions &common = arguments->common;
        const auto settings = InpaintSettings::fromParameters(
            {{QStringLiteral("method"), QString::fromStdString(arguments->method)},
             {QStringLiteral("model"), QString::fromStdString(arguments->model)},
             {QStringLiteral("network"), arguments->network}});
        if (!settings) {
            common.console().error(settings.error());
            return exitCodeFor(settings.error());
        }
        const auto mask = readMask(arguments->mask, common.limits());
        if (!mask) {
            common.console().error(mask.error());
            return exitCodeFor(mask.error());
        }
        const OperationRequest request{Inpaint::id(), settings->toParameters(),
                                       arguments->strength, *mask};
        if (arguments->map.empty())
            return runOperations(context, common, request);
        ModelEnvironment models(common.environment());
        return runPictures(
            context, common, Inpaint::id(),
            [&](PhotoFile &photo, const ExportOptions &options,
                const Progress &progress) -> Result<PictureResult> {
                ExportOptions beside = options;
                beside.path = QString::fromStdString(arguments->map);
                beside.fileFormat.reset();
                // First: what cannot be written is said before the work.
                if (auto written = writeMap(photo.path(), common.limits(), *settings, *mask, models,
                                            beside, progress.sub(0, 0.1));
                    !written)
                    return fail(written.error());
                return runOperation(photo, request, models, options, progress.sub(0.1, 0.9));
            });
    };
}

} // namespace heirloom
