// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "commonoptions.h"
#include "picturerun.h"
#include "places.h"

#include "image/colormanagement.h"
#include "metadata/ledger.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>
#include <QJsonArray>

#include <memory>
#include <optional>

namespace heirloom
{

namespace
{

constexpr int BandRows = 64;

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::CommandLine", text);
}

struct InfoArguments {
    CommonOptions common;
    bool headerOnly = false;
};

QString profileName(const ImageInfo &info)
{
    if (info.icc.isEmpty())
        return {};
    const auto profile = ColorProfile::fromIcc(info.icc);
    return profile ? profile->description() : tr("unusable profile");
}

/// Decodes everything, for the missing rows and for damage that the header does not show.
Result<void> readThrough(PhotoFile &photo, const Progress &progress)
{
    auto source = photo.source(0, progress.sub(0, 0.5));
    if (!source)
        return fail(source.error());
    const QSize size = (*source)->size();
    for (int y = 0; y < size.height(); y += BandRows) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const int count = std::min(BandRows, size.height() - y);
        if (auto rows = (*source)->read(QRect(0, y, size.width(), count)); !rows)
            return fail(rows.error());
        progress.report(double(y + count) / size.height());
    }
    return {};
}

QJsonObject ledgerJson(const LedgerEntry &entry)
{
    QJsonObject json{
        {QStringLiteral("operation"), entry.operation},
        {QStringLiteral("method"), entry.method},
        {QStringLiteral("parameters"), QJsonObject::fromVariantMap(entry.parameters)},
        {QStringLiteral("strength"), entry.strength},
        {QStringLiteral("changed_share"), entry.changedShare},
        {QStringLiteral("when"), entry.when},
        {QStringLiteral("software"), entry.software},
    };
    if (entry.isLearned()) {
        json[QStringLiteral("model")] = QJsonObject{{QStringLiteral("id"), entry.modelId},
                                                    {QStringLiteral("version"), entry.modelVersion},
                                                    {QStringLiteral("sha256"), entry.modelSha256}};
    }
    return json;
}

QJsonObject metadataJson(const Metadata &metadata)
{
    return {
        {QStringLiteral("description"), metadata.description},
        {QStringLiteral("creator"), metadata.creator},
        {QStringLiteral("camera"), metadata.camera},
        {QStringLiteral("software"), metadata.software},
        {QStringLiteral("taken"), metadata.taken.toString(Qt::ISODate)},
        {QStringLiteral("has_location"), metadata.hasLocation},
        {QStringLiteral("has_exif"), !metadata.exif.isEmpty()},
        {QStringLiteral("has_iptc"), !metadata.iptc.isEmpty()},
        {QStringLiteral("has_xmp"), !metadata.xmp.isEmpty()},
        {QStringLiteral("digital_source_type"), metadata.digitalSourceType},
    };
}

std::optional<qint64> firstMissingRow(const QList<Notice> &notices)
{
    for (const Notice &notice : notices) {
        if (notice.kind == Notice::Kind::MissingRows)
            return notice.number;
    }
    return {};
}

QJsonObject infoJson(const QString &input, const PhotoFile &photo)
{
    const ImageInfo info = photo.info();
    QJsonArray ledger;
    for (const LedgerEntry &entry : photo.metadata().ledger)
        ledger += ledgerJson(entry);
    QJsonArray notices;
    for (const Notice &notice : photo.notices())
        notices += noticeText(notice);
    QJsonObject json{
        {QStringLiteral("input"), input},
        {QStringLiteral("format"), fileFormatName(info.fileFormat)},
        {QStringLiteral("bytes"), photo.byteCount()},
        {QStringLiteral("width"), info.size.width()},
        {QStringLiteral("height"), info.size.height()},
        {QStringLiteral("depth"), info.format.bytesPerSample() * 8},
        {QStringLiteral("source_bits"), info.sourceBits},
        {QStringLiteral("channels"), channelsName(info.format)},
        {QStringLiteral("profile"), profileName(info)},
        {QStringLiteral("orientation"), int(photo.storedOrientation())},
        {QStringLiteral("pages"), info.pages},
        {QStringLiteral("metadata"), metadataJson(photo.metadata())},
        {QStringLiteral("ledger"), ledger},
        {QStringLiteral("warnings"), notices},
        {QStringLiteral("missing_from_row"), QJsonValue::Null},
        {QStringLiteral("dpi"), QJsonValue::Null},
    };
    if (info.resolution.isValid())
        json[QStringLiteral("dpi")] = QJsonArray{info.resolution.x, info.resolution.y};
    if (const auto row = firstMissingRow(photo.notices()))
        json[QStringLiteral("missing_from_row")] = *row;
    return json;
}

QStringList infoLines(const QString &input, const PhotoFile &photo)
{
    const ImageInfo info = photo.info();
    const Metadata &metadata = photo.metadata();
    QStringList lines;
    lines += tr("%1: %2, %3 x %4 pixels, %5 bits, %6")
                 .arg(input, fileFormatName(info.fileFormat))
                 .arg(info.size.width())
                 .arg(info.size.height())
                 .arg(info.sourceBits)
                 .arg(channelsName(info.format));
    const auto line = [&](const QString &label, const QString &value) {
        if (!value.isEmpty())
            lines += QStringLiteral("  %1: %2").arg(label, value);
    };
    line(tr("profile"), profileName(info));
    if (info.resolution.isValid())
        line(tr("resolution"), tr("%1 dpi").arg(info.resolution.x));
    if (photo.storedOrientation() != Orientation::Upright)
        line(tr("stored turned"), QString::number(int(photo.storedOrientation())));
    line(tr("description"), metadata.description);
    line(tr("creator"), metadata.creator);
    line(tr("camera"), metadata.camera);
    line(tr("taken"), metadata.taken.toString(Qt::ISODate));
    line(tr("location"), metadata.hasLocation ? tr("yes") : QString());
    line(tr("source type"), metadata.digitalSourceType);
    for (const LedgerEntry &entry : metadata.ledger) {
        line(tr("done before"), QStringLiteral("%1 (%2), %3 %")
                                    .arg(operationLabel(entry.operation), entry.method)
                                    .arg(entry.strength));
    }
    for (const Notice &notice : photo.notices())
        line(tr("note"), noticeText(notice));
    return lines;
}

int runInfo(const CommandContext &context, const InfoArguments &arguments)
{
    const Console console = arguments.common.console();
    int failed = 0;
    int firstCode = ExitDone;
    for (const std::string &name : arguments.common.inputs) {
        const QString input = QString::fromStdString(name);
        auto photo = openInput(input, arguments.common.limits());
        Result<void> read;
        if (photo && !arguments.headerOnly) {
            ProgressDisplay display(arguments.common.progressStyle(), shownName(input));
            read = readThrough(**photo, display.progress(context.stop));
        }
        if (!photo || !read) {
            const Error error = photo ? read.error() : photo.error();
            console.error(error);
            if (error.isCancelled())
                return ExitInterrupted;
            ++failed;
            if (firstCode == ExitDone)
                firstCode = exitCodeFor(error);
            continue;
        }
        const bool said = arguments.common.json
                              ? console.result(infoJson(input, **photo))
                              : console.result(infoLines(input, **photo).join(u'\n'));
        if (!said)
            return ExitOutput;
    }
    if (failed == 0)
        return ExitDone;
    return failed < int(arguments.common.inputs.size()) ? int(ExitSomeFailed) : firstCode;
}

} // namespace

CommandBody addInfoCommand(CLI::App &app, CLI::App *&command)
{
    auto arguments = std::make_shared<InfoArguments>();
    command = app.add_subcommand(
        "info",
        tr("Say what a picture is: size, colours, metadata, what was done to it.").toStdString());
    command->add_option("inputs", arguments->common.inputs, tr("pictures").toStdString())
        ->required()
        ->type_name("IN");
    command->add_flag("--header", arguments->headerOnly,
                      tr("look at the header only, do not decode the pixels").toStdString());
    arguments->common.addTalking(*command);
    arguments->common.addModels(*command);
    return [arguments](const CommandContext &context) { return runInfo(context, *arguments); };
}

} // namespace heirloom
