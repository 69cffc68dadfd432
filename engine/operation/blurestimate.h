// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/imagesource.h"

namespace heirloom
{

struct PowerSpectrum;

/// The standard deviation (pixels, 0..3) of the Gaussian that blurs all of a picture, as learned
/// from the spectra of photographs with and without blur, noise, JPEG and soft backgrounds
/// (models/training/train_blur_weights.py); below about 0.9 it may as well be none, and 0 where
/// hardly anything stands out of the noise. noise: of the picture, in 8-bit steps.
double blurOf(const PowerSpectrum &spectrum, double noise);
/// Of measureSpectrum(); 0 for pictures smaller than a patch of it. Errors: the source's,
/// Cancelled. Any thread.
Result<double> estimateBlur(ImageSource &source, double noise, const Progress &progress = {});

} // namespace heirloom
