// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/notchfilter.h"

#include "image/cvbridge.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace heirloom
{

namespace
{

constexpr int SmallestSide = 128, LargestSide = 512;
constexpr double PeriodsInWindow = 14;

/// Along one side; squares of windows half a side apart add up to one.
cv::Mat weights(int side)
{
    cv::Mat window(side, side, CV_32F);
    const auto at = [side](int i) { return std::sin(std::numbers::pi * (i + 0.5) / side); };
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x)
            window.at<float>(y, x) = float(at(y) * at(x));
    }
    return window;
}

double wrapped(double frequency)
{
    return frequency - std::round(frequency);
}

/// sigma: of the notches' sides, cycles a pixel.
std::vector<float> gainsOf(const std::vector<PeriodicTexture::Wave> &waves, double sigma, int side)
{
    std::vector<float> gains;
    for (int y = 0; y < side; ++y) {
        for (int x = 0; x < side; ++x) {
            const double fx = double(x) / side, fy = double(y) / side;
            double nearest = 1;
            for (const auto &wave : waves) {
                for (const double sign : {1.0, -1.0}) {
                    nearest = std::min(nearest, std::hypot(wrapped(fx - sign * wave.x),
                                                           wrapped(fy - sign * wave.y)));
                }
            }
            gains.push_back(float(1 - std::exp(-0.5 * nearest * nearest / (sigma * sigma))));
        }
    }
    return gains;
}

} // namespace

int NotchFilter::windowFor(const PeriodicTexture &texture)
{
    int side = SmallestSide;
    while (side < LargestSide && side < PeriodsInWindow * texture.period())
        side *= 2;
    return side;
}

NotchFilter::NotchFilter()
    : m_side(LargestSide)
{
    m_pack.id = QStringLiteral("notches");
    m_pack.task = ModelTask::Restore;
    m_pack.input.channels = m_pack.output.channels = QStringLiteral("RGB");
    m_pack.output.scale = 1;
    m_pack.memoryPerInputPixel = 64;
    set({}, 0);
}

void NotchFilter::set(const PeriodicTexture &texture, double width)
{
    m_side = texture.isEmpty() ? LargestSide : windowFor(texture);
    m_pack.halo = m_side;
    m_pack.input.multipleOf = m_side / 2; // pieces begin where windows do
    m_pack.bestTile = std::max(256, 2 * m_side);
    for (size_t c = 0; c < 3; ++c) {
        const auto &waves = texture.channels[c];
        m_gains[c] = waves.empty() || width <= 0
                         ? std::vector<float>()
                         : gainsOf(waves, width / texture.period(), m_side);
    }
}

Result<Planes> NotchFilter::run(const ModelInput &input, RunControl &control)
{
    Planes out = input.image;
    try {
        const cv::Mat window = weights(m_side);
        for (int c = 0; c < out.channels; ++c) {
            std::vector<float> &gain = m_gains[size_t(c)];
            if (gain.empty())
                continue;
            const cv::Mat one(m_side, m_side, CV_32F, gain.data());
            cv::Mat gains; // of real and imaginary parts
            cv::merge(std::array{one, one}.data(), 2, gains);
            cv::Mat padded;
            cv::copyMakeBorder(toMat(out, c), padded, m_side, m_side, m_side, m_side,
                               cv::BORDER_REFLECT);
            cv::Mat sum = cv::Mat::zeros(padded.size(), CV_32F);
            cv::Mat spectrum, part;
            for (int y = 0; y + m_side <= padded.rows; y += m_side / 2) {
                if (control.progress.stopRequested())
                    return fail(ErrorCode::Cancelled);
                for (int x = 0; x + m_side <= padded.cols; x += m_side / 2) {
                    const cv::Rect place(x, y, m_side, m_side);
                    const float mean = float(cv::mean(padded(place))[0]);
                    part = (padded(place) - mean).mul(window);
                    cv::dft(part, spectrum, cv::DFT_COMPLEX_OUTPUT);
                    cv::multiply(spectrum, gains, spectrum);
                    cv::dft(spectrum, part, cv::DFT_INVERSE | cv::DFT_SCALE | cv::DFT_REAL_OUTPUT);
                    sum(place) += (part + mean * window).mul(window);
                }
            }
            copyFromMat(sum(cv::Rect(m_side, m_side, out.width, out.height)), out, c);
        }
    } catch (const cv::Exception &e) {
        return fail(ErrorCode::ModelFailed, {m_pack.id}, QString::fromStdString(e.what()));
    }
    return out;
}

} // namespace heirloom
