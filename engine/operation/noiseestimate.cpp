// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/noiseestimate.h"

#include <opencv2/core.hpp>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

namespace heirloom
{

namespace
{

constexpr int Patch = 5;
constexpr int PatchValues = Patch * Patch;
constexpr int SmallestSide = 16;
constexpr int Block = 64;
constexpr int Bands = 6;
constexpr int BlocksPerBand = 12;
/// The smallest eigenvalues, which hold the least of the picture.
constexpr int Smallest = 3;
/// They lie this much below the noise's own variance, as patches are few.
constexpr double Correction = 1.05;
/// Of the blocks, from the calmest: noise is everywhere, texture is not.
constexpr double Calm = 0.1;
/// Mean values beyond which noise is cut off.
constexpr double Darkest = 10, Brightest = 245;

/// Noise in one block (0..255); nothing where it is too dark or too bright to tell.
std::optional<double> blockSigma(const Image &band, const QRect &block, int channel)
{
    const int channels = band.format().channelCount();
    const int across = block.width() - Patch + 1;
    const int down = block.height() - Patch + 1;
    cv::Mat patches(across * down, PatchValues, CV_32F);
    for (int y = 0; y < down; ++y) {
        for (int x = 0; x < across; ++x) {
            auto *out = patches.ptr<float>(y * across + x);
            for (int v = 0; v < Patch; ++v) {
                const float *row = band.constSamples<float>(block.top() + y + v) +
                                   qsizetype(block.left() + x) * channels + channel;
                for (int u = 0; u < Patch; ++u)
                    *out++ = row[qsizetype(u) * channels] * 255;
            }
        }
    }
    const double mean = cv::mean(patches)[0];
    if (mean < Darkest || mean > Brightest)
        return {};
    cv::Mat covariance, means, eigenvalues;
    cv::calcCovarMatrix(patches, covariance, means,
                        cv::COVAR_NORMAL | cv::COVAR_ROWS | cv::COVAR_SCALE, CV_64F);
    cv::eigen(covariance, eigenvalues); // the largest first
    double sum = 0;
    for (int i = PatchValues - Smallest; i < PatchValues; ++i)
        sum += std::max(0.0, eigenvalues.at<double>(i));
    return Correction * std::sqrt(sum / Smallest);
}

/// Equal shares of a length, each with a part of at most block in its middle.
std::vector<std::pair<int, int>> spread(int length, int block, int most)
{
    const int part = std::min(block, length);
    const int count = std::clamp(length / part, 1, most);
    std::vector<std::pair<int, int>> parts;
    for (int i = 0; i < count; ++i) {
        const int share = length / count;
        parts.emplace_back(i * share + (share - part) / 2, part);
    }
    return parts;
}

} // namespace

Result<double> estimateNoise(ImageSource &source, const Progress &progress)
{
    const QSize size = source.size();
    if (std::min(size.width(), size.height()) < SmallestSide)
        return 0.0;
    const int colors = source.format().colorCount();
    std::vector<double> sigmas;
    const auto bands = spread(size.height(), Block, Bands);
    for (const auto &[top, rows] : bands) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        auto read = source.read(QRect(0, top, size.width(), rows));
        if (!read)
            return fail(read.error());
        const Image band = read->converted(read->format().withDepth(Depth::F32));
        for (const auto &[left, columns] : spread(size.width(), Block, BlocksPerBand)) {
            double sum = 0;
            int count = 0;
            for (int c = 0; c < colors; ++c) {
                if (const auto sigma = blockSigma(band, QRect(left, 0, columns, rows), c)) {
                    sum += *sigma;
                    ++count;
                }
            }
            if (count > 0)
                sigmas.push_back(sum / count);
        }
    }
    progress.report(1);
    if (sigmas.empty())
        return 0.0;
    const auto at = sigmas.begin() + qsizetype(Calm * double(sigmas.size() - 1));
    std::nth_element(sigmas.begin(), at, sigmas.end());
    return *at;
}

} // namespace heirloom
