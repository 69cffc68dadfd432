// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/imagesource.h"

#include <array>
#include <vector>

namespace heirloom
{

/// A texture that repeats itself all over a picture: the paper's (silk, honeycomb) or the dots of a
/// printing screen. A value.
struct PeriodicTexture {
    /// Cycles a pixel along x (-0.5..0.5) and down y (0..0.5); the one turned round is part of it.
    struct Wave {
        double x = 0, y = 0;
        double frequency() const;
        bool operator==(const Wave &) const = default;
    };
    /// Of red, green and blue: in colour prints every ink's screen has its own angle.
    std::array<std::vector<Wave>, 3> channels;
    /// Standard deviation of the texture, of the three channels' the mean, in 8-bit steps.
    double contrast = 0;

    bool isEmpty() const;
    /// Of its coarsest wave, pixels; 0 where there is none.
    double period() const;
    bool operator==(const PeriodicTexture &) const = default;

    /// "none", or the waves of red; green; blue, "x y" each; contrast is not in it.
    QString toText() const;
    /// Errors: BadArgument.
    static Result<PeriodicTexture> fromText(const QString &text);

    static constexpr double longestPeriod = 64;
    static constexpr int mostWaves = 48; ///< in one channel
};

/// Looks for peaks in the spectra of patches all over the picture, at its own size, a half and a
/// quarter. A peak counts where it stands out of its surroundings in most of the patches (what is
/// part of the scene is only in some) and is no ridge along an axis as edges and JPEG's blocks make
/// them; a texture has peaks in two directions at least. Nothing is found in pictures smaller than
/// a patch of 128 pixels. Patches are read from top to bottom, once for each size: a source that
/// may be read again. Errors: the source's, Cancelled. Any thread.
Result<PeriodicTexture> findTexture(ImageSource &source, const Progress &progress = {});

} // namespace heirloom
