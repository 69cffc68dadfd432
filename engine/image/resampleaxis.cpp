// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/resample.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace heirloom
{

namespace
{

double lanczos3(double x)
{
    x = std::abs(x);
    if (x < 1e-9)
        return 1;
    if (x >= 3)
        return 0;
    const double p = std::numbers::pi * x;
    return 3 * std::sin(p) * std::sin(p / 3) / (p * p);
}

bool isWhole(double v)
{
    return std::abs(v - std::round(v)) < 1e-9;
}

} // namespace

ResampleAxis::ResampleAxis(int sourceSize, int targetSize)
    : ResampleAxis(sourceSize, targetSize, double(sourceSize) / targetSize, 0)
{
}

ResampleAxis::ResampleAxis(int sourceSize, int targetSize, double step, double origin)
    : m_sourceSize(sourceSize)
    , m_targetSize(targetSize)
    , m_first(size_t(targetSize))
{
    const bool copies = std::abs(step - 1) < 1e-12 && isWhole(origin);
    m_identity = copies && sourceSize == targetSize && std::abs(origin) < 0.5;
    const bool reduces = step > 1 + 1e-12;
    const int wanted = copies ? 1 : reduces ? int(std::ceil(step)) + 1 : 6;
    m_taps = std::min(wanted, sourceSize);
    m_weights.resize(size_t(targetSize) * m_taps);

    std::vector<double> raw(size_t(wanted) + 1);
    for (int target = 0; target < targetSize; ++target) {
        const double centre = (target + 0.5) * step + origin;
        // The taps before anything is clipped: source pixels begin .. begin + wanted - 1.
        int begin = 0;
        if (copies) {
            begin = int(std::lround(target + origin));
            raw[0] = 1;
        } else if (reduces) {
            const double from = centre - step / 2;
            begin = int(std::floor(from + 1e-9));
            for (int k = 0; k < wanted; ++k) {
                const double left = std::max(from, double(begin + k));
                const double right = std::min(from + step, double(begin + k + 1));
                raw[size_t(k)] = right - left > 1e-9 ? right - left : 0;
            }
        } else {
            begin = int(std::floor(centre - 0.5 + 1e-9)) - 2;
            for (int k = 0; k < wanted; ++k)
                raw[size_t(k)] = lanczos3(begin + k + 0.5 - centre);
        }

        const int first = std::clamp(begin, 0, sourceSize - m_taps);
        float *weights = &m_weights[size_t(target) * m_taps];
        double sum = 0;
        for (int k = 0; k < wanted; ++k) {
            if (begin + k >= first && begin + k < first + m_taps)
                sum += raw[size_t(k)];
        }
        if (std::abs(sum) < 1e-6) {
            // Beyond the edge: the nearest pixel.
            weights[begin < first ? 0 : m_taps - 1] = 1;
        } else {
            for (int k = 0; k < wanted; ++k) {
                if (begin + k >= first && begin + k < first + m_taps)
                    weights[begin + k - first] = float(raw[size_t(k)] / sum);
            }
        }
        m_first[size_t(target)] = first;
    }
}

std::pair<int, int> ResampleAxis::range(int from, int to) const
{
    return {first(from), first(to) + m_taps - 1};
}

} // namespace heirloom
