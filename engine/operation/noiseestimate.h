// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/imagesource.h"

namespace heirloom
{

/// The standard deviation of the noise in a picture, in 8-bit steps (0..255) of its own encoded
/// values, averaged over its colours: from the smallest eigenvalues of the covariance of 5x5
/// patches (after G. Chen, F. Zhu, P. A. Heng, "An Efficient Statistical Method for Image Noise
/// Level Estimation", ICCV 2015), block by block, of which the calmest tenth decides. Blocks are
/// spread over the picture and read from top to bottom, so that any source will do; the same
/// picture gives the same number. Photographs without noise that have texture everywhere come out
/// as up to about 4. Pictures smaller than 16 pixels a side: 0. Errors: the source's, Cancelled.
/// Any thread.
Result<double> estimateNoise(ImageSource &source, const Progress &progress = {});

} // namespace heirloom
