// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/adjustmentfilter.h"

namespace heirloom
{

/// Adjustments that look around a pixel or at its place: shadows-highlights (a power for each pixel
/// that follows from the blurred luma around it), sharpen (unsharp masking), grain (value noise on
/// a lattice fixed to the canvas, strongest in the midtones). values is complete. Null for others.
std::shared_ptr<const AdjustmentFilter> createDetailFilter(const QString &id,
                                                           const QVariantMap &values);

} // namespace heirloom
