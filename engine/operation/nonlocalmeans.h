// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/model.h"
#include "inference/modelpack.h"

namespace heirloom
{

/// Non-local means (A. Buades, B. Coll, J.-M. Morel, "A non-local algorithm for image denoising",
/// CVPR 2005; OpenCV's fast version in Lab) behind the door of a network, so that tiles, residuals
/// and cancelling are those of the learned method. Takes the scalar "sigma" (0..1, as FFDNet does).
/// The filter itself has 8 bits; its change is added to the float input.
class NonLocalMeans : public Model
{
public:
    NonLocalMeans();
    const ModelPack &pack() const override { return m_pack; }
    Result<Planes> run(const ModelInput &input, RunControl &control) override;

    /// The geometry of its tiles; no file.
    static ModelPack description();

private:
    ModelPack m_pack;
};

} // namespace heirloom
