// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/graindenoiser.h"

#include "operation/halfsize.h"

#include <algorithm>

namespace heirloom
{

namespace
{

const QString sigmaName = QStringLiteral("sigma");
/// The denoiser's sigma for each of the grain's, at half and at full size; the best of a few on
/// training photographs with grain of 8 to 14 steps.
constexpr double HalfSizePerSigma = 1.4, FullSizePerSigma = 0.9;
/// Pixels of the half picture that one of the enlarged picture is made of, to one side.
constexpr int EnlargingReach = 2;

} // namespace

int GrainDenoiser::haloFor(int halo)
{
    return 2 * (halo + EnlargingReach) + halo;
}

GrainDenoiser::GrainDenoiser(std::shared_ptr<Model> denoiser)
    : m_denoiser(std::move(denoiser))
    , m_pack(m_denoiser->pack())
{
    // What is cached must not be taken for the denoiser's own work.
    m_pack.sha256 += ":grain-1";
    m_pack.halo = haloFor(m_pack.halo);
    m_pack.input.multipleOf *= 2;
    m_pack.input.minimumSide *= 2;
}

Result<Planes> GrainDenoiser::run(const ModelInput &input, RunControl &control)
{
    const double grain = input.scalars.value(sigmaName);
    const ModelPack::ExtraInput *range = m_denoiser->pack().extraInput(sigmaName);
    const double most = range ? range->maximum : 1;
    const auto sigma = [&](double share) {
        return QMap<QString, double>{{sigmaName, std::min(share * grain, most)}};
    };
    const Planes &image = input.image;
    ModelInput half;
    half.scalars = sigma(HalfSizePerSigma);
    half.image = atHalfSize(image);
    const auto calm = m_denoiser->run(half, control);
    if (!calm)
        return fail(calm.error());
    if (calm->values.size() != half.image.values.size())
        return fail(ErrorCode::ModelOutputBad, {m_pack.id, QStringLiteral("size")});
    ModelInput full;
    full.scalars = sigma(FullSizePerSigma);
    full.image = withHalfSizeChange(image, half.image, *calm);
    return m_denoiser->run(full, control);
}

} // namespace heirloom
