// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"

namespace heirloom
{

/// A value for every pixel of a canvas, worked out band by band from a snapshot. Made, used and
/// destroyed on one thread (a job's); never holds more than a few rows of tiles.
class CanvasMap
{
public:
    /// Rows of the bands in which measure() is quickest: the compositor's tiles.
    static constexpr int bandHeight = 256;
    static constexpr PixelFormat format{Channels::Gray, Depth::U8};

    virtual ~CanvasMap() = default;
    virtual QSize size() const = 0;
    /// The values of r (inside the canvas), in format; each pixel counts once in the figures.
    virtual Image measure(const QRect &r) = 0;
    /// The whole at 1 / 2^level, quickly and roughly, to be shown until measure() has come by; null
    /// where a smaller picture says nothing about the values.
    virtual Image preliminary(int level) = 0;
};

} // namespace heirloom
