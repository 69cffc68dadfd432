// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "operationrun.h"

#include "operation/sharpen.h"

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

struct SharpenArguments {
    CommonOptions common;
    double amount = SharpenSettings().amount;
    double radius = SharpenSettings().radius;
    std::string threshold = "auto";
    double strength = 100;
};

} // namespace

CommandBody addSharpenCommand(CLI::App &app, CLI::App *&command)
{
    auto arguments = std::make_shared<SharpenArguments>();
    command = app.add_subcommand("sharpen", tr("Sharpen fine detail, in luminance alone."));
    arguments->common.addPictures(*command);
    command->add_option("--amount", arguments->amount, tr("how much, 0 to 300 per cent"));
    command->add_option("--radius", arguments->radius,
                        tr("how coarse detail may be, 0.3 to 10 pixels"));
    command->add_option("--threshold", arguments->threshold,
                        tr("detail up to here is taken for noise: auto (by the noise that is "
                           "found), or 0 to 50 in 8-bit steps"));
    CommonOptions::addStrength(*command, arguments->strength);
    arguments->common.addModels(*command);
    arguments->common.addTalking(*command);
    return [arguments](const CommandContext &context) -> int {
        const CommonOptions &common = arguments->common;
        const auto settings = SharpenSettings::fromParameters(
            {{QStringLiteral("amount"), arguments->amount},
             {QStringLiteral("radius"), arguments->radius},
             {QStringLiteral("threshold"), QString::fromStdString(arguments->threshold)}});
        if (!settings) {
            common.console().error(settings.error());
            return exitCodeFor(settings.error());
        }
        return runOperations(context, common,
                             {Sharpen::id(), settings->toParameters(), arguments->strength, {}});
    };
}

} // namespace heirloom
