// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>
#include <vector>

namespace heirloom
{

/// One convolution of 3 x 3 with a border of zeros, and what follows it. A value.
struct ChainLink {
    int inputs = 0, outputs = 0;
    std::vector<float> weights; ///< outputs x inputs x 3 x 3
    std::vector<float> bias;    ///< outputs
    /// What negative values are multiplied by, for each output: 0 is ReLU, others PReLU (K. He,
    /// 2015). Empty: nothing follows.
    std::vector<float> slopes;
};

/// A network that is one chain of convolutions, as FFDNet (K. Zhang, 2018) and SRVGGNet (X. Wang,
/// 2021) are: the picture is folded (pixel-unshuffle), numbers become further planes, convolutions
/// follow one another, the last one's planes are unfolded (pixel-shuffle), and the picture, each
/// pixel repeated, may be added. A value.
struct ChainNetwork {
    int fold = 1;              ///< 1: not folded
    std::vector<int> scalars;  ///< which of forward's arguments after the picture become planes
    std::vector<ChainLink> links;
    int unfold = 1;
    int enlargement = 0; ///< how often each pixel of what is added is repeated; 0: nothing is

    /// What a TorchScript archive that checkModelBytes() accepts says, if it is nothing but such a
    /// chain as models/fetching writes it. Any thread.
    static std::optional<ChainNetwork> read(const QByteArray &bytes);
};

} // namespace heirloom
