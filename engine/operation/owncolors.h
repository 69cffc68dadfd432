// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/colorguide.h"

namespace heirloom
{

/// Hints, as hintPlanes() gives them, with the colours that a picture has beside them: small
/// patches on a grid, nowhere near what a person said. The tint of its lights and shadows is taken
/// off and the rest made as strong as colours of photographs are, so that a faded photo leads the
/// answer by what is left of it. A picture without colours adds nothing. Any thread.
Planes withOwnColors(const ColorGuide &guide, const Planes &hints);

} // namespace heirloom
