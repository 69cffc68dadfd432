// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/modelenvironment.h"

#include "inference/modelbackendloader.h"
#include "inference/modelpool.h"
#include "inference/modelstore.h"
#include "inference/selftest.h"
#include "inference/tilecache.h"
#include "inference/tiledrunner.h"
#include "session/speedbook.h"

#include <QCoreApplication>
#include <QStandardPaths>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>

namespace heirloom
{

struct ModelEnvironment::Private {
    Options options;
    std::atomic<qint64> memoryBytes;
    std::atomic<int> tile;
    ModelStore store;
    ModelBackendLoader loader;
    ModelPool pool;
    TileCache cache;
    SpeedBook speeds;
    ModelProvider *provider = nullptr; ///< tests only

    explicit Private(Options o)
        : options(std::move(o))
        , memoryBytes(options.memoryBytes)
        , tile(options.tile)
        , store(options.packFolders.isEmpty() ? standardPackFolders() : options.packFolders,
                options.cacheFolder + QStringLiteral("/checked-models.json"))
        , loader(options.pluginFolders.isEmpty()
                     ? ModelBackendLoader::defaultFolders(QCoreApplication::applicationDirPath())
                     : options.pluginFolders)
        , pool(store, loader)
        , cache(options.keepTiles ? options.cacheFolder + QStringLiteral("/tiles") : QString())
        , speeds(options.cacheFolder + QStringLiteral("/speed.json"))
    {
        loader.setThreads(options.threads);
    }

    int threads() const
    {
        return options.threads > 0 ? options.threads
                                   : std::max(1, int(std::thread::hardware_concurrency()));
    }
};

namespace
{

/// Where a whole run of an operation is remembered among the speeds; no pack is called so.
QString runKey(const QString &operation, const QString &method)
{
    return operation + u'+' + method;
}

ModelEnvironment::Options withFolders(ModelEnvironment::Options options)
{
    if (options.cacheFolder.isEmpty())
        options.cacheFolder = ModelEnvironment::standardCacheFolder();
    return options;
}

} // namespace

ModelEnvironment::ModelEnvironment()
    : ModelEnvironment(Options())
{
}

ModelEnvironment::ModelEnvironment(Options options)
    : d(std::make_unique<Private>(withFolders(std::move(options))))
{
}

ModelEnvironment::ModelEnvironment(Options options, ModelProvider &provider)
    : ModelEnvironment(std::move(options))
{
    d->provider = &provider;
}

ModelEnvironment::~ModelEnvironment() = default;

QString ModelEnvironment::userDataFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
           QStringLiteral("/heirloom");
}

QString ModelEnvironment::standardCacheFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) +
           QStringLiteral("/heirloom");
}

QStringList ModelEnvironment::standardPackFolders()
{
    return ModelStore::defaultFolders(QCoreApplication::applicationDirPath(), userDataFolder());
}

const ModelEnvironment::Options &ModelEnvironment::options() const
{
    return d->options;
}

void ModelEnvironment::setLimits(qint64 memoryBytes, int tile)
{
    d->memoryBytes = memoryBytes;
    d->tile = tile;
}

ModelStore &ModelEnvironment::store()
{
    return d->store;
}

void ModelEnvironment::refresh()
{
    d->store.rescan();
}

bool ModelEnvironment::isBackendLoaded() const
{
    return d->loader.isLoaded();
}

QString ModelEnvironment::backendName() const
{
    return d->loader.name();
}

std::vector<ModelPack> ModelEnvironment::packs(ModelTask task) const
{
    return d->provider ? d->provider->packs(task) : d->store.packs(task);
}

Result<ModelPack> ModelEnvironment::pack(const QString &id) const
{
    return d->provider ? d->provider->pack(id) : d->store.pack(id);
}

Result<std::shared_ptr<Model>> ModelEnvironment::load(const QString &id)
{
    return d->provider ? d->provider->load(id) : d->pool.get(id);
}

OperationContext ModelEnvironment::planContext()
{
    OperationContext context;
    context.models = this;
    context.memoryBytes = d->memoryBytes;
    context.tile = d->tile;
    context.seed = d->options.seed;
    return context;
}

OperationContext ModelEnvironment::context()
{
    OperationContext all = planContext();
    if (d->cache.isEnabled())
        all.cache = &d->cache;
    return all;
}

std::optional<double> ModelEnvironment::estimateSeconds(const UpscalePlan &plan) const
{
    if (!plan.isLearned()) {
        // The twin's speed hardly differs between machines: about 40 million pixels a second.
        return double(plan.target.width()) * plan.target.height() / 40e6;
    }
    const auto speed = d->speeds.secondsPerPixel(plan.method, d->threads());
    if (!speed)
        return std::nullopt;
    return *speed * double(plan.modelPixels);
}

std::optional<double> ModelEnvironment::estimateSeconds(const OperationPlan &plan,
                                                        QSize picture) const
{
    const double pixels = double(picture.width()) * picture.height();
    if (const auto known = d->speeds.secondsPerPixel(runKey(plan.operation, plan.method),
                                                     d->threads()))
        return *known * pixels;
    const auto speed = canEstimateFromNetwork(plan)
                           ? d->speeds.secondsPerPixel(plan.method, d->threads())
                           : std::nullopt;
    const auto pack = this->pack(plan.method);
    if (!speed || !pack)
        return std::nullopt;
    TiledOptions options;
    options.tile = d->tile;
    options.budgetBytes = d->memoryBytes;
    return *speed * double(TiledRunner::plan(*pack, picture, options).inputPixels());
}

bool ModelEnvironment::canEstimateFromNetwork(const OperationPlan &plan) const
{
    // Where the network sees all of the picture, tile by tile, and little is done besides.
    const auto pack = this->pack(plan.method);
    return plan.reach >= 0 && pack &&
           (pack->task == ModelTask::Denoise || pack->task == ModelTask::Upscale);
}

void ModelEnvironment::learnRun(const OperationRecord &record, QSize picture,
                                std::chrono::duration<double> seconds)
{
    if (record.alteration != Alteration::None && record.tilesReused == 0)
        d->speeds.learn(runKey(record.operation, record.method), d->threads(),
                        qint64(picture.width()) * picture.height(), seconds.count());
}

Result<void> ModelEnvironment::measureSpeed(const QString &packId, const Progress &progress)
{
    constexpr int warmSide = 32;
    constexpr int warmRuns = 2; // a network is optimised during its first two runs
    constexpr int side = 96;
    constexpr double quick = 0.5; // seconds
    auto model = load(packId);
    if (!model)
        return fail(model.error());
    RunControl control;
    control.progress = progress;
    const auto runOnce = [&](int s) -> Result<double> {
        ModelInput input;
        input.image = selfTestPicture(int((*model)->pack().input.channels.size()), s, s, 1, 0.1);
        Interruptions interruptions;
        const auto start = std::chrono::steady_clock::now();
        const auto result = answerOf(**model, input, control, &interruptions);
        if (!result)
            return fail(result.error());
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() -
               interruptions.seconds;
    };
    for (int i = 0; i < warmRuns; ++i) {
        if (const auto warm = runOnce(warmSide); !warm)
            return fail(warm.error());
    }
    auto seconds = runOnce(side);
    // What is prepared for a size, kernels and memory, serves all tiles of it: where that takes
    // longer than the pass itself, the next one tells.
    if (seconds && *seconds < quick)
        seconds = runOnce(side);
    if (!seconds)
        return fail(seconds.error());
    d->speeds.learn(packId, d->threads(), qint64(side) * side, *seconds);
    return {};
}

void ModelEnvironment::learnSpeed(qint64 modelPixels, const OperationRecord &record)
{
    const int ran = record.tiles - record.tilesReused;
    if (record.modelId.isEmpty() || ran <= 0 || record.tilesHalved > 0)
        return;
    const double share = double(ran) / record.tiles;
    d->speeds.learn(record.modelId, d->threads(), qint64(double(modelPixels) * share),
                    record.inferenceSeconds);
}

} // namespace heirloom
