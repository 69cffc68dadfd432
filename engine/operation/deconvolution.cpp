// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/deconvolution.h"

#include "image/cvbridge.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <span>

namespace heirloom
{

namespace
{

constexpr double SmallestSigma = 0.25;
constexpr int MostRounds = 40, FewestRounds = 3;
/// Noise that so many rounds do not bring out.
constexpr double QuietNoise = 3;
constexpr double Floor = 1e-3;

const QString sigmaName = QStringLiteral("sigma");
/// Noise (8-bit steps) that any picture of 8 bits has from rounding and the like.
constexpr double LeastNoise = 1;
/// How much the inverse counts on the denoiser that follows; the best of a few, with about these
/// sigmas, on training photographs blurred by 1.2 to 2 pixels with noise of 2 to 14 steps.
constexpr double Trust = 0.1;
/// The denoiser's sigma (8-bit steps), so large because the inverse brings out much grain: first
/// enough to be rid of it, at last as little as what came back allows. A large blur (pixels) hides
/// so much that it takes one more.
struct Pass {
    double sigma, sigmaPerNoise;
};
constexpr Pass Passes[] = {{18, 2}, {4, 1.5}}, PassesOfLarge[] = {{40, 2}, {14, 2}, {3, 1.5}};
constexpr double LargeBlur = 1.55;
/// Pixels to one side that the inverse's kernel takes in.
constexpr int KernelReach = 32;

/// The regularised inverse of a Gaussian as a kernel; in frequencies it is H / (H^2 + weight). A
/// kernel, not a division of spectra, so that tiles do not wrap around.
cv::Mat inverseKernel(double sigma, double weight)
{
    constexpr int Side = 4 * KernelReach; // so large that what it wraps around is nothing
    const double fall = -2 * CV_PI * CV_PI * sigma * sigma / (double(Side) * Side);
    cv::Mat response(Side, Side, CV_64F);
    for (int y = 0; y < Side; ++y) {
        const int v = std::min(y, Side - y);
        for (int x = 0; x < Side; ++x) {
            const int u = std::min(x, Side - x);
            const double h = std::exp(fall * (u * u + v * v));
            response.at<double>(y, x) = h / (h * h + weight);
        }
    }
    cv::Mat whole; // forwards is backwards, as all is real and even
    cv::dft(response, whole, cv::DFT_SCALE | cv::DFT_COMPLEX_OUTPUT);
    cv::Mat kernel(2 * KernelReach + 1, 2 * KernelReach + 1, CV_32F);
    for (int y = 0; y < kernel.rows; ++y) {
        const auto *from = whole.ptr<cv::Vec2d>((y - KernelReach + Side) % Side);
        for (int x = 0; x < kernel.cols; ++x)
            kernel.at<float>(y, x) = float(from[(x - KernelReach + Side) % Side][0]);
    }
    return kernel;
}

/// Moves guess, channel by channel, towards what, blurred, is the picture seen.
void explain(const Planes &seen, Planes &guess, double sigma, double weight)
{
    const cv::Mat kernel = inverseKernel(sigma, weight);
    for (int c = 0; c < seen.channels; ++c) {
        cv::Mat now = toMat(guess, c);
        cv::Mat blurred, missing;
        cv::GaussianBlur(now, blurred, {0, 0}, sigma);
        cv::filter2D(toMat(seen, c) - blurred, missing, CV_32F, kernel);
        now += missing;
        copyFromMat(now, guess, c);
    }
}

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
        m_pack.sha256 += ":deconvolution-7"; // what is cached is not the network's own work
    } else {
        m_pack.id = twinId();
        m_pack.input.channels = m_pack.output.channels = QStringLiteral("RGB");
        m_pack.output.scale = 1;
        m_pack.memoryPerInputPixel = 80;
        m_pack.bestTile = 256;
    }
    m_pack.task = ModelTask::Restore;
    m_pack.halo += m_denoiser ? learnedReach : reach;
    m_pack.extraInputs = {
        {QStringLiteral("blur"), ModelPack::ExtraInput::Kind::Scalar, {}, 0, 10, 0, {}},
        {QStringLiteral("noise"), ModelPack::ExtraInput::Kind::Scalar, {}, 0, 100, 0, {}}};
}

Result<Planes> Deconvolution::run(const ModelInput &input, RunControl &control)
{
    const double blur = input.scalars.value(QStringLiteral("blur"));
    const double noise = input.scalars.value(QStringLiteral("noise"));
    try {
        if (m_denoiser)
            return inPasses(input, blur, std::max(noise, LeastNoise), control);
        Planes sharp = input.image;
        if (!richardsonLucy(sharp, blur, richardsonLucyRounds(noise), control.progress))
            return fail(ErrorCode::Cancelled);
        return sharp;
    } catch (const cv::Exception &e) {
        return fail(ErrorCode::ModelFailed, {m_pack.id}, QString::fromStdString(e.what()));
    }
}

Result<Planes> Deconvolution::inPasses(const ModelInput &input, double blur, double noise,
                                       RunControl &control)
{
    const std::span<const Pass> passes =
        blur < LargeBlur ? std::span<const Pass>(Passes) : std::span<const Pass>(PassesOfLarge);
    Result<Planes> guess = input.image;
    for (const Pass &one : passes) {
        guess = pass(input.image, std::move(*guess), blur, noise,
                     one.sigma + one.sigmaPerNoise * noise, control);
        if (!guess)
            break;
    }
    return guess;
}

Result<Planes> Deconvolution::pass(const Planes &seen, Planes guess, double blur, double noise,
                                   double sigma, RunControl &control)
{
    if (blur >= SmallestSigma)
        explain(seen, guess, blur, Trust * noise * noise / (sigma * sigma));
    const ModelPack::ExtraInput *range = m_denoiser->pack().extraInput(sigmaName);
    ModelInput grainy;
    grainy.image = std::move(guess);
    grainy.scalars = {{sigmaName, std::min(sigma / 255, range ? range->maximum : 1)}};
    auto calm = m_denoiser->run(grainy, control);
    if (calm && calm->values.size() != seen.values.size())
        return fail(ErrorCode::ModelOutputBad, {m_pack.id, QStringLiteral("size")});
    return calm;
}

} // namespace heirloom
