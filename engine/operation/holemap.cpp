// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/holemap.h"

#include "image/cvbridge.h"
#include "operation/holefill.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace heirloom
{

namespace
{

/// Surroundings: what a denoiser sees, and the width of the hole on each side.
constexpr int SmallestMargin = 40;
constexpr int MarginStep = 16;
/// Half of the widest hole in the reduced picture.
constexpr int ReducedHalfWidth = 12;
constexpr int ReadRows = 64;
/// A window is not cut where it is no longer than this.
constexpr int SmallestWindow = 8;
/// Holes nearer to each other than twice that are filled together.
constexpr int JoinedGap = 4;
/// What a window costs beside its pixels, in pixels.
constexpr qint64 WindowCost = 2500;

/// The rectangle's holes in the windows of least cost: cut in two along its longer side wherever
/// both halves, each drawn in to its own holes, cost less than the whole.
qint64 cutIntoWindows(const cv::Mat &holes, const cv::Rect &place, int margin,
                      std::vector<QRect> &windows)
{
    const cv::Rect inner = cv::boundingRect(holes(place));
    if (inner.empty())
        return 0;
    const cv::Rect box = inner + place.tl();
    const qint64 whole = qint64(box.width + 2 * margin) * (box.height + 2 * margin) + WindowCost;
    if (std::max(box.width, box.height) > SmallestWindow) {
        cv::Rect first = box;
        cv::Rect second = box;
        if (box.width >= box.height) {
            first.width = box.width / 2;
            second.x += first.width;
            second.width -= first.width;
        } else {
            first.height = box.height / 2;
            second.y += first.height;
            second.height -= first.height;
        }
        std::vector<QRect> parts;
        const qint64 cost = cutIntoWindows(holes, first, margin, parts) +
                            cutIntoWindows(holes, second, margin, parts);
        if (cost < whole) {
            windows.insert(windows.end(), parts.begin(), parts.end());
            return cost;
        }
    }
    windows.emplace_back(box.x, box.y, box.width, box.height);
    return whole;
}

} // namespace

HoleMap::HoleMap(Image mask, int tile)
    : m_mask(std::move(mask))
{
    const QSize size = m_mask.size();
    m_plan = TilePlan(size, {tile > 0 ? tile : std::max(size.width(), size.height()), 0, 1, 1});
    m_halfWidths.assign(size_t(m_plan.count()), 0);
    cv::Mat holes = ConstMat(m_mask).mat() >= threshold;
    m_holes = cv::countNonZero(holes);
    if (isEmpty() || isFull())
        return;
    cv::Mat distance;
    cv::distanceTransform(holes, distance, cv::DIST_L2, cv::DIST_MASK_3);
    for (int i = 0; i < m_plan.count(); ++i) {
        const QRect core = m_plan.tile(i).core;
        double largest = 0;
        cv::minMaxLoc(distance(cv::Rect(core.left(), core.top(), core.width(), core.height())),
                      nullptr, &largest);
        m_halfWidths[size_t(i)] = float(largest);
        m_widest = std::max(m_widest, largest);
    }
    if (tile > 0 && m_widest > deepest) {
        m_deep = fromMat(distance > deepest);
        m_factor = std::max(2, int(std::ceil(m_widest / ReducedHalfWidth)));
    }
}

double HoleMap::share() const
{
    return m_mask.isNull() ? 0 : double(m_holes) / (double(m_mask.width()) * m_mask.height());
}

bool HoleMap::meets(const Image &other) const
{
    for (int y = 0; !other.isNull() && y < other.height(); ++y) {
        const quint8 *row = other.constSamples<quint8>(y);
        for (int x = 0; x < other.width(); ++x) {
            if (row[x] > 0 && isHole(x, y))
                return true;
        }
    }
    return false;
}

int HoleMap::margin(int tile) const
{
    const double half = std::min<double>(halfWidth(tile), deepest);
    if (half <= 0)
        return 0;
    const int wanted = std::max(SmallestMargin, int(std::ceil(24 + 2 * half)));
    return (wanted + MarginStep - 1) / MarginStep * MarginStep;
}

int HoleMap::windowMargin(int tile) const
{
    const double half = std::min<double>(halfWidth(tile), deepest);
    return half <= 0 ? 0 : (int(std::ceil(20 + 2 * half)) + 1) / 2 * 2;
}

std::vector<QRect> HoleMap::windows(int tile) const
{
    std::vector<QRect> windows;
    if (halfWidth(tile) <= 0)
        return windows;
    const QRect core = m_plan.tile(tile).core;
    const cv::Mat holes =
        ConstMat(m_mask).mat()(cv::Rect(core.left(), core.top(), core.width(), core.height())) >=
        threshold;
    cutIntoWindows(holes, cv::Rect(0, 0, holes.cols, holes.rows), windowMargin(tile), windows);
    for (QRect &window : windows)
        window.translate(core.topLeft());
    return windows;
}

std::vector<QRect> HoleMap::wholeHoles() const
{
    const cv::Mat holes = ConstMat(m_mask).mat() >= threshold;
    cv::Mat joined, labels, boxes, centres;
    cv::dilate(holes, joined, cv::Mat::ones(2 * JoinedGap + 1, 2 * JoinedGap + 1, CV_8U));
    const int count = cv::connectedComponentsWithStats(joined, labels, boxes, centres);
    std::vector<QRect> windows;
    for (int i = 1; i < count; ++i) {
        QRect window(boxes.at<int>(i, cv::CC_STAT_LEFT), boxes.at<int>(i, cv::CC_STAT_TOP),
                     boxes.at<int>(i, cv::CC_STAT_WIDTH), boxes.at<int>(i, cv::CC_STAT_HEIGHT));
        // A grown window may meet one that was passed already.
        for (size_t j = 0; j < windows.size();) {
            if (windows[j].intersects(window)) {
                window |= windows[j];
                windows.erase(windows.begin() + qsizetype(j));
                j = 0;
            } else {
                ++j;
            }
        }
        windows.push_back(window);
    }
    return windows;
}

int HoleMap::widestMargin() const
{
    int widest = 0;
    for (int i = 0; i < m_plan.count(); ++i)
        widest = std::max(widest, margin(i));
    return widest;
}

Result<void> HoleMap::fillDeep(ImageSource &source, const Progress &progress)
{
    const QSize size = m_mask.size();
    const int width = (size.width() + m_factor - 1) / m_factor;
    const int height = (size.height() + m_factor - 1) / m_factor;
    const int colors = source.format().colorCount();
    Planes reduced(colors, width, height);
    Planes counts(1, width, height);
    for (int top = 0; top < size.height(); top += ReadRows) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const int rows = std::min(ReadRows, size.height() - top);
        auto read = source.read(QRect(0, top, size.width(), rows));
        if (!read)
            return fail(read.error());
        const Image band = read->converted(read->format().withDepth(Depth::F32));
        const int step = band.format().channelCount();
        const bool alpha = band.format().hasAlpha();
        for (int y = 0; y < rows; ++y) {
            const float *in = band.constSamples<float>(y);
            for (int x = 0; x < size.width(); ++x, in += step) {
                if (isHole(x, top + y) || (alpha && in[colors] <= 0))
                    continue;
                const int u = x / m_factor;
                const int v = (top + y) / m_factor;
                for (int c = 0; c < colors; ++c)
                    reduced.row(c, v)[u] += in[c];
                counts.row(0, v)[u] += 1;
            }
        }
    }
    Planes missing(1, width, height);
    for (size_t i = 0; i < counts.values.size(); ++i) {
        missing.values[i] = counts.values[i] > 0 ? 0.0F : 1.0F;
        for (int c = 0; c < colors && counts.values[i] > 0; ++c)
            reduced.plane(c)[i] /= counts.values[i];
    }
    fillHoles(reduced, missing, ClassicalFill::Membrane);
    m_reduced = Image({width, height}, PixelFormat{colors == 1 ? Channels::Gray : Channels::Rgb,
                                                   Depth::F32});
    for (int y = 0; y < height; ++y) {
        float *out = m_reduced.samples<float>(y);
        for (int x = 0; x < width; ++x) {
            for (int c = 0; c < colors; ++c)
                *out++ = reduced.row(c, y)[x];
        }
    }
    return {};
}

float HoleMap::deepValue(int x, int y, int color) const
{
    const auto place = [this](int at, int count) {
        const float u =
            std::clamp((float(at) + 0.5F) / float(m_factor) - 0.5F, 0.0F, float(count - 1));
        return std::array{float(int(u)), u - float(int(u))};
    };
    const int colors = m_reduced.format().channelCount();
    const auto [x0, fx] = place(x, m_reduced.width());
    const auto [y0, fy] = place(y, m_reduced.height());
    const int x1 = std::min(int(x0) + 1, m_reduced.width() - 1);
    const int y1 = std::min(int(y0) + 1, m_reduced.height() - 1);
    const auto at = [&](int u, int v) {
        return m_reduced.constSamples<float>(v)[u * colors + color];
    };
    const float top = at(int(x0), int(y0)) + fx * (at(x1, int(y0)) - at(int(x0), int(y0)));
    const float bottom = at(int(x0), y1) + fx * (at(x1, y1) - at(int(x0), y1));
    return top + fy * (bottom - top);
}

} // namespace heirloom
