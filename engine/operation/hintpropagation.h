// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/planes.h"

namespace heirloom
{

/// Spreads colour hints along the luminance: A. Levin, D. Lischinski, Y. Weiss, "Colorization using
/// Optimization", SIGGRAPH 2004, equation 2: neighbours of like luminance want like chroma. The
/// affinities are made symmetric and there is a weak pull to neutral, so that the system is
/// positive definite and a hint's reach can be told. As the colorizer was trained with
/// (models/training/hints.py): on cells of HintCell x HintCell pixels, by conjugate gradients from
/// a quarter of the cells upwards.
inline constexpr int HintCell = 4;

/// luminance: one plane, 0..1, sides multiples of HintCell and not below 2 * HintCell. hints, of
/// the same size: chroma (B - Lum, R - Lum), mask and keep-grey mask (0 or 1). Gives three planes
/// of a value a cell: chroma, faded with the distance from the hints, and the reach that it faded
/// by (1 at a hint). All zero without hints. rounds of each level; the networks know the default,
/// which is not the end of it. Any thread.
Planes propagatedHints(const Planes &luminance, const Planes &hints, int rounds = 20);

/// The mean over each cell of every plane.
Planes cellMeans(const Planes &pixels);

} // namespace heirloom
