// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "picturerun.h"

#include "operation/upscale.h"
#include "session/enlargedexport.h"
#include "session/modelenvironment.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>
#include <QRegularExpression>

#include <memory>
#include <optional>

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::CommandLine", text);
}

struct UpscaleArguments {
    CommonOptions common;
    int scale = 0;
    std::string print;
    std::string pixels;
    std::string model;
    double strength = 100;
};

/// "30x20cm@300", "30cm@300" (width), "x20cm@300" (height).
Result<UpscaleTarget> parsePrint(const QString &text)
{
    static const QRegularExpression form(
        QStringLiteral("^(\\d+(?:\\.\\d+)?)?(?:x(\\d+(?:\\.\\d+)?))?cm@(\\d+(?:\\.\\d+)?)$"));
    const auto match = form.match(text);
    const QSizeF paper(match.captured(1).toDouble(), match.captured(2).toDouble());
    const double dpi = match.captured(3).toDouble();
    if (!match.hasMatch() || (paper.width() <= 0 && paper.height() <= 0) || dpi < 1)
        return fail(ErrorCode::BadArgument, {text, tr("a form such as 30x20cm@300")});
    return UpscaleTarget::byPrint(paper, dpi);
}

/// "3000" (width), "x2000" (height), "3000x2000" (inside both).
Result<UpscaleTarget> parsePixels(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^(\\d{1,6})?(?:x(\\d{1,6}))?$"));
    const auto match = form.match(text);
    const QSize size(match.captured(1).toInt(), match.captured(2).toInt());
    if (!match.hasMatch() || (size.width() <= 0 && size.height() <= 0))
        return fail(ErrorCode::BadArgument, {text, tr("a form such as 3000 or x2000")});
    return UpscaleTarget::byPixels(size);
}

Result<UpscaleSettings> settingsFrom(const UpscaleArguments &arguments)
{
    UpscaleSettings settings;
    settings.model = QString::fromStdString(arguments.model);
    settings.strength = arguments.strength;
    Result<UpscaleTarget> target =
        UpscaleTarget::byFactor(arguments.scale > 0 ? arguments.scale : 2);
    if (!arguments.print.empty())
        target = parsePrint(QString::fromStdString(arguments.print));
    else if (!arguments.pixels.empty())
        target = parsePixels(QString::fromStdString(arguments.pixels));
    if (!target)
        return fail(target.error());
    settings.target = *target;
    return settings;
}

Result<PictureResult> upscalePicture(PhotoFile &photo, const UpscaleSettings &settings,
                                     ModelEnvironment &models, const ExportOptions &options,
                                     const Progress &progress)
{
    std::unique_ptr<ImageSource> source;
    std::optional<TimedSource> timed;
    const auto rows = [&](int retainedRows) -> Result<ImageSource *> {
        auto opened = photo.source(retainedRows, progress.sub(0, 0.02));
        if (!opened)
            return fail(opened.error());
        source = std::move(*opened);
        return &timed.emplace(*source);
    };
    const auto done = exportEnlarged(exportPictureFor(photo), options, settings, models, rows,
                                     progress.sub(0.02, 0.98));
    if (!done)
        return fail(done.error());
    return PictureResult{done->report, done->record, timed->seconds()};
}

} // namespace

CommandBody addUpscaleCommand(CLI::App &app, CLI::App *&command)
{
    auto arguments = std::make_shared<UpscaleArguments>();
    command = app.add_subcommand("upscale", tr("Enlarge pictures.").toStdString());
    arguments->common.addPictures(*command);
    auto *scale =
        command->add_option("--scale", arguments->scale, tr("2, 3 or 4 times").toStdString())
            ->check(CLI::IsMember({2, 3, 4}));
    auto *print = command->add_option("--to", arguments->print,
                                      tr("for a print, for example 30x20cm@300").toStdString());
    auto *pixels = command->add_option("--to-pixels", arguments->pixels,
                                       tr("to a width (3000) or a height (x2000)").toStdString());
    scale->excludes(print)->excludes(pixels);
    print->excludes(pixels);
    command->add_option("--model", arguments->model,
                        tr("a model's id, or lanczos; see \"models list\"").toStdString());
    command
        ->add_option("--strength", arguments->strength,
                     tr("0 (plain enlargement) to 100 (the model's result)").toStdString())
        ->check(CLI::Range(0.0, 100.0));
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
            context, arguments->common, Upscale::id(),
            [&](PhotoFile &photo, const ExportOptions &options, const Progress &progress) {
                return upscalePicture(photo, *settings, models, options, progress);
            });
    };
}

} // namespace heirloom
