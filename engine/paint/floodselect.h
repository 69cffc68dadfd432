// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/imagesource.h"
#include "image/tiledbuffer.h"

namespace heirloom
{

/// How a wand decides.
struct FloodOptions {
    int tolerance = 32; ///< 0..255: no channel (encoded, alpha too) may be further from the seed's
    bool contiguous = true; ///< only what hangs together with the seed by pixels' sides
    bool smooth = true;     ///< the edge half a pixel soft (a 3x3 binomial)
};

/// The coverage (coverage.h) of what looks like the pixel at seed, which lies in the picture. A
/// contiguous one reads only the tiles it reaches (scanline flood fill: A. R. Smith, "Tint Fill",
/// 1979). picture must be random access. Any thread. Errors: the source's, Cancelled.
Result<TiledBuffer> floodCoverage(ImageSource &picture, QPoint seed, const FloodOptions &options,
                                  std::shared_ptr<TileStore> store, const Progress &progress = {});

} // namespace heirloom
