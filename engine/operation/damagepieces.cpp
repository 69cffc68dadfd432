// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/damagepieces.h"

#include "image/cvbridge.h"
#include "inference/modelpack.h"
#include "operation/logisticweights.h"
#include "operation/pieceweights.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace heirloom
{

namespace
{

// As in train_damage_pieces.py.
constexpr int Possible = possibleDamage, Likely = 128, Sure = 204; ///< of 255
constexpr int SmallestPiece = 4;                       ///< pixels
constexpr int Around = 5, Near = 1; ///< a piece's surroundings reach so far and begin beyond this
constexpr int BandRows = 256;

/// The odds that are as sure as ScratchesSettings::defaultThreshold, and that.
constexpr double UsualOdds = 0.094, UsualThreshold = 0.8;

using PieceMeasurements = std::array<float, PieceWeights::Inputs>;

cv::Mat steepness(const cv::Mat &rgba)
{
    cv::Mat deep, light, x, y, size;
    rgba.convertTo(deep, CV_32F);
    cv::transform(deep, light, cv::Matx14f(1 / 3.0F, 1 / 3.0F, 1 / 3.0F, 0));
    cv::Sobel(light, x, CV_32F, 1, 0);
    cv::Sobel(light, y, CV_32F, 0, 1);
    cv::magnitude(x, y, size);
    return size;
}

/// Of the picture's rectangle, looked at with a pixel more on each side where there is one, so that
/// slopes at its rim are the picture's.
cv::Mat steepnessIn(const cv::Mat &rgba, const cv::Rect &r)
{
    const cv::Rect wide = (r + cv::Size(2, 2) - cv::Point(1, 1)) &
                          cv::Rect(0, 0, rgba.cols, rgba.rows);
    return steepness(rgba(wide))(r - wide.tl());
}

double meanSteepness(const cv::Mat &rgba)
{
    double sum = 0;
    for (int y = 0; y < rgba.rows; y += BandRows) {
        const cv::Rect band(0, y, rgba.cols, std::min(BandRows, rgba.rows - y));
        sum += cv::sum(steepnessIn(rgba, band))[0];
    }
    return sum / double(rgba.total());
}

/// What is the same for all pieces of a picture.
struct Whole {
    cv::Mat confidence, rgba;
    double steepness = 0;
    std::array<double, 3> shares{}; ///< per cent that are possible, likely, sure
};

double shareFrom(const cv::Mat &confidence, int level)
{
    return 100.0 * cv::countNonZero(confidence >= level) / double(confidence.total());
}

/// Sums over pixels of a mask.
struct Pixels {
    double count = 0;
    std::array<double, 3> sum{}, squares{};
    double light = 0, lightSquares = 0;

    void add(const cv::Vec4b &pixel)
    {
        ++count;
        for (int c = 0; c < 3; ++c) {
            sum[size_t(c)] += pixel[c];
            squares[size_t(c)] += double(pixel[c]) * pixel[c];
        }
        const double mean = (pixel[0] + pixel[1] + pixel[2]) / 3.0;
        light += mean;
        lightSquares += mean * mean;
    }
    double mean() const { return light / count; }
    double spread() const
    {
        return std::sqrt(std::max(0.0, lightSquares / count - mean() * mean()));
    }
    double mean(size_t c) const { return sum[c] / count; }
    double spread(size_t c) const
    {
        return std::sqrt(std::max(0.0, squares[c] / count - mean(c) * mean(c)));
    }
};

PieceMeasurements measured(const Whole &whole, const cv::Mat &labels, int piece,
                           const cv::Rect &box, int area)
{
    const cv::Rect window =
        (box + cv::Size(2 * Around, 2 * Around) - cv::Point(Around, Around)) &
        cv::Rect(0, 0, labels.cols, labels.rows);
    const cv::Mat on = labels(window) == piece;
    const auto square = [](int reach) {
        return cv::getStructuringElement(cv::MORPH_RECT, {2 * reach + 1, 2 * reach + 1});
    };
    cv::Mat far, near;
    cv::dilate(on, far, square(Around));
    cv::dilate(on, near, square(Near));
    cv::Mat around = far & ~near;
    if (cv::countNonZero(around) == 0)
        around = on;
    const cv::Mat steep = steepnessIn(whole.rgba, window);
    const cv::Mat confidence = whole.confidence(window), rgba = whole.rgba(window);

    Pixels inside, outside;
    double sure = 0, surest = 0, likely = 0, certain = 0, crowded = 0, edge = 0;
    double u = 0, v = 0, uu = 0, vv = 0, uv = 0;
    for (int y = 0; y < window.height; ++y) {
        const auto *isOn = on.ptr<quint8>(y);
        const auto *isAround = around.ptr<quint8>(y);
        const auto *value = confidence.ptr<quint8>(y);
        const auto *slope = steep.ptr<float>(y);
        const auto *pixel = rgba.ptr<cv::Vec4b>(y);
        for (int x = 0; x < window.width; ++x) {
            if (isOn[x]) {
                inside.add(pixel[x]);
                sure += value[x] / 255.0;
                surest = std::max(surest, value[x] / 255.0);
                likely += value[x] >= Likely;
                certain += value[x] >= Sure;
                u += x;
                v += y;
                uu += double(x) * x;
                vv += double(y) * y;
                uv += double(x) * y;
            }
            if (isAround[x]) {
                outside.add(pixel[x]);
                crowded += value[x] >= Possible / 2;
                edge += slope[x];
            }
        }
    }
    const double n = inside.count;
    const double a = uu / n - u / n * (u / n) + 0.3, b = vv / n - v / n * (v / n) + 0.3;
    const double c = uv / n - u / n * (v / n);
    const double root = std::hypot((a - b) / 2, c);
    const double longest = (a + b) / 2 + root, shortest = std::max((a + b) / 2 - root, 0.05);
    const double length = std::hypot(box.width, box.height);
    const double side = std::max(labels.cols, labels.rows);
    const double light = inside.mean(), surround = outside.mean(), spread = outside.spread();
    double chroma = 0, ownSpread = 0;
    for (size_t i = 0; i < 3; ++i) {
        chroma = std::max(chroma, std::abs(inside.mean(i) - outside.mean(i) - (light - surround)));
        ownSpread += inside.spread(i) / 3;
    }
    const double steepAround = std::log(edge / outside.count + 2);
    const std::array<double, PieceWeights::Inputs> all{
        std::log(area), std::log(length), std::log(area / length + 0.2), std::log(length / side),
        std::log(longest / shortest), sure / n, surest, likely / n,
        certain / n, crowded / outside.count,
        (light - surround) / 40, std::abs(light - surround) / 40,
        std::abs(light - surround) / (spread + 3), std::log(spread + 2), light / 255,
        surround / 255, std::log(chroma + 1), ownSpread / 40, steepAround,
        steepAround - std::log(whole.steepness + 2), std::log(whole.steepness + 1),
        std::log(whole.shares[0] + 0.02), std::log(whole.shares[1] + 0.02),
        std::log(whole.shares[2] + 0.02)};
    PieceMeasurements measurements;
    std::transform(all.begin(), all.end(), measurements.begin(), [](double m) { return float(m); });
    return measurements;
}

/// How sure a piece is, 0..1, on the scale that thresholds are on.
float surenessOf(const PieceMeasurements &measurements)
{
    return std::pow(logistic<PieceWeights>(measurements),
                    float(std::log(UsualThreshold) / std::log(UsualOdds)));
}

} // namespace

bool canJudgePieces(const ModelPack &pack)
{
    return pack.sha256 == PieceWeights::segmenter;
}

Result<Image> judgedPieces(const Image &confidence, const Image &picture, const Progress &progress)
{
    const ConstMat map(confidence), seen(picture);
    Whole whole{map.mat(), seen.mat(), 0, {}};
    cv::Mat labels, pieces, centres;
    const int count =
        cv::connectedComponentsWithStats(whole.confidence >= Possible, labels, pieces, centres, 8);
    whole.steepness = meanSteepness(whole.rgba);
    whole.shares = {shareFrom(whole.confidence, Possible), shareFrom(whole.confidence, Likely),
                    shareFrom(whole.confidence, Sure)};
    std::vector<quint8> verdicts(size_t(count), 0);
    for (int i = 1; i < count; ++i) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const int area = pieces.at<int>(i, cv::CC_STAT_AREA);
        if (area < SmallestPiece)
            continue;
        const cv::Rect box(pieces.at<int>(i, cv::CC_STAT_LEFT), pieces.at<int>(i, cv::CC_STAT_TOP),
                           pieces.at<int>(i, cv::CC_STAT_WIDTH),
                           pieces.at<int>(i, cv::CC_STAT_HEIGHT));
        verdicts[size_t(i)] =
            quint8(std::lround(255 * surenessOf(measured(whole, labels, i, box, area))));
    }
    Image judged(confidence.size(), {Channels::Gray, Depth::U8});
    for (int y = 0; y < judged.height(); ++y) {
        const auto *label = labels.ptr<int>(y);
        std::transform(label, label + labels.cols, whole.confidence.ptr<quint8>(y),
                       judged.samples<quint8>(y), [&](int piece, quint8 pixel) {
                           return std::min(verdicts[size_t(piece)], pixel);
                       });
    }
    return judged;
}

} // namespace heirloom
