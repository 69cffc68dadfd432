// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/planes.h"

namespace heirloom
{

/// What tells damage from picture, measured for every pixel: how far it stands out of both its
/// sides along a short line of any direction, at four widths; how far such a line goes on; how much
/// else around stands out likewise; what opening and closing take away at three sizes; local
/// contrast, brightness and colour. Looks damageReach pixels around. Any thread.
inline constexpr int damageFeatureCount = 45;
inline constexpr int damageReach = 208;

/// picture: three planes (R, G, B), 0..255, sides a multiple of damageAlignment. The result has
/// damageFeatureCount planes in the order of the weights. What is more urgent goes first. Errors:
/// Cancelled.
inline constexpr int damageAlignment = 4;
Result<Planes> damageFeatures(const Planes &picture, const Progress &progress = {});

} // namespace heirloom
