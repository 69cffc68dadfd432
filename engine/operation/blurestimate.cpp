// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/blurestimate.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace heirloom
{

namespace
{

constexpr int BandRows = 128;
constexpr int MostBands = 16;
constexpr int SmallestSide = 24;
/// The picture is blurred with these before its edges are compared (variances).
constexpr double FirstVariance = 1, SecondVariance = 2;
/// An edge's slope, in 8-bit steps a pixel, and in multiples of the noise.
constexpr double SteepEnough = 8, SlopesPerNoise = 3;
constexpr size_t FewestEdges = 100;
/// Of the edges, from the sharpest: these show that all is blurred ...
constexpr double sharpest = 0.2;
constexpr double SharpestOfBlurred = 0.4;
/// ... and these by how much; edges of the scene are blurred by themselves.
constexpr double typical = 0.5;
constexpr double LargestBlur = 3;

cv::Mat luminance(const Image &band)
{
    const Image deep = band.converted(band.format().withDepth(Depth::F32));
    const int step = deep.format().channelCount();
    const bool gray = deep.format().isGray();
    cv::Mat out(deep.height(), deep.width(), CV_32F);
    for (int y = 0; y < deep.height(); ++y) {
        const float *in = deep.constSamples<float>(y);
        auto *to = out.ptr<float>(y);
        for (int x = 0; x < deep.width(); ++x, in += step)
            to[x] = 255 * (gray ? in[0] : 0.299F * in[0] + 0.587F * in[1] + 0.114F * in[2]);
    }
    return out;
}

struct Slopes {
    cv::Mat x, y, size;
};

Slopes slopes(const cv::Mat &light, double variance)
{
    cv::Mat soft;
    cv::GaussianBlur(light, soft, {0, 0}, std::sqrt(variance));
    const cv::Mat difference = (cv::Mat_<float>(1, 3) << -0.5F, 0, 0.5F);
    Slopes s;
    cv::filter2D(soft, s.x, CV_32F, difference);
    cv::filter2D(soft, s.y, CV_32F, difference.t());
    cv::magnitude(s.x, s.y, s.size);
    return s;
}

void addEdges(const cv::Mat &light, double steep, std::vector<float> &blurs)
{
    const Slopes first = slopes(light, FirstVariance);
    const Slopes second = slopes(light, SecondVariance);
    for (int y = 2; y + 2 < light.rows; ++y) {
        const auto *a = first.size.ptr<float>(y);
        const auto *b = second.size.ptr<float>(y);
        for (int x = 2; x + 2 < light.cols; ++x) {
            if (a[x] < steep)
                continue;
            const bool across =
                std::abs(first.x.at<float>(y, x)) >= std::abs(first.y.at<float>(y, x));
            const float before = across ? a[x - 1] : first.size.at<float>(y - 1, x);
            const float after = across ? a[x + 1] : first.size.at<float>(y + 1, x);
            if (a[x] < before || a[x] < after)
                continue;
            // An edge blurred by s has a slope in inverse proportion to sqrt(s^2 + variance).
            const double r = std::max(1.0001, double(a[x]) * a[x] / std::max(1e-6F, b[x] * b[x]));
            const double variance = (SecondVariance - r * FirstVariance) / (r - 1);
            blurs.push_back(float(std::sqrt(std::clamp(variance, 0.0, 100.0))));
        }
    }
}

double quantile(std::vector<float> &values, double share)
{
    const auto at = values.begin() + qsizetype(share * double(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return *at;
}

} // namespace

Result<double> estimateBlur(ImageSource &source, double noise, const Progress &progress)
{
    const QSize size = source.size();
    if (std::min(size.width(), size.height()) < SmallestSide)
        return 0.0;
    const int rows = std::min(BandRows, size.height());
    const int bands = std::clamp(size.height() / BandRows, 1, MostBands);
    const double steep = std::max(SteepEnough, SlopesPerNoise * noise);
    std::vector<float> blurs;
    for (int i = 0; i < bands; ++i) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const int top = int(qint64(size.height() - rows) * i / std::max(1, bands - 1));
        const auto band = source.read(QRect(0, top, size.width(), rows));
        if (!band)
            return fail(band.error());
        addEdges(luminance(*band), steep, blurs);
    }
    progress.report(1);
    if (blurs.size() < FewestEdges || quantile(blurs, sharpest) < SharpestOfBlurred)
        return 0.0;
    return std::min(quantile(blurs, typical), LargestBlur);
}

} // namespace heirloom
