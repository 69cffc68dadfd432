// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "inference/model.h"
#include "operation/colorguide.h"
#include "operation/skinhints.h"

#include <array>
#include <memory>
#include <vector>

namespace heirloom
{

/// What is thought of a picture's colours, on cells (hintpropagation.h) of its guide. A value.
struct ColorAnswer {
    Planes chroma; ///< two planes
    Planes likely; ///< a plane for each bin, its probability; none without a network
    double inferenceSeconds = 0;
};

/// Answers hints with colours: by a network that sees the picture, the hints and their propagation
/// (R. Zhang et al., "Real-Time User-Guided Image Colorization with Learned Deep Priors", SIGGRAPH
/// 2017), or, without one, by the propagation alone (hintpropagation.h), which is its classical
/// twin. The nearer a hint (nearesthint.h), the more it counts in the network's answer, too, and
/// far from all of them, or beyond the edge of the subject that they are on, it is the answer
/// without hints. Used on one thread.
class Colorizer
{
public:
    /// network: null for the twin.
    explicit Colorizer(std::shared_ptr<Model> network, qint64 memoryBytes = 0);

    /// Whether a pack is one of this kind: luminance, "hints" and "propagated" in, chroma and bins
    /// out.
    static bool fits(const ModelPack &pack);

    bool isLearned() const { return m_network != nullptr; }
    /// hints: hintPlanes(). skin: the network is told of it, too, and near faces it shows. plain:
    /// the answer to neither, to be kept far from both; empty: it is not known. Errors: Cancelled,
    /// OutOfMemory, ModelFailed, ModelOutputBad.
    Result<ColorAnswer> answer(const ColorGuide &guide, const Planes &hints, const SkinHints &skin,
                               const Progress &progress, const ColorAnswer &plain = {}) const;

private:
    std::shared_ptr<Model> m_network;
    qint64 m_memoryBytes;
};

using ColorBins = std::vector<std::array<float, 2>>;

/// Another plausible answer, far from hints: each place's colour moves to where the network's
/// distribution leaves room, places near one another alike. The same number and seed give the same;
/// number 0 is the answer itself. bins: of the network's pack. reach: propagatedHints(). Without a
/// network nothing changes.
ColorAnswer variantOf(const ColorAnswer &answer, const ColorBins &bins, const Planes &reach,
                      int number, quint64 seed);

/// How sure the network is not of a cell's colour: 0 sure of one bin .. 1 all alike; a plane.
Planes uncertainty(const ColorAnswer &answer);

/// A colour that a place might have.
struct ColorSuggestion {
    QRgb color = 0; ///< with the place's luminance
    float likelihood = 0;
};
/// At most count colours for a place of the picture, likeliest first, no two alike. Empty without a
/// network.
std::vector<ColorSuggestion> suggestions(const ColorGuide &guide, const ColorAnswer &answer,
                                         const ColorBins &bins, QPointF place, int count);

} // namespace heirloom
