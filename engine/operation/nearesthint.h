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
    /// One plane: 1 is the longest side, or half of the luminance's range, or the subject's edge.
    /// Inside the subject a way has no length: what is said of a part is said of all of it, as long
    /// as nothing else is.
    Planes distance;
    Planes length;  ///< one plane: the same, the inside of the subject like everything else
    Planes chroma;  ///< two planes: that hint's; kept grey: 0
    Planes subject; ///< one plane: of the subject, at that hint; none where it is not known
};

/// luminance, hints: as propagatedHints() takes them. subject: one plane of their size, 1 where the
/// subject is; none: it is not known. Without hints all distances are infinite. Any thread.
NearestHint nearestHint(const Planes &luminance, const Planes &hints, const Planes &subject = {});

} // namespace heirloom
