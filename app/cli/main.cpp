// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "interrupt.h"
#include "passivewait.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>
#include <QGuiApplication>

#include <cstring>
#include <exception>
#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace
{

using namespace heirloom;

/// Drawing text needs fonts, and they need more of Qt; nothing else here does.
bool wantsCaption(int argc, char **argv)
{
    for (int i = 1; i < argc; ++i) {
        if (std::strncmp(argv[i], "--caption", 9) == 0)
            return true;
    }
    return false;
}

std::unique_ptr<QCoreApplication> makeApplication(int &argc, char **argv)
{
    if (!wantsCaption(argc, argv))
        return std::make_unique<QCoreApplication>(argc, argv);
    qputenv("QT_QPA_PLATFORM", "offscreen");
    return std::make_unique<QGuiApplication>(argc, argv);
}

int run(int argc, char **argv, const CommandContext &context)
{
    CLI::App app(
        QCoreApplication::translate("heirloom::CommandLine", "Restores and enlarges photographs.")
            .toStdString(),
        "heirloom-cli");
    app.set_version_flag("--version", "heirloom-cli " HEIRLOOM_VERSION);
    app.require_subcommand(1);
    std::vector<std::pair<CLI::App *, CommandBody>> commands;
    for (const auto add :
         {addRestoreCommand, addTriageCommand, addUpscaleCommand, addDenoiseCommand,
          addDeartifactCommand, addDeblurCommand, addSharpenCommand, addScratchesCommand,
          addInpaintCommand, addTextureCommand, addSilveringCommand, addToneCommand,
          addNegativeCommand, addColorizeCommand, addGeometryCommand, addConvertCommand,
          addInfoCommand, addModelsCommand}) {
        CLI::App *command = nullptr;
        CommandBody body = add(app, command);
        commands.emplace_back(command, std::move(body));
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &error) {
        const int code = app.exit(error);
        return code == 0 ? ExitDone : ExitUsage;
    }
    for (const auto &[command, body] : commands) {
        if (command->parsed())
            return body(context);
    }
    return ExitUsage;
}

} // namespace

int main(int argc, char **argv)
{
    ensurePassiveWaiting(argv);
    const Interrupt interrupt;
    const auto application = makeApplication(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("heirloom-cli"));
    QCoreApplication::setApplicationVersion(QStringLiteral(HEIRLOOM_VERSION));
    const Console console;
    try {
        return run(argc, argv, {interrupt.token()});
    } catch (const std::bad_alloc &) {
        console.error(Error(ErrorCode::OutOfMemory,
                            {QCoreApplication::translate("heirloom::CommandLine", "this picture"),
                             QStringLiteral("-")}));
        return ExitMemory;
    } catch (const std::exception &error) {
        console.error(Error(ErrorCode::Internal, {QString::fromLocal8Bit(error.what())}));
        return ExitInternal;
    }
}
