// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "picturerun.h"
#include "projectconvert.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <memory>

namespace heirloom
{

namespace
{

Result<PictureResult> convertPicture(PhotoFile &photo, ExportOptions options,
                                     const Progress &progress)
{
    if (options.caption == u"auto")
        options.caption = ledgerCaption(photo.metadata().ledger);
    const ExportPicture picture = exportPictureFor(photo);
    // Limits first: a picture that cannot be written need not be decoded.
    if (auto good = Exporter::check(picture, options); !good)
        return fail(good.error());
    auto source = photo.source(0, progress.sub(0, 0.3));
    if (!source)
        return fail(source.error());
    TimedSource timed(**source);
    auto report = exportPicture(timed, picture, options, progress.sub(0.3, 0.7));
    if (!report)
        return fail(report.error());
    PictureResult result;
    result.report = *report;
    result.decodeSeconds = timed.seconds();
    return result;
}

} // namespace

CommandBody addConvertCommand(CLI::App &app, CLI::App *&command)
{
    auto options = std::make_shared<CommonOptions>();
    command = app.add_subcommand(
        "convert", QCoreApplication::translate("heirloom::CommandLine",
                                               "Write pictures in another format; pixels, "
                                               "colours and metadata stay.")
                       .toStdString());
    options->addPictures(*command);
    options->addTalking(*command);
    options->addModels(*command);
    return [options](const CommandContext &context) {
        return runPictures(context, *options, QStringLiteral("convert"), convertPicture,
                           [&context](const Place &place, const ExportOptions &writing,
                                      const Progress &progress, QStringList &warnings) {
                               return convertProject(context, place, writing, progress, warnings);
                           });
    };
}

} // namespace heirloom
