// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/model.h"
#include "inference/modelpack.h"

#include <memory>

namespace heirloom
{

/// Deconvolution of a Gaussian blur by W. Richardson's (1972) and L. Lucy's (1974) iteration.
/// sigma: of the Gaussian in pixels; below a quarter nothing happens. Values 0..1. Any thread.
/// False: progress asked to stop.
bool richardsonLucy(Planes &picture, double sigma, int rounds, const Progress &progress = {});
/// How often to iterate: the noise (8-bit steps) grows with every round.
int richardsonLucyRounds(double noise);

/// Richardson and Lucy's method behind the door of a network, alone or followed by a denoiser that
/// takes the grain out which the iteration makes of noise. Takes the scalars "blur" (pixels) and
/// "noise" (8-bit steps).
class Deconvolution : public Model
{
public:
    /// denoiser: null for the iteration alone.
    explicit Deconvolution(std::shared_ptr<Model> denoiser = nullptr);
    const ModelPack &pack() const override { return m_pack; }
    QString runtime() const override { return m_denoiser ? m_denoiser->runtime() : QString(); }
    Result<Planes> run(const ModelInput &input, RunControl &control) override;

    /// Pixels that the iteration looks at around a pixel.
    static constexpr int reach = 40;
    static QString twinId() { return QStringLiteral("richardson-lucy"); }

private:
    std::shared_ptr<Model> m_denoiser;
    ModelPack m_pack;
};

} // namespace heirloom
