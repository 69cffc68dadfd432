// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/floodselect.h"

#include "paint/coverage.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace heirloom
{

namespace
{

enum State : quint8 { Other, Alike, Taken };

/// Which pixels look like the seed, tile by tile when they are first asked for.
class Likeness
{
public:
    Likeness(ImageSource &picture, int tolerance)
        : m_picture(picture)
        , m_tolerance(tolerance)
        , m_columns((picture.size().width() + TileSize - 1) / TileSize)
        , m_tiles(size_t(m_columns) * size_t((picture.size().height() + TileSize - 1) / TileSize))
    {
    }

    Result<void> begin(QPoint seed)
    {
        const auto read = m_picture.read(QRect(seed, QSize(1, 1)));
        if (!read)
            return fail(read.error());
        m_format = read->format().withDepth(Depth::U8);
        const Image one = read->converted(m_format);
        for (int c = 0; c < m_format.channelCount(); ++c)
            m_seed[size_t(c)] = one.constSamples<quint8>(0)[c];
        return {};
    }

    int columns() const { return m_columns; }
    int count() const { return int(m_tiles.size()); }
    QRect rect(int tile) const
    {
        return QRect(tile % m_columns * TileSize, tile / m_columns * TileSize, TileSize, TileSize) &
               QRect(QPoint(0, 0), m_picture.size());
    }
    bool isKnown(int tile) const { return !m_tiles[size_t(tile)].empty(); }
    int known() const { return m_known; }
    const std::optional<Error> &error() const { return m_error; }

    /// TileSize states a row.
    quint8 *states(int tile)
    {
        auto &states = m_tiles[size_t(tile)];
        if (states.empty())
            look(tile, states);
        return states.data();
    }
    quint8 &at(int x, int y)
    {
        quint8 *tile = states(y / TileSize * m_columns + x / TileSize);
        return tile[y % TileSize * TileSize + x % TileSize];
    }

private:
    void look(int tile, std::vector<quint8> &states)
    {
        states.assign(size_t(TileSize) * TileSize, Other);
        ++m_known;
        const QRect r = rect(tile);
        const auto read = m_picture.read(r);
        if (!read) {
            m_error = read.error();
            return;
        }
        const Image pixels = read->converted(m_format);
        const int channels = m_format.channelCount();
        for (int y = 0; y < r.height(); ++y) {
            const quint8 *v = pixels.constSamples<quint8>(y);
            quint8 *out = &states[size_t(y) * TileSize];
            for (int x = 0; x < r.width(); ++x, v += channels) {
                int furthest = 0;
                for (int c = 0; c < channels; ++c)
                    furthest = std::max(furthest, std::abs(int(v[c]) - m_seed[size_t(c)]));
                out[x] = furthest <= m_tolerance ? Alike : Other;
            }
        }
    }

    ImageSource &m_picture;
    int m_tolerance;
    int m_columns;
    int m_known = 0;
    PixelFormat m_format;
    std::array<int, 4> m_seed{};
    std::vector<std::vector<quint8>> m_tiles;
    std::optional<Error> m_error;
};

/// Takes what hangs together with the seed, run by run.
bool flood(Likeness &like, QPoint seed, QSize size, const Progress &progress)
{
    std::vector<QPoint> open{seed};
    int runs = 0;
    while (!open.empty()) {
        if (++runs % 4096 == 0 && progress.stopRequested())
            return false;
        const QPoint p = open.back();
        open.pop_back();
        if (like.at(p.x(), p.y()) != Alike)
            continue;
        int left = p.x(), right = p.x();
        while (left > 0 && like.at(left - 1, p.y()) == Alike)
            --left;
        while (right + 1 < size.width() && like.at(right + 1, p.y()) == Alike)
            ++right;
        for (int x = left; x <= right; ++x)
            like.at(x, p.y()) = Taken;
        for (const int y : {p.y() - 1, p.y() + 1}) {
            if (y < 0 || y >= size.height())
                continue;
            bool inRun = false;
            for (int x = left; x <= right; ++x) {
                const bool alike = like.at(x, y) == Alike;
                if (alike && !inRun)
                    open.emplace_back(x, y);
                inRun = alike;
            }
        }
        if (runs % 4096 == 0)
            progress.report(double(like.known()) / like.count());
    }
    return true;
}

/// 1 2 1 across and down, where there is an edge.
TiledBuffer smoothed(const TiledBuffer &coverage)
{
    TiledBuffer result = coverage;
    for (int row = 0; row < coverage.rows(); ++row) {
        for (int column = 0; column < coverage.columns(); ++column) {
            const QRect r = coverage.tileRect({column, row});
            const QRect around = r.adjusted(-1, -1, 1, 1);
            const Image in = coverage.read(around & coverage.rect());
            const QPoint offset = r.topLeft() - (around & coverage.rect()).topLeft();
            Image out(r.size(), coverage.format());
            const auto value = [&in](int x, int y) {
                return int(in.constSamples<quint8>(std::clamp(y, 0, in.height() - 1))
                               [std::clamp(x, 0, in.width() - 1)]);
            };
            for (int y = 0; y < r.height(); ++y) {
                quint8 *to = out.samples<quint8>(y);
                for (int x = 0; x < r.width(); ++x) {
                    const int cx = x + offset.x(), cy = y + offset.y();
                    int sum = 8;
                    for (int dy = -1; dy <= 1; ++dy) {
                        for (int dx = -1; dx <= 1; ++dx) {
                            const int weight = (2 - std::abs(dx)) * (2 - std::abs(dy));
                            sum += weight * value(cx + dx, cy + dy);
                        }
                    }
                    to[x] = quint8(sum / 16);
                }
            }
            result.write(r.topLeft(), out);
        }
    }
    return result;
}

} // namespace

Result<TiledBuffer> floodCoverage(ImageSource &picture, QPoint seed, const FloodOptions &options,
                                  std::shared_ptr<TileStore> store, const Progress &progress)
{
    const QSize size = picture.size();
    TiledBuffer coverage(size, {Channels::Gray, Depth::U8}, std::move(store));
    if (!coverage.rect().contains(seed))
        return coverage;
    Likeness like(picture, options.tolerance);
    if (auto begun = like.begin(seed); !begun)
        return fail(begun.error());
    if (options.contiguous && !flood(like, seed, size, progress.sub(0, 0.8)))
        return fail(ErrorCode::Cancelled);
    const State wanted = options.contiguous ? Taken : Alike;
    for (int tile = 0; tile < like.count(); ++tile) {
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        if (options.contiguous && !like.isKnown(tile))
            continue;
        const QRect r = like.rect(tile);
        const quint8 *states = like.states(tile);
        Image pixels(r.size(), coverage.format());
        for (int y = 0; y < r.height(); ++y) {
            quint8 *out = pixels.samples<quint8>(y);
            for (int x = 0; x < r.width(); ++x)
                out[x] = states[y * TileSize + x] == wanted ? 255 : 0;
        }
        coverage.write(r.topLeft(), pixels);
        progress.report(0.8 + 0.2 * tile / like.count());
    }
    if (like.error())
        return fail(*like.error());
    return options.smooth ? smoothed(coverage) : coverage;
}

} // namespace heirloom
