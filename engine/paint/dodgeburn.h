// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"

namespace heirloom
{

enum class ToneRange { Shadows, Midtones, Highlights };

/// Lightens or darkens one range of tones, as dodging and burning do under an enlarger.
struct DodgeBurn {
    ToneRange range = ToneRange::Midtones;
    /// -1 burns as much as is possible without turning tones round, 1 dodges so.
    double exposure = 0.3;

    bool operator==(const DodgeBurn &) const = default;

    /// How much a tone (CIE lightness, 0..1) belongs to the range, 0..1.
    double weight(double tone) const;
    /// Where a tone is led; grows with the tone, 0 and 1 stay.
    double toned(double tone) const;
};

/// The picture with its lightness led by DodgeBurn; colours keep their hue and chromaticity (all
/// three linear values are scaled alike) as long as they fit, and lose saturation, not hue, where
/// they do not. picture: F32, encoded by sRGB's curve or one like it; alpha is kept. Any thread.
Image dodgedOrBurned(const Image &picture, const DodgeBurn &how);

} // namespace heirloom
