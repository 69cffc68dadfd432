// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "operationrun.h"

#include "operation/deartifact.h"

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

struct DeartifactArguments {
    CommonOptions common;
    std::string quality = "auto";
    std::string model;
    double strength = 100;
};

} // namespace

CommandBody addDeartifactCommand(CLI::App &app, CLI::App *&command)
{
    auto arguments = std::make_shared<DeartifactArguments>();
    command =
        app.add_subcommand("deartifact", tr("Remove the blocks and ringing that JPEG leaves."));
    arguments->common.addPictures(*command, "--save-quality");
    command->add_option("--quality", arguments->quality,
                        tr("the JPEG quality whose traces to remove: auto, or 1 to 100"));
    command->add_option("--model", arguments->model,
                        tr("a model's id, or shifted-dct; see \"models list\""));
    CommonOptions::addStrength(*command, arguments->strength);
    arguments->common.addModels(*command);
    arguments->common.addTalking(*command);
    return [arguments](const CommandContext &context) -> int {
        const CommonOptions &common = arguments->common;
        const auto settings = DeartifactSettings::fromParameters(
            {{QStringLiteral("quality"), QString::fromStdString(arguments->quality)},
             {QStringLiteral("model"), QString::fromStdString(arguments->model)}});
        if (!settings) {
            common.console().error(settings.error());
            return exitCodeFor(settings.error());
        }
        return runOperations(context, common,
                             {Deartifact::id(), settings->toParameters(), arguments->strength, {}});
    };
}

} // namespace heirloom
