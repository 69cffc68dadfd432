// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/planes.h"

namespace heirloom
{

/// CIE 1976 L*a*b* of sRGB-encoded colours, white D65 (IEC 61966-2-1; CIE 15). L 0..100.
struct Lab {
    float l = 0, a = 0, b = 0;
};
struct RgbColor {
    float r = 0, g = 0, b = 0;
};

/// Inverse of one another to better than 1/65535 inside 0..1; values outside 0..1 pass through with
/// odd symmetry. Any thread.
Lab labFromSrgb(RgbColor color);
RgbColor srgbFromLab(Lab lab);

/// sRGB's transfer curve and its inverse; odd symmetry below 0.
float srgbToLinear(float encoded);
float linearToSrgb(float linear);

/// Three planes R, G, B (0..1, sRGB-encoded) to L, a, b and back.
Planes labFromSrgb(const Planes &rgb);
Planes srgbFromLab(const Planes &lab);

} // namespace heirloom
