// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>

namespace heirloom
{

/// Lum and SetLum of "Compositing and Blending Level 1" (W3C), section 10.2, of three encoded
/// colours, 0..1.
inline float lum(const float *color)
{
    return 0.3F * color[0] + 0.59F * color[1] + 0.11F * color[2];
}

/// The colour with another luminance (0..1): its differences from grey stay, or shrink together
/// where they would leave 0..1.
inline void setLum(const float *color, float luminance, float *out)
{
    const float shift = luminance - lum(color);
    for (int c = 0; c < 3; ++c)
        out[c] = color[c] + shift;
    const float l = lum(out);
    const float low = std::min({out[0], out[1], out[2]});
    const float high = std::max({out[0], out[1], out[2]});
    if (low < 0) {
        for (int c = 0; c < 3; ++c)
            out[c] = l + (out[c] - l) * l / (l - low);
    }
    if (high > 1) {
        for (int c = 0; c < 3; ++c)
            out[c] = l + (out[c] - l) * (1 - l) / (high - l);
    }
}

} // namespace heirloom
