// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/tileplan.h"
#include "inference/model.h"
#include "inference/modelpack.h"

#include <QByteArray>
#include <QCoreApplication>

#include <optional>
#include <vector>

namespace heirloom
{

class TileCache;

/// Where a tiled run gets its pixels from. Owned by the caller; engine thread.
class TileSource
{
public:
    virtual ~TileSource() = default;
    /// The picture's size in input pixels.
    virtual QSize size() const = 0;
    /// The planes and scalars of rectangle r, which lies inside the picture: image and every extra
    /// plane have r's size, values as the pack's input contract says.
    virtual Result<ModelInput> read(const QRect &r) = 0;
};

/// Where a tiled run puts its results. Owned by the caller; engine thread.
class TileSink
{
public:
    virtual ~TileSink() = default;
    /// A finished piece of the output, not clamped. core and covered are in output pixels; values
    /// has covered's size, which is core and the margin that TiledOptions asks for, inside the
    /// picture. A tile that had to be halved arrives in several pieces.
    virtual Result<void> write(const QRect &core, const QRect &covered, const Planes &values) = 0;
    /// Only in row order: all pieces of the output rows rows.top()..rows.bottom() have arrived.
    virtual Result<void> band(const QRect &rows)
    {
        Q_UNUSED(rows)
        return {};
    }
};

struct TiledOptions {
    int tile = 0;               ///< side of a core; 0: the pack's best, smaller if the budget asks
    int halo = -1;              ///< negative: the pack's
    int margin = 0;             ///< input pixels of the halo that are handed on around each core
    qint64 budgetBytes = 0;     ///< for one forward pass; 0: none
    TileCache *cache = nullptr; ///< null: nothing is kept
    std::vector<int> order;     ///< indices into the plan; empty: all, row by row
    QRect part; ///< not empty: only this part of the picture, in tiles of its own
};

/// What a tiled run did; adds up over several runs.
struct TiledStatistics {
    int tiles = 0;        ///< in the plan's order, reused ones among them
    int reused = 0;       ///< taken from the cache
    int retried = 0;      ///< run a second time because the first result was unusable
    int halved = 0;       ///< cut in four because they did not fit into the budget
    int yielded = 0;      ///< abandoned for something more urgent and run again
    int tile = 0;         ///< side of a core as planned
    int smallestTile = 0; ///< side of the smallest core that was run
    double inferenceSeconds = 0;
    qint64 peakBytes = 0;
};

/// Runs a network over a picture tile by tile: reads each core with its halo, repeats the edge up
/// to the pack's multiple, runs, looks at the result (NaN, infinity, collapse to black or to one
/// colour: once more, then ModelOutputBad), throws the halo away and hands the core on. Never holds
/// more than one tile. Over the memory budget a tile is cut in four, and the following ones too.
/// Stop and yield requests reach inside a tile. Engine thread; one run at a time.
class TiledRunner
{
    Q_DECLARE_TR_FUNCTIONS(heirloom::TiledRunner)

public:
    TiledRunner(Model &model, TiledOptions options);

    /// The side of a core: requested, or the pack's best; halved while the pack's own figure for
    /// memory says that it would not fit. Never depends on what happens to be free.
    static int tileFor(const ModelPack &pack, int requested, qint64 budgetBytes);
    /// The plan that run() follows, for callers that order tiles or estimate time.
    static TilePlan plan(const ModelPack &pack, QSize picture, const TiledOptions &options);
    /// How far above the end of one row of tiles' input the next one's may begin: what a source
    /// that is read from top to bottom has to keep.
    static int retainedRows(const ModelPack &pack, int halo);

    /// progress.reportTile(n, m) after each tile. Errors: those of source and sink, Cancelled,
    /// OutOfMemory (the smallest tile does not fit), ModelOutputBad, ModelFailed.
    Result<TiledStatistics> run(TileSource &source, TileSink &sink, const Progress &progress);

private:
    struct Run;

    Result<void> runTile(Run &run, const PlanTile &tile);
    Result<void> runQuarters(Run &run, const PlanTile &tile);
    Result<Planes> compute(Run &run, const PlanTile &tile, const ModelInput &input);
    QByteArray cacheKey(const QRect &kept, const ModelInput &input) const;

    Model &m_model;
    TiledOptions m_options;
};

} // namespace heirloom
