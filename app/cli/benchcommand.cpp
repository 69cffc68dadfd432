// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "command.h"
#include "commonoptions.h"
#include "picturerun.h"
#include "places.h"

#include "operation/upscale.h"
#include "session/uprightsource.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <algorithm>
#include <chrono>
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

struct BenchArguments {
    CommonOptions common;
    std::vector<std::string> models;
    int side = 256;
    int runs = 3;
};

/// Counts rows and forgets them.
class NoSink : public RowSink
{
public:
    NoSink(QSize size, PixelFormat format)
        : m_size(size)
        , m_format(format)
    {
    }
    QSize size() const override { return m_size; }
    PixelFormat format() const override { return m_format; }
    Result<void> write(const Image &) override { return {}; }
    Result<void> finish() override { return {}; }

private:
    QSize m_size;
    PixelFormat m_format;
};

struct BenchResult {
    UpscalePlan plan;
    OperationRecord record;
    double loadSeconds = 0;
    std::vector<double> seconds; ///< of each run, the first one's warming up among them
};

double secondsSince(std::chrono::steady_clock::time_point start)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

Result<BenchResult> benchModel(const Image &crop, const QByteArray &icc, const QString &id,
                               ModelEnvironment &models, int runs, const Progress &progress)
{
    BenchResult result;
    UpscaleSettings settings;
    settings.model = id;
    settings.target = UpscaleTarget::byFactor(4);
    const auto loading = std::chrono::steady_clock::now();
    auto upscale = Upscale::create(crop.size(), crop.format(), icc, settings, models.context());
    if (!upscale)
        return fail(upscale.error());
    result.loadSeconds = secondsSince(loading);
    result.plan = (*upscale)->plan();
    for (int run = 0; run < runs; ++run) {
        MemorySource source(crop, icc);
        NoSink sink(result.plan.target, crop.format());
        const auto start = std::chrono::steady_clock::now();
        auto record = (*upscale)->run(source, sink, progress.sub(double(run) / runs, 1.0 / runs));
        if (!record)
            return fail(record.error());
        result.seconds.push_back(secondsSince(start));
        result.record = *record;
    }
    return result;
}

QJsonObject benchJson(const BenchResult &result, const QString &input, double fastest)
{
    return {
        {QStringLiteral("input"), input},
        {QStringLiteral("method"), result.plan.method},
        {QStringLiteral("width"), result.plan.source.width()},
        {QStringLiteral("height"), result.plan.source.height()},
        {QStringLiteral("tile"), result.plan.tile},
        {QStringLiteral("tiles"), result.plan.tiles()},
        {QStringLiteral("load_seconds"), std::round(result.loadSeconds * 1000) / 1000},
        {QStringLiteral("seconds"), std::round(fastest * 1000) / 1000},
        {QStringLiteral("megapixels_per_minute"),
         fastest > 0
             ? double(result.plan.source.width()) * result.plan.source.height() / fastest * 60e-6
             : 0.0},
        {QStringLiteral("pass_peak_mb"), double(result.record.peakBytes) / 1048576},
        {QStringLiteral("peak_memory_mb"), peakMemoryMegabytes()},
    };
}

int runBench(const CommandContext &context, const BenchArguments &arguments)
{
    const Console console = arguments.common.console();
    const auto refuse = [&](const Error &error) {
        console.error(error);
        return int(exitCodeFor(error));
    };
    const QString input = QString::fromStdString(arguments.common.inputs.front());
    auto photo = openInput(input, arguments.common.limits());
    if (!photo)
        return refuse(photo.error());
    auto whole = (*photo)->image(Progress(context.stop, {}));
    if (!whole)
        return refuse(whole.error());
    const QSize side(std::min(arguments.side, whole->width()),
                     std::min(arguments.side, whole->height()));
    const QRect middle(
        QPoint((whole->width() - side.width()) / 2, (whole->height() - side.height()) / 2), side);
    const Image crop = whole->copied(middle);
    const QByteArray icc = (*photo)->info().icc;

    // Every run computes: nothing comes from the cache of finished tiles.
    ModelEnvironment::Options options = arguments.common.environment();
    options.keepTiles = false;
    ModelEnvironment models(options);
    QStringList ids;
    for (const std::string &id : arguments.models)
        ids += QString::fromStdString(id);
    if (ids.isEmpty()) {
        for (const ModelPack &pack : models.packs(ModelTask::Upscale))
            ids += pack.id;
        ids += Upscale::twinId();
    }
    for (const QString &id : std::as_const(ids)) {
        Result<BenchResult> result = [&] {
            ProgressDisplay display(arguments.common.progressStyle(), id);
            return benchModel(crop, icc, id, models, arguments.runs,
                              display.progress(context.stop));
        }();
        if (!result)
            return refuse(result.error());
        const double fastest = *std::min_element(result->seconds.begin(), result->seconds.end());
        models.learnSpeed(result->plan.modelPixels, result->record);
        const bool said = arguments.common.json
                              ? console.result(benchJson(*result, input, fastest))
                              : console.result(tr("%1  %2 x %3 pixels x4: %4 s (loading: %5 s)")
                                                   .arg(id, -24)
                                                   .arg(side.width())
                                                   .arg(side.height())
                                                   .arg(fastest, 0, 'f', 2)
                                                   .arg(result->loadSeconds, 0, 'f', 2));
        if (!said)
            return ExitOutput;
    }
    return ExitDone;
}

} // namespace

CommandBody addBenchCommand(CLI::App &models, CLI::App *&command)
{
    auto arguments = std::make_shared<BenchArguments>();
    command = models.add_subcommand(
        "bench", tr("Time the enlarging models on the middle of a picture.").toStdString());
    command->add_option("input", arguments->common.inputs, tr("a picture").toStdString())
        ->required()
        ->expected(1)
        ->type_name("IN");
    command->add_option("--model", arguments->models,
                        tr("a model's id (several times); all unless given").toStdString());
    command->add_option("--side", arguments->side, tr("pixels a side (256)").toStdString())
        ->check(CLI::Range(16, 4096));
    command->add_option("--runs", arguments->runs, tr("runs; the fastest counts (3)").toStdString())
        ->check(CLI::Range(1, 100));
    arguments->common.addModels(*command);
    arguments->common.addTalking(*command);
    return [arguments](const CommandContext &context) { return runBench(context, *arguments); };
}

} // namespace heirloom
