// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "operation/operation.h"
#include "operation/upscale.h"

#include <QStringList>

#include <memory>
#include <optional>

namespace heirloom
{

class ModelBackend;
class ModelStore;

/// Where models come from and what runs them: the store with the standard folders, and the backend,
/// whose plugin is loaded when the first model is (never before). Made by the composition root,
/// which hands it to the session; outlives all jobs.
class ModelEnvironment
{
public:
    struct Options {
        QStringList packFolders; ///< empty: standardPackFolders()
        QString plugin;          ///< empty: looked for beside the program and in the build tree
        QString cacheFolder;     ///< results of interrupted runs; empty: the user's cache
        int threads = 0;         ///< 0: all cores
        qint64 memoryBytes = 0;  ///< 0: default
        int tile = 0;            ///< 0: the pack's best
        quint64 seed = 0;
        bool keepTiles = true; ///< false: no result cache
    };
    ModelEnvironment();
    explicit ModelEnvironment(Options options);
    /// For tests: a backend and a store that are already there. Neither is owned.
    ModelEnvironment(Options options, ModelStore &store, ModelBackend &backend);
    ~ModelEnvironment();

    /// Installed data folder, build tree, the user's data folder, in this order.
    static QStringList standardPackFolders();
    static QString standardCacheFolder();

    const Options &options() const;
    ModelStore &store();
    /// Looks for packs again (after a fetch).
    void refresh();

    /// For operations. The backend in it loads its plugin at the first load().
    OperationContext context();

    /// Seconds that an upscale will take, from this machine's measured speed with that pack. Null
    /// when the pack has never run here: measureSpeed() finds out.
    std::optional<double> estimateSeconds(const UpscalePlan &plan) const;
    /// Runs one small tile twice and remembers the second run (about a second with x4v3, a few with
    /// x4plus). Engine thread.
    Result<void> measureSpeed(const QString &packId, const Progress &progress = {});
    /// What a finished run teaches.
    void learnSpeed(const UpscalePlan &plan, const OperationRecord &record);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace heirloom
