// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/hintpropagation.h"

#include "image/cvbridge.h"
#include "image/vectorised.h"

#include <opencv2/core/utility.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace heirloom
{

namespace
{

constexpr float Pull = 2e-3F;
constexpr float Hold = 20;
constexpr float Least = 1e-5F;
constexpr int MostLevels = 3;
constexpr int SmallestHalved = 32;
constexpr int Values = 3; ///< two of chroma and the reach

/// What the hints say about the cells of one resolution.
struct Level {
    cv::Mat light;
    std::array<cv::Mat, Values> target;
    cv::Mat share; ///< how much of a cell is hinted at, 0..1
};

cv::Mat halved(const cv::Mat &plane)
{
    cv::Mat small;
    cv::resize(plane, small, {plane.cols / 2, plane.rows / 2}, 0, 0, cv::INTER_AREA);
    return small;
}

Level halved(const Level &fine)
{
    Level coarse;
    coarse.light = halved(fine.light);
    coarse.share = halved(fine.share);
    for (int v = 0; v < Values; ++v) {
        const cv::Mat mixed = halved(fine.target[size_t(v)].mul(fine.share));
        coarse.target[size_t(v)] = mixed / cv::max(coarse.share, 1e-6F);
    }
    return coarse;
}

HEIRLOOM_VECTORISED void scaleRow(float *out, const float *factors, const float *in, int count)
{
    for (int i = 0; i < count; ++i)
        out[i] = factors[i] * in[i];
}

/// Those a step on, weighed by what is kept here, and those a step back, by what is kept there.
HEIRLOOM_VECTORISED void takeNeighbours(float *out, const float *weights, const float *in, int step,
                                        int count)
{
    for (int i = 0; i < count; ++i)
        out[i] -= weights[i] * in[i + step] + weights[i - step] * in[i - step];
}

/// The symmetric system of one level, with a border of cells that weigh nothing around it.
class System
{
public:
    explicit System(const Level &level)
        : m_width(level.light.cols)
        , m_height(level.light.rows)
        , m_stride(m_width + 2)
        , m_steps{1, m_stride, m_stride + 1, m_stride - 1}
        , m_diagonal(cellCount())
        , m_degree(cellCount())
    {
        weigh(level.light);
        for (int y = 0; y < m_height; ++y) {
            for (int x = 0; x < m_width; ++x) {
                const size_t i = at(x, y);
                m_diagonal[i] = m_degree[i] * (1 + Pull + Hold * level.share.at<float>(y, x));
            }
        }
    }

    /// Moves x towards the solution.
    void improve(const Level &level, int value, int rounds, cv::Mat &x) const
    {
        std::vector<float> solution = bordered(x);
        std::vector<float> residual(cellCount());
        apply(solution, residual);
        std::vector<float> scaled(cellCount());
        double power = 0;
        for (int row = 0; row < m_height; ++row) {
            for (int column = 0; column < m_width; ++column) {
                const size_t i = at(column, row);
                const float right = m_degree[i] * Hold * level.share.at<float>(row, column) *
                                    level.target[size_t(value)].at<float>(row, column);
                residual[i] = right - residual[i];
                scaled[i] = residual[i] / m_diagonal[i];
                power += double(residual[i]) * double(scaled[i]);
            }
        }
        std::vector<float> direction = scaled;
        std::vector<float> moved(cellCount());
        for (int round = 0; round < rounds; ++round) {
            apply(direction, moved);
            const auto length = float(power / std::max(dot(direction, moved), 1e-20));
            add(solution, length, direction);
            add(residual, -length, moved);
            double fresh = 0;
            for (int row = 0; row < m_height; ++row) {
                for (size_t i = at(0, row), end = i + size_t(m_width); i < end; ++i) {
                    scaled[i] = residual[i] / m_diagonal[i];
                    fresh += double(residual[i]) * double(scaled[i]);
                }
            }
            if (fresh < 1e-9 * m_width * m_height)
                break;
            const auto kept = float(fresh / std::max(power, 1e-20));
            for (size_t i = 0; i < direction.size(); ++i)
                direction[i] = scaled[i] + kept * direction[i];
            power = fresh;
        }
        for (int row = 0; row < m_height; ++row)
            std::copy_n(&solution[at(0, row)], m_width, x.ptr<float>(row));
    }

private:
    size_t cellCount() const { return size_t(m_stride) * size_t(m_height + 2); }
    size_t at(int x, int y) const { return size_t(y + 1) * size_t(m_stride) + size_t(x + 1); }

    std::vector<float> bordered(const cv::Mat &x) const
    {
        std::vector<float> cells(cellCount());
        for (int row = 0; row < m_height; ++row)
            std::copy_n(x.ptr<float>(row), m_width, &cells[at(0, row)]);
        return cells;
    }

    void weigh(const cv::Mat &light)
    {
        cv::Mat mean;
        cv::Mat square;
        cv::blur(light, mean, {3, 3}, {-1, -1}, cv::BORDER_REFLECT_101);
        cv::blur(light.mul(light), square, {3, 3}, {-1, -1}, cv::BORDER_REFLECT_101);
        cv::Mat spread = cv::max(square - mean.mul(mean), 0) * 0.6F + 2e-5F;
        cv::sqrt(spread, spread);
        constexpr std::array<std::array<int, 2>, 4> there = {{{1, 0}, {0, 1}, {1, 1}, {-1, 1}}};
        for (size_t k = 0; k < m_weights.size(); ++k) {
            m_weights[k].assign(cellCount(), 0);
            for (int y = 0; y + there[k][1] < m_height; ++y) {
                for (int x = std::max(0, -there[k][0]); x < m_width - std::max(0, there[k][0]);
                     ++x) {
                    const int x2 = x + there[k][0];
                    const int y2 = y + there[k][1];
                    const float step = light.at<float>(y, x) - light.at<float>(y2, x2);
                    const float weight =
                        std::exp(-step * step /
                                 (spread.at<float>(y, x) * spread.at<float>(y2, x2))) +
                        Least;
                    m_weights[k][at(x, y)] = weight;
                    m_degree[at(x, y)] += weight;
                    m_degree[at(x2, y2)] += weight;
                }
            }
        }
    }

    void apply(const std::vector<float> &x, std::vector<float> &out) const
    {
        for (int row = 0; row < m_height; ++row) {
            const size_t begin = at(0, row);
            scaleRow(&out[begin], &m_diagonal[begin], &x[begin], m_width);
            for (size_t k = 0; k < m_weights.size(); ++k)
                takeNeighbours(&out[begin], &m_weights[k][begin], &x[begin], m_steps[k], m_width);
        }
    }
    static double dot(const std::vector<float> &a, const std::vector<float> &b)
    {
        double sum = 0;
        for (size_t i = 0; i < a.size(); ++i)
            sum += double(a[i]) * double(b[i]);
        return sum;
    }
    static void add(std::vector<float> &to, float factor, const std::vector<float> &what)
    {
        for (size_t i = 0; i < to.size(); ++i)
            to[i] += factor * what[i];
    }

    int m_width, m_height, m_stride;
    std::array<int, 4> m_steps; ///< to the neighbours that a weight is kept for
    std::array<std::vector<float>, 4> m_weights;
    std::vector<float> m_diagonal, m_degree;
};

} // namespace

Planes cellMeans(const Planes &pixels)
{
    Planes cells(pixels.channels, pixels.width / HintCell, pixels.height / HintCell);
    cv::parallel_for_({0, pixels.channels}, [&](const cv::Range &range) {
        for (int c = range.start; c < range.end; ++c) {
            const cv::Mat all(pixels.height, pixels.width, CV_32F,
                              const_cast<float *>(pixels.plane(c)));
            cv::Mat small(cells.height, cells.width, CV_32F, cells.plane(c));
            cv::resize(all, small, small.size(), 0, 0, cv::INTER_AREA);
        }
    });
    return cells;
}

Planes propagatedHints(const Planes &luminance, const Planes &hints, int rounds)
{
    Planes said(3, hints.width, hints.height); // chroma where it was said, and where something was
    for (size_t i = 0; i < hints.planeSize(); ++i) {
        const float mask = hints.plane(2)[i];
        said.plane(0)[i] = hints.plane(0)[i] * mask;
        said.plane(1)[i] = hints.plane(1)[i] * mask;
        said.plane(2)[i] = std::max(mask, hints.plane(3)[i]);
    }
    Planes known = cellMeans(said);
    Planes result(Values, known.width, known.height);
    std::vector<Level> levels(1);
    levels[0].light = toMat(cellMeans(luminance), 0);
    levels[0].share = toMat(known, 2);
    for (int v = 0; v < Values; ++v) {
        levels[0].target[size_t(v)] = toMat(known, v) / cv::max(levels[0].share, 1e-6F);
        levels[0].target[size_t(v)].setTo(0, levels[0].share == 0);
    }
    if (cv::countNonZero(levels[0].share) == 0)
        return result;
    while (std::min(levels.back().light.rows, levels.back().light.cols) >= SmallestHalved &&
           levels.size() < MostLevels)
        levels.push_back(halved(levels.back()));
    std::array<cv::Mat, Values> x;
    for (cv::Mat &value : x)
        value = cv::Mat::zeros(levels.back().light.size(), CV_32F);
    for (auto level = levels.rbegin(); level != levels.rend(); ++level) {
        const System system(*level);
        for (int v = 0; v < Values; ++v) {
            cv::Mat &value = x[size_t(v)];
            if (value.size() != level->light.size())
                cv::resize(value, value, level->light.size(), 0, 0, cv::INTER_LINEAR);
            system.improve(*level, v, rounds, value);
        }
    }
    for (int v = 0; v < Values; ++v)
        copyFromMat(x[size_t(v)], result, v);
    return result;
}

} // namespace heirloom
