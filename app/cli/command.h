// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console.h"

#include <functional>
#include <stop_token>

namespace CLI
{
class App;
}

namespace heirloom
{

/// What a command gets from main().
struct CommandContext {
    std::stop_token stop;
};

/// Runs after the command line was read; returns the exit code.
using CommandBody = std::function<int(const CommandContext &)>;

/// Each adds one subcommand with its options to the command line and returns its body.
CommandBody addUpscaleCommand(CLI::App &app, CLI::App *&command);
CommandBody addDenoiseCommand(CLI::App &app, CLI::App *&command);
CommandBody addDeartifactCommand(CLI::App &app, CLI::App *&command);
CommandBody addDeblurCommand(CLI::App &app, CLI::App *&command);
CommandBody addScratchesCommand(CLI::App &app, CLI::App *&command);
CommandBody addInpaintCommand(CLI::App &app, CLI::App *&command);
CommandBody addGeometryCommand(CLI::App &app, CLI::App *&command);
CommandBody addRestoreCommand(CLI::App &app, CLI::App *&command);
CommandBody addSharpenCommand(CLI::App &app, CLI::App *&command);
CommandBody addSilveringCommand(CLI::App &app, CLI::App *&command);
CommandBody addTextureCommand(CLI::App &app, CLI::App *&command);
CommandBody addToneCommand(CLI::App &app, CLI::App *&command);
CommandBody addNegativeCommand(CLI::App &app, CLI::App *&command);
CommandBody addColorizeCommand(CLI::App &app, CLI::App *&command);
CommandBody addTriageCommand(CLI::App &app, CLI::App *&command);
CommandBody addConvertCommand(CLI::App &app, CLI::App *&command);
CommandBody addInfoCommand(CLI::App &app, CLI::App *&command);
CommandBody addModelsCommand(CLI::App &app, CLI::App *&command);

/// "models bench": the installed enlarging models on the middle of a picture.
CommandBody addBenchCommand(CLI::App &models, CLI::App *&command);

} // namespace heirloom
