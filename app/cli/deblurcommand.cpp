// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "operationrun.h"

#include "operation/deblur.h"

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

struct DeblurArguments {
    CommonOptions common;
    std::string amount = "auto";
    std::string model;
    double strength = 100;
};

} // namespace

CommandBody addDeblurCommand(CLI::App &app, CLI::App *&command)
{
    auto arguments = std::make_shared<DeblurArguments>();
    command = app.add_subcommand("deblur", tr("Undo a slight blur."));
    arguments->common.addPictures(*command);
    command->add_option("--amount", arguments->amount,
                        tr("how much blur to undo: auto, or 0 to 100"));
    command->add_option("--model", arguments->model,
                        tr("a model's id, or richardson-lucy; see \"models list\""));
    CommonOptions::addStrength(*command, arguments->strength);
    arguments->common.addModels(*command);
    arguments->common.addTalking(*command);
    return [arguments](const CommandContext &context) -> int {
        const CommonOptions &common = arguments->common;
        const auto settings = DeblurSettings::fromParameters(
            {{QStringLiteral("amount"), QString::fromStdString(arguments->amount)},
             {QStringLiteral("model"), QString::fromStdString(arguments->model)}});
        if (!settings) {
            common.console().error(settings.error());
            return exitCodeFor(settings.error());
        }
        return runOperations(context, common,
                             {Deblur::id(), settings->toParameters(), arguments->strength, {}});
    };
}

} // namespace heirloom
