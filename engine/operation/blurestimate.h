// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/imagesource.h"

namespace heirloom
{

/// The standard deviation (pixels) of the Gaussian that blurs a picture, from how much its edges
/// lose when they are blurred again (S. Zhuo, T. Sim, "Defocus Map Estimation from a Single Image",
/// Pattern Recognition 44, 2011); 0 where even the sharpest fifth of the edges is as sharp as
/// pixels can show, or where there are hardly any edges. noise: of the picture, in 8-bit steps.
/// Looks at bands spread over the picture, read from top to bottom; the same picture gives the same
/// number. Errors: the source's, Cancelled. Any thread.
Result<double> estimateBlur(ImageSource &source, double noise, const Progress &progress = {});

} // namespace heirloom
