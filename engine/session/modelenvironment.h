// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/modelprovider.h"
#include "operation/pictureoperation.h"
#include "operation/upscale.h"

#include <QStringList>

#include <chrono>
#include <memory>
#include <optional>

namespace heirloom
{

class ModelStore;

/// Where models come from and what runs them: the store with the standard folders, the pool of
/// loaded networks, and the backend, whose plugin is loaded when the first model is (never before).
/// Made by the composition root, which hands it to the session; outlives all jobs. Functions are
/// for any thread unless they say the engine thread.
class ModelEnvironment : public ModelProvider
{
public:
    struct Options {
        QStringList packFolders;   ///< empty: standardPackFolders()
        QStringList pluginFolders; ///< empty: beside the program and in the build tree
        QString cacheFolder;       ///< empty: standardCacheFolder()
        int threads = 0;           ///< 0: all cores
        qint64 memoryBytes = 0;    ///< for one forward pass; 0: no limit
        int tile = 0;              ///< 0: the pack's best
        quint64 seed = 0;
        bool keepTiles = true; ///< false: no cache of finished tiles
    };
    ModelEnvironment();
    explicit ModelEnvironment(Options options);
    /// For tests: networks from somewhere else, which outlives this.
    ModelEnvironment(Options options, ModelProvider &provider);
    ~ModelEnvironment() override;

    /// Installed data folder, build tree, the user's data folder, in this order.
    static QStringList standardPackFolders();
    static QString userDataFolder();
    static QString standardCacheFolder();

    const Options &options() const;
    /// Other limits for what begins from now on; as in Options. Any thread.
    void setLimits(qint64 memoryBytes, int tile);
    ModelStore &store();
    /// Looks for packs again (after a fetch).
    void refresh();
    /// Whether the plugin that computes was loaded.
    bool isBackendLoaded() const;
    /// "LibTorch 1.13.1"; empty until the plugin is loaded. Engine thread.
    QString backendName() const;

    std::vector<ModelPack> packs(ModelTask task) const override;
    Result<ModelPack> pack(const QString &id) const override;
    Result<std::shared_ptr<Model>> load(const QString &id) override;

    /// For operations, on the engine thread (the cache in it belongs to that thread).
    OperationContext context();
    /// For plans: nothing that belongs to the engine thread. Any thread.
    OperationContext planContext();

    /// Seconds that an upscale will take, from this machine's measured speed with that pack.
    /// Nothing when the pack has never run here: measureSpeed() finds out.
    std::optional<double> estimateSeconds(const UpscalePlan &plan) const;
    /// Seconds that an operation will take on a whole picture: as earlier runs of it did, else from
    /// the speed of its network where that works on every pixel. Nothing: not known yet, or no such
    /// operation.
    std::optional<double> estimateSeconds(const OperationPlan &plan, QSize picture) const;
    /// Measuring its network's speed tells how long it takes.
    bool canEstimateFromNetwork(const OperationPlan &plan) const;
    /// Runs a small tile and remembers how long it took (about a second with x4v3, a few with
    /// x4plus). Engine thread.
    Result<void> measureSpeed(const QString &packId, const Progress &progress = {});
    /// What a finished run of a whole picture teaches; modelPixels as in UpscalePlan.
    void learnSpeed(qint64 modelPixels, const OperationRecord &record);
    /// The same for estimateSeconds() of an operation: what it took with everything around the
    /// network. Does not count where nothing was done, or where tiles were there already.
    void learnRun(const OperationRecord &record, QSize picture,
                  std::chrono::duration<double> seconds);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace heirloom
