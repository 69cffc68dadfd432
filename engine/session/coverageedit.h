// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "document/snapshot.h"
#include "paint/coverage.h"

#include <functional>
#include <memory>

namespace heirloom
{

class EditorSession;
class TileStore;

/// What a job that makes a mask or a selection works on.
struct CoverageTask {
    Snapshot state;
    TiledBuffer there; ///< the mask or selection, laid on the canvas; null: there is none
    std::shared_ptr<TileStore> store;
};
/// Makes coverage the size of the canvas; on the engine thread.
using CoverageMaker = std::function<Result<TiledBuffer>(const CoverageTask &, const Progress &)>;

/// Makes a layer's mask (invalid: the selection) anew in the background, in one undo step with this
/// text. What comes back is dropped (the session's dropped()) when the canvas, the mask or the
/// selection is another one by then; refused() tells errors. GUI thread; a document must be open.
JobId editCoverage(EditorSession &session, LayerId maskOf, const QString &text,
                   CoverageMaker maker);

/// The same, where what is made is combined with what is there (nothing: an empty one).
JobId combineCoverage(EditorSession &session, LayerId maskOf, const QString &text,
                      CoverageMode mode, CoverageMaker maker);

} // namespace heirloom
