// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"

#include <QPoint>

#include <optional>

namespace heirloom
{

/// A pupil that a flash has made red.
struct RedPupil {
    QPoint centre;
    double radius = 0; ///< of a disc of the same area, pixels
    /// Gray U8, of the picture's size: how much each pixel belongs to it, 0..255, soft at the edge.
    Image mask;
};

/// Looks for a red pupil at a click: the pixels around it that are redder than what surrounds them
/// (R over the larger of G and B), those of them that hang together with the ones nearest to the
/// click, with their holes (the catchlight) filled. Nothing where no red is within tolerance pixels
/// of the click, or where what is found is no pupil: too large (a radius above largest), not round,
/// or running into the rectangle's edge.
///
/// picture: F32, RGB with or without alpha, encoded values; grey ones hold no red. Any thread.
std::optional<RedPupil> findRedPupil(const Image &picture, QPoint click, double largest,
                                     double tolerance);

/// The picture with a pupil made dark and neutral; what is light and not red (the catchlight)
/// stays. darkness: 0 keeps the lightness that green and blue have, 1 makes it black.
Image withoutRedEye(const Image &picture, const RedPupil &pupil, double darkness);

} // namespace heirloom
