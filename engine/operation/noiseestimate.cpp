// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/noiseestimate.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

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
constexpr double White = 255;
/// Share of samples at the ends of the range from which on they flatten the noise.
constexpr double MostClipped = 0.05;
/// Of the blocks, that are looked at however much they are cut.
constexpr double LeastShare = 0.05;
/// Of the blocks, from the calmest at half size, and how far above it others count as calm too.
constexpr double CalmGrain = 0.05, CalmRange = 1.2;
/// White noise is half as strong at half size, texture up to about twice as strong, the grain of
/// film three times.
constexpr double CorrelatedRatio = 2.4;
/// The standard deviation of grain whose clumps are two pixels wide; on training photographs.
constexpr double GrainPerHalfSize = 2.25;

/// One channel of a block, 0..255.
cv::Mat blockValues(const Image &band, const QRect &block, int channel)
{
    const int channels = band.format().channelCount();
    cv::Mat values(block.height(), block.width(), CV_32F);
    for (int y = 0; y < values.rows; ++y) {
        const float *row = band.constSamples<float>(block.top() + y) +
                           qsizetype(block.left()) * channels + channel;
        auto *out = values.ptr<float>(y);
        for (int x = 0; x < values.cols; ++x)
            out[x] = row[qsizetype(x) * channels] * White;
    }
    return values;
}

/// The share of samples at the ends of the range, where noise was cut off.
double clippedShare(const cv::Mat &values)
{
    return 1.0 - cv::countNonZero((values > 0) & (values < White)) / double(values.total());
}

/// Noise of one channel of a block, 0..255.
double blockSigma(const cv::Mat &values)
{
    const int across = values.cols - Patch + 1;
    const int down = values.rows - Patch + 1;
    cv::Mat patches(across * down, PatchValues, CV_32F);
    for (int y = 0; y < down; ++y) {
        for (int x = 0; x < across; ++x) {
            auto *out = patches.ptr<float>(y * across + x);
            for (int v = 0; v < Patch; ++v, out += Patch)
                std::copy_n(values.ptr<float>(y + v) + x, Patch, out);
        }
    }
    cv::Mat covariance, means, eigenvalues;
    cv::calcCovarMatrix(patches, covariance, means,
                        cv::COVAR_NORMAL | cv::COVAR_ROWS | cv::COVAR_SCALE, CV_64F);
    cv::eigen(covariance, eigenvalues); // the largest first
    double sum = 0;
    for (int i = PatchValues - Smallest; i < PatchValues; ++i)
        sum += std::max(0.0, eigenvalues.at<double>(i));
    return Correction * std::sqrt(sum / Smallest);
}

/// What one block tells, over its colours.
struct BlockNoise {
    double sigma = 0;
    double atHalfSize = 0; ///< of each two by two's mean
    double clipped = 0;    ///< share of samples
};

/// Nothing where the block is too dark or too bright to tell. Colours that are cut off are left out
/// as long as there are others.
std::optional<BlockNoise> blockNoise(const Image &band, const QRect &block)
{
    std::vector<BlockNoise> colors;
    for (int c = 0; c < band.format().colorCount(); ++c) {
        const cv::Mat values = blockValues(band, block, c);
        const double mean = cv::mean(values)[0];
        if (mean < Darkest || mean > Brightest)
            continue;
        BlockNoise noise{blockSigma(values), 0, clippedShare(values)};
        if (std::min(values.rows, values.cols) / 2 >= SmallestSide) {
            cv::Mat half;
            cv::resize(values(cv::Rect(0, 0, values.cols & ~1, values.rows & ~1)), half, {}, 0.5,
                       0.5, cv::INTER_AREA);
            noise.atHalfSize = blockSigma(half);
        }
        colors.push_back(noise);
    }
    const auto isWhole = [](const BlockNoise &n) { return n.clipped <= MostClipped; };
    if (std::any_of(colors.begin(), colors.end(), isWhole))
        std::erase_if(colors, [&](const BlockNoise &n) { return !isWhole(n); });
    if (colors.empty())
        return {};
    BlockNoise sum;
    for (const BlockNoise &n : colors) {
        sum.sigma += n.sigma / double(colors.size());
        sum.atHalfSize += n.atHalfSize / double(colors.size());
        sum.clipped += n.clipped / double(colors.size());
    }
    return sum;
}

/// Leaves out blocks whose noise is cut off; where nearly all are, the least cut ones stay.
void dropClipped(std::vector<BlockNoise> &blocks)
{
    std::stable_sort(blocks.begin(), blocks.end(), [](const BlockNoise &a, const BlockNoise &b) {
        return a.clipped < b.clipped;
    });
    const auto whole = std::find_if(blocks.begin(), blocks.end(), [](const BlockNoise &n) {
        return n.clipped > MostClipped;
    });
    const auto least = qsizetype(std::ceil(LeastShare * double(blocks.size())));
    blocks.resize(size_t(std::max<qsizetype>(least, whole - blocks.begin())));
}

/// The value that a share of them lies below.
double quantile(const std::vector<BlockNoise> &blocks, double share, double BlockNoise::*value)
{
    std::vector<double> values;
    for (const BlockNoise &n : blocks)
        values.push_back(n.*value);
    const auto at = values.begin() + qsizetype(share * double(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

/// The grain that the calmest blocks show: there it is stronger at half size than texture is, and
/// little of it is finer than two pixels.
double grainOf(const std::vector<BlockNoise> &blocks)
{
    const double atHalfSize = quantile(blocks, CalmGrain, &BlockNoise::atHalfSize);
    std::vector<BlockNoise> calm = blocks;
    std::erase_if(calm, [&](const BlockNoise &n) { return n.atHalfSize > CalmRange * atHalfSize; });
    const double sigma = quantile(calm, 0.5, &BlockNoise::sigma);
    const double grain = GrainPerHalfSize * atHalfSize;
    const bool isStrong = grain >= NoiseEstimate::smallestGrain;
    return isStrong && atHalfSize > CorrelatedRatio * sigma ? grain : 0;
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

Result<NoiseEstimate> estimateNoise(ImageSource &source, const Progress &progress)
{
    const QSize size = source.size();
    if (std::min(size.width(), size.height()) < SmallestSide)
        return NoiseEstimate();
    std::vector<BlockNoise> blocks;
    const auto bands = spread(size.height(), Block, Bands);
    for (const auto &[top, rows] : bands) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        auto read = source.read(QRect(0, top, size.width(), rows));
        if (!read)
            return fail(read.error());
        const Image band = read->converted(read->format().withDepth(Depth::F32));
        for (const auto &[left, columns] : spread(size.width(), Block, BlocksPerBand)) {
            if (const auto noise = blockNoise(band, QRect(left, 0, columns, rows)))
                blocks.push_back(*noise);
        }
    }
    progress.report(1);
    if (blocks.empty())
        return NoiseEstimate();
    dropClipped(blocks);
    return NoiseEstimate{quantile(blocks, Calm, &BlockNoise::sigma), grainOf(blocks)};
}

} // namespace heirloom
