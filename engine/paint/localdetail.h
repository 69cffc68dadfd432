// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"

namespace heirloom
{

/// Sharpens or softens fine detail where a brush goes.
struct LocalDetail {
    enum class Kind { Sharpen, Blur };
    Kind kind = Kind::Sharpen;
    double amount = 0.8; ///< sharpening: of the detail, 0..3
    double radius = 1.5; ///< standard deviation of the Gaussian, in pixels, 0.3..20

    bool operator==(const LocalDetail &) const = default;
    /// Pixels around a pixel that its result depends on.
    int reach() const;
};

/// The inner part of a picture (all but reach() pixels on every side, except where an edge of area
/// is the picture's) sharpened by unsharp masking of its luma, which shifts no colours and passes
/// the lightest and darkest values around a pixel by a tenth of their distance at most, so that no
/// halos grow; or blurred (colours weighted by alpha, alpha too).
///
/// picture: F32, of which pixels near its rectangle's edges see repeated ones; hand over reach()
/// pixels more than are used. Any thread.
Image withLocalDetail(const Image &picture, const LocalDetail &how);

} // namespace heirloom
