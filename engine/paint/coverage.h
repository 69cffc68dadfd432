// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/tiledbuffer.h"

namespace heirloom
{

/// What masks and selections are made into. Coverage is Gray U8, 0 outside, 255 inside, the size of
/// a canvas; what lies beyond its edges is as what lies at them, so that an edge of the canvas is
/// no edge of the shape. Any thread; a whole canvas may take a second. Errors: Cancelled.

/// Everything within so many pixels of what is inside (128 and more) is inside too, by Euclidean
/// distance between pixel centres, with an edge one pixel soft. What was covered stays covered. The
/// same time for every radius: P. Felzenszwalb, D. Huttenlocher, "Distance Transforms of Sampled
/// Functions", 2012 (two passes, lower envelope of parabolas).
Result<TiledBuffer> grown(const TiledBuffer &coverage, double radius,
                          const Progress &progress = {});
/// The same of what is outside.
Result<TiledBuffer> shrunk(const TiledBuffer &coverage, double radius,
                           const Progress &progress = {});

/// Softened by a Gaussian of this standard deviation in pixels, 0.1 to largestFeather.
inline constexpr double largestFeather = 250;
Result<TiledBuffer> feathered(const TiledBuffer &coverage, double sigma,
                              const Progress &progress = {});
/// One half of feathered()'s kernel, from the middle outwards, in 1 / 65536: together 65536.
std::vector<quint32> featherKernel(double sigma);

/// How strongly a mask acts: 1 as it is, 0 not at all (everything is inside).
TiledBuffer withDensity(const TiledBuffer &coverage, double density);

enum class CoverageMode {
    Replace,
    Add,       ///< the larger
    Subtract,  ///< the smaller of what was there and what is left of the other
    Intersect, ///< the smaller
};
/// Two of one size. Tiles that stay as they are stay shared.
TiledBuffer combined(const TiledBuffer &there, const TiledBuffer &with, CoverageMode mode);

/// The smallest rectangle with everything above 0; empty: there is nothing.
QRect coveredRect(const TiledBuffer &coverage);

} // namespace heirloom
