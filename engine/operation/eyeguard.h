// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"

namespace heirloom
{

/// Catchlights and the whites of eyes look like dust and holes. Takes back what was taken for damage
/// wholly within an eye of a face that FaceFinder finds; what reaches beyond the eye stays.
/// confidence: one channel of 8 bits, changed in place; picture: RGBA, 8 bits, of the same size.
/// Without the cascade nothing changes. Any thread.
void leaveEyesAlone(Image &confidence, const Image &picture);

} // namespace heirloom
