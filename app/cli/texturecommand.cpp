// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "operationrun.h"

#include "operation/texture.h"

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

struct TextureArguments {
    CommonOptions common;
    std::string amount = "auto";
    std::string waves = "auto";
    double strength = 100;
};

} // namespace

CommandBody addTextureCommand(CLI::App &app, CLI::App *&command)
{
    auto arguments = std::make_shared<TextureArguments>();
    command = app.add_subcommand(
        "texture", tr("Remove the texture of silk and honeycomb papers, and printed dots."));
    arguments->common.addPictures(*command);
    command->add_option("--amount", arguments->amount,
                        tr("how much around each of the texture's frequencies goes with it: "
                           "auto, or 0 to 100"));
    command->add_option("--waves", arguments->waves,
                        tr("auto, or the texture's waves in red; green; blue: \"x y\" each, in "
                           "cycles a pixel (as --json tells them)"));
    CommonOptions::addStrength(*command, arguments->strength);
    arguments->common.addModels(*command);
    arguments->common.addTalking(*command);
    return [arguments](const CommandContext &context) -> int {
        const CommonOptions &common = arguments->common;
        const auto settings = TextureSettings::fromParameters(
            {{QStringLiteral("amount"), QString::fromStdString(arguments->amount)},
             {QStringLiteral("waves"), QString::fromStdString(arguments->waves)}});
        if (!settings) {
            common.console().error(settings.error());
            return exitCodeFor(settings.error());
        }
        return runOperations(context, common,
                             {Texture::id(), settings->toParameters(), arguments->strength, {}});
    };
}

} // namespace heirloom
