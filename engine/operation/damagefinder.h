// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/tiledrepair.h"

#include <optional>

namespace heirloom
{

/// How sure it is that a pixel is damaged. A value.
struct DamageMap {
    QSize size;           ///< of the picture
    double percent = 100; ///< the side that was looked at, of the picture's
    Image confidence;     ///< Gray U8, 255 = certain; sizeAtDetail(size, percent)
    QStringList warnings; ///< translated: at which scale, and whether memory was short
};

/// How damage is looked for.
struct DamageSearch {
    /// The side to look at, in per cent of the picture's, 1..100; nothing: measureDetail()'s.
    std::optional<double> percent;
    OperationContext context; ///< memory, tiles and their cache, for a network
};

/// What looks for damage: the network of a pack of the task "scratch", or the classical finder.
/// finder: a pack's id, the classical finder's, or empty for the best that there is, in which case
/// plan.warnings say why it is the classical one. Errors: those of loadRepair().
Result<LoadedRepair> loadDamageFinder(const QString &finder, const OperationContext &context);
/// The same without loading anything. Any thread.
Result<OperationPlan> planDamageFinder(const QString &finder, const OperationContext &context);
/// The classical finder: the measurements of damageFeatures(), weighed by a small network of fixed
/// weights trained on photographs that were damaged on purpose
/// (models/training/train_damage_weights.py).
QString classicalDamageFinder();

/// Looks for scratches, creases, hairs and dust at the picture's real detail scale, where it is
/// coarser than its pixels in a picture reduced by area; network: of loadDamageFinder(), null for
/// the classical finder. Works in tiles, on the encoded values; wholly transparent pixels are never
/// damage. Needs a source that may be read anywhere. The same picture gives the same map. Errors:
/// the source's, the network's, Cancelled, Internal. Any thread; with a network the engine thread.
Result<DamageMap> findDamage(ImageSource &source, Model *network, const DamageSearch &search = {},
                             const Progress &progress = {});

enum class DamageKind {
    All,
    Lines, ///< scratches, creases, hairs
    Dust,  ///< spots
};

/// Where the map is surer than threshold (0..1): pieces with a certain core and what hangs together
/// with it less certainly, those that are too small left out; brought to the picture's size with
/// smooth edges. Gray U8, 255 = damaged.
Image damageMask(const DamageMap &map, double threshold, DamageKind kind);

} // namespace heirloom
