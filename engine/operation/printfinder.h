// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/imagesource.h"

#include <QList>
#include <QPointF>

#include <array>

namespace heirloom
{

/// A print on a scan. Positions in pixels of the scan, (0, 0) the first pixel's outer corner.
struct FoundPrint {
    std::array<QPointF, 4> corners; ///< as it lies: top left, top right, bottom right, bottom left
    double angle = 0;               ///< degrees it is turned clockwise, above -45 to 45

    QSizeF size() const;
    QRectF bounds() const;
};

/// The prints that lie on a plain scanner bed, top to bottom, then left to right: what differs from
/// the bed's colour along the scan's edge, each side a straight line through where the print
/// begins. Empty where there is no bed to be seen (a scan that the print fills), or nothing on it.
/// Works on a reduced picture; reads it once, top to bottom. Errors: the source's, Cancelled. Any
/// thread.
Result<QList<FoundPrint>> findPrints(ImageSource &source, const Progress &progress = {});

/// The print alone, upright, at the scan's scale. A print that lies straight is cut out without
/// being resampled; otherwise cubic interpolation. Any format; any thread.
Image printCutOut(const Image &scan, const FoundPrint &print);

/// The whole scan turned back by angle degrees, made as large as that needs; what was outside takes
/// the colour of the scan's edge.
Image turnedBack(const Image &scan, double angle);

} // namespace heirloom
