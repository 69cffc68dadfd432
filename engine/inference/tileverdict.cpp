// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/tileverdict.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <vector>

namespace heirloom
{

namespace
{

// In units of the full range. A picture is dark or flat below the first figure and has light or
// structure above the second; what lies between is never called a collapse.
constexpr double nothing = 0.5 / 255;
constexpr double something = 12.0 / 255;
// A flat picture may come back a little lighter or darker, but not as another colour.
constexpr double otherColor = 0.25;

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::TileVerdict", text);
}

/// Means over a grid of blocks, all channels together, in row order.
struct BlockMeans {
    // Never smaller than this, so that noise averages out of a block.
    static constexpr int smallestBlock = 16;
    static constexpr int mostBlocks = 8;
    std::vector<double> means;

    explicit BlockMeans(const Planes &planes)
    {
        const int rows = std::clamp(planes.height / smallestBlock, 1, mostBlocks);
        const int columns = std::clamp(planes.width / smallestBlock, 1, mostBlocks);
        for (int c = 0; c < planes.channels; ++c) {
            for (int by = 0; by < rows; ++by) {
                const int top = by * planes.height / rows;
                const int bottom = (by + 1) * planes.height / rows;
                for (int bx = 0; bx < columns; ++bx) {
                    const int left = bx * planes.width / columns;
                    const int right = (bx + 1) * planes.width / columns;
                    double sum = 0;
                    for (int y = top; y < bottom; ++y) {
                        const float *row = planes.row(c, y);
                        float part = 0;
                        for (int x = left; x < right; ++x)
                            part += row[x];
                        sum += part;
                    }
                    means.push_back(sum / (double(bottom - top) * (right - left)));
                }
            }
        }
    }

    double mean() const
    {
        double sum = 0;
        for (double m : means)
            sum += m;
        return means.empty() ? 0 : sum / double(means.size());
    }

    /// Largest spread inside one channel.
    double spread(int channels) const
    {
        double widest = 0;
        const size_t perChannel = channels > 0 ? means.size() / size_t(channels) : 0;
        for (int c = 0; c < channels && perChannel > 0; ++c) {
            const auto begin = means.begin() + std::ptrdiff_t(size_t(c) * perChannel);
            const auto [low, high] = std::minmax_element(begin, begin + std::ptrdiff_t(perChannel));
            widest = std::max(widest, *high - *low);
        }
        return widest;
    }
};

bool allFinite(const Planes &planes)
{
    // x * 0 is NaN for infinity and NaN: one sum without a branch.
    for (int c = 0; c < planes.channels; ++c) {
        for (int y = 0; y < planes.height; ++y) {
            const float *row = planes.row(c, y);
            float sum = 0;
            for (int x = 0; x < planes.width; ++x)
                sum += row[x] * 0.0F;
            if (sum != 0.0F)
                return false;
        }
    }
    return true;
}

} // namespace

QString badOutput(const ModelPack &pack, const ModelInput &input, const Planes &output)
{
    if (!allFinite(output))
        return tr("numbers that are not finite");
    if (pack.output.meaning != ModelPack::Output::Meaning::Picture)
        return {};
    // Tones may rightly come to one level all over a tile: unexposed film, an even sky.
    if (pack.task == ModelTask::Tone)
        return {};
    const BlockMeans before(input.image);
    const BlockMeans after(output);
    if (before.mean() > something && after.mean() < nothing &&
        after.spread(output.channels) < nothing)
        return tr("a black tile");
    // With a mask or hints the input may hold nothing where the result has to differ from it.
    if (!input.planes.isEmpty())
        return {};
    if (after.spread(output.channels) < nothing) {
        if (before.spread(input.image.channels) > something)
            return tr("a tile of one colour");
        if (std::abs(after.mean() - before.mean()) > otherColor)
            return tr("a tile of one colour");
    }
    return {};
}

} // namespace heirloom
