// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/scannedprints.h"

#include "document/compositor.h"
#include "session/airun.h"

namespace heirloom
{

Result<ScannedPrints> scannedPrints(const Snapshot &state, const std::shared_ptr<TileStore> &store,
                                    bool cut, const Progress &progress)
{
    constexpr double Finding = 0.5; // of the time, where prints are cut out too
    CompositorSource source(state, store);
    const auto found = findPrints(source, cut ? progress.sub(0, Finding) : progress);
    if (!found)
        return fail(found.error());
    ScannedPrints result{*found, {}, pictureOf(state.canvas).icc, state.canvas.resolution};
    if (!cut || found->isEmpty())
        return result;
    const auto scan = source.read(state.canvas.rect());
    if (!scan)
        return fail(scan.error());
    for (const FoundPrint &print : *found) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        result.pictures += printCutOut(*scan, print);
        progress.report(Finding + (1 - Finding) * double(result.pictures.size()) /
                                      double(found->size()));
    }
    return result;
}

} // namespace heirloom
