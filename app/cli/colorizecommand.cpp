// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "operationrun.h"

#include "operation/colorize.h"
#include "session/hintsfile.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <algorithm>
#include <memory>

namespace heirloom
{

namespace
{

std::string tr(const char *text)
{
    return QCoreApplication::translate("heirloom::CommandLine", text).toStdString();
}

struct ColorizeArguments {
    CommonOptions common;
    std::string hints;
    std::string model;
    double saturation = 100;
    double warmth = 0;
    bool keepsOwn = false;
    bool leavesSkin = false;
    bool leavesSubject = false;
    double strength = 100;
    int variants = 0; ///< 0: not asked for
};

} // namespace

CommandBody addColorizeCommand(CLI::App &app, CLI::App *&command)
{
    auto arguments = std::make_shared<ColorizeArguments>();
    command = app.add_subcommand("colorize", tr("Give a picture colours; its luminance stays."));
    arguments->common.addPictures(*command);
    command->add_option("--hints", arguments->hints, tr("a file that says which colour is where"))
        ->type_name("HINTS.json");
    command
        ->add_option("--variants", arguments->variants,
                     tr("write this many plausible colourings: OUT-1, the likeliest, OUT-2, ..."))
        ->check(CLI::Range(1, ColorizeSettings::mostVariants));
    command
        ->add_option("--saturation", arguments->saturation, tr("0 to 200 % of the colours (100)"))
        ->check(CLI::Range(0, 200));
    command->add_flag("--keep-own", arguments->keepsOwn,
                      tr("the picture's own colours lead, made stronger: for faded photos"));
    command->add_flag("--no-skin", arguments->leavesSkin,
                      tr("do not look for faces, which get the colour of skin"));
    command->add_flag("--no-subject", arguments->leavesSubject,
                      tr("hints go by the luminance alone, not by the picture's subject"));
    command->add_option("--warmth", arguments->warmth, tr("-100 (bluer) to 100 (yellower)"))
        ->check(CLI::Range(-100, 100));
    command->add_option("--model", arguments->model,
                        tr("a model's id, or propagation; see \"models list\""));
    CommonOptions::addStrength(*command, arguments->strength);
    arguments->common.addModels(*command);
    arguments->common.addTalking(*command);
    return [arguments](const CommandContext &context) -> int {
        const CommonOptions &common = arguments->common;
        ColorizeSettings settings;
        settings.taste = {arguments->saturation, arguments->warmth};
        settings.keepsOwn = arguments->keepsOwn;
        settings.findsSkin = !arguments->leavesSkin;
        if (arguments->leavesSubject)
            settings.subject = ColorizeSettings::Subject::Off;
        settings.model = QString::fromStdString(arguments->model);
        settings.seed = common.seed;
        if (!arguments->hints.empty()) {
            const auto hints = readHintsFile(QString::fromStdString(arguments->hints));
            if (!hints) {
                common.console().error(hints.error());
                return exitCodeFor(hints.error());
            }
            settings.hints = *hints;
        }
        int worst = ExitDone;
        for (int i = 0; i < std::max(1, arguments->variants); ++i) {
            settings.variant = i;
            CommonOptions numbered = common;
            numbered.number = arguments->variants > 0 ? i + 1 : 0;
            const int code =
                runOperations(context, numbered,
                              {Colorize::id(), settings.toParameters(), arguments->strength, {}});
            if (code == ExitInterrupted)
                return code;
            worst = worst == ExitDone ? code : worst;
        }
        return worst;
    };
}

} // namespace heirloom
