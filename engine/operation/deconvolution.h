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

/// Deconvolution of a Gaussian blur behind the door of a network: Richardson and Lucy's method or,
/// with a denoiser, plug and play (K. Zhang et al., "Plug-and-Play Image Restoration with Deep
/// Denoiser Prior", IEEE TPAMI 2022): a regularised inverse gives back what the picture lacks, the
/// denoiser takes out the grain that comes with it, two or three times, more gently each time.
/// Takes the scalars "blur" (pixels) and "noise" (8-bit steps).
class Deconvolution : public Model
{
public:
    /// denoiser: null for Richardson and Lucy's method.
    explicit Deconvolution(std::shared_ptr<Model> denoiser = nullptr);
    const ModelPack &pack() const override { return m_pack; }
    QString runtime() const override { return m_denoiser ? m_denoiser->runtime() : QString(); }
    Result<Planes> run(const ModelInput &input, RunControl &control) override;

    /// Pixels that the deconvolution looks at around a pixel, alone and beyond the denoiser's own
    /// halo; what is farther changes two pixels of ten thousand by a step of 8 bits at most.
    static constexpr int reach = 40, learnedReach = 24;
    static QString twinId() { return QStringLiteral("richardson-lucy"); }

private:
    Result<Planes> inPasses(const ModelInput &input, double blur, double noise,
                            RunControl &control);
    Result<Planes> pass(const Planes &seen, Planes guess, double blur, double noise, double sigma,
                        RunControl &control);

    std::shared_ptr<Model> m_denoiser;
    ModelPack m_pack;
};

} // namespace heirloom
