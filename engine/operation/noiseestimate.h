// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/imagesource.h"

namespace heirloom
{

/// Noise in a picture, in 8-bit steps (0..255) of its own encoded values.
struct NoiseEstimate {
    double sigma = 0; ///< standard deviation of what differs from pixel to pixel
    double grain = 0; ///< standard deviation of correlated noise; 0: none that can be told

    /// Neighbouring pixels' noise is alike, as that of film grain or of an enlarged picture is.
    bool isCorrelated() const { return grain > 0; }
    /// What is to be removed.
    double strength() const { return isCorrelated() ? grain : sigma; }

    /// Less correlated noise than this is not told from a photograph's texture.
    static constexpr double smallestGrain = 7;
};

/// Averaged over the picture's colours: from the smallest eigenvalues of the covariance of 5x5
/// patches (after G. Chen, F. Zhu, P. A. Heng, "An Efficient Statistical Method for Image Noise
/// Level Estimation", ICCV 2015), block by block, of which the calmest tenth decides. Blocks in
/// which more than a twentieth of the samples is cut off at black or white are left out unless
/// nearly all are. Correlated noise hides from that measure and shows at half size: where the
/// calmest blocks have much more of it there than at full size, it is correlated; in doubt smaller
/// blocks decide, which may lie between texture. Blocks are spread over the picture and read from
/// top to bottom, so that any source will do; the same picture gives the same number. Photographs
/// without noise that have texture everywhere come out as up to about 4. Pictures smaller than 16
/// pixels a side: 0. Errors: the source's, Cancelled.
/// Any thread.
Result<NoiseEstimate> estimateNoise(ImageSource &source, const Progress &progress = {});

} // namespace heirloom
