// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "document/snapshot.h"

#include <memory>

namespace heirloom
{

class ModelEnvironment;

/// How the holes of a document's fills were filled.
struct FillFigures {
    qint64 filled = 0;    ///< pixels of the canvas
    qint64 byNetwork = 0; ///< of them those that a network did for the most part
    bool hasFills = false;
};

/// Where in a state's canvas a classical method filled and where a network (Inpaint::choiceMap();
/// CanvasMap's format), worked out from the visible fills' settings and from what lies below them,
/// without filling again. Errors: those of Inpaint and of loading its network, Cancelled. Engine
/// thread.
Result<Image> fillMethods(const Snapshot &state, const std::shared_ptr<TileStore> &store,
                          ModelEnvironment &models, FillFigures &figures,
                          const Progress &progress);

} // namespace heirloom
