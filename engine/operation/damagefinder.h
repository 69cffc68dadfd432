// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/imagesource.h"

namespace heirloom
{

/// How sure it is that a pixel is damaged. A value.
struct DamageMap {
    QSize size;       ///< of the picture
    int scale = 1;    ///< its pixels to one of confidence, a side
    Image confidence; ///< Gray U8, 255 = certain; size / scale, rounded up
};

/// Looks for scratches, creases, hairs and dust at the picture's real detail scale: the
/// measurements of damageFeatures(), weighed by a small network trained on photographs that were
/// damaged on purpose (models/training/train_damage_weights.py). Works in tiles, on the encoded
/// values; wholly transparent pixels are never damage. Needs a source that may be read anywhere. The
/// same picture gives the same map. Errors: the source's, Cancelled, Internal. Any thread.
Result<DamageMap> findDamage(ImageSource &source, const Progress &progress = {});

enum class DamageKind {
    All,
    Lines, ///< scratches, creases, hairs
    Dust,  ///< spots
};

/// Where the map is surer than threshold (0..1): pieces with a certain core and what hangs together
/// with it less certainly, those that are too small left out. Gray U8 of the picture's size, 255 =
/// damaged.
Image damageMask(const DamageMap &map, double threshold, DamageKind kind);

} // namespace heirloom
