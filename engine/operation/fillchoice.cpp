// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/fillchoice.h"

#include "image/luma.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace heirloom
{

namespace
{

/// Pixels around one that are looked at: this many, and as many as the hole is wide to its middle.
constexpr int NearReach = 8, MostReach = 24;
/// A need, in 8-bit steps, above which a share of nothing takes no pixel.
constexpr double GreatestNeed = 40;
/// A hole this wide to its middle doubles the need.
constexpr double DoublingWidth = 8;
/// From full trust in the classical fill to none, around the limit.
constexpr double RampBegin = 0.75, RampEnd = 1.25;

/// Sums over the square of a side of 2 reach + 1 around every pixel.
cv::Mat summed(const cv::Mat &values, int reach)
{
    cv::Mat sums;
    cv::boxFilter(values, sums, CV_64F, cv::Size(2 * reach + 1, 2 * reach + 1), cv::Point(-1, -1),
                  false, cv::BORDER_CONSTANT);
    return sums;
}

} // namespace

Planes fillChoice(const ModelInput &input, double percent)
{
    const Planes &image = input.image;
    const Planes &holes = *input.planes.constFind(holePlane);
    Planes choice(1, image.width, image.height);
    const double limit = GreatestNeed * std::pow(1 - percent / 100, 2);
    const double halfWidth = input.scalars.value(holeHalfWidth);
    const int reach = std::min(NearReach + int(std::ceil(halfWidth)), MostReach);
    cv::Mat squares(image.height, image.width, CV_64F, cv::Scalar(0));
    cv::Mat pairs(image.height, image.width, CV_64F, cv::Scalar(0));
    const auto light = [&image](int x, int y) {
        const std::array color{image.row(0, y)[x], image.row(1, y)[x], image.row(2, y)[x]};
        return 255 * double(lum(color.data()));
    };
    const auto isKnown = [&holes](int x, int y) { return holes.row(0, y)[x] <= 0.5F; };
    for (int y = 0; y < image.height; ++y) {
        for (int x = 0; x < image.width; ++x) {
            if (!isKnown(x, y))
                continue;
            for (const auto &[dx, dy] : {std::pair(1, 0), std::pair(0, 1)}) {
                if (x + dx >= image.width || y + dy >= image.height || !isKnown(x + dx, y + dy))
                    continue;
                const double step = light(x + dx, y + dy) - light(x, y);
                squares.at<double>(y, x) += step * step;
                pairs.at<double>(y, x) += 1;
            }
        }
    }
    const cv::Mat around = summed(squares, reach), count = summed(pairs, reach);
    const auto left = input.planes.constFind(classicalPlane);
    for (int y = 0; y < image.height; ++y) {
        for (int x = 0; x < image.width; ++x) {
            if (isKnown(x, y) ||
                (left != input.planes.constEnd() && left->row(0, y)[x] > 0.5F))
                continue;
            if (percent <= 0 || percent >= 100 || count.at<double>(y, x) < 1) {
                choice.row(0, y)[x] = percent > 0 ? 1 : 0;
                continue;
            }
            const double steps = std::sqrt(std::max(0.0, around.at<double>(y, x)) /
                                           count.at<double>(y, x));
            const double need = steps * (1 + halfWidth / DoublingWidth) / limit;
            choice.row(0, y)[x] =
                float(std::clamp((need - RampBegin) / (RampEnd - RampBegin), 0.0, 1.0));
        }
    }
    return choice;
}

HybridFiller::HybridFiller(std::shared_ptr<Model> network, std::shared_ptr<Model> classical,
                           double percent)
    : HoleFiller(network->pack(), ":hybrid-" + QByteArray::number(percent))
    , m_network(std::move(network))
    , m_classical(std::move(classical))
    , m_percent(percent)
{
}

Result<Planes> HybridFiller::fill(const ModelInput &input, const Planes &holes,
                                  RunControl &control)
{
    const Planes choice = fillChoice(input, m_percent);
    const auto most = std::ranges::max(choice.values);
    bool isWhole = true; // no hole pixel is left to the classical fill
    for (size_t at = 0; at < choice.values.size(); ++at)
        isWhole = isWhole && (holes.values[at] <= 0.5F || choice.values[at] >= 1);
    if (most > 0 && isWhole)
        return m_network->run(input, control);
    auto filled = m_classical->run(input, control);
    if (!filled || most <= 0)
        return filled;
    const auto learned = m_network->run(input, control);
    if (!learned)
        return fail(learned.error());
    for (int c = 0; c < filled->channels; ++c) {
        float *out = filled->plane(c);
        const float *other = learned->plane(c);
        for (size_t at = 0; at < choice.values.size(); ++at)
            out[at] += choice.values[at] * (other[at] - out[at]);
    }
    return filled;
}

} // namespace heirloom
