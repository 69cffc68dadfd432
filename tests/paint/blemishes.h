// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"

namespace heirloom::test
{

enum class Texture { Skin, Sky, Fabric };

/// Generated surfaces as photographs have them, RGB U8: skin (soft light, blotches, pores, grain),
/// sky (a slope, faint clouds, grain), fabric (a weave, a little warped, grain).
Image texturePicture(Texture texture, QSize size, quint32 seed);

/// A mole, a speck or a scratch that was painted out: an irregular mask (Gray U8, 0 or 255) of this
/// radius in pixels about.
Image blemishMask(QSize size, QPoint centre, double radius, quint32 seed);
/// The picture with something dark or light inside the mask, not quite up to its border.
Image blemished(const Image &picture, const Image &mask, quint32 seed);

/// cv::inpaint by A. Telea's method ("An Image Inpainting Technique Based on the Fast Marching
/// Method", 2004), radius 5. RGB or grey U8.
Image telea(const Image &picture, const Image &mask);

/// How far two pictures are apart inside a mask.
struct Distance {
    double rms = 0;     ///< of the samples, in 8-bit steps
    double soft = 0;    ///< the same after a blur by 2 pixels: light and colour
    double texture = 0; ///< of the logarithm of how strongly neighbours differ: lost or added grain
};
Distance distance(const Image &a, const Image &b, const Image &mask);

} // namespace heirloom::test
