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
constexpr int Bands = 6;
/// How a band is cut, pixels and how many at most each way.
struct BlockGrid {
    int side, down, across;
};
constexpr BlockGrid Usual{64, 1, 12};
/// Between texture that is nearly everywhere.
constexpr BlockGrid Small{32, 2, 22};
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
/// From this ratio on small blocks are looked at; they hold less texture, and what of it looks like
/// grain at this size is rare there: of 180 training photographs one was taken for grainy, of 180
/// grainy ones 58 in 100 were found instead of 39.
constexpr double DoubtfulRatio = 1.4, SmallCorrelatedRatio = 1.8;
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

/// What the calmest blocks at half size show.
struct CalmBlocks {
    double grain = 0; ///< standard deviation, if it is grain
    double ratio = 0; ///< noise at half size to that at full size

    bool areGrainy(double smallestRatio) const
    {
        return grain >= NoiseEstimate::smallestGrain && ratio > smallestRatio;
    }
};

/// Grain is stronger at half size than texture is, and little of it is finer than two pixels.
CalmBlocks calmBlocks(const std::vector<BlockNoise> &blocks)
{
    const double atHalfSize = quantile(blocks, CalmGrain, &BlockNoise::atHalfSize);
    std::vector<BlockNoise> calm = blocks;
    std::erase_if(calm, [&](const BlockNoise &n) { return n.atHalfSize > CalmRange * atHalfSize; });
    const double sigma = quantile(calm, 0.5, &BlockNoise::sigma);
    return {GrainPerHalfSize * atHalfSize, sigma > 0 ? atHalfSize / sigma : 0};
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

/// The picture's rows that are looked at, from top to bottom.
Result<std::vector<Image>> readBands(ImageSource &source, const Progress &progress)
{
    const QSize size = source.size();
    std::vector<Image> bands;
    for (const auto &[top, rows] : spread(size.height(), Usual.side, Bands)) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        auto read = source.read(QRect(0, top, size.width(), rows));
        if (!read)
            return fail(read.error());
        bands.push_back(std::move(*read));
    }
    return bands;
}

/// Of those blocks that are neither too dark nor too bright nor cut off.
Result<std::vector<BlockNoise>> blocksOf(const std::vector<Image> &bands, const BlockGrid &grid,
                                         const Progress &progress)
{
    std::vector<BlockNoise> blocks;
    for (const Image &read : bands) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const Image band = read.converted(read.format().withDepth(Depth::F32));
        for (const auto &[top, rows] : spread(band.height(), grid.side, grid.down)) {
            for (const auto &[left, columns] : spread(band.width(), grid.side, grid.across)) {
                if (const auto noise = blockNoise(band, QRect(left, top, columns, rows)))
                    blocks.push_back(*noise);
            }
        }
    }
    if (!blocks.empty())
        dropClipped(blocks);
    return blocks;
}

} // namespace

Result<NoiseEstimate> estimateNoise(ImageSource &source, const Progress &progress)
{
    const QSize size = source.size();
    if (std::min(size.width(), size.height()) < SmallestSide)
        return NoiseEstimate();
    const auto bands = readBands(source, progress);
    if (!bands)
        return fail(bands.error());
    const auto blocks = blocksOf(*bands, Usual, progress);
    if (!blocks)
        return fail(blocks.error());
    if (blocks->empty())
        return NoiseEstimate();
    NoiseEstimate estimate{quantile(*blocks, Calm, &BlockNoise::sigma), 0};
    const CalmBlocks usual = calmBlocks(*blocks);
    if (usual.areGrainy(CorrelatedRatio)) {
        estimate.grain = usual.grain;
    } else if (usual.areGrainy(DoubtfulRatio)) {
        const auto smaller = blocksOf(*bands, Small, progress);
        if (!smaller)
            return fail(smaller.error());
        const CalmBlocks small = smaller->empty() ? CalmBlocks() : calmBlocks(*smaller);
        if (small.areGrainy(SmallCorrelatedRatio))
            estimate.grain = small.grain;
    }
    progress.report(1);
    return estimate;
}

} // namespace heirloom
