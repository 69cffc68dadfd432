// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "measuredphoto.h"
#include "operationrun.h"

#include "operation/sharpen.h"
#include "operation/tone.h"
#include "session/handtone.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <algorithm>
#include <memory>
#include <vector>

namespace heirloom
{

namespace
{

std::string tr(const char *text)
{
    return QCoreApplication::translate("heirloom::CommandLine", text).toStdString();
}

struct ToneArguments {
    CommonOptions common;
    bool automatic = false;
    std::string curves = "auto";
    std::string model;
    double strength = 100;
    HandTone hand;
    double sharpen = 0;
};

/// Curves first where they are asked for, then the sliders, then sharpening.
Result<PictureResult> tonePicture(PhotoFile &photo, const ToneArguments &arguments,
                                  const QList<ProposedStep> &before,
                                  const QList<ProposedStep> &after, ModelEnvironment &models,
                                  ExportOptions options, const Progress &progress)
{
    ExportPicture picture = exportPictureFor(photo);
    if (auto good = Exporter::check(picture, options); !good)
        return fail(good.error());
    auto done = tiledPhoto(photo, progress.sub(0, 0.1));
    if (done && !before.isEmpty())
        done = restored(std::move(*done), before, models, progress.sub(0.1, 0.3));
    if (done && !arguments.hand.isNeutral()) {
        done = adjusted(std::move(*done), arguments.hand.adjustments(), progress.sub(0.4, 0.2));
        if (done) {
            OperationRecord record;
            record.operation = Tone::id();
            record.method = QStringLiteral("by-hand");
            record.parameters = arguments.hand.toParameters();
            record.alteration = Alteration::HumanEdits;
            done->records += record;
        }
    }
    if (done && !after.isEmpty())
        done = restored(std::move(*done), after, models, progress.sub(0.6, 0.3));
    if (!done)
        return fail(done.error());
    picture.records = done->records;
    if (options.caption == u"auto")
        options.caption = automaticCaption(picture.records);
    RestoredSource source(*done);
    auto report = exportPicture(source, picture, options, progress.sub(0.9, 0.1));
    if (!report)
        return fail(report.error());
    report->warnings = done->warnings + report->warnings;
    PictureResult result;
    result.report = *report;
    result.steps = done->records;
    return result;
}

CLI::Option *addSlider(CLI::App &command, const char *name, double &value, double least,
                       double most, const char *text)
{
    return command.add_option(name, value, tr(text))->check(CLI::Range(least, most));
}

} // namespace

CommandBody addToneCommand(CLI::App &app, CLI::App *&command)
{
    auto arguments = std::make_shared<ToneArguments>();
    command =
        app.add_subcommand("tone", tr("Bring faded colours and tones back, or set them by hand."));
    arguments->common.addPictures(*command);
    CLI::Option *automatic = command->add_flag(
        "--auto", arguments->automatic,
        tr("find the curves from the picture; so it is where nothing is set, too"));
    CLI::Option *curves = command->add_option(
        "--curves", arguments->curves,
        tr("auto, identity, or 48 numbers: what red, green and blue become at 16 "
           "levels from 0 to 1 each (as --json tells them)"));
    curves->excludes(automatic);
    HandTone &hand = arguments->hand;
    const std::vector<CLI::Option *> sliders = {
        addSlider(*command, "--exposure", hand.exposure, -5, 5,
                  "-5 to 5, in steps of the aperture"),
        addSlider(*command, "--contrast", hand.contrast, -100, 100, "-100 to 100"),
        addSlider(*command, "--saturation", hand.saturation, -100, 100, "-100 (grey) to 100"),
        addSlider(*command, "--temperature", hand.temperature, -100, 100,
                  "-100 (cold) to 100 (warm)"),
        addSlider(*command, "--tint", hand.tint, -100, 100, "-100 (green) to 100 (magenta)"),
        addSlider(*command, "--sharpen", arguments->sharpen, 0, SharpenSettings::mostAmount,
                  "0 to 300 per cent; see also the command \"sharpen\""),
    };
    command->add_option("--model", arguments->model,
                        tr("a model's id, or auto-levels; see \"models list\""));
    CommonOptions::addStrength(*command, arguments->strength);
    arguments->common.addModels(*command);
    arguments->common.addTalking(*command);
    return [arguments, curves, sliders](const CommandContext &context) -> int {
        const CommonOptions &common = arguments->common;
        const auto settings = ToneSettings::fromParameters(
            {{QStringLiteral("curves"), QString::fromStdString(arguments->curves)},
             {QStringLiteral("model"), QString::fromStdString(arguments->model)}});
        if (!settings) {
            common.console().error(settings.error());
            return exitCodeFor(settings.error());
        }
        const bool byHand =
            std::any_of(sliders.begin(), sliders.end(),
                        [](const CLI::Option *slider) { return slider->count() > 0; });
        if (!byHand) {
            return runOperations(context, common,
                                 {Tone::id(), settings->toParameters(), arguments->strength, {}});
        }
        QList<ProposedStep> before, after;
        if (arguments->automatic || curves->count() > 0)
            before += {Tone::id(), settings->toParameters(), arguments->strength, {}, {}};
        if (arguments->sharpen > 0) {
            SharpenSettings sharp;
            sharp.amount = arguments->sharpen;
            after += {Sharpen::id(), sharp.toParameters(), 100, {}, {}};
        }
        ModelEnvironment models(common.environment());
        return runPictures(
            context, common, Tone::id(),
            [&](PhotoFile &photo, const ExportOptions &options, const Progress &progress) {
                return tonePicture(photo, *arguments, before, after, models, options, progress);
            });
    };
}

} // namespace heirloom
