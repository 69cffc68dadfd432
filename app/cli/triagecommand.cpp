// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "commonoptions.h"
#include "measuredphoto.h"
#include "picturerun.h"
#include "places.h"

#include "session/modelenvironment.h"
#include "session/restoration.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <cmath>
#include <memory>

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::CommandLine", text);
}

QJsonObject triageJson(const QString &input, const Measurements &measurements,
                       const QList<ProposedStep> &steps, const QList<StepTime> &times,
                       const QStringList &warnings)
{
    QJsonArray list;
    for (int i = 0; i < steps.size(); ++i) {
        QJsonObject step = stepJson(steps[i]);
        if (times[i].seconds)
            step[QStringLiteral("seconds")] = std::round(*times[i].seconds * 10) / 10;
        list += step;
    }
    return {{QStringLiteral("input"), input},
            {QStringLiteral("measurements"), measurements.toJson()},
            {QStringLiteral("steps"), list},
            {QStringLiteral("warnings"), QJsonArray::fromStringList(warnings)}};
}

QStringList triageLines(const QString &input, const Measurements &measurements,
                        const QList<ProposedStep> &steps, const QList<StepTime> &times)
{
    QStringList lines{tr("%1: %2 megapixels, about %3 of detail")
                          .arg(input)
                          .arg(measurements.megapixels(), 0, 'f', 1)
                          .arg(measurements.detailMegapixels(), 0, 'f', 1)};
    for (int i = 0; i < steps.size(); ++i) {
        const ProposedStep &step = steps[i];
        QString line =
            QStringLiteral("  %1: %2. %3").arg(step.operation, step.measured, step.reason);
        if (times[i].seconds)
            line += tr(" About %1 s here.").arg(std::max(1L, std::lround(*times[i].seconds)));
        lines += line;
    }
    if (steps.isEmpty())
        lines += QStringLiteral("  ") + tr("Nothing needed.");
    return lines;
}

/// Measures the speed of networks that never ran here, as the window does: a small tile each.
QList<StepTime> measuredTimes(const QList<ProposedStep> &steps, const OperationPicture &picture,
                              ModelEnvironment &models, const Progress &progress)
{
    const QList<StepTime> times = stepTimes(steps, picture, models);
    bool isMeasured = false;
    for (const StepTime &time : times) {
        if (!time.unmeasured.isEmpty()) // where that fails it stays unknown, and is not said
            isMeasured |= models.measureSpeed(time.unmeasured, progress).has_value();
    }
    return isMeasured ? stepTimes(steps, picture, models) : times;
}

int runTriage(const CommandContext &context, const CommonOptions &options)
{
    const Console console = options.console();
    ModelEnvironment models(options.environment());
    int failed = 0;
    int firstCode = ExitDone;
    for (const std::string &name : options.inputs) {
        const QString input = QString::fromStdString(name);
        auto photo = openInput(input, options.limits());
        Result<MeasuredPhoto> found;
        if (photo) {
            ProgressDisplay display(options.progressStyle(), shownName(input));
            found = measuredPhoto(**photo, models, display.progress(context.stop));
        }
        if (!photo || !found) {
            const Error error = photo ? found.error() : photo.error();
            console.error(error);
            if (error.isCancelled())
                return ExitInterrupted;
            ++failed;
            if (firstCode == ExitDone)
                firstCode = exitCodeFor(error);
            continue;
        }
        const QList<ProposedStep> steps = proposeSteps(found->measurements);
        const TiledBuffer &pixels = found->picture.pixels;
        const QList<StepTime> times = measuredTimes(
            steps, {pixels.size(), pixels.format(), found->picture.icc}, models,
            Progress(context.stop, {}));
        const bool said =
            options.json
                ? console.result(triageJson(input, found->measurements, steps, times,
                                            warningsOf((*photo)->notices())))
                : console.result(triageLines(input, found->measurements, steps, times).join(u'\n'));
        if (!said)
            return ExitOutput;
    }
    if (failed == 0)
        return ExitDone;
    return failed < int(options.inputs.size()) ? int(ExitSomeFailed) : firstCode;
}

} // namespace

CommandBody addTriageCommand(CLI::App &app, CLI::App *&command)
{
    auto options = std::make_shared<CommonOptions>();
    command = app.add_subcommand(
        "triage", tr("Measure pictures and say what they need, and why.").toStdString());
    command->add_option("inputs", options->inputs, tr("pictures").toStdString())
        ->required()
        ->type_name("IN");
    options->addTalking(*command);
    options->addModels(*command);
    return [options](const CommandContext &context) { return runTriage(context, *options); };
}

} // namespace heirloom
