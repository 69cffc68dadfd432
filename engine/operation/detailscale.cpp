// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/detailscale.h"

#include "operation/patchplaces.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace heirloom
{

namespace
{

constexpr int Patch = 128;
constexpr int MostAcross = 8;
constexpr int MostDown = 8;
constexpr int Rings = 32; ///< between no frequency and 0.5 cycles a pixel
/// Rings that always hold the picture and never its noise: what its line is drawn through.
constexpr int LineBegin = 2, LineEnd = 6;
/// Rings among which the noise floor is looked for.
constexpr int FloorBegin = 24;
/// Of the line, in power: a contrast of a seventh.
constexpr double Lost = 0.02;

using Profile = std::array<double, Rings>;

double frequency(int ring)
{
    return (ring + 0.5) / (2 * Rings);
}

/// Adds a patch's power by rings.
void addPower(const cv::Mat &patch, const cv::Mat &window, Profile &power)
{
    cv::Mat windowed = (patch - cv::mean(patch)[0]).mul(window);
    cv::Mat spectrum;
    cv::dft(windowed, spectrum, cv::DFT_COMPLEX_OUTPUT);
    Profile sum{};
    std::array<int, Rings> count{};
    for (int y = 0; y < Patch; ++y) {
        const double fy = double(std::min(y, Patch - y)) / Patch;
        const auto *row = spectrum.ptr<cv::Vec2f>(y);
        for (int x = 0; x <= Patch / 2; ++x) {
            const double fx = double(x) / Patch;
            const int ring = int(std::sqrt(fx * fx + fy * fy) * 2 * Rings);
            if (ring >= Rings)
                continue;
            sum[size_t(ring)] += double(row[x][0]) * row[x][0] + double(row[x][1]) * row[x][1];
            ++count[size_t(ring)];
        }
    }
    for (size_t ring = 0; ring < Rings; ++ring)
        power[ring] += sum[ring] / std::max(1, count[ring]);
}

double cutoffOf(const Profile &power)
{
    std::array<double, LineEnd - LineBegin> fits{};
    for (int ring = LineBegin; ring < LineEnd; ++ring)
        fits[size_t(ring - LineBegin)] =
            power[size_t(ring)] * frequency(ring) * frequency(ring);
    std::ranges::sort(fits);
    const double line = (fits[1] + fits[2]) / 2;
    const double floor = *std::min_element(power.begin() + FloorBegin, power.end());
    if (line <= 0)
        return 0.5;
    for (int ring = LineEnd; ring < Rings; ++ring) {
        const double expected = line / (frequency(ring) * frequency(ring));
        if (power[size_t(ring)] - 0.9 * floor < Lost * expected)
            return frequency(ring);
    }
    return 0.5;
}

} // namespace

double DetailScale::share() const
{
    return std::min(1.0, 4 * cutoff * cutoff);
}

double DetailScale::blurSigma() const
{
    // The last rings end by themselves in any picture: 0.44 of 0.5 is as sharp as pictures get.
    if (cutoff >= 0.44)
        return 0;
    return std::sqrt(-std::log(Lost)) / (2 * std::numbers::pi * cutoff);
}

Result<DetailScale> measureDetail(ImageSource &source, const Progress &progress)
{
    const QSize size = source.size();
    if (std::min(size.width(), size.height()) < Patch)
        return DetailScale{};
    cv::Mat window;
    cv::createHanningWindow(window, cv::Size(Patch, Patch), CV_32F);
    Profile power{};
    const std::vector<int> tops = patchPlaces(size.height(), Patch, MostDown);
    for (size_t i = 0; i < tops.size(); ++i) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        auto band = source.read(QRect(0, tops[i], size.width(), Patch));
        if (!band)
            return fail(band.error());
        const Image grey = band->converted({Channels::Gray, Depth::F32});
        for (const int left : patchPlaces(size.width(), Patch, MostAcross)) {
            cv::Mat patch(Patch, Patch, CV_32F);
            for (int y = 0; y < Patch; ++y)
                std::copy_n(grey.constSamples<float>(y) + left, Patch, patch.ptr<float>(y));
            addPower(patch, window, power);
        }
        progress.report(double(i + 1) / double(tops.size()));
    }
    return DetailScale{cutoffOf(power)};
}

} // namespace heirloom
