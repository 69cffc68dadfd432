// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"

#include <QRect>

namespace heirloom
{

/// What a spot to be healed needs to see of a picture: itself and the surroundings where its new
/// texture is looked for.
QRect spotSurroundings(const QRect &spot, QSize picture);

/// The picture with a mask filled by texture from its surroundings (findSpotSources()) in the
/// colour and light of where it lies (seamlesslyCloned()), grain and all. Pieces without a source
/// stay as they are. Outside the mask the result is the picture, to the bit.
///
/// picture: F32, encoded values; mask: Gray U8 of the same size, 0 is outside. Depends on the
/// arguments alone. Any thread.
Image spotHealed(const Image &picture, const Image &mask);

} // namespace heirloom
