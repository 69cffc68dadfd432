// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// One side of speed.py: enlarges a photo from decoding to the saved file, once for each line on
// standard input, and prints the seconds it took. The model stays loaded between lines.
//
//   bench_upscale PHOTO MODEL OUT [TILE [THREADS]]
#include "core/errortext.h"
#include "image/tileplan.h"
#include "inference/modelstore.h"
#include "operation/upscale.h"
#include "session/exporter.h"
#include "session/modelenvironment.h"
#include "session/photofile.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <iostream>

using namespace heirloom;

namespace {

Result<UpscalePlan> enlarge(const QString &photo, const QString &model, const QString &out,
                            ModelEnvironment &environment)
{
    auto file = PhotoFile::open(photo);
    if (!file)
        return fail(file.error());
    const ImageInfo info = (*file)->info();
    UpscaleSettings settings;
    settings.target = UpscaleTarget::byFactor(4);
    settings.model = model;
    auto upscale = Upscale::create(info.size, info.format, info.icc, settings,
                                   environment.context());
    if (!upscale)
        return fail(upscale.error());
    auto source = (*file)->source((*upscale)->retainedRows());
    if (!source)
        return fail(source.error());
    ExportPicture picture;
    picture.size = (*upscale)->plan().target;
    picture.format = (*upscale)->format();
    picture.icc = info.icc;
    picture.metadata = (*file)->metadata();
    picture.sourcePath = photo;
    picture.sourceSize = info.size;
    ExportOptions options;
    options.path = out;
    options.overwrite = true;
    auto exporter = Exporter::create(picture, options);
    if (!exporter)
        return fail(exporter.error());
    auto record = (*upscale)->run(**source, **exporter);
    if (!record)
        return fail(record.error());
    if (auto report = (*exporter)->finish({*record}); !report)
        return fail(report.error());
    return (*upscale)->plan();
}

QByteArray tileList(const UpscalePlan &plan, int threads)
{
    TilePlan::Geometry geometry;
    geometry.tile = plan.tile;
    geometry.halo = plan.halo;
    const TilePlan tiles(plan.source, geometry);
    QJsonArray rectangles;
    for (int i = 0; i < tiles.count(); ++i) {
        const QRect r = tiles.tile(i).input;
        rectangles.append(QJsonArray{r.x(), r.y(), r.width(), r.height()});
    }
    const QJsonObject all{{QStringLiteral("tiles"), rectangles},
                          {QStringLiteral("tile"), plan.tile},
                          {QStringLiteral("halo"), plan.halo},
                          {QStringLiteral("threads"), threads}};
    return QJsonDocument(all).toJson(QJsonDocument::Compact);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = app.arguments();
    if (arguments.size() < 4) {
        std::fputs("usage: bench_upscale PHOTO MODEL OUT [TILE [THREADS]]\n", stderr);
        return 2;
    }
    ModelEnvironment::Options options;
    options.tile = arguments.value(4).toInt();
    options.threads = arguments.value(5).toInt();
    options.keepTiles = false; // a cached tile would measure nothing
    ModelEnvironment environment(options);
    const auto once = [&] {
        return enlarge(arguments[1], arguments[2], arguments[3], environment);
    };
    Result<UpscalePlan> plan = once();
    if (plan)
        plan = once();
    if (!plan) {
        std::fprintf(stderr, "%s\n", qPrintable(errorSentence(plan.error())));
        return 1;
    }
    std::cout << tileList(*plan, options.threads).constData() << std::endl;
    for (std::string line; std::getline(std::cin, line);) {
        QElapsedTimer timer;
        timer.start();
        if (!once())
            return 1;
        std::cout << double(timer.nsecsElapsed()) / 1e9 << std::endl;
    }
    return 0;
}
