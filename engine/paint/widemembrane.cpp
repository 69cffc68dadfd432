// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/membrane.h"

#include <algorithm>
#include <array>
#include <vector>

namespace heirloom
{

namespace
{

/// Up to so many pixels inside, all are solved for.
constexpr qint64 fewPixels = 30000;
/// Pixels from the border within which the membrane is solved for at full size.
constexpr int band = 20;

MembraneCell cellAt(const Image &cells, int x, int y)
{
    return MembraneCell(cells.constSamples<quint8>(y)[x]);
}

qint64 insideCount(const Image &cells)
{
    qint64 count = 0;
    for (int y = 0; y < cells.height(); ++y) {
        const quint8 *row = cells.constSamples<quint8>(y);
        count += std::count(row, row + cells.width(), quint8(MembraneCell::Inside));
    }
    return count;
}

/// Half the size: a square with a border in it is border, at the mean of its border's values.
void halve(const Image &values, const Image &cells, Image &halfValues, Image &halfCells)
{
    const int channels = values.format().channelCount();
    const QSize size((values.width() + 1) / 2, (values.height() + 1) / 2);
    halfValues = Image(size, values.format());
    halfCells = Image(size, cells.format());
    for (int y = 0; y < size.height(); ++y) {
        float *out = halfValues.samples<float>(y);
        quint8 *cell = halfCells.samples<quint8>(y);
        for (int x = 0; x < size.width(); ++x, out += channels) {
            std::array<float, 4> sum{};
            int borders = 0;
            bool hasInside = false;
            for (int v = 2 * y; v < std::min(2 * y + 2, values.height()); ++v) {
                for (int u = 2 * x; u < std::min(2 * x + 2, values.width()); ++u) {
                    const MembraneCell fine = cellAt(cells, u, v);
                    hasInside = hasInside || fine == MembraneCell::Inside;
                    if (fine != MembraneCell::Border)
                        continue;
                    ++borders;
                    const float *in = values.constSamples<float>(v) + qsizetype(u) * channels;
                    for (int c = 0; c < channels; ++c)
                        sum[size_t(c)] += in[c];
                }
            }
            for (int c = 0; c < channels; ++c)
                out[c] = borders > 0 ? sum[size_t(c)] / float(borders) : 0;
            cell[x] = quint8(borders > 0 ? MembraneCell::Border
                             : hasInside ? MembraneCell::Inside
                                         : MembraneCell::Beyond);
        }
    }
}

/// Steps (straight or diagonal) from each pixel to the nearest that is not inside, at most one more
/// than band.
std::vector<quint8> depths(const Image &cells)
{
    const int width = cells.width(), height = cells.height();
    std::vector<quint8> depth(size_t(width) * size_t(height));
    const auto at = [&](int x, int y) -> quint8 {
        // Where the picture ends the membrane goes on as it is.
        return x < 0 || y < 0 || x >= width || y >= height
                   ? quint8(band + 1)
                   : depth[size_t(y) * size_t(width) + size_t(x)];
    };
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            quint8 &d = depth[size_t(y) * size_t(width) + size_t(x)];
            if (cellAt(cells, x, y) != MembraneCell::Inside)
                continue;
            d = quint8(std::min<int>(band + 1, 1 + std::min({at(x - 1, y), at(x - 1, y - 1),
                                                            at(x, y - 1), at(x + 1, y - 1)})));
        }
    }
    for (int y = height - 1; y >= 0; --y) {
        for (int x = width - 1; x >= 0; --x) {
            quint8 &d = depth[size_t(y) * size_t(width) + size_t(x)];
            d = quint8(std::min<int>(d, 1 + std::min({at(x + 1, y), at(x + 1, y + 1), at(x, y + 1),
                                                      at(x - 1, y + 1)})));
        }
    }
    return depth;
}

/// Inside pixels from the membrane of half the size, joined linearly. A square that is beyond there
/// has nothing to say.
void enlarge(const Image &half, const Image &halfCells, const Image &cells, Image &values)
{
    const int channels = values.format().channelCount();
    for (int y = 0; y < values.height(); ++y) {
        float *out = values.samples<float>(y);
        for (int x = 0; x < values.width(); ++x, out += channels) {
            if (cellAt(cells, x, y) != MembraneCell::Inside)
                continue;
            std::array<float, 4> sum{};
            float weights = 0;
            for (int j = 0; j < 2; ++j) {
                for (int i = 0; i < 2; ++i) {
                    const int u = x / 2 + (i == 0 ? 0 : x % 2 ? 1 : -1);
                    const int v = y / 2 + (j == 0 ? 0 : y % 2 ? 1 : -1);
                    if (!half.rect().contains(u, v) ||
                        cellAt(halfCells, u, v) == MembraneCell::Beyond)
                        continue;
                    const float weight = (i == 0 ? 3.0F : 1.0F) * (j == 0 ? 3.0F : 1.0F);
                    const float *in = half.constSamples<float>(v) + qsizetype(u) * channels;
                    for (int c = 0; c < channels; ++c)
                        sum[size_t(c)] += weight * in[c];
                    weights += weight;
                }
            }
            for (int c = 0; c < channels && weights > 0; ++c)
                out[c] = sum[size_t(c)] / weights;
        }
    }
}

} // namespace

void solveWideMembrane(Image &values, const Image &cells, float tolerance)
{
    if (insideCount(cells) <= fewPixels)
        return solveMembrane(values, cells, {}, tolerance);
    Image half, halfCells;
    halve(values, cells, half, halfCells);
    solveWideMembrane(half, halfCells, tolerance);
    enlarge(half, halfCells, cells, values);
    Image near = cells;
    const std::vector<quint8> depth = depths(cells);
    for (int y = 0; y < cells.height(); ++y) {
        quint8 *row = near.samples<quint8>(y);
        for (int x = 0; x < cells.width(); ++x) {
            if (depth[size_t(y) * size_t(cells.width()) + size_t(x)] > band)
                row[x] = quint8(MembraneCell::Border);
        }
    }
    solveMembrane(values, near, {}, tolerance);
}

} // namespace heirloom
