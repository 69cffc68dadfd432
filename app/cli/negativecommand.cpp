// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "operationrun.h"

#include "operation/negative.h"

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

struct NegativeArguments {
    CommonOptions common;
    std::string film = "auto", base = "auto", range = "auto";
    double gamma = NegativeSettings().gamma;
    double strength = 100;
};

} // namespace

CommandBody addNegativeCommand(CLI::App &app, CLI::App *&command)
{
    auto arguments = std::make_shared<NegativeArguments>();
    command = app.add_subcommand("negative", tr("Develop a scanned negative, or level a slide."));
    arguments->common.addPictures(*command);
    command->add_option("--film", arguments->film, tr("auto, colour, bw or slide"));
    command->add_option("--base", arguments->base,
                        tr("auto, or R,G,B from 1 to 255: the colour of unexposed film beside the "
                           "picture"));
    command->add_option("--range", arguments->range,
                        tr("auto, or the density over the base that becomes white: one, or three "
                           "for red, green and blue"));
    command->add_option("--gamma", arguments->gamma, tr("contrast of the film, usually 0.6"));
    CommonOptions::addStrength(*command, arguments->strength);
    arguments->common.addModels(*command);
    arguments->common.addTalking(*command);
    return [arguments](const CommandContext &context) -> int {
        const CommonOptions &common = arguments->common;
        const auto settings = NegativeSettings::fromParameters(
            {{QStringLiteral("film"), QString::fromStdString(arguments->film)},
             {QStringLiteral("base"), QString::fromStdString(arguments->base)},
             {QStringLiteral("range"), QString::fromStdString(arguments->range)},
             {QStringLiteral("gamma"), arguments->gamma}});
        if (!settings) {
            common.console().error(settings.error());
            return exitCodeFor(settings.error());
        }
        return runOperations(context, common,
                             {Negative::id(), settings->toParameters(), arguments->strength, {}});
    };
}

} // namespace heirloom
