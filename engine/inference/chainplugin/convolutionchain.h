// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/chainnetwork.h"

#include <functional>
#include <memory>
#include <vector>

namespace heirloom
{

/// Convolutions one after the other, as FFDNet's and SRVGGNet's bodies are, by S. Winograd's
/// minimal filtering (A. Lavin, S. Gray, "Fast Algorithms for Convolutional Neural Networks", CVPR
/// 2016) as oneDNN has it, values kept in oneDNN's layout throughout: less than half of the
/// multiplications, and no turning round in between. LibTorch never asks oneDNN for it. Used on one
/// thread at a time, with the OpenMP threads that this thread has.
class ConvolutionChain
{
public:
    /// Null where this processor has no such kernels for most of the links, or where they do not
    /// fit one another.
    static std::unique_ptr<ConvolutionChain> create(std::vector<ChainLink> links);
    ~ConvolutionChain();
    ConvolutionChain(const ConvolutionChain &) = delete;
    ConvolutionChain &operator=(const ConvolutionChain &) = delete;

    int inputs() const;
    int outputs() const;

    /// Bytes that run() needs at this size. Throws std::exception if oneDNN fails.
    size_t memoryFor(int height, int width);
    /// from: inputs x height x width; to: outputs x height x width; planes, row by row. memory:
    /// memoryFor() bytes, aligned to 64. between: called before each step; what it throws ends the
    /// run. Throws that, and std::exception if oneDNN fails.
    void run(const float *from, int height, int width, float *to, void *memory,
             const std::function<void()> &between);

private:
    struct Plan;
    explicit ConvolutionChain(std::vector<ChainLink> links);
    const Plan &planFor(int height, int width);

    std::vector<ChainLink> m_links;
    std::vector<std::unique_ptr<Plan>> m_plans; ///< most recently used last
};

} // namespace heirloom
