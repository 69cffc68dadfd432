// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"

namespace heirloom
{

/// How far around the mask seamlesslyCloned() looks, in pixels: what its pictures should show of
/// the surroundings, unless the picture ends there.
inline constexpr int seamReach = 4;

/// Target with source's texture inside a mask, in the colour and light of target: gradients are the
/// source's, values at the border the target's (P. Perez, M. Gangnet, A. Blake, "Poisson Image
/// Editing", SIGGRAPH 2003). How much they differ at the border is averaged along it over a few
/// pixels, so that its grain does not run inside as streaks.
///
/// target, source: F32, equal size and format, encoded values; the source has at each place what is
/// to come there. mask: Gray U8, 0 is outside. pieces: null, or Gray U8: where it differs between
/// two pixels (at the border too) the source comes from two places and its step there counts for
/// nothing. Transparent
/// pixels (of target: outside, of source: at all) tell nothing of the light; where nothing does,
/// source is taken as it is. Alpha inside becomes the source's. Outside the mask the result is
/// target, to the bit. Any thread.
Image seamlesslyCloned(const Image &target, const Image &source, const Image &mask,
                       const Image &pieces = {});

} // namespace heirloom
