// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"
#include "image/planes.h"
#include "operation/colorguide.h"

namespace heirloom
{

/// Colours that hold inside of regions, whatever a network or the propagation says. A value.
struct LimitedChroma {
    Planes where{};  ///< one plane of the guide's size: how much of a pixel is inside, 0..1
    Planes chroma{}; ///< two planes
    bool isEmpty() const { return where.channels == 0; }
};

/// Of the hints that are limited to a region (ColorHint::region), for a picture of guide.picture's
/// size. One alone gives its region its colour; several of one region share it: each pixel is the
/// more like a hint the nearer it is in place and luminance (D. Shepard, "A Two-Dimensional
/// Interpolation Function for Irregularly-Spaced Data", 1968). Where regions overlap the later
/// one's hints win. Any thread.
LimitedChroma limitedChroma(const ColorGuide &guide, const ColorHints &hints);

/// The edge of what a mask (grey, 8 bit) shows at half or more, as closed lines in its pixels;
/// holes have lines of their own. At most mostPoints points together. Empty: it shows nothing. Any
/// thread.
QList<QPolygonF> outlineOf(const Image &mask, qsizetype mostPoints = 2000);

} // namespace heirloom
