// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "document/snapshot.h"

#include <memory>

namespace heirloom
{

/// What becomes one layer, and what it looks like.
struct Merge {
    QString text;            ///< of the step
    Snapshot from;           ///< the document when it was asked for
    int first = 0, last = 0; ///< layers by index, both included; the Original is never removed
    Layer layer;             ///< the merged layer without its pixels
};

/// A layer and the one below it, both as they are seen. The lower one's blend mode stays; its
/// opacity and mask, and all of the upper one's, become part of the pixels. Errors: BadArgument
/// (there is nothing below, or it has no pixels; a result that replaces what is below),
/// LayerLocked.
Result<Merge> planMergeDown(const Snapshot &snapshot, LayerId layer);
/// Everything visible as one layer above the Original; every other layer goes.
Result<Merge> planFlatten(const Snapshot &snapshot);

/// The pixels of a merge, the size of the canvas: in the canvas's format where the lowest layer
/// covers it all, else with alpha. Any thread; long for large pictures. Errors: Cancelled.
Result<TiledBuffer> mergedPixels(const Merge &merge, std::shared_ptr<TileStore> store,
                                 const Progress &progress = {});

} // namespace heirloom
