// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/imagesource.h"
#include "image/tiledbuffer.h"

#include <array>

namespace heirloom
{

/// Values from low to high (0..255 both) are inside, those up to soft steps beyond are so in part,
/// evenly less.
struct LuminanceRange {
    int low = 0;
    int high = 255;
    int soft = 0;
};
/// 0..255 of a luminance (W3C Lum of encoded values) of 0..255.
quint8 coverageOf(const LuminanceRange &range, int luminance);

/// Colours of which no channel (encoded, 0..255) is further than tolerance from color's are inside,
/// up to soft steps further in part.
struct ColorRange {
    std::array<int, 3> color{};
    int tolerance = 32;
    int soft = 16;
};
quint8 coverageOf(const ColorRange &range, int red, int green, int blue);

/// The coverage (coverage.h) of a whole picture, read in bands; alpha does not count. Any thread.
/// Errors: the source's, Cancelled.
Result<TiledBuffer> rangeCoverage(ImageSource &picture, const LuminanceRange &range,
                                  std::shared_ptr<TileStore> store, const Progress &progress = {});
Result<TiledBuffer> rangeCoverage(ImageSource &picture, const ColorRange &range,
                                  std::shared_ptr<TileStore> store, const Progress &progress = {});

} // namespace heirloom
