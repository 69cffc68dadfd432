// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/patchfield.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace heirloom
{

namespace
{

constexpr int Side = 2 * PatchField::radius + 1;
constexpr int Radius = PatchField::radius;
/// What a pixel farther inside by one counts less in the vote.
constexpr float FadingIn = 1.1F;
constexpr float Far = std::numeric_limits<float>::max();
/// Below it two patches are the same: a step of 8 bits.
constexpr float SameDistance = 1.0F / (255 * 255);
constexpr float SmallestWeight = 1e-12F;
/// Of the distances, that sets what "alike" means in a vote.
constexpr double TypicalShare = 0.5;

} // namespace

PatchField::PatchField(const Planes &picture, std::vector<quint8> unknown, quint32 seed)
    : m_width(picture.width)
    , m_height(picture.height)
    , m_pixels(picture.planeSize() * 3)
    , m_unknown(std::move(unknown))
    , m_random(seed)
{
    for (int c = 0; c < 3; ++c) {
        const float *from = picture.plane(c);
        for (size_t i = 0; i < picture.planeSize(); ++i)
            m_pixels[3 * i + size_t(c)] = from[i];
    }
    const cv::Mat hole(m_height, m_width, CV_8U, m_unknown.data());
    cv::Mat near, depth;
    cv::dilate(hole, near, cv::Mat::ones(Side, Side, CV_8U), {-1, -1}, 1, cv::BORDER_CONSTANT, 0);
    cv::distanceTransform(hole, depth, cv::DIST_L2, cv::DIST_MASK_3);
    m_isSource.assign(picture.planeSize(), 0);
    m_targetAt.assign(picture.planeSize(), -1);
    for (int y = 0; y < m_height; ++y) {
        for (int x = 0; x < m_width; ++x) {
            const int i = y * m_width + x;
            if (near.at<uchar>(y, x)) {
                m_targetAt[size_t(i)] = int(m_targets.size());
                m_targets.push_back(
                    {{x, y}, {}, Far, std::pow(FadingIn, -depth.at<float>(y, x))});
            } else if (x >= Radius && y >= Radius && x < m_width - Radius &&
                       y < m_height - Radius) {
                m_isSource[size_t(i)] = 1;
                m_sources.push_back(i);
            }
        }
    }
}

/// The mean squared difference over the target's pixels inside the picture; Far once it is as much
/// as most.
float PatchField::distance(QPoint target, QPoint source, float most) const
{
    const int left = std::max(-Radius, -target.x());
    const int right = std::min(Radius, m_width - 1 - target.x());
    const int top = std::max(-Radius, -target.y());
    const int bottom = std::min(Radius, m_height - 1 - target.y());
    const int values = (right - left + 1) * 3;
    const float scale = 1.0F / float(values * (bottom - top + 1));
    float sum = 0;
    for (int v = top; v <= bottom; ++v) {
        const float *a = pixel(target.x() + left, target.y() + v);
        const float *b = pixel(source.x() + left, source.y() + v);
        float row = 0;
        for (int i = 0; i < values; ++i)
            row += (a[i] - b[i]) * (a[i] - b[i]);
        sum += row;
        if (sum * scale >= most)
            return Far;
    }
    return sum * scale;
}

void PatchField::consider(Target &target, QPoint source) const
{
    if (!isSource(source) || source == target.from)
        return;
    const float d = distance(target.at, source, target.distance);
    if (d < target.distance) {
        target.distance = d;
        target.from = source;
    }
}

void PatchField::measureAll()
{
    for (Target &target : m_targets)
        target.distance = distance(target.at, target.from, Far);
}

void PatchField::start(const PatchField *coarser)
{
    for (Target &target : m_targets) {
        const auto anywhere = m_sources[below(quint32(m_sources.size()))];
        target.from = {anywhere % m_width, anywhere / m_width};
        if (!coarser)
            continue;
        const QPoint half(std::min(target.at.x() / 2, coarser->m_width - 1),
                          std::min(target.at.y() / 2, coarser->m_height - 1));
        const int known = coarser->m_targetAt[size_t(half.y()) * coarser->m_width + half.x()];
        const QPoint there = known < 0 ? half : coarser->m_targets[size_t(known)].from;
        const QPoint from = 2 * there + (target.at - 2 * half);
        if (isSource(from))
            target.from = from;
    }
}

bool PatchField::improve(const Progress &progress)
{
    measureAll();
    const int step = m_backwards ? 1 : -1;
    const auto count = int(m_targets.size());
    for (int i = 0; i < count; ++i) {
        if (i % 1024 == 0 && progress.stopRequested())
            return false;
        Target &target = m_targets[size_t(m_backwards ? count - 1 - i : i)];
        for (const QPoint &towards : {QPoint(step, 0), QPoint(0, step)}) {
            const QPoint next = target.at + towards;
            if (next.x() < 0 || next.y() < 0 || next.x() >= m_width || next.y() >= m_height)
                continue;
            const int known = m_targetAt[size_t(next.y()) * m_width + next.x()];
            consider(target, (known < 0 ? next : m_targets[size_t(known)].from) - towards);
        }
        for (int reach = std::max(m_width, m_height); reach >= 1; reach /= 2) {
            const auto span = quint32(2 * reach + 1);
            const int x = int(below(span)) - reach;
            const int y = int(below(span)) - reach;
            consider(target, target.from + QPoint(x, y));
        }
    }
    m_backwards = !m_backwards;
    return true;
}

/// Calls use(index of a pixel in the hole, the pixel that the patch found has for it).
template <typename Use>
void PatchField::forHole(const Target &target, const Use &use) const
{
    for (int v = -Radius; v <= Radius; ++v) {
        const int y = target.at.y() + v;
        for (int u = -Radius; u <= Radius && y >= 0 && y < m_height; ++u) {
            const int x = target.at.x() + u;
            const size_t i = size_t(y) * m_width + x;
            if (x >= 0 && x < m_width && m_unknown[i])
                use(i, pixel(target.from.x() + u, target.from.y() + v));
        }
    }
}

void PatchField::vote()
{
    measureAll();
    std::vector<float> distances;
    distances.reserve(m_targets.size());
    for (const Target &target : m_targets)
        distances.push_back(target.distance);
    const auto at = distances.begin() + qsizetype(TypicalShare * double(distances.size() - 1));
    std::nth_element(distances.begin(), at, distances.end());
    const float typical = std::max(*at, SameDistance);
    std::vector<float> sums(m_pixels.size()), weights(m_unknown.size());
    for (const Target &target : m_targets) {
        const float weight =
            target.confidence * std::exp(-target.distance / (2 * typical)) + SmallestWeight;
        forHole(target, [&](size_t i, const float *from) {
            weights[i] += weight;
            for (size_t c = 0; c < 3; ++c)
                sums[3 * i + c] += weight * from[c];
        });
    }
    for (size_t i = 0; i < m_unknown.size(); ++i) {
        for (size_t c = 0; c < 3 && m_unknown[i]; ++c)
            m_pixels[3 * i + c] = sums[3 * i + c] / weights[i];
    }
}

void PatchField::copyBest()
{
    measureAll();
    std::vector<float> pixels = m_pixels, best(m_unknown.size(), Far);
    for (const Target &target : m_targets) {
        const float cost = (target.distance + SameDistance) / target.confidence;
        forHole(target, [&](size_t i, const float *from) {
            if (cost < best[i]) {
                best[i] = cost;
                std::copy_n(from, 3, &pixels[3 * i]);
            }
        });
    }
    m_pixels = std::move(pixels);
}

Planes PatchField::picture() const
{
    Planes planes(3, m_width, m_height);
    for (int c = 0; c < 3; ++c) {
        float *to = planes.plane(c);
        for (size_t i = 0; i < planes.planeSize(); ++i)
            to[i] = m_pixels[3 * i + size_t(c)];
    }
    return planes;
}

} // namespace heirloom
