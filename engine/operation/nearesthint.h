// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/planes.h"

namespace heirloom
{

/// The hint that is nearest to each cell (hintpropagation.h) on the shortest way, on which steps
/// across the picture and changes of the luminance count: a geodesic distance (L. Yatziv,
/// G. Sapiro, "Fast Image and Video Colorization Using Chrominance Blending", IEEE Transactions on
/// Image Processing 2006), found by Dijkstra's algorithm.
struct NearestHint {
    Planes distance; ///< one plane: 1 is the longest side, or half of the luminance's range
    Planes chroma;   ///< two planes: that hint's; kept grey: 0
};

/// As propagatedHints() takes them. Without hints all distances are infinite. Any thread.
NearestHint nearestHint(const Planes &luminance, const Planes &hints);

} // namespace heirloom
