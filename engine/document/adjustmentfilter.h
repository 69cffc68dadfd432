// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/adjustment.h"
#include "document/blendmode.h"

#include <QPoint>

#include <memory>

namespace heirloom
{

/// What an adjustment does to rows of pixels in the canvas's encoded values (0..1, colours not
/// multiplied by alpha; alpha is not touched). Made from parameters once; a value that any number
/// of threads may use.
class AdjustmentFilter
{
public:
    /// Null when the adjustment is unknown or changes nothing.
    static std::shared_ptr<const AdjustmentFilter> create(const AdjustmentContent &content);
    virtual ~AdjustmentFilter() = default;

    /// Where a row of pixels lies: its first pixel in the pixels of a mip level.
    struct Place {
        QPoint first;
        int level = 0;
    };
    /// count pixels of colors (1 or 3) planes in place. blurred: the same pixels through blur(),
    /// null where sigma() is 0.
    virtual void apply(const PixelRow &row, const PixelRow *blurred, int colors, int count,
                       const Place &place) const = 0;

    /// The same function for every channel: interleaved colours may be handed in as one plane.
    virtual bool takesInterleaved() const { return false; }
    /// Standard deviation, in canvas pixels, of the Gaussian that apply() wants; 0: none.
    virtual double sigma() const { return 0; }
    /// How far around a pixel its result looks, in canvas pixels.
    int reach() const;
};

} // namespace heirloom
