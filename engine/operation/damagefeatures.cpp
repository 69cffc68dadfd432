// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/damagefeatures.h"

#include "image/cvbridge.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <cmath>
#include <numbers>
#include <vector>

namespace heirloom
{

namespace
{

constexpr int Directions = 12;
constexpr int ShortLine = 11;
constexpr int LongLine = 33;
constexpr int Neighbourhood = 61;
constexpr int CloseNeighbourhood = 17;
constexpr int Border = cv::BORDER_REFLECT_101;

/// Whether the work is still wanted; lets what is more urgent go first. Between two filters, which
/// take about a tenth of a second each.
bool goesOn(const Progress &progress)
{
    if (progress.yieldRequested())
        progress.yield();
    return !progress.stopRequested();
}

/// A line of the given length and width through the middle, with soft ends and sides; sums to 1.
cv::Mat lineKernel(double angle, double length, double width)
{
    const int reach = int(std::ceil(length / 2 + 1));
    cv::Mat kernel(2 * reach + 1, 2 * reach + 1, CV_32F);
    const double cosine = std::cos(angle);
    const double sine = std::sin(angle);
    for (int y = -reach; y <= reach; ++y) {
        for (int x = -reach; x <= reach; ++x) {
            const double along = x * cosine + y * sine;
            const double across = -x * sine + y * cosine;
            kernel.at<float>(y + reach, x + reach) =
                float(std::clamp(length / 2 + 0.5 - std::abs(along), 0.0, 1.0) *
                      std::clamp(width / 2 + 0.5 - std::abs(across), 0.0, 1.0));
        }
    }
    return kernel / cv::sum(kernel)[0];
}

cv::Mat filtered(const cv::Mat &in, const cv::Mat &kernel)
{
    cv::Mat out;
    cv::filter2D(in, out, CV_32F, kernel, {-1, -1}, 0, Border);
    return out;
}

cv::Mat blurred(const cv::Mat &in, int side)
{
    cv::Mat out;
    cv::blur(in, out, {side, side}, {-1, -1}, Border);
    return out;
}

cv::Mat logarithm(const cv::Mat &in)
{
    cv::Mat out;
    cv::log(cv::max(in, 0) + 1, out);
    return out;
}

/// The values at (x + dx, y + dy).
cv::Mat shifted(const cv::Mat &in, int dx, int dy)
{
    constexpr int margin = 8;
    cv::Mat wide;
    cv::copyMakeBorder(in, wide, margin, margin, margin, margin, Border);
    return wide(cv::Rect(margin + dx, margin + dy, in.cols, in.rows)).clone();
}

struct Side {
    std::vector<cv::Mat> response; ///< by direction
    cv::Mat strongest;
};

void take(Side &side, cv::Mat response)
{
    side.strongest = side.strongest.empty() ? response.clone()
                                            : cv::Mat(cv::max(side.strongest, response));
    side.response.push_back(std::move(response));
}

/// Eight measurements of lines of one width: three each of bright and of dark ones, two of how
/// crowded it is. Empty: stopped.
std::vector<cv::Mat> lineFeatures(const cv::Mat &grey, double width, const Progress &progress)
{
    Side bright, dark;
    for (int i = 0; i < Directions; ++i) {
        progress.report(double(i) / (3 * Directions));
        if (!goesOn(progress))
            return {};
        const double angle = std::numbers::pi * i / Directions;
        const cv::Mat line = filtered(grey, lineKernel(angle, ShortLine, width));
        const int dx = int(std::lround(-std::sin(angle) * (width + 1)));
        const int dy = int(std::lround(std::cos(angle) * (width + 1)));
        const cv::Mat left = shifted(line, dx, dy);
        const cv::Mat right = shifted(line, -dx, -dy);
        take(bright, line - cv::max(left, right));
        take(dark, cv::min(left, right) - line);
    }
    const cv::Mat any = cv::max(cv::max(bright.strongest, dark.strongest), 0);
    const cv::Mat crowd = blurred(any, Neighbourhood);
    const cv::Mat usual = crowd * 2 + 3;
    std::vector<cv::Mat> features;
    int done = Directions;
    for (const Side *side : {&bright, &dark}) {
        cv::Mat mean = cv::Mat::zeros(grey.size(), CV_32F);
        cv::Mat longest;
        for (int i = 0; i < Directions; ++i, ++done) {
            progress.report(double(done) / (3 * Directions));
            if (!goesOn(progress))
                return {};
            const cv::Mat &response = side->response[size_t(i)];
            mean += cv::max(response, 0);
            const cv::Mat share = cv::max(cv::min(response / usual, 1.5), -1);
            const cv::Mat sum =
                filtered(share, lineKernel(std::numbers::pi * i / Directions, LongLine, 1));
            longest = longest.empty() ? sum : cv::Mat(cv::max(longest, sum));
        }
        features.push_back(logarithm(side->strongest));
        features.push_back(longest * 2);
        features.push_back(logarithm(side->strongest) - logarithm(mean * (2.0 / Directions)));
    }
    features.push_back(logarithm(crowd));
    features.push_back(logarithm(blurred(any, CloseNeighbourhood)));
    return features;
}

} // namespace

Result<Planes> damageFeatures(const Planes &picture, const Progress &progress)
{
    const cv::Mat r = toMat(picture, 0), g = toMat(picture, 1), b = toMat(picture, 2);
    const cv::Mat grey = r * 0.299 + g * 0.587 + b * 0.114;
    struct Lines {
        int scale;
        double width;
        double from, share; ///< of the time
    };
    std::vector<cv::Mat> features;
    for (const Lines &lines : {Lines{1, 1, 0, 0.38}, Lines{1, 2.5, 0.38, 0.38},
                               Lines{2, 2, 0.76, 0.1}, Lines{4, 2, 0.86, 0.04}}) {
        cv::Mat small = grey;
        if (lines.scale > 1)
            cv::resize(grey, small, {grey.cols / lines.scale, grey.rows / lines.scale}, 0, 0,
                       cv::INTER_AREA);
        const auto found =
            lineFeatures(small, lines.width, progress.sub(lines.from, lines.share));
        if (found.empty())
            return fail(ErrorCode::Cancelled);
        for (const cv::Mat &feature : found) {
            cv::Mat large = feature;
            if (lines.scale > 1)
                cv::resize(feature, large, grey.size(), 0, 0, cv::INTER_LINEAR);
            features.push_back(large);
        }
    }
    for (const int side : {5, 9, 17}) {
        const cv::Mat disc = cv::getStructuringElement(cv::MORPH_ELLIPSE, {side, side});
        cv::Mat bright, dark;
        cv::morphologyEx(grey, bright, cv::MORPH_TOPHAT, disc);
        cv::morphologyEx(grey, dark, cv::MORPH_BLACKHAT, disc);
        features.push_back(logarithm(bright));
        features.push_back(logarithm(dark));
        features.push_back(logarithm(blurred(bright + dark, Neighbourhood)));
    }
    for (const int side : {5, 21}) {
        const cv::Mat mean = blurred(grey, side);
        cv::Mat deviation;
        cv::sqrt(cv::max(blurred(grey.mul(grey), side) - mean.mul(mean), 0), deviation);
        features.push_back(logarithm(deviation));
    }
    features.push_back(grey / 128 - 1);
    features.push_back(logarithm(cv::max(cv::max(r, g), b) - cv::min(cv::min(r, g), b)));

    Planes out(damageFeatureCount, picture.width, picture.height);
    for (int i = 0; i < damageFeatureCount; ++i)
        copyFromMat(features[size_t(i)], out, i);
    return out;
}

} // namespace heirloom
