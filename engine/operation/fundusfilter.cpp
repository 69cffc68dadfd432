// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/fundusfilter.h"

#include "image/lab.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace heirloom
{

namespace
{

constexpr double BlocksAcross = 8;
constexpr int SmallestBlock = 16;
constexpr int Bins = 256;
/// Clipped counts go to all bins, which may then be over the limit again.
constexpr int ClipRounds = 6;
/// The field's edge is soft: from nothing to all, in radii.
constexpr double EdgeWidth = 0.01;
/// Light is multiplied by this at the most, or divided.
constexpr double MostGain = 4;

/// Values at the borders of bins, 0..1, to which levels are moved: the share of pixels below.
std::vector<float> equalised(std::vector<float> counts, float total, double limit)
{
    const float most = float(std::max(1.0, limit)) * total / Bins;
    for (int round = 0; round < ClipRounds; ++round) {
        float over = 0;
        for (float &count : counts) {
            over += std::max(0.0F, count - most);
            count = std::min(count, most);
        }
        for (float &count : counts)
            count += over / Bins;
    }
    std::vector<float> levels(Bins + 1, 0.0F);
    for (int bin = 0; bin < Bins; ++bin)
        levels[size_t(bin) + 1] = levels[size_t(bin)] + counts[size_t(bin)] / total;
    return levels;
}

float levelAt(const std::vector<float> &levels, float value)
{
    const float place = std::clamp(value, 0.0F, 1.0F) * Bins;
    const int bin = std::min(int(place), Bins - 1);
    const float share = place - float(bin);
    return levels[size_t(bin)] * (1 - share) + levels[size_t(bin) + 1] * share;
}

int floorDiv(int a, int b)
{
    return a >= 0 ? a / b : -((b - 1 - a) / b);
}

} // namespace

/// The blocks that a tile touches, of which those that matter to its core lie in it whole.
class FundusFilter::Blocks
{
public:
    Blocks(const QRect &tile, int side)
        : m_side(side)
        , m_left(floorDiv(tile.left(), side))
        , m_top(floorDiv(tile.top(), side))
        , m_columns(floorDiv(tile.right(), side) - m_left + 1)
        , m_rows(floorDiv(tile.bottom(), side) - m_top + 1)
        , m_counts(size_t(m_columns) * size_t(m_rows), std::vector<float>(Bins, 0.0F))
        , m_totals(m_counts.size(), 0.0F)
    {
    }

    void add(int x, int y, float value, float weight)
    {
        const size_t at = index(floorDiv(x, m_side), floorDiv(y, m_side));
        const int bin = std::clamp(int(value * Bins), 0, Bins - 1);
        m_counts[at][size_t(bin)] += weight;
        m_totals[at] += weight;
    }

    void equalise(double limit)
    {
        for (size_t i = 0; i < m_counts.size(); ++i) {
            if (m_totals[i] > 0)
                m_counts[i] = equalised(std::move(m_counts[i]), m_totals[i], limit);
        }
    }

    /// Between the middles of the four blocks around; a block with more of the field counts more.
    float at(int x, int y, float value) const
    {
        const double px = (x + 0.5) / m_side - 0.5, py = (y + 0.5) / m_side - 0.5;
        const int left = int(std::floor(px)), top = int(std::floor(py));
        const double fx = px - left, fy = py - top;
        double sum = 0, weights = 0;
        for (int j = 0; j < 2; ++j) {
            for (int i = 0; i < 2; ++i) {
                const int column = left + i, row = top + j;
                if (column < m_left || row < m_top || column >= m_left + m_columns ||
                    row >= m_top + m_rows)
                    continue;
                const size_t block = index(column, row);
                const double weight =
                    (i ? fx : 1 - fx) * (j ? fy : 1 - fy) * double(m_totals[block]);
                if (weight > 0)
                    sum += weight * double(levelAt(m_counts[block], value));
                weights += std::max(0.0, weight);
            }
        }
        return weights > 0 ? float(sum / weights) : value;
    }

private:
    size_t index(int column, int row) const
    {
        return size_t(row - m_top) * size_t(m_columns) + size_t(column - m_left);
    }

    int m_side, m_left, m_top, m_columns, m_rows;
    std::vector<std::vector<float>> m_counts; ///< once equalised: levels
    std::vector<float> m_totals;
};

int FundusFilter::blockFor(const FundusField &field, QSize picture)
{
    return std::max(SmallestBlock,
                    int(std::lround(2 * field.radius * picture.width() / BlocksAcross)));
}

int FundusFilter::reachFor(const FundusField &field, QSize picture)
{
    return (3 * blockFor(field, picture) + 1) / 2 + 1;
}

FundusFilter::FundusFilter()
{
    m_pack.id = QStringLiteral("fundus");
    m_pack.task = ModelTask::Tone;
    m_pack.input.channels = m_pack.output.channels = QStringLiteral("RGB");
    m_pack.output.scale = 1;
    m_pack.memoryPerInputPixel = 40;
    m_pack.bestTile = 512;
}

void FundusFilter::set(const FundusField &field, QSize picture)
{
    m_field = field;
    m_picture = picture;
    m_block = blockFor(field, picture);
    m_pack.bestTile = std::max(512, 4 * m_block);
    m_pack.halo = reachFor(field, picture);
}

/// How much a pixel belongs to the field, 0..1.
float FundusFilter::weightAt(double x, double y) const
{
    const double width = m_picture.width();
    const double radius = m_field.radius * width;
    double inside = radius - std::hypot(x - m_field.x * width, y - m_field.y * width);
    // A cut at the picture's own edge is none of the field.
    if (m_field.top > 0)
        inside = std::min(inside, y - m_field.top * width);
    if (m_field.bottom * width < m_picture.height() - 0.5)
        inside = std::min(inside, m_field.bottom * width - y);
    return float(std::clamp(inside / std::max(1.0, EdgeWidth * radius), 0.0, 1.0));
}

Result<Planes> FundusFilter::run(const ModelInput &input, RunControl &control)
{
    const Planes &in = input.image;
    if (m_field.isEmpty())
        return in;
    const double evening = input.scalars.value(QStringLiteral("light"));
    const auto contrast = float(input.scalars.value(QStringLiteral("contrast")));
    const double limit = input.scalars.value(QStringLiteral("limit"));
    const double width = m_picture.width(), radius = m_field.radius * width;
    // What is repeated beyond the picture is none of it.
    const QRect tile = QRect(input.origin, in.size()) & QRect(QPoint(0, 0), m_picture);
    Planes out = in;
    Planes weights(1, in.width, in.height);
    Blocks blocks(tile, m_block);
    for (int y = 0; y < tile.height(); ++y) {
        if (control.progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        const double py = tile.top() + y + 0.5;
        for (int x = 0; x < tile.width(); ++x) {
            const double px = tile.left() + x + 0.5;
            const float weight = weights.row(0, y)[x] = weightAt(px, py);
            if (weight <= 0)
                continue;
            const double light = m_field.lightAt((px - m_field.x * width) / radius,
                                                 (py - m_field.y * width) / radius);
            const double gain = std::clamp(std::exp(-light * evening * double(weight)),
                                           1 / MostGain, MostGain);
            for (int c = 0; c < 3; ++c) {
                float &value = out.row(c, y)[x];
                if (evening > 0)
                    value = linearToSrgb(srgbToLinear(value) * float(gain));
            }
            blocks.add(tile.left() + x, tile.top() + y, out.row(1, y)[x], weight);
        }
    }
    if (contrast <= 0)
        return out;
    blocks.equalise(limit);
    for (int y = 0; y < tile.height(); ++y) {
        for (int x = 0; x < tile.width(); ++x) {
            const float weight = weights.row(0, y)[x];
            if (weight <= 0)
                continue;
            const float green = out.row(1, y)[x];
            const float gained = contrast * weight *
                                 (blocks.at(tile.left() + x, tile.top() + y, green) - green);
            for (int c = 0; c < 3; ++c)
                out.row(c, y)[x] += gained;
        }
    }
    return out;
}

} // namespace heirloom
