// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/imagesource.h"

#include <array>
#include <optional>

namespace heirloom
{

/// A picture's mean power spectrum by rings of frequency, its luma (0..1) seen through Hann
/// windows, and the noise's part in it. A value.
struct PowerSpectrum {
    static constexpr int Rings = 32; ///< between no frequency and 0.5 cycles a pixel
    static constexpr int Patch = 128; ///< side of what is looked at, pixels
    using Profile = std::array<double, Rings>;

    Profile power{};
    /// Of the fifth of the patches with most fine detail for their coarse: of a picture with a soft
    /// background, what is in focus.
    Profile sharpest{};
    /// All 0 where there are too few calm places to tell.
    Profile noise{};

    /// Middle of a ring, cycles a pixel.
    static double frequency(int ring) { return (ring + 0.5) / (2 * Rings); }
    /// Photographs fall with the square of the frequency (D. Field, "Relations between the
    /// statistics of natural images and the response properties of cortical cells", JOSA A 1987):
    /// power times squared frequency of the rings that always hold the picture and never its noise.
    static double line(const Profile &power);
    /// Of the rings from begin to before end.
    static double mean(const Profile &profile, int begin, int end);
};

/// Of patches all over the picture, read from top to bottom, so that any source will do; the same
/// picture gives the same numbers. The noise's spectrum, which falls towards fine detail where
/// grain has a size, is that of the calmest places (neither dark nor bright): noise is everywhere,
/// detail is not. Nothing for pictures smaller than a patch. Errors: the source's, Cancelled. Any
/// thread.
Result<std::optional<PowerSpectrum>> measureSpectrum(ImageSource &source,
                                                     const Progress &progress = {});

} // namespace heirloom
