// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "operationrun.h"

#include "operation/inpaint.h"

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
    CommonOptions::addStrength(*command, arguments->strength);
    arguments->common.addModels(*command);
    arguments->common.addTalking(*command);
    return [arguments](const CommandContext &context) -> int {
        const CommonOptions &common = arguments->common;
        const auto settings = InpaintSettings::fromParameters(
            {{QStringLiteral("method"), QString::fromStdString(arguments->method)},
             {QStringLiteral("model"), QString::fromStdString(arguments->model)}});
        if (!settings) {
            common.console().error(settings.error());
            return exitCodeFor(settings.error());
        }
        const auto mask = readMask(arguments->mask, common.limits());
        if (!mask) {
            common.console().error(mask.error());
            return exitCodeFor(mask.error());
        }
        return runOperations(context, common,
                             {Inpaint::id(), settings->toParameters(), arguments->strength, *mask});
    };
}

} // namespace heirloom
