// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/image.h"

namespace heirloom
{

struct ModelPack;

/// Of 255: from here on something may be damage, and what hangs together is a piece.
constexpr int possibleDamage = 64;

/// Whether judgedPieces() knows this network's maps: weights belong to one training.
bool canJudgePieces(const ModelPack &pack);

/// A second look at a network's map of damage, piece by piece: what hangs together at a quarter of
/// certainty is at most as sure as its length, its shape, its contrast to what lies around it and
/// everything else in the picture that was taken for damage make it as a whole; what is less sure
/// becomes 0. confidence: Gray U8. picture: Rgba U8 of the same size, what the network saw. The
/// weights come from models/training/train_damage_pieces.py. Errors: Cancelled. Any thread; OpenCV
/// may throw.
Result<Image> judgedPieces(const Image &confidence, const Image &picture,
                           const Progress &progress = {});

} // namespace heirloom
