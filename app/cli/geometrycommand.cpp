// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "picturerun.h"
#include "places.h"

#include "operation/printfinder.h"
#include "session/uprightsource.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <utility>

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::CommandLine", text);
}

struct GeometryArguments {
    CommonOptions common;
    bool deskew = false;
    bool split = false;
    std::string crop;
    int rotate = 0;
    std::string flip;

    bool cropsToPrint() const { return crop == "auto" || split; }
    bool needsPrints() const { return deskew || cropsToPrint(); }
};

/// The rectangle of "WxH+X+Y"; nothing where crop is empty or "auto". Errors: BadArgument.
Result<std::optional<QRect>> rectangle(const std::string &crop)
{
    if (crop.empty() || crop == "auto")
        return std::optional<QRect>();
    static const QRegularExpression form(
        QStringLiteral("^([0-9]{1,6})x([0-9]{1,6})\\+([0-9]{1,6})\\+([0-9]{1,6})$"));
    const QString text = QString::fromStdString(crop);
    const auto match = form.match(text);
    const auto number = [&](int i) { return match.captured(i).toInt(); };
    if (!match.hasMatch() || number(1) < 1 || number(2) < 1)
        return fail(ErrorCode::BadArgument, {text, tr("\"auto\" or WxH+X+Y in pixels")});
    return std::optional(QRect(number(3), number(4), number(1), number(2)));
}

/// Mirrored, then turned clockwise, as the command line asks.
Image turned(Image picture, const GeometryArguments &arguments)
{
    if (!arguments.flip.empty())
        picture = upright(picture, arguments.flip == "h" ? Orientation::MirrorHorizontal
                                                         : Orientation::MirrorVertical);
    switch (arguments.rotate) {
    case 90:
        return upright(picture, Orientation::Rotate90);
    case 180:
        return upright(picture, Orientation::Rotate180);
    case 270:
        return upright(picture, Orientation::Rotate270);
    default:
        return picture;
    }
}

QVariantMap printParameters(const FoundPrint &print)
{
    QVariantList corners;
    for (const QPointF &p : print.corners)
        corners += QVariant(QVariantList{p.x(), p.y()});
    return {{QStringLiteral("angle"), print.angle}, {QStringLiteral("corners"), corners}};
}

/// Results and what is said of them.
struct Cut {
    QList<Image> pictures;
    QVariantMap parameters;
    QStringList warnings;
};

Result<Cut> cut(const Image &scan, const GeometryArguments &arguments,
                const std::optional<QRect> &crop, const Progress &progress)
{
    Cut result;
    QList<FoundPrint> prints;
    if (arguments.needsPrints()) {
        MemorySource source(scan, {});
        auto found = findPrints(source, progress);
        if (!found)
            return fail(found.error());
        prints = *found;
        QVariantList list;
        for (const FoundPrint &print : prints)
            list += printParameters(print);
        result.parameters.insert(QStringLiteral("prints"), list);
        if (prints.isEmpty()) {
            result.warnings += tr("No print on a plain ground was found, so nothing was cropped or "
                                  "straightened.");
        }
    }
    if (prints.size() > 1 && !arguments.split) {
        result.warnings +=
            tr("There are %1 prints; the largest was taken. --split writes a file for each.")
                .arg(prints.size());
        const auto area = [](const FoundPrint &p) { return p.size().width() * p.size().height(); };
        prints = {*std::max_element(
            prints.begin(), prints.end(),
            [&](const FoundPrint &a, const FoundPrint &b) { return area(a) < area(b); })};
    }
    for (FoundPrint print : prints) {
        if (!arguments.deskew && !arguments.split)
            print.angle = 0; // its upright bounds
        result.pictures += arguments.cropsToPrint() ? printCutOut(scan, print)
                                                    : turnedBack(scan, print.angle);
    }
    if (result.pictures.isEmpty())
        result.pictures += scan;
    for (Image &picture : result.pictures) {
        if (crop) {
            if (!picture.rect().contains(*crop)) {
                return fail(ErrorCode::BadArgument,
                            {QString::fromStdString(arguments.crop),
                             tr("a part of the picture's %1 x %2 pixels")
                                 .arg(picture.width())
                                 .arg(picture.height())});
            }
            picture = picture.copied(*crop);
        }
        picture = turned(std::move(picture), arguments);
    }
    return result;
}

/// OUT, OUT-2, OUT-3, ...
QString numbered(const QString &path, qsizetype index)
{
    return index == 0 ? path : numberedPath(path, index + 1);
}

Result<PictureResult> runGeometry(PhotoFile &photo, const GeometryArguments &arguments,
                                  const std::optional<QRect> &crop, ExportOptions options,
                                  const Progress &progress)
{
    ExportPicture picture = exportPictureFor(photo);
    if (auto good = Exporter::check(picture, options); !good)
        return fail(good.error());
    auto scan = photo.image(progress.sub(0, 0.3));
    if (!scan)
        return fail(scan.error());
    auto parts = cut(*scan, arguments, crop, progress.sub(0.3, 0.3));
    if (!parts)
        return fail(parts.error());
    if (parts->pictures.size() > 1 && arguments.common.output == "-") {
        return fail(ErrorCode::BadArgument,
                    {QStringLiteral("-"), tr("a file's name, for there are several results")});
    }
    OperationRecord record;
    record.operation = QStringLiteral("geometry");
    record.method = QStringLiteral("geometry");
    const Image &first = parts->pictures.front();
    record.alteration = parts->pictures.size() > 1 || !(first == *scan) ? Alteration::HumanEdits
                                                                         : Alteration::None;
    record.warnings = parts->warnings;
    const QString path = options.path;
    QVariantList outputs;
    for (qsizetype i = 0; i < parts->pictures.size(); ++i) {
        options.path = numbered(path, i);
        outputs += options.path;
        if (auto good = Exporter::check(picture, options); !good)
            return fail(good.error()); // before anything is written
    }
    if (record.alteration != Alteration::None)
        picture.records = {record};
    if (outputs.size() > 1)
        parts->parameters.insert(QStringLiteral("outputs"), outputs);
    PictureResult result;
    for (qsizetype i = parts->pictures.size() - 1; i >= 0; --i) {
        options.path = numbered(path, i);
        picture.size = parts->pictures[i].size();
        MemorySource source(parts->pictures[i], picture.icc);
        const double share = 0.4 / double(parts->pictures.size());
        const auto report =
            exportPicture(source, picture, options, progress.sub(1 - share * double(i + 1), share));
        if (!report)
            return fail(report.error());
        result.report = *report;
    }
    record.parameters = parts->parameters;
    result.record = record;
    return result;
}

} // namespace

CommandBody addGeometryCommand(CLI::App &app, CLI::App *&command)
{
    auto arguments = std::make_shared<GeometryArguments>();
    command = app.add_subcommand(
        "geometry",
        tr("Straighten and crop scanned prints; turn and mirror. In this order: straighten, "
           "crop, mirror, turn.")
            .toStdString());
    arguments->common.addPictures(*command);
    command->add_flag("--deskew", arguments->deskew,
                      tr("turn a print on a plain ground upright").toStdString());
    command->add_option("--crop", arguments->crop,
                        tr("auto (to the print's edge) or WxH+X+Y").toStdString());
    command->add_flag("--split", arguments->split,
                      tr("write each print on the scan, upright and cropped, to its own file: OUT, "
                         "OUT-2, ...")
                          .toStdString());
    command->add_option("--rotate", arguments->rotate, tr("degrees clockwise").toStdString())
        ->check(CLI::IsMember({90, 180, 270}));
    command
        ->add_option("--flip", arguments->flip,
                     tr("h (left and right change places) or v").toStdString())
        ->check(CLI::IsMember({"h", "v"}));
    arguments->common.addTalking(*command);
    return [arguments](const CommandContext &context) -> int {
        const CommonOptions &common = arguments->common;
        const auto crop = rectangle(arguments->crop);
        if (!crop) {
            common.console().error(crop.error());
            return exitCodeFor(crop.error());
        }
        return runPictures(
            context, common, QStringLiteral("geometry"),
            [&](PhotoFile &photo, const ExportOptions &options, const Progress &progress) {
                return runGeometry(photo, *arguments, *crop, options, progress);
            });
    };
}

} // namespace heirloom
