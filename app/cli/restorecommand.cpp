// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "picturerun.h"

#include "measuredphoto.h"
#include "recipe/recipelibrary.h"
#include "session/modelenvironment.h"
#include "session/restoration.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <memory>
#include <optional>

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::CommandLine", text);
}

struct RestoreArguments {
    CommonOptions common;
    std::string recipe;
    double strength = 100;
};

QString recipeIds()
{
    QStringList ids;
    for (const Recipe &recipe : shippedRecipes())
        ids += recipe.id;
    return ids.join(QStringLiteral(", "));
}

Result<std::optional<Recipe>> recipeFrom(const std::string &name)
{
    if (name.empty())
        return std::optional<Recipe>();
    auto recipe = findRecipe(QString::fromStdString(name));
    if (!recipe)
        return fail(recipe.error());
    return std::optional<Recipe>(*recipe);
}

Result<PictureResult> restorePicture(PhotoFile &photo, const std::optional<Recipe> &recipe,
                                     double strength, ModelEnvironment &models,
                                     ExportOptions options, const Progress &progress)
{
    ExportPicture picture = exportPictureFor(photo);
    if (auto good = Exporter::check(picture, options); !good)
        return fail(good.error());
    auto begun = measuredPhoto(photo, models, progress.sub(0, 0.1));
    if (!begun)
        return fail(begun.error());
    QList<ProposedStep> steps = recipe ? recipe->stepsFor(begun->measurements)
                                       : proposeSteps(begun->measurements);
    for (ProposedStep &step : steps)
        step.strength = step.strength * strength / 100;
    auto done = restored(std::move(begun->picture), steps, models, progress.sub(0.1, 0.85));
    if (!done)
        return fail(done.error());
    picture.size = done->pixels.size();
    picture.format = done->pixels.format();
    picture.records = done->records;
    if (options.caption == u"auto")
        options.caption = automaticCaption(picture.records);
    RestoredSource source(*done);
    auto report = exportPicture(source, picture, options, progress.sub(0.95, 0.05));
    if (!report)
        return fail(report.error());
    report->warnings = done->warnings + report->warnings;
    if (steps.isEmpty())
        report->warnings += tr("Nothing was found that needs repair; the picture is as it was.");
    PictureResult result;
    result.report = *report;
    result.steps = done->records;
    return result;
}

} // namespace

CommandBody addRestoreCommand(CLI::App &app, CLI::App *&command)
{
    auto arguments = std::make_shared<RestoreArguments>();
    command = app.add_subcommand(
        "restore", tr("Measure what a picture needs, and do only that.").toStdString());
    arguments->common.addPictures(*command);
    command->add_option("--recipe", arguments->recipe,
                        tr("instead of what is proposed: %1, or a recipe's file (JSON)")
                            .arg(recipeIds())
                            .toStdString());
    command
        ->add_option("--strength", arguments->strength,
                     tr("0 (the picture as it is) to 100 (the whole result of each step)")
                         .toStdString())
        ->check(CLI::Range(0.0, 100.0));
    arguments->common.addModels(*command);
    arguments->common.addTalking(*command);
    return [arguments](const CommandContext &context) -> int {
        const auto recipe = recipeFrom(arguments->recipe);
        if (!recipe) {
            arguments->common.console().error(recipe.error());
            return exitCodeFor(recipe.error());
        }
        ModelEnvironment models(arguments->common.environment());
        return runPictures(
            context, arguments->common, QStringLiteral("restore"),
            [&](PhotoFile &photo, const ExportOptions &options, const Progress &progress) {
                return restorePicture(photo, *recipe, arguments->strength, models, options,
                                      progress);
            });
    };
}

} // namespace heirloom
