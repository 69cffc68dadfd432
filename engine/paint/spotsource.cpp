// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/spotsource.h"

#include "paint/spotpiece.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <optional>
#include <thread>
#include <tuple>

namespace heirloom
{

namespace
{

/// A spot is looked for on a picture on which it is no thicker than this.
constexpr int searchThickness = 12;
/// Pixels around a mask that are compared, on that picture.
constexpr int ringWidth = 3;
constexpr int keptCandidates = 8;
constexpr int mostPieces = 255;
constexpr int leastReach = 64, mostReach = 400;

/// Shares of a candidate's cost.
constexpr double farPenalty = 0.25; ///< share of the cost, at the end of the reach
constexpr double turnPenalty = 0.1;
constexpr double neighbourShare = 0.8; ///< of the cost, for going on where a neighbour's ends

struct Candidate {
    QPoint offset;
    int turn;
    double cost;
};

/// The best, apart from each other.
std::vector<Candidate> best(std::vector<Candidate> all, size_t count)
{
    std::sort(all.begin(), all.end(), [](const Candidate &a, const Candidate &b) {
        return std::tuple(a.cost, a.turn, a.offset.y(), a.offset.x()) <
               std::tuple(b.cost, b.turn, b.offset.y(), b.offset.x());
    });
    std::vector<Candidate> kept;
    for (const Candidate &candidate : all) {
        if (kept.size() == count)
            break;
        const bool isNew = std::none_of(kept.begin(), kept.end(), [&](const Candidate &k) {
            return k.turn == candidate.turn && (k.offset - candidate.offset).manhattanLength() <= 2;
        });
        if (isNew)
            kept.push_back(candidate);
    }
    return kept;
}

class Search
{
public:
    Search(const Image &picture, const Image &mask)
        : m_mask(mask)
    {
        for (int y = 0; y < mask.height(); ++y) {
            for (int x = 0; x < mask.width(); ++x) {
                if (mask.constSamples<quint8>(y)[x])
                    m_bounds |= QRect(x, y, 1, 1);
            }
        }
        if (m_bounds.isEmpty())
            return;
        m_thickness = thickness();
        m_levels.push_back(finestSpotLevel(picture, mask));
        for (int t = m_thickness; t > searchThickness; t /= 2)
            m_levels.push_back(reducedSpotLevel(m_levels.back()));
    }

    std::vector<SpotSource> sources()
    {
        std::vector<SpotSource> found;
        const std::vector<QRect> all = cells();
        std::vector<std::optional<Searched>> searched(all.size());
        std::atomic<size_t> next = 0;
        const auto work = [&] {
            for (size_t i = next++; i < all.size(); i = next++)
                searched[i] = search(all[i], all.size() > 2);
        };
        if (all.size() > 1 && std::thread::hardware_concurrency() > 1) {
            std::thread helper(work);
            work();
            helper.join();
        } else {
            work();
        }
        // Each prefers to go on where its neighbours' ends, so these wait for each other.
        for (auto &piece : searched) {
            if (!piece)
                continue;
            if (const auto source = bestOf(*piece, found))
                found.push_back(*source);
        }
        return found;
    }

private:
    /// Twice the farthest that a masked pixel lies from the outside (chamfer distance 3-4, G.
    /// Borgefors 1986).
    int thickness() const
    {
        const int width = m_bounds.width() + 2, height = m_bounds.height() + 2;
        std::vector<int> far(size_t(width) * size_t(height), 0);
        const auto at = [&](int x, int y) -> int & {
            return far[size_t(y) * size_t(width) + size_t(x)];
        };
        int most = 0;
        for (int y = 1; y < height - 1; ++y) {
            for (int x = 1; x < width - 1; ++x) {
                if (isMasked(m_bounds.topLeft() + QPoint(x - 1, y - 1)))
                    at(x, y) = std::min({at(x - 1, y) + 3, at(x, y - 1) + 3, at(x - 1, y - 1) + 4,
                                         at(x + 1, y - 1) + 4});
            }
        }
        for (int y = height - 2; y > 0; --y) {
            for (int x = width - 2; x > 0; --x) {
                at(x, y) = std::min({at(x, y), at(x + 1, y) + 3, at(x, y + 1) + 3,
                                     at(x + 1, y + 1) + 4, at(x - 1, y + 1) + 4});
                most = std::max(most, at(x, y));
            }
        }
        return std::max(1, 2 * most / 3);
    }

    bool isMasked(QPoint p) const { return m_mask.constSamples<quint8>(p.y())[p.x()]; }

    /// The mask's bounds, cut up where it is long for its thickness.
    std::vector<QRect> cells() const
    {
        if (m_bounds.isEmpty())
            return {};
        int side = std::max(2 * m_thickness, 24);
        const auto count = [](int length, int s) { return std::max(1, (length + s / 2) / s); };
        while (count(m_bounds.width(), side) * count(m_bounds.height(), side) > mostPieces)
            side *= 2;
        const int across = count(m_bounds.width(), side), down = count(m_bounds.height(), side);
        std::vector<QRect> result;
        for (int j = 0; j < down; ++j) {
            for (int i = 0; i < across; ++i) {
                const QPoint first(i * m_bounds.width() / across, j * m_bounds.height() / down);
                const QPoint last((i + 1) * m_bounds.width() / across - 1,
                                  (j + 1) * m_bounds.height() / down - 1);
                result.push_back(QRect(first, last).translated(m_bounds.topLeft()));
            }
        }
        return result;
    }

    std::vector<QPoint> inside(const QRect &cell) const
    {
        std::vector<QPoint> points;
        for (int y = cell.top(); y <= cell.bottom(); ++y) {
            for (int x = cell.left(); x <= cell.right(); ++x) {
                if (isMasked({x, y}))
                    points.push_back({x, y});
            }
        }
        return points;
    }

    /// Every pixel that the clone will read is there.
    bool canBeTaken(const SpotSource &source, const std::vector<QPoint> &points) const
    {
        const SpotLevel &level = m_levels.front();
        return std::all_of(points.begin(), points.end(), [&](QPoint p) {
            for (const QPoint q :
                 {p, p + QPoint(1, 0), p - QPoint(1, 0), p + QPoint(0, 1), p - QPoint(0, 1)}) {
                if (level.contains(q) && !level.isUsable(source.place(q)))
                    return false;
            }
            return true;
        });
    }

    /// A piece, and the places that came up for it by itself.
    struct Searched {
        QRect cell;
        std::vector<QPoint> points; ///< of the mask in it
        QPoint centre;
        double reach; ///< pixels
        SpotPiece piece;
        std::vector<Candidate> candidates;

        double weighed(QPoint offset, int turn) const
        {
            return weighed(piece, centre, reach, offset, turn);
        }
        static double weighed(const SpotPiece &piece, QPoint centre, double reach, QPoint offset,
                              int turn)
        {
            const double distance = std::hypot(offset.x(), offset.y()) / reach;
            return piece.cost(centre + offset, turn) * (1 + farPenalty * distance) *
                   (turn == 0 ? 1 : 1 + turnPenalty);
        }
    };

    /// isLong: one of many pieces.
    std::optional<Searched> search(const QRect &cell, bool isLong) const
    {
        const std::vector<QPoint> points = inside(cell);
        if (points.empty())
            return {};
        QPoint centre;
        for (const QPoint p : points)
            centre += p;
        centre /= double(points.size());
        const int reach =
            std::clamp(4 * std::max(cell.width(), cell.height()), leastReach, mostReach);
        std::vector<Candidate> candidates;
        const size_t last = m_levels.size() - 1;
        for (size_t l = last + 1; l-- > 0;) {
            std::vector<QPoint> here;
            for (const QPoint p : points) {
                const QPoint q(p.x() >> l, p.y() >> l);
                if (here.empty() || here.back() != q)
                    here.push_back(q);
            }
            if (l > 0) {
                std::sort(here.begin(), here.end(), [](QPoint a, QPoint b) {
                    return std::tuple(a.y(), a.x()) < std::tuple(b.y(), b.x());
                });
                here.erase(std::unique(here.begin(), here.end()), here.end());
            }
            const QPoint middle(centre.x() >> l, centre.y() >> l);
            SpotPiece piece(m_levels[l], middle, here, ringWidth << (last - l));
            if (!piece.canBeCompared())
                return {};
            const double far = double(reach) / (1 << l);
            std::vector<Candidate> next;
            const auto tryAt = [&](QPoint offset, int turn) {
                const double cost = Searched::weighed(piece, middle, far, offset, turn);
                if (std::isfinite(cost))
                    next.push_back({offset, turn, cost});
            };
            if (l == last) {
                // On the picture's own pixels there are many: the best of some are gone round.
                const int most = int(far);
                const int coarser = l == 0 ? 2 : 1;
                const int turns = isLong ? 1 : SpotSource::turns;
                for (int turn = 0; turn < turns; ++turn) {
                    const int step = coarser * (turn == 0 ? 1 : 2);
                    for (int y = -most; y <= most; y += step) {
                        for (int x = -most; x <= most; x += step)
                            tryAt({x, y}, turn);
                    }
                }
                if (l == 0) {
                    for (const Candidate &candidate : best(next, keptCandidates)) {
                        for (int y = -1; y <= 1; ++y) {
                            for (int x = -1; x <= 1; ++x)
                                tryAt(candidate.offset + QPoint(x, y), candidate.turn);
                        }
                    }
                }
            } else {
                for (const Candidate &candidate : candidates) {
                    for (int y = -2; y <= 2; ++y) {
                        for (int x = -2; x <= 2; ++x)
                            tryAt(candidate.offset * 2 + QPoint(x, y), candidate.turn);
                    }
                }
            }
            if (l == 0)
                return Searched{cell, points, centre, far, std::move(piece), std::move(next)};
            candidates = best(std::move(next), keptCandidates);
        }
        return {};
    }

    std::optional<SpotSource> bestOf(Searched &searched, const std::vector<SpotSource> &found) const
    {
        const QPoint centre = searched.centre;
        for (const SpotSource &neighbour : found) {
            if (!neighbour.cell.adjusted(-1, -1, 1, 1).intersects(searched.cell))
                continue;
            const QPoint offset = neighbour.place(centre) - centre;
            searched.candidates.push_back(
                {offset, neighbour.turn,
                 neighbourShare * searched.weighed(offset, neighbour.turn)});
        }
        for (const Candidate &candidate :
             best(std::move(searched.candidates), size_t(4 * keptCandidates))) {
            const SpotSource source{searched.cell, centre, centre + candidate.offset,
                                    candidate.turn, candidate.cost};
            if (std::isfinite(candidate.cost) && canBeTaken(source, searched.points))
                return source;
        }
        return {};
    }

    const Image &m_mask;
    QRect m_bounds;
    int m_thickness = 1;
    std::vector<SpotLevel> m_levels; ///< from the finest
};

} // namespace

std::vector<SpotSource> findSpotSources(const Image &picture, const Image &mask)
{
    return Search(picture, mask).sources();
}

} // namespace heirloom
