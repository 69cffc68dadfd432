// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "picturerun.h"

#include "operation/operationrecord.h"
#include "places.h"
#include "session/project.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QTemporaryDir>

#include <chrono>
#include <cmath>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

namespace heirloom
{

namespace
{

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double rounded(double seconds)
{
    return std::round(seconds * 1000) / 1000;
}

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::CommandLine", text);
}

QJsonObject resultJson(const Place &place, const QString &operation, const PictureResult &result,
                       double seconds, const QStringList &warnings)
{
    const ExportReport &report = result.report;
    const OperationRecord record = result.record.value_or(OperationRecord());
    QJsonObject json{
        {QStringLiteral("input"), place.input},
        {QStringLiteral("output"), place.output},
        {QStringLiteral("operation"), operation},
        {QStringLiteral("width"), report.size.width()},
        {QStringLiteral("height"), report.size.height()},
        {QStringLiteral("format"), place.isProject ? QStringLiteral("ora")
                                                    : fileFormatName(report.fileFormat)},
        {QStringLiteral("channels"), channelsName(report.format)},
        {QStringLiteral("depth"), report.format.bytesPerSample() * 8},
        {QStringLiteral("bytes"), report.bytes},
        {QStringLiteral("parameters"), QJsonObject::fromVariantMap(record.parameters)},
        {QStringLiteral("seconds"),
         QJsonObject{{QStringLiteral("total"), rounded(seconds)},
                     {QStringLiteral("decode"), rounded(result.decodeSeconds)},
                     {QStringLiteral("inference"), rounded(record.inferenceSeconds)},
                     {QStringLiteral("encode"), rounded(report.encodeSeconds)}}},
        {QStringLiteral("tiles"), record.tiles},
        {QStringLiteral("tiles_reused"), record.tilesReused},
        {QStringLiteral("peak_memory_mb"), std::round(peakMemoryMegabytes() * 10) / 10},
        {QStringLiteral("warnings"), QJsonArray::fromStringList(warnings)},
        {QStringLiteral("model"), QJsonValue::Null},
    };
    if (result.steps) {
        QJsonArray steps;
        for (const OperationRecord &step : *result.steps)
            steps += recordToJson(step);
        json[QStringLiteral("steps")] = steps;
    }
    if (result.record) {
        json[QStringLiteral("method")] = record.method;
        json[QStringLiteral("strength")] = record.strength;
        json[QStringLiteral("tiles_retried")] = record.tilesRetried;
        json[QStringLiteral("tiles_halved")] = record.tilesHalved;
    }
    if (!record.modelId.isEmpty()) {
        json[QStringLiteral("model")] =
            QJsonObject{{QStringLiteral("id"), record.modelId},
                        {QStringLiteral("version"), record.modelVersion},
                        {QStringLiteral("sha256"), record.modelSha256}};
    }
    return json;
}

/// One picture from opening to its name. Standard output gets a finished file.
Result<PictureResult> runOne(const Place &place, const CommonOptions &options,
                             const PictureWork &work, const ProjectWork &projectWork,
                             const Progress &progress, QStringList &warnings)
{
    ExportOptions writing = options.exportOptions();
    writing.fileFormat = place.format;
    writing.path = place.output;
    const bool toStandard = place.output == u"-";
    QTemporaryDir folder;
    if (toStandard) {
        if (!folder.isValid())
            return fail(ErrorCode::OutputNotWritable, {folder.path(), folder.errorString()});
        writing.path = folder.filePath(QStringLiteral("result"));
    }
    Result<PictureResult> result;
    if (projectWork && (place.isProject || Project::isProject(place.input))) {
        result = projectWork(place, writing, progress, warnings);
    } else {
        auto photo = openInput(place.input, options.limits());
        if (!photo)
            return fail(photo.error());
        result = work(**photo, writing, progress);
        warnings += warningsOf((*photo)->notices());
    }
    if (!result)
        return result;
    if (toStandard) {
        if (auto copied = copyToStandardOutput(writing.path); !copied)
            return fail(copied.error());
    }
    if (result->record)
        warnings += result->record->warnings;
    warnings += result->report.warnings;
    warnings.removeDuplicates();
    return result;
}

void sayResult(const Console &console, const Place &place, const PictureResult &result,
               double seconds)
{
    console.note(tr("%1: %2 x %3 pixels, %4 s")
                     .arg(place.output == u"-" ? tr("standard output") : place.output)
                     .arg(result.report.size.width())
                     .arg(result.report.size.height())
                     .arg(seconds, 0, 'f', 1));
}

} // namespace

QStringList warningsOf(const QList<Notice> &notices)
{
    QStringList warnings;
    for (const Notice &notice : notices) {
        // That most pictures carry no profile is nothing to warn of.
        if (notice.kind != Notice::Kind::Untagged)
            warnings += noticeText(notice);
    }
    return warnings;
}

QString channelsName(PixelFormat format)
{
    switch (format.channels) {
    case Channels::Gray:
        return QStringLiteral("gray");
    case Channels::GrayAlpha:
        return QStringLiteral("gray+alpha");
    case Channels::Rgb:
        return QStringLiteral("rgb");
    case Channels::Rgba:
        return QStringLiteral("rgba");
    }
    return {};
}

double peakMemoryMegabytes()
{
#ifdef Q_OS_UNIX
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
#ifdef Q_OS_MACOS
    return double(usage.ru_maxrss) / 1048576;
#else
    return double(usage.ru_maxrss) / 1024;
#endif
#else
    return 0;
#endif
}

Result<Image> TimedSource::read(const QRect &r)
{
    const auto start = Clock::now();
    auto image = m_source.read(r);
    m_seconds += secondsSince(start);
    return image;
}

ExportPicture exportPictureFor(const PhotoFile &photo)
{
    const ImageInfo info = photo.info();
    ExportPicture picture;
    picture.size = info.size;
    picture.format = info.format;
    picture.icc = info.icc;
    picture.resolution = info.resolution;
    picture.metadata = photo.metadata();
    picture.sourcePath = photo.path();
    picture.sourceSize = info.size;
    return picture;
}

int runPictures(const CommandContext &context, const CommonOptions &options,
                const QString &operation, const PictureWork &work,
                const ProjectWork &projectWork)
{
    const Console console = options.console();
    QStringList inputs;
    for (const std::string &input : options.inputs)
        inputs += QString::fromStdString(input);
    const QString output = QString::fromStdString(options.output);
    const auto format = options.exportOptions().fileFormat;
    auto places = placesFor(inputs, output, format, bool(projectWork));
    if (options.number > 0 && output == u"-") {
        console.error(Error(ErrorCode::BadArgument,
                            {output, tr("a file's name, for there are several results")}));
        return ExitUsage;
    }
    if (!places) {
        console.error(places.error());
        return exitCodeFor(places.error());
    }
    if (options.json && output == u"-") {
        console.error(tr("--json and \"-o -\" both need standard output; use one of them."));
        return ExitUsage;
    }
    for (qsizetype i = 0; i < places->size() && options.number > 0; ++i)
        (*places)[i].output = numberedPath(places->at(i).output, options.number);
    int failed = 0;
    int firstCode = ExitDone;
    for (const Place &place : *places) {
        const auto start = Clock::now();
        QStringList warnings;
        Result<PictureResult> result = [&] {
            ProgressDisplay display(options.progressStyle(), shownName(place.input));
            return runOne(place, options, work, projectWork, display.progress(context.stop),
                          warnings);
        }();
        if (!result) {
            console.error(result.error());
            if (result.error().isCancelled() || context.stop.stop_requested())
                return ExitInterrupted;
            ++failed;
            if (firstCode == ExitDone)
                firstCode = exitCodeFor(result.error());
            continue;
        }
        const double seconds = secondsSince(start);
        for (const QString &warning : std::as_const(warnings))
            console.warning(warning);
        if (options.json) {
            if (!console.result(resultJson(place, operation, *result, seconds, warnings)))
                return ExitOutput;
        } else {
            sayResult(console, place, *result, seconds);
        }
    }
    if (failed == 0)
        return ExitDone;
    return failed < places->size() ? int(ExitSomeFailed) : firstCode;
}

} // namespace heirloom
