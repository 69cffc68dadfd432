// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/membrane.h"

#include "image/vectorised.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace heirloom
{

namespace
{

constexpr int channelsAtOnce = 4;
constexpr size_t coarsest = 12; ///< unknowns
constexpr int mostRounds = 200;
/// Damping of Jacobi's smoother for the five-point star.
constexpr float damping = 0.8F;

struct alignas(16) Values {
    float v[channelsAtOnce] = {};
};
using Field = std::vector<Values>;
using Sums = std::array<double, channelsAtOnce>;

enum Way { Left, Right, Up, Down, Ways };

/// The inside pixels of one grid, row by row; index count() stands for whatever is not inside.
struct Grid {
    std::vector<int> x, y;
    std::vector<std::array<int, Ways>> next;
    std::vector<std::array<float, Ways>> weight; ///< of the edge to a neighbour inside; else 0
    std::vector<float> fastened;                 ///< weight of the edges to the border
    std::vector<float> inverse;                  ///< 1 / diagonal, damped; 0 where that is 0
    std::vector<int> parent;                     ///< in the next grid
    // Room for the cycle.
    Field residual, correction, swap;

    size_t count() const { return x.size(); }
    void add(int column, int row)
    {
        x.push_back(column);
        y.push_back(row);
        weight.push_back({});
        fastened.push_back(0);
    }
    float diagonal(size_t i) const
    {
        return fastened[i] + weight[i][Left] + weight[i][Right] + weight[i][Up] + weight[i][Down];
    }
    void finish()
    {
        inverse.resize(count());
        for (size_t i = 0; i < count(); ++i) {
            const float d = diagonal(i);
            inverse[i] = d > 0 ? damping / d : 0;
        }
        residual.assign(count() + 1, {});
        correction.assign(count() + 1, {});
        swap.assign(count() + 1, {});
    }
};

/// out = A in, for the grid's graph.
HEIRLOOM_VECTORISED void multiply(const Grid &grid, const Values *in, Values *out)
{
    const size_t count = grid.count();
    for (size_t i = 0; i < count; ++i) {
        const auto &next = grid.next[i];
        const auto &weight = grid.weight[i];
        const float diagonal =
            grid.fastened[i] + weight[Left] + weight[Right] + weight[Up] + weight[Down];
        const Values &left = in[next[Left]];
        const Values &right = in[next[Right]];
        const Values &up = in[next[Up]];
        const Values &down = in[next[Down]];
        for (int c = 0; c < channelsAtOnce; ++c) {
            out[i].v[c] = diagonal * in[i].v[c] -
                          (weight[Left] * left.v[c] + weight[Right] * right.v[c] +
                           weight[Up] * up.v[c] + weight[Down] * down.v[c]);
        }
    }
}

/// One damped step of Jacobi from x towards A x = b, by way of scratch.
void smooth(const Grid &grid, const Field &b, Field &x, Field &scratch)
{
    multiply(grid, x.data(), scratch.data());
    for (size_t i = 0; i < grid.count(); ++i) {
        for (int c = 0; c < channelsAtOnce; ++c)
            x[i].v[c] += grid.inverse[i] * (b[i].v[c] - scratch[i].v[c]);
    }
}

/// From a grid's pixels 2x2 to one; edges between pixels of one square vanish, the others add up.
Grid coarsened(Grid &fine)
{
    Grid coarse;
    fine.parent.resize(fine.count());
    const int width = *std::max_element(fine.x.begin(), fine.x.end()) / 2 + 1;
    std::vector<int> here(size_t(width), -1);
    size_t rowBegins = 0;
    for (size_t i = 0; i < fine.count(); ++i) {
        const int row = fine.y[i] / 2;
        if (coarse.count() > rowBegins && coarse.y.back() != row) {
            for (size_t k = rowBegins; k < coarse.count(); ++k)
                here[size_t(coarse.x[k])] = -1;
            rowBegins = coarse.count();
        }
        int &parent = here[size_t(fine.x[i] / 2)];
        if (parent < 0) {
            parent = int(coarse.count());
            coarse.add(fine.x[i] / 2, row);
        }
        fine.parent[i] = parent;
    }
    const int none = int(coarse.count());
    coarse.next.assign(coarse.count(), {none, none, none, none});
    for (size_t i = 0; i < fine.count(); ++i) {
        const auto parent = size_t(fine.parent[i]);
        // Half: a membrane's energy does not depend on the grid's step, the sums do.
        coarse.fastened[parent] += fine.fastened[i] / 2;
        for (int way = 0; way < Ways; ++way) {
            if (fine.weight[i][way] == 0)
                continue;
            const int other = fine.parent[size_t(fine.next[i][way])];
            if (other == int(parent))
                continue;
            coarse.next[parent][way] = other;
            coarse.weight[parent][way] += fine.weight[i][way] / 2;
        }
    }
    coarse.finish();
    return coarse;
}

class Solver
{
public:
    explicit Solver(Grid finest)
    {
        m_grids.push_back(std::move(finest));
        while (m_grids.back().count() > coarsest)
            m_grids.push_back(coarsened(m_grids.back()));
    }

    void solve(const Field &b, Field &x, float tolerance)
    {
        Grid &grid = m_grids.front();
        const size_t count = grid.count();
        Field r(count + 1), p(count + 1), q(count + 1);
        multiply(grid, x.data(), q.data());
        for (size_t i = 0; i < count; ++i) {
            for (int c = 0; c < channelsAtOnce; ++c)
                r[i].v[c] = b[i].v[c] - q[i].v[c];
        }
        Sums rho{};
        for (int round = 0; round < mostRounds; ++round) {
            const Field &z = preconditioned(r);
            float most = 0;
            for (size_t i = 0; i < count; ++i) {
                for (int c = 0; c < channelsAtOnce; ++c)
                    most = std::max(most, std::abs(z[i].v[c]));
            }
            if (most < tolerance)
                return;
            const Sums fresh = dot(r, z);
            Values beta;
            for (size_t c = 0; c < channelsAtOnce; ++c)
                beta.v[c] = rho[c] > 0 ? float(fresh[c] / rho[c]) : 0;
            rho = fresh;
            for (size_t i = 0; i < count; ++i) {
                for (int c = 0; c < channelsAtOnce; ++c)
                    p[i].v[c] = z[i].v[c] + beta.v[c] * p[i].v[c];
            }
            multiply(grid, p.data(), q.data());
            const Sums curvature = dot(p, q);
            Values alpha;
            for (size_t c = 0; c < channelsAtOnce; ++c)
                alpha.v[c] = curvature[c] > 0 ? float(rho[c] / curvature[c]) : 0;
            for (size_t i = 0; i < count; ++i) {
                for (int c = 0; c < channelsAtOnce; ++c) {
                    x[i].v[c] += alpha.v[c] * p[i].v[c];
                    r[i].v[c] -= alpha.v[c] * q[i].v[c];
                }
            }
        }
    }

private:
    Sums dot(const Field &a, const Field &b) const
    {
        Sums sums{};
        for (size_t i = 0; i < m_grids.front().count(); ++i) {
            for (size_t c = 0; c < channelsAtOnce; ++c)
                sums[c] += double(a[i].v[c]) * double(b[i].v[c]);
        }
        return sums;
    }

    /// About A^-1 r: one symmetric V-cycle.
    const Field &preconditioned(const Field &r)
    {
        m_grids.front().residual = r;
        cycle(0);
        return m_grids.front().correction;
    }

    void cycle(size_t level)
    {
        Grid &grid = m_grids[level];
        const size_t count = grid.count();
        Field &x = grid.correction;
        for (size_t i = 0; i < count; ++i) {
            for (int c = 0; c < channelsAtOnce; ++c)
                x[i].v[c] = grid.inverse[i] * grid.residual[i].v[c];
        }
        if (level + 1 == m_grids.size()) {
            for (int i = 0; i < 2 * int(coarsest); ++i)
                smooth(grid, grid.residual, x, grid.swap);
            return;
        }
        smooth(grid, grid.residual, x, grid.swap);
        multiply(grid, x.data(), grid.swap.data());
        Grid &coarse = m_grids[level + 1];
        std::fill(coarse.residual.begin(), coarse.residual.end(), Values());
        for (size_t i = 0; i < count; ++i) {
            Values &sum = coarse.residual[size_t(grid.parent[i])];
            for (int c = 0; c < channelsAtOnce; ++c)
                sum.v[c] += grid.residual[i].v[c] - grid.swap[i].v[c];
        }
        cycle(level + 1);
        for (size_t i = 0; i < count; ++i) {
            const Values &from = coarse.correction[size_t(grid.parent[i])];
            for (int c = 0; c < channelsAtOnce; ++c)
                x[i].v[c] += from.v[c];
        }
        smooth(grid, grid.residual, x, grid.swap);
        smooth(grid, grid.residual, x, grid.swap);
    }

    std::vector<Grid> m_grids; ///< from the finest
};

MembraneCell cellAt(const Image &cells, int x, int y)
{
    return MembraneCell(cells.constSamples<quint8>(y)[x]);
}

} // namespace

void solveMembrane(Image &values, const Image &cells, const Image &load, float tolerance)
{
    const int channels = values.format().channelCount();
    Grid grid;
    std::vector<int> index(size_t(values.width()) * size_t(values.height()), -1);
    for (int y = 0; y < values.height(); ++y) {
        for (int x = 0; x < values.width(); ++x) {
            if (cellAt(cells, x, y) == MembraneCell::Inside) {
                index[size_t(y) * size_t(values.width()) + size_t(x)] = int(grid.count());
                grid.add(x, y);
            }
        }
    }
    if (grid.count() == 0)
        return;
    const int none = int(grid.count());
    grid.next.assign(grid.count(), {none, none, none, none});
    Field b(grid.count() + 1), x(grid.count() + 1);
    constexpr std::array<QPoint, Ways> steps{QPoint(-1, 0), QPoint(1, 0), QPoint(0, -1),
                                             QPoint(0, 1)};
    for (size_t i = 0; i < grid.count(); ++i) {
        const QPoint at(grid.x[i], grid.y[i]);
        const float *start = values.constSamples<float>(at.y()) + qsizetype(at.x()) * channels;
        std::copy_n(start, channels, x[i].v);
        if (!load.isNull())
            std::copy_n(load.constSamples<float>(at.y()) + qsizetype(at.x()) * channels, channels,
                        b[i].v);
        for (size_t way = 0; way < Ways; ++way) {
            const QPoint to = at + steps[way];
            if (!values.rect().contains(to))
                continue;
            const MembraneCell cell = cellAt(cells, to.x(), to.y());
            if (cell == MembraneCell::Inside) {
                grid.next[i][way] = index[size_t(to.y()) * size_t(values.width()) + size_t(to.x())];
                grid.weight[i][way] = 1;
            } else if (cell == MembraneCell::Border) {
                grid.fastened[i] += 1;
                const float *given =
                    values.constSamples<float>(to.y()) + qsizetype(to.x()) * channels;
                for (int c = 0; c < channels; ++c)
                    b[i].v[c] += given[c];
            }
        }
    }
    grid.finish();
    const std::vector<int> columns = grid.x, rows = grid.y;
    Solver(std::move(grid)).solve(b, x, tolerance);
    for (size_t i = 0; i < columns.size(); ++i)
        std::copy_n(x[i].v, channels,
                    values.samples<float>(rows[i]) + qsizetype(columns[i]) * channels);
}

} // namespace heirloom
