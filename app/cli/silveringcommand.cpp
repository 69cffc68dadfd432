// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "operationrun.h"

#include "operation/silvering.h"

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

struct SilveringArguments {
    CommonOptions common;
    double amount = SilveringSettings().amount;
    std::string sheen = "auto";
    double strength = 100;
};

} // namespace

CommandBody addSilveringCommand(CLI::App &app, CLI::App *&command)
{
    auto arguments = std::make_shared<SilveringArguments>();
    command = app.add_subcommand(
        "silvering", tr("Remove the bluish sheen from the shadows of old silver prints."));
    arguments->common.addPictures(*command);
    command->add_option("--amount", arguments->amount, tr("how much of it, 0 to 100 per cent"));
    command->add_option("--sheen", arguments->sheen,
                        tr("auto, or seven numbers: the print's tint in red and in blue, and the "
                           "sheen's colour (as --json tells them)"));
    CommonOptions::addStrength(*command, arguments->strength);
    arguments->common.addModels(*command);
    arguments->common.addTalking(*command);
    return [arguments](const CommandContext &context) -> int {
        const CommonOptions &common = arguments->common;
        const auto settings = SilveringSettings::fromParameters(
            {{QStringLiteral("amount"), arguments->amount},
             {QStringLiteral("sheen"), QString::fromStdString(arguments->sheen)}});
        if (!settings) {
            common.console().error(settings.error());
            return exitCodeFor(settings.error());
        }
        return runOperations(context, common,
                             {Silvering::id(), settings->toParameters(), arguments->strength, {}});
    };
}

} // namespace heirloom
