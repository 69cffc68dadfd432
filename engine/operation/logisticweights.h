// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

namespace heirloom
{

/// Two layers of rectified sums and a logistic one, 0..1. Weights: constants as
/// models/training/train_damage_weights.py writes them (DamageWeights, PieceWeights).
template <typename Weights, size_t Inputs>
float logistic(const std::array<float, Inputs> &inputs)
{
    std::array<float, Weights::First> first;
    for (size_t i = 0; i < first.size(); ++i) {
        float sum = Weights::firstBias[i];
        for (size_t j = 0; j < Inputs; ++j)
            sum += Weights::first[i][j] * inputs[j];
        first[i] = std::max(sum, 0.0F);
    }
    float result = Weights::lastBias;
    for (size_t i = 0; i < Weights::Second; ++i) {
        float sum = Weights::secondBias[i];
        for (size_t j = 0; j < first.size(); ++j)
            sum += Weights::second[i][j] * first[j];
        result += Weights::last[i] * std::max(sum, 0.0F);
    }
    return 1 / (1 + std::exp(-result));
}

} // namespace heirloom
