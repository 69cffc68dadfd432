// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/deconvolution.h"

#include "image/cvbridge.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

constexpr double SmallestSigma = 0.25;
constexpr int MostRounds = 40, FewestRounds = 3;
/// Noise that so many rounds do not bring out.
constexpr double QuietNoise = 3;
constexpr double Floor = 1e-3;
/// Sigma of the denoiser that follows (0..1): the noise's own, and this much a pixel of blur; the
/// best of a few on held-out training photographs.
constexpr double SigmaPerBlur = 0.01;

} // namespace

bool richardsonLucy(Planes &picture, double sigma, int rounds, const Progress &progress)
{
    if (sigma < SmallestSigma)
        return true;
    for (int c = 0; c < picture.channels; ++c) {
        const cv::Mat seen = cv::max(toMat(picture, c), Floor);
        cv::Mat guess = seen.clone();
        cv::Mat blurred, ratio;
        for (int i = 0; i < rounds; ++i) {
            if (progress.stopRequested())
                return false;
            cv::GaussianBlur(guess, blurred, {0, 0}, sigma);
            cv::divide(seen, cv::max(blurred, Floor), ratio);
            cv::GaussianBlur(ratio, ratio, {0, 0}, sigma);
            cv::multiply(guess, ratio, guess);
        }
        copyFromMat(cv::min(cv::max(guess, 0), 1), picture, c);
    }
    return true;
}

int richardsonLucyRounds(double noise)
{
    if (noise <= QuietNoise)
        return MostRounds;
    return std::max(FewestRounds, int(std::lround(MostRounds * QuietNoise / noise)));
}

Deconvolution::Deconvolution(std::shared_ptr<Model> denoiser)
    : m_denoiser(std::move(denoiser))
{
    if (m_denoiser) {
        m_pack = m_denoiser->pack();
        m_pack.sha256 += ":deconvolution-1"; // what is cached is not the network's own work
    } else {
        m_pack.id = twinId();
        m_pack.input.channels = m_pack.output.channels = QStringLiteral("RGB");
        m_pack.output.scale = 1;
        m_pack.memoryPerInputPixel = 80;
        m_pack.bestTile = 256;
    }
    m_pack.task = ModelTask::Restore;
    m_pack.halo += reach;
    m_pack.extraInputs = {
        {QStringLiteral("blur"), ModelPack::ExtraInput::Kind::Scalar, {}, 0, 10, 0, {}},
        {QStringLiteral("noise"), ModelPack::ExtraInput::Kind::Scalar, {}, 0, 100, 0, {}}};
}

Result<Planes> Deconvolution::run(const ModelInput &input, RunControl &control)
{
    const double blur = input.scalars.value(QStringLiteral("blur"));
    const double noise = input.scalars.value(QStringLiteral("noise"));
    ModelInput sharp;
    sharp.image = input.image;
    try {
        if (!richardsonLucy(sharp.image, blur, richardsonLucyRounds(noise), control.progress))
            return fail(ErrorCode::Cancelled);
    } catch (const cv::Exception &e) {
        return fail(ErrorCode::ModelFailed, {m_pack.id}, QString::fromStdString(e.what()));
    }
    if (!m_denoiser)
        return std::move(sharp.image);
    sharp.scalars = {{QStringLiteral("sigma"), noise / 255 + SigmaPerBlur * blur}};
    return m_denoiser->run(sharp, control);
}

} // namespace heirloom
