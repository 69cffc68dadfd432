// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/planes.h"

#include <QRect>

#include <functional>

namespace heirloom
{

/// Pixels around a pixel that a Gaussian of this standard deviation looks at here.
int gaussianReach(double sigma);

/// Reads rectangle r of a picture at its 1 / 2^level; r may pass the picture's edges, beyond which
/// the edge is repeated.
using PlanesReader = std::function<Planes(const QRect &r, int level)>;

/// The pixels of r at a level, blurred by a Gaussian of sigma pixels of that level. Wide ones are
/// taken from a smaller level and enlarged linearly, so that the work does not grow with sigma.
/// Depends on the picture alone, not on how it is cut into rectangles.
Planes blurred(const PlanesReader &picture, const QRect &r, int level, int levels, double sigma);

} // namespace heirloom
