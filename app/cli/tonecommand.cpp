// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "operationrun.h"

#include "operation/tone.h"

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

struct ToneArguments {
    CommonOptions common;
    bool automatic = false; ///< nothing else there is yet but given curves
    std::string curves = "auto";
    std::string model;
    double strength = 100;
};

} // namespace

CommandBody addToneCommand(CLI::App &app, CLI::App *&command)
{
    auto arguments = std::make_shared<ToneArguments>();
    command = app.add_subcommand("tone", tr("Bring faded colours and tones back."));
    arguments->common.addPictures(*command);
    CLI::Option *automatic =
        command->add_flag("--auto", arguments->automatic,
                          tr("find the curves from the picture; so it is without --curves, too"));
    command->add_option("--curves", arguments->curves,
                        tr("auto, identity, or 48 numbers: what red, green and blue become at 16 "
                           "levels from 0 to 1 each (as --json tells them)"))
        ->excludes(automatic);
    command->add_option("--model", arguments->model,
                        tr("a model's id, or auto-levels; see \"models list\""));
    CommonOptions::addStrength(*command, arguments->strength);
    arguments->common.addModels(*command);
    arguments->common.addTalking(*command);
    return [arguments](const CommandContext &context) -> int {
        const CommonOptions &common = arguments->common;
        const auto settings = ToneSettings::fromParameters(
            {{QStringLiteral("curves"), QString::fromStdString(arguments->curves)},
             {QStringLiteral("model"), QString::fromStdString(arguments->model)}});
        if (!settings) {
            common.console().error(settings.error());
            return exitCodeFor(settings.error());
        }
        return runOperations(context, common,
                             {Tone::id(), settings->toParameters(), arguments->strength, {}});
    };
}

} // namespace heirloom
