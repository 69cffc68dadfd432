// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/model.h"
#include "inference/modelpack.h"

#include <memory>

namespace heirloom
{

/// Removes correlated noise, as that of film grain, with a denoiser that expects white noise: at
/// half size, where grain is nearly white, first; the change there, enlarged, is added to the
/// picture, and the fine rest is removed at full size. Takes the denoiser's scalar "sigma", here
/// the grain's. The caller owns it and calls it from one thread.
class GrainDenoiser : public Model
{
public:
    explicit GrainDenoiser(std::shared_ptr<Model> denoiser);
    const ModelPack &pack() const override { return m_pack; }
    QString runtime() const override { return m_denoiser->runtime(); }
    Result<Planes> run(const ModelInput &input, RunControl &control) override;

    /// How far it looks with a denoiser that looks as far as halo, in pixels.
    static int haloFor(int halo);

private:
    std::shared_ptr<Model> m_denoiser;
    ModelPack m_pack;
};

} // namespace heirloom
