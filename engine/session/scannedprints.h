// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/snapshot.h"
#include "operation/printfinder.h"

namespace heirloom
{

/// The prints that lie on what a state shows.
struct ScannedPrints {
    QList<FoundPrint> prints;
    QList<Image> pictures; ///< each print cut out, straight; empty where it was not asked for
    QByteArray icc;        ///< of pictures; empty: untagged
    Resolution resolution; ///< of the scan, and so of the prints
};

/// Where cut is set the whole scan is in memory for as long as it takes to cut the prints out.
/// Errors: those of findPrints(). Any thread.
Result<ScannedPrints> scannedPrints(const Snapshot &state, const std::shared_ptr<TileStore> &store,
                                    bool cut, const Progress &progress = {});

} // namespace heirloom
