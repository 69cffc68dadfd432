// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edit/paintstroke.h"
#include "paint/dodgeburn.h"
#include "paint/localdetail.h"
#include "paint/redeye.h"

namespace heirloom
{

/// Which layers a retouch takes its pixels from, as the stroke finds them.
enum class SampleFrom {
    Current,         ///< the chosen layer alone
    CurrentAndBelow, ///< what is seen of it and of the layers under it
    All,             ///< everything that is seen
};

/// What retouching strokes put where they cover, for PaintStroke. Where a layer was made for the
/// stroke, Current means the one that was chosen before. Offsets are in canvas pixels, from where
/// is painted to where is taken from. On a mask they work with the mask alone. They fail
/// (BadArgument) where there is nothing to take from.

StrokeSourceMaker cloneFrom(QPointF offset, SampleFrom from);
/// The same in the colour and light of the place (seamlesslyCloned()).
StrokeSourceMaker healFrom(QPointF offset, SampleFrom from);
/// By texture that is found around (spotHealed()).
StrokeSourceMaker healSpots(SampleFrom from);
StrokeSourceMaker dodgeOrBurn(const DodgeBurn &how, SampleFrom from);
StrokeSourceMaker changeDetail(const LocalDetail &how, SampleFrom from);

/// The red pupil at a click (canvas pixels) made dark, whatever else the stroke covers; fails where
/// there is none (findRedPupil()). largest: the radius that a pupil may have, canvas pixels.
StrokeSourceMaker removeRedEye(QPointF click, double largest, double darkness, SampleFrom from);

} // namespace heirloom
