// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/tiledrunner.h"

#include "core/log.h"
#include "inference/tilecache.h"
#include "inference/tileverdict.h"

#include <QCryptographicHash>

#include <algorithm>
#include <chrono>
#include <cstring>

namespace heirloom
{

namespace
{

constexpr int smallestTile = 16;
/// Winograd's filtering works in blocks of 4 x 4 (of 8 x 8 where a network folds pixels by two).
/// Where the numbers of blocks of both sides are primes oneDNN cannot divide the work, and takes
/// 2.5 times as long; and tiles of the same size share what was prepared for it.
constexpr int usualMultiple = 32;

Planes padded(const Planes &planes, QSize size)
{
    if (planes.size() == size)
        return planes;
    Planes result(planes.channels, size.width(), size.height());
    for (int c = 0; c < planes.channels; ++c) {
        for (int y = 0; y < size.height(); ++y) {
            const float *from = planes.row(c, std::min(y, planes.height - 1));
            float *to = result.row(c, y);
            std::copy_n(from, planes.width, to);
            std::fill(to + planes.width, to + size.width(), from[planes.width - 1]);
        }
    }
    return result;
}

Planes cut(const Planes &planes, const QRect &r)
{
    Planes result(planes.channels, r.width(), r.height());
    for (int c = 0; c < planes.channels; ++c)
        for (int y = 0; y < r.height(); ++y)
            std::copy_n(planes.row(c, r.top() + y) + r.left(), r.width(), result.row(c, y));
    return result;
}

QRect scaled(const QRect &r, int factor)
{
    return {r.left() * factor, r.top() * factor, r.width() * factor, r.height() * factor};
}

void addNumber(QCryptographicHash &hash, double value)
{
    hash.addData(QByteArrayView(reinterpret_cast<const char *>(&value), sizeof(value)));
}

void addPlanes(QCryptographicHash &hash, const Planes &planes)
{
    for (double number : {double(planes.channels), double(planes.width), double(planes.height)})
        addNumber(hash, number);
    hash.addData(QByteArrayView(reinterpret_cast<const char *>(planes.values.data()),
                                qsizetype(planes.values.size() * sizeof(float))));
}

} // namespace

/// What the functions of one run share.
struct TiledRunner::Run {
    TileSource &source;
    TileSink &sink;
    const Progress &progress;
    TilePlan plan;
    RunControl control;
    TiledStatistics statistics;
    int levels = 0; ///< how often tiles have to be cut in four to fit
};

TiledRunner::TiledRunner(Model &model, TiledOptions options)
    : m_model(model)
    , m_options(std::move(options))
{
}

int TiledRunner::tileFor(const ModelPack &pack, int requested, qint64 budgetBytes)
{
    if (requested > 0)
        return requested;
    int tile = std::max(1, pack.bestTile);
    const auto needed = [&](qint64 core) {
        const qint64 side = core + 2 * qint64(pack.halo);
        return side * side * pack.memoryPerInputPixel;
    };
    while (budgetBytes > 0 && tile / 2 >= smallestTile && needed(tile) > budgetBytes)
        tile /= 2;
    return tile;
}

TilePlan TiledRunner::plan(const ModelPack &pack, QSize picture, const TiledOptions &options)
{
    TilePlan::Geometry geometry;
    geometry.multipleOf = pack.input.multipleOf;
    geometry.minimumSide = pack.input.minimumSide;
    if (pack.input.tileable) {
        geometry.tile = tileFor(pack, options.tile, options.budgetBytes);
        geometry.halo = options.halo >= 0 ? options.halo : pack.halo;
        if (geometry.tile >= usualMultiple * 4 && usualMultiple % geometry.multipleOf == 0)
            geometry.preferredMultiple = usualMultiple;
    } else {
        geometry.tile = std::max({1, picture.width(), picture.height()});
    }
    if (!options.part.isEmpty() && pack.input.tileable)
        return {picture, geometry, options.part};
    return {picture, geometry};
}

int TiledRunner::retainedRows(const ModelPack &pack, int halo)
{
    // Both halos, and what inputs grow by to be multiples.
    return 2 * (halo + 2 * (pack.input.multipleOf + pack.input.minimumSide) + usualMultiple);
}

Result<TiledStatistics> TiledRunner::run(TileSource &source, TileSink &sink,
                                         const Progress &progress)
{
    Run run{source, sink, progress, plan(m_model.pack(), source.size(), m_options), {}, {}, 0};
    run.control.progress = progress;
    run.control.budgetBytes = m_options.budgetBytes;
    run.statistics.tile = run.statistics.smallestTile = run.plan.geometry().tile;

    std::vector<int> order = m_options.order;
    const bool inRows = order.empty();
    if (inRows)
        for (int i = 0; i < run.plan.count(); ++i)
            order.push_back(i);

    const int scale = m_model.pack().output.scale;
    const int total = int(order.size());
    for (int done = 0; done < total; ++done) {
        const PlanTile tile = run.plan.tile(order[size_t(done)]);
        if (auto result = runTile(run, tile); !result)
            return fail(std::move(result.error()));
        ++run.statistics.tiles;
        if (inRows && tile.column == run.plan.columns() - 1) {
            const QRect rows(0, tile.core.top(), run.plan.picture().width(), tile.core.height());
            if (auto result = sink.band(scaled(rows, scale)); !result)
                return fail(std::move(result.error()));
        }
        progress.reportTile(done + 1, total, tr("Tile %1 of %2").arg(done + 1).arg(total));
    }
    run.statistics.peakBytes = run.control.peakBytes;
    return run.statistics;
}

Result<void> TiledRunner::runTile(Run &run, const PlanTile &tile)
{
    const int side = std::max(tile.core.width(), tile.core.height());
    if (side > run.plan.geometry().tile >> run.levels && run.levels > 0 && side > smallestTile)
        return runQuarters(run, tile);

    if (run.progress.stopRequested())
        return fail(ErrorCode::Cancelled);
    if (run.progress.yieldRequested())
        run.progress.yield();

    Result<ModelInput> input = run.source.read(tile.input);
    if (!input)
        return fail(std::move(input.error()));
    input->origin = tile.input.topLeft();
    input->image = padded(input->image, tile.size);
    for (Planes &extra : input->planes)
        extra = padded(extra, tile.size);

    const int scale = m_model.pack().output.scale;
    const QRect core = scaled(tile.core, scale);
    const int m = m_options.margin;
    const QRect near = tile.core.adjusted(-m, -m, m, m).intersected(tile.input);
    const QRect covered = scaled(near, scale);
    QByteArray key;
    if (m_options.cache && m_options.cache->isEnabled()) {
        key = cacheKey(near.translated(-tile.input.topLeft()), *input);
        if (const std::optional<Planes> known = m_options.cache->find(key);
            known && known->size() == covered.size()) {
            ++run.statistics.reused;
            return run.sink.write(core, covered, *known);
        }
    }

    Result<Planes> output = compute(run, tile, *input);
    if (!output) {
        if (output.error().code != ErrorCode::OutOfMemory || side <= smallestTile ||
            !m_model.pack().input.tileable)
            return fail(std::move(output.error()));
        input = ModelInput(); // not held while the quarters run
        ++run.statistics.halved;
        // The tiles that follow are of this size too: they go straight to the smaller ones.
        run.levels = 1;
        while (run.plan.geometry().tile >> run.levels >= side)
            ++run.levels;
        qCInfo(logInference) << "over the memory budget: cutting tiles to"
                             << (run.plan.geometry().tile >> run.levels);
        return runQuarters(run, tile);
    }
    run.statistics.smallestTile =
        std::min(run.statistics.smallestTile, run.plan.geometry().tile >> run.levels);
    const QRect kept = covered.translated(-tile.input.topLeft() * scale);
    if (kept.size() != output->size())
        *output = cut(*output, kept);
    if (!key.isEmpty())
        m_options.cache->insert(key, *output);
    return run.sink.write(core, covered, *output);
}

Result<void> TiledRunner::runQuarters(Run &run, const PlanTile &tile)
{
    for (const PlanTile &quarter : run.plan.quarters(tile))
        if (auto result = runTile(run, quarter); !result)
            return result;
    return {};
}

/// One result that can be used: once more after an unusable one.
Result<Planes> TiledRunner::compute(Run &run, const PlanTile &tile, const ModelInput &input)
{
    const QSize expected = tile.size * m_model.pack().output.scale;
    bool retried = false;
    for (;;) {
        Interruptions interruptions;
        const auto start = std::chrono::steady_clock::now();
        Result<Planes> output = answerOf(m_model, input, run.control, &interruptions);
        run.statistics.inferenceSeconds +=
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() -
            interruptions.seconds;
        run.statistics.yielded += interruptions.count;
        if (!output)
            return output;
        QString problem;
        if (output->size() != expected ||
            output->channels != int(m_model.pack().output.channels.size()))
            problem = tr("a result of the wrong size");
        else
            problem = badOutput(m_model.pack(), input, *output);
        if (problem.isEmpty())
            return output;
        if (retried)
            return fail(ErrorCode::ModelOutputBad, {m_model.pack().id, problem},
                        QStringLiteral("tile %1, x %2, y %3")
                            .arg(tile.index)
                            .arg(tile.core.left())
                            .arg(tile.core.top()));
        retried = true;
        ++run.statistics.retried;
    }
}

/// Everything the kept part follows from: the pixels the network gets, where that part lies in
/// them, the scalars, the weights, and what computes.
QByteArray TiledRunner::cacheKey(const QRect &kept, const ModelInput &input) const
{
    QCryptographicHash hash(QCryptographicHash::Blake2b_256);
    hash.addData(QByteArrayView("heirloom tile 1"));
    hash.addData(m_model.pack().sha256);
    hash.addData(m_model.runtime().toUtf8());
    for (int number : {kept.left(), kept.top(), kept.width(), kept.height()})
        addNumber(hash, number);
    addPlanes(hash, input.image);
    for (auto it = input.planes.constBegin(); it != input.planes.constEnd(); ++it) {
        hash.addData(it.key().toUtf8());
        addPlanes(hash, it.value());
    }
    for (const ModelPack::ExtraInput &extra : m_model.pack().extraInputs)
        if (extra.kind == ModelPack::ExtraInput::Kind::Scalar)
            addNumber(hash, input.scalars.value(extra.name, extra.defaultValue));
    return hash.result();
}

} // namespace heirloom
