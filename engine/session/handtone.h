// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/layer.h"

#include <QList>

namespace heirloom
{

/// Tones and colours set by hand with a few sliders, done by the window's own adjustment layers
/// (document/adjustment.h). All neutral at 0.
struct HandTone {
    double exposure = 0;    ///< EV, -5..5
    double contrast = 0;    ///< -100..100: a curve that is steeper, or flatter, in the middle
    double saturation = 0;  ///< -100..100
    double temperature = 0; ///< -100 (cold) .. 100 (warm)
    double tint = 0;        ///< -100 (green) .. 100 (magenta)
    bool operator==(const HandTone &) const = default;

    bool isNeutral() const { return *this == HandTone(); }
    /// The sliders that are not at 0.
    QVariantMap toParameters() const;
    /// From bottom to top: light first, then contrast, then colour.
    QList<AdjustmentContent> adjustments() const;
};

} // namespace heirloom
