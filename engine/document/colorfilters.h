// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/adjustmentfilter.h"

namespace heirloom
{

/// Adjustments that look at a pixel's colour: hsl (hue, saturation, lightness by range of hues),
/// saturation with vibrance, black-and-white. Hue, chroma and lightness are those of HSL (Joblove
/// and Greenberg, SIGGRAPH 1978), luma is W3C's Lum. values is complete. Null for others. Grey
/// pixels have no range and stay; grey canvases are not changed.
std::shared_ptr<const AdjustmentFilter> createColorFilter(const QString &id,
                                                          const QVariantMap &values);

} // namespace heirloom
