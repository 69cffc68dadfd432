// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "commonoptions.h"

#include "core/errortext.h"
#include "inference/modelstore.h"
#include "inference/selftest.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>

#include <memory>

namespace heirloom
{

namespace
{

constexpr int PollMilliseconds = 100;
constexpr int GraceMilliseconds = 5000;

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::CommandLine", text);
}

struct ModelsArguments {
    CommonOptions common;
    std::vector<std::string> ids;
};

QStringList wanted(const ModelsArguments &arguments)
{
    QStringList ids;
    for (const std::string &id : arguments.ids)
        ids += QString::fromStdString(id);
    return ids;
}

/// The entries that ids name; all when there are none. A pack that is nowhere is an error.
Result<std::vector<ModelEntry>> chosenEntries(ModelStore &store, const QStringList &ids)
{
    std::vector<ModelEntry> all = store.checkedEntries();
    if (ids.isEmpty())
        return all;
    std::vector<ModelEntry> chosen;
    for (const QString &id : ids) {
        bool found = false;
        for (const ModelEntry &entry : all) {
            if (entry.pack.id == id) {
                chosen.push_back(entry);
                found = true;
            }
        }
        if (!found)
            return fail(ErrorCode::ModelMissing, {id});
    }
    return chosen;
}

QJsonObject entryJson(const ModelEntry &entry)
{
    return {
        {QStringLiteral("id"), entry.pack.id},
        {QStringLiteral("name"), entry.pack.name},
        {QStringLiteral("version"), entry.pack.version.toString()},
        {QStringLiteral("task"),
         entry.pack.name.isEmpty() ? QString() : modelTaskName(entry.pack.task)},
        {QStringLiteral("file"), entry.pack.file.isEmpty()
                                     ? QString()
                                     : QFileInfo(entry.pack.filePath()).absoluteFilePath()},
        {QStringLiteral("folder"), entry.pack.folder},
        {QStringLiteral("sha256"), QString::fromLatin1(entry.pack.sha256)},
        {QStringLiteral("size"), entry.pack.size},
        {QStringLiteral("licence"), entry.pack.licence},
        {QStringLiteral("training_data"), entry.pack.trainingData},
        {QStringLiteral("state"), modelStateName(entry.state)},
        {QStringLiteral("status"),
         entry.state == ModelEntry::State::Usable ? QStringLiteral("usable") : entry.reason},
        {QStringLiteral("active"), entry.active},
    };
}

QString entryLine(const ModelEntry &entry)
{
    const QString status = entry.state == ModelEntry::State::Usable ? tr("usable") : entry.reason;
    if (entry.pack.name.isEmpty())
        return QStringLiteral("%1  %2").arg(entry.pack.id, status);
    return QStringLiteral("%1 %2  %3  %4 MB  %5  %6")
        .arg(entry.pack.id, -24)
        .arg(entry.pack.version.toString(), modelTaskName(entry.pack.task))
        .arg(double(entry.pack.size) / 1e6, 0, 'f', 1)
        .arg(entry.pack.licence, status);
}

int listModels(const ModelsArguments &arguments)
{
    const Console console = arguments.common.console();
    ModelEnvironment models(arguments.common.environment());
    const auto entries = models.store().checkedEntries();
    for (const ModelEntry &entry : entries) {
        if (!(arguments.common.json ? console.result(entryJson(entry))
                                    : console.result(entryLine(entry))))
            return ExitOutput;
    }
    if (entries.empty()) {
        console.note(
            tr("No models are installed. \"heirloom-cli models fetch\" fetches them; until "
               "then the classical methods are used."));
    }
    return ExitDone;
}

int checkModels(const CommandContext &context, const ModelsArguments &arguments)
{
    const Console console = arguments.common.console();
    ModelEnvironment models(arguments.common.environment());
    const auto entries = chosenEntries(models.store(), wanted(arguments));
    if (!entries) {
        console.error(entries.error());
        return exitCodeFor(entries.error());
    }
    if (entries->empty()) {
        console.error(tr("No models are installed."));
        return ExitModel;
    }
    bool good = true;
    for (const ModelEntry &entry : *entries) {
        QString status = entry.reason;
        bool passed = entry.mayBeUsed();
        // Only the pack that an id stands for can be run.
        if (passed && entry.active) {
            Result<void> test;
            if (const auto model = models.load(entry.pack.id); !model)
                test = fail(model.error());
            else
                test = runSelfTest(**model, Progress(context.stop, {}));
            if (!test && test.error().isCancelled())
                return ExitInterrupted;
            passed = bool(test);
            status = passed ? tr("self-test passed") : errorSentence(test.error());
        } else if (passed) {
            status = tr("another copy is used");
        }
        good = good && passed;
        QJsonObject json = entryJson(entry);
        json[QStringLiteral("passed")] = passed;
        json[QStringLiteral("check")] = status;
        const bool said =
            arguments.common.json
                ? console.result(json)
                : console.result(QStringLiteral("%1  %2").arg(entry.pack.id, -24).arg(status));
        if (!said)
            return ExitOutput;
    }
    return good ? ExitDone : ExitModel;
}

/// The script that fetches, and where its packs go: into the build tree it belongs to, or into the
/// user's data folder.
struct Fetcher {
    QString script;
    QString folder;
};

Fetcher findFetcher()
{
    const QString program = QCoreApplication::applicationDirPath();
    const QString own = QStringLiteral(HEIRLOOM_SOURCE_DIR "/models/fetch");
    const QString tree = QFileInfo(program + QStringLiteral("/..")).canonicalFilePath();
    if (QFileInfo(tree + QStringLiteral("/CMakeCache.txt")).exists() && QFileInfo::exists(own))
        return {own, tree + QStringLiteral("/models")};
    const QString installed =
        QFileInfo(program + QStringLiteral("/../share/heirloom/models/fetch")).absoluteFilePath();
    const QString user = ModelEnvironment::userDataFolder() + QStringLiteral("/models");
    if (QFileInfo::exists(installed))
        return {installed, user};
    return {QFileInfo::exists(own) ? own : QString(), user};
}

int fetchModels(const CommandContext &context, const ModelsArguments &arguments)
{
    const Console console = arguments.common.console();
    const Fetcher fetcher = findFetcher();
    const QString python = QStandardPaths::findExecutable(QStringLiteral("python3"));
    if (fetcher.script.isEmpty() || python.isEmpty()) {
        console.error(fetcher.script.isEmpty()
                          ? tr("The script that fetches models was not installed.")
                          : tr("Fetching models needs python3, which was not found."));
        return ExitModel;
    }
    QStringList command{fetcher.script, QStringLiteral("--out"), fetcher.folder};
    for (const QString &id : wanted(arguments))
        command << QStringLiteral("--only") << id;
    QProcess process;
    // The script's lines are progress and messages, not results.
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(python, command);
    if (!process.waitForStarted()) {
        console.error(process.errorString());
        return ExitModel;
    }
    bool stopped = false;
    while (process.state() != QProcess::NotRunning) {
        process.waitForFinished(PollMilliseconds);
        while (process.canReadLine())
            console.note(QString::fromUtf8(process.readLine()).trimmed());
        if (context.stop.stop_requested() && !stopped) {
            stopped = true;
            process.terminate();
            if (!process.waitForFinished(GraceMilliseconds))
                process.kill();
        }
    }
    const QString rest = QString::fromUtf8(process.readAll()).trimmed();
    if (!rest.isEmpty())
        console.note(rest);
    if (stopped)
        return ExitInterrupted;
    if (process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0)
        return ExitDone;
    // The script has said what it could not get.
    return ExitModel;
}

CLI::App *subcommand(CLI::App &models, const char *name, const QString &text,
                     ModelsArguments &arguments, bool takesIds)
{
    CLI::App *command = models.add_subcommand(name, text.toStdString());
    if (takesIds)
        command->add_option("ids", arguments.ids,
                            tr("models' ids; all unless given").toStdString());
    arguments.common.addTalking(*command);
    arguments.common.addModels(*command);
    return command;
}

} // namespace

CommandBody addModelsCommand(CLI::App &app, CLI::App *&command)
{
    auto arguments = std::make_shared<ModelsArguments>();
    command = app.add_subcommand("models", tr("What models there are.").toStdString());
    command->require_subcommand(1);
    CLI::App *list =
        subcommand(*command, "list", tr("List them, with their state."), *arguments, false);
    CLI::App *check = subcommand(
        *command, "check", tr("Check their files and run their self-tests."), *arguments, true);
    CLI::App *fetch =
        subcommand(*command, "fetch", tr("Fetch them (the only thing that uses the network)."),
                   *arguments, true);
    CLI::App *bench = nullptr;
    const CommandBody benchBody = addBenchCommand(*command, bench);
    return [=](const CommandContext &context) -> int {
        if (list->parsed())
            return listModels(*arguments);
        if (check->parsed())
            return checkModels(context, *arguments);
        if (fetch->parsed())
            return fetchModels(context, *arguments);
        return bench->parsed() ? benchBody(context) : int(ExitUsage);
    };
}

} // namespace heirloom
