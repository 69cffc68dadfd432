// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/imagesource.h"
#include "image/planes.h"

#include <array>

namespace heirloom
{

/// What each channel becomes: values at the sRGB-coded levels 0, 1/15, ... 1, straight lines
/// between them; results are cut to 0..1. A value.
struct ToneCurves {
    static constexpr int points = 16;
    std::array<std::array<float, points>, 3> channels{}; ///< red, green, blue

    static ToneCurves identity();
    bool operator==(const ToneCurves &) const = default;

    float at(int channel, float value) const;
    /// Three planes, sRGB, 0..1.
    Planes applied(const Planes &rgb) const;

    /// Numbers from 0 to 1 with four decimals, red first: what files and recipes keep. "identity"
    /// where nothing changes.
    QString toText() const;
    /// Errors: BadArgument.
    static Result<ToneCurves> fromText(const QString &text);
};

/// The whole picture as 128 x 128 pixels, whatever its shape: three planes, sRGB, 0..1, means over
/// areas. samples: where given, becomes as many single pixels, evenly spread, which keep what is
/// whitest and blackest (as train_unfader.py's). Reads from top to bottom. Errors: the source's,
/// Cancelled, Internal (a profile that does not fit). Any thread.
Result<Planes> toneThumbnail(ImageSource &source, const Progress &progress,
                             Planes *samples = nullptr);

/// Straight lines that bring the levels which a two-hundredth of a channel's values lies below and
/// above to 0 and 1, each channel by itself. rgb: three planes, sRGB.
ToneCurves autoLevels(const Planes &rgb);

/// Mean chroma in Lab (CIE 1976) of three planes in sRGB.
double meanChroma(const Planes &rgb);

/// Mean distance in Lab (CIE 1976) that curves move the colours of three planes in sRGB.
double meanChange(const ToneCurves &curves, const Planes &rgb);

} // namespace heirloom
