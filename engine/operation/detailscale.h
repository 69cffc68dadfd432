// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/imagesource.h"

namespace heirloom
{

/// How fine a picture's real detail is, whatever its number of pixels.
struct DetailScale {
    /// Cycles a pixel up to which there is detail above noise; 0.5: to the last pixel.
    double cutoff = 0.5;

    /// Of the pixels, the share that the detail would need: 35 megapixels, about 6 of detail.
    double share() const;
    /// Standard deviation in pixels of the Gaussian that would leave this cutoff; 0 where detail goes
    /// to the last pixel.
    double blurSigma() const;
};

/// From the power spectrum of patches all over the picture: photographs fall with the square of the
/// frequency (D. Field, "Relations between the statistics of natural images and the response
/// properties of cortical cells", JOSA A 1987); where the spectrum without its noise floor lies
/// below a fiftieth of that line, detail has ended. Patches are read from top to bottom, so that any
/// source will do; the same picture gives the same number. Pictures smaller than a patch of 128
/// pixels, or without any detail: 0.5. Errors: the source's, Cancelled. Any thread.
Result<DetailScale> measureDetail(ImageSource &source, const Progress &progress = {});

} // namespace heirloom
