// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/planes.h"

namespace heirloom
{

/// For what is done at half size first. Sides are even. OpenCV may throw (out of memory).

Planes atHalfSize(const Planes &image);
/// The picture and, enlarged, what was changed at half size.
Planes withHalfSizeChange(const Planes &image, const Planes &before, const Planes &after);

} // namespace heirloom
