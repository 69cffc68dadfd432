// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/spotsource.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

namespace heirloom
{

namespace
{

constexpr int colors = 3;
/// A spot is looked for on a picture on which it is no thicker than this.
constexpr int searchThickness = 12;
/// Pixels around a mask that are compared, on that picture.
constexpr int ringWidth = 3;
constexpr size_t mostRing = 260, mostInside = 130; ///< samples compared
constexpr int keptCandidates = 8;
constexpr int mostPieces = 255;
constexpr int leastReach = 64, mostReach = 400;

/// What counts how much in a candidate's cost (squared differences of encoded values).
constexpr double lightWeight = 0.02;   ///< light that the seamless clone will take out
constexpr double grainWeight = 4;
constexpr double emptyWeight = 0.5;    ///< an inside that varies less than the surroundings
constexpr double standsOut = 1.3;      ///< times the surroundings' own variation
constexpr double farPenalty = 0.25;    ///< share of the cost, at the end of the reach
constexpr double turnPenalty = 0.1;
constexpr double neighbourShare = 0.8; ///< of the cost, for going on where a neighbour's ends
constexpr double smallestCost = 1e-7;

struct Sample {
    std::array<float, colors> color{};
    float grain = 0; ///< how much the luma of single pixels stands out of their surroundings
};

/// The picture at one scale. Usable: neither masked nor transparent, none of what it was made of.
struct Level {
    int width = 0, height = 0;
    std::vector<Sample> samples;
    std::vector<quint8> usable;

    Level(int w, int h)
        : width(w)
        , height(h)
        , samples(size_t(w) * size_t(h))
        , usable(samples.size())
    {
    }
    size_t index(QPoint p) const { return size_t(p.y()) * size_t(width) + size_t(p.x()); }
    bool contains(QPoint p) const
    {
        return p.x() >= 0 && p.y() >= 0 && p.x() < width && p.y() < height;
    }
    bool isUsable(QPoint p) const { return contains(p) && usable[index(p)]; }
};

float luma(const Sample &sample)
{
    return 0.3F * sample.color[0] + 0.59F * sample.color[1] + 0.11F * sample.color[2];
}

void measureGrain(Level &level)
{
    std::vector<float> standing(level.samples.size());
    for (int y = 0; y < level.height; ++y) {
        for (int x = 0; x < level.width; ++x) {
            float sum = 0;
            int count = 0;
            for (const QPoint q : {QPoint(x - 1, y), QPoint(x + 1, y), QPoint(x, y - 1),
                                   QPoint(x, y + 1)}) {
                if (level.isUsable(q)) {
                    sum += luma(level.samples[level.index(q)]);
                    ++count;
                }
            }
            if (count > 0)
                standing[level.index({x, y})] =
                    std::abs(luma(level.samples[level.index({x, y})]) - sum / float(count));
        }
    }
    constexpr int reach = 3;
    for (int y = 0; y < level.height; ++y) {
        for (int x = 0; x < level.width; ++x) {
            // Rows only: what is wanted is a mean over many pixels later on.
            float sum = 0;
            int count = 0;
            for (int i = std::max(0, x - reach); i <= std::min(level.width - 1, x + reach); ++i) {
                if (level.usable[level.index({i, y})]) {
                    sum += standing[level.index({i, y})];
                    ++count;
                }
            }
            level.samples[level.index({x, y})].grain = count > 0 ? sum / float(count) : 0;
        }
    }
}

Level finest(const Image &picture, const Image &mask)
{
    Level level(picture.width(), picture.height());
    const PixelFormat format = picture.format();
    const int channels = format.channelCount();
    for (int y = 0; y < level.height; ++y) {
        for (int x = 0; x < level.width; ++x) {
            const float *in = picture.constSamples<float>(y) + qsizetype(x) * channels;
            const size_t i = level.index({x, y});
            for (int c = 0; c < colors; ++c)
                level.samples[i].color[size_t(c)] = in[format.isGray() ? 0 : c];
            level.usable[i] = mask.constSamples<quint8>(y)[x] == 0 &&
                              (!format.hasAlpha() || in[format.colorCount()] > 0);
        }
    }
    measureGrain(level);
    return level;
}

Level reduced(const Level &fine)
{
    Level coarse((fine.width + 1) / 2, (fine.height + 1) / 2);
    for (int y = 0; y < coarse.height; ++y) {
        for (int x = 0; x < coarse.width; ++x) {
            Sample sum;
            int count = 0, all = 0;
            for (const QPoint q : {QPoint(2 * x, 2 * y), QPoint(2 * x + 1, 2 * y),
                                   QPoint(2 * x, 2 * y + 1), QPoint(2 * x + 1, 2 * y + 1)}) {
                if (!fine.contains(q))
                    continue;
                ++all;
                if (!fine.usable[fine.index(q)])
                    continue;
                ++count;
                for (size_t c = 0; c < colors; ++c)
                    sum.color[c] += fine.samples[fine.index(q)].color[c];
                sum.grain += fine.samples[fine.index(q)].grain;
            }
            const size_t i = coarse.index({x, y});
            coarse.usable[i] = count == all;
            if (count == 0)
                continue;
            for (float &value : sum.color)
                value /= float(count);
            sum.grain /= float(count);
            coarse.samples[i] = sum;
        }
    }
    return coarse;
}

/// At most so many of them, evenly.
std::vector<QPoint> thinned(std::vector<QPoint> points, size_t most)
{
    if (points.size() <= most)
        return points;
    std::vector<QPoint> some;
    for (size_t i = 0; i < most; ++i)
        some.push_back(points[i * points.size() / most]);
    return some;
}

/// A piece of the mask at one scale, and how well another place would do for it.
class Piece
{
public:
    Piece(const Level &level, QPoint centre, const std::vector<QPoint> &inside, int width)
        : m_level(level)
        , m_centre(centre)
    {
        QRect box(centre, centre);
        for (const QPoint p : inside)
            box |= QRect(p, p);
        box = box.adjusted(-width, -width, width, width) &
              QRect(0, 0, level.width, level.height);
        std::vector<quint8> near(size_t(box.width()) * size_t(box.height()));
        for (const QPoint p : inside) {
            const QRect around = QRect(p - QPoint(width, width), p + QPoint(width, width)) & box;
            for (int y = around.top(); y <= around.bottom(); ++y)
                std::fill_n(near.begin() + qsizetype(y - box.top()) * box.width() +
                                (around.left() - box.left()),
                            around.width(), quint8(1));
        }
        std::vector<QPoint> ring;
        for (int y = box.top(); y <= box.bottom(); ++y) {
            for (int x = box.left(); x <= box.right(); ++x) {
                if (near[size_t(y - box.top()) * size_t(box.width()) + size_t(x - box.left())] &&
                    level.isUsable({x, y}))
                    ring.push_back({x, y});
            }
        }
        m_ring = relative(thinned(std::move(ring), mostRing));
        m_inside = relative(thinned(inside, mostInside));
        orthogonalise();
        measure();
    }

    bool canBeCompared() const { return m_ring.size() >= 8; }

    /// Infinite where the place cannot be used.
    double cost(QPoint from, int turn) const
    {
        std::array<double, colors> square{}, sourceSquare{};
        std::array<std::array<double, 3>, colors> planes{};
        double grain = 0;
        for (size_t i = 0; i < m_ring.size(); ++i) {
            const QPoint q = from + SpotSource::turned(m_ring[i].at, turn);
            if (!m_level.isUsable(q))
                return std::numeric_limits<double>::infinity();
            const Sample &there = m_level.samples[m_level.index(q)];
            for (size_t c = 0; c < colors; ++c) {
                const float d = m_here[i].color[c] - there.color[c];
                square[c] += double(d * d);
                sourceSquare[c] += double(there.color[c] * there.color[c]);
                for (size_t k = 0; k < 3; ++k)
                    planes[c][k] += double(d * m_ring[i].basis[k]);
            }
            grain += double(there.grain);
        }
        double inside = 0;
        double insideGrain = 0;
        std::array<std::array<float, 3>, colors> sourcePlanes{};
        double sourceVariation = 0;
        for (size_t c = 0; c < colors; ++c) {
            sourceVariation += sourceSquare[c];
            for (size_t k = 0; k < 3; ++k) {
                const double plane = m_planes[c][k] - planes[c][k];
                sourcePlanes[c][k] = float(plane);
                sourceVariation -= plane * plane;
            }
        }
        for (const Place &place : m_inside) {
            const QPoint q = from + SpotSource::turned(place.at, turn);
            if (!m_level.isUsable(q))
                return std::numeric_limits<double>::infinity();
            const Sample &there = m_level.samples[m_level.index(q)];
            for (size_t c = 0; c < colors; ++c) {
                const float d = there.color[c] - sourcePlanes[c][0] * place.basis[0] -
                                sourcePlanes[c][1] * place.basis[1] -
                                sourcePlanes[c][2] * place.basis[2];
                inside += double(d * d);
            }
            insideGrain += double(there.grain);
        }
        const double count = double(m_ring.size());
        double ring = 0, light = 0;
        for (size_t c = 0; c < colors; ++c) {
            ring += square[c];
            for (size_t k = 0; k < 3; ++k) {
                ring -= planes[c][k] * planes[c][k];
                light += planes[c][k] * planes[c][k];
            }
        }
        ring = std::max(0.0, ring) / (count * colors);
        light /= count * colors;
        sourceVariation = std::max(0.0, sourceVariation) / (count * colors);
        inside /= double(m_inside.size()) * colors;
        const double usual = std::max(m_variation, std::min(sourceVariation, 2 * m_variation));
        const double grainOff = (grain / count + insideGrain / double(m_inside.size())) / 2 -
                                m_grain;
        return smallestCost + ring + lightWeight * light +
               std::max(0.0, inside - standsOut * usual) +
               emptyWeight * std::max(0.0, m_variation - inside) + grainWeight * grainOff * grainOff;
    }

private:
    struct Place {
        QPoint at; ///< from the centre
        /// 1, x and y made orthonormal over the ring.
        std::array<float, 3> basis;
    };

    std::vector<Place> relative(const std::vector<QPoint> &points) const
    {
        std::vector<Place> places;
        for (const QPoint p : points)
            places.push_back({p - m_centre, {1, float(p.x() - m_centre.x()),
                                             float(p.y() - m_centre.y())}});
        return places;
    }

    /// Gram and Schmidt over the ring, applied to the inside as well.
    void orthogonalise()
    {
        for (size_t k = 0; k < 3; ++k) {
            for (size_t j = 0; j < k; ++j) {
                double along = 0;
                for (const Place &p : m_ring)
                    along += double(p.basis[k]) * double(p.basis[j]);
                for (auto *places : {&m_ring, &m_inside}) {
                    for (Place &p : *places)
                        p.basis[k] -= float(along) * p.basis[j];
                }
            }
            double length = 0;
            for (const Place &p : m_ring)
                length += double(p.basis[k]) * double(p.basis[k]);
            const float scale = length > 1e-6 ? float(1 / std::sqrt(length)) : 0;
            for (auto *places : {&m_ring, &m_inside}) {
                for (Place &p : *places)
                    p.basis[k] *= scale;
            }
        }
    }

    void measure()
    {
        for (const Place &place : m_ring) {
            const Sample &here = m_level.samples[m_level.index(m_centre + place.at)];
            m_here.push_back(here);
            m_grain += double(here.grain) / double(m_ring.size());
            for (size_t c = 0; c < colors; ++c) {
                m_variation += double(here.color[c]) * double(here.color[c]);
                for (size_t k = 0; k < 3; ++k)
                    m_planes[c][k] += double(here.color[c] * place.basis[k]);
            }
        }
        for (const auto &color : m_planes) {
            for (const double plane : color)
                m_variation -= plane * plane;
        }
        m_variation = std::max(0.0, m_variation) / (double(m_ring.size()) * colors);
    }

    const Level &m_level;
    QPoint m_centre;
    std::vector<Place> m_ring, m_inside;
    std::vector<Sample> m_here; ///< of the ring
    std::array<std::array<double, 3>, colors> m_planes{};
    double m_variation = 0; ///< of the ring around its plane
    double m_grain = 0;
};

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
            return k.turn == candidate.turn &&
                   (k.offset - candidate.offset).manhattanLength() <= 2;
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
        m_levels.push_back(finest(picture, mask));
        for (int t = m_thickness; t > searchThickness; t /= 2)
            m_levels.push_back(reduced(m_levels.back()));
    }

    std::vector<SpotSource> sources()
    {
        std::vector<SpotSource> found;
        const std::vector<QRect> all = cells();
        for (const QRect &cell : all) {
            if (auto source = bestFor(cell, found, all.size() > 2))
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
                    at(x, y) = std::min({at(x - 1, y) + 3, at(x, y - 1) + 3,
                                         at(x - 1, y - 1) + 4, at(x + 1, y - 1) + 4});
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
        const Level &level = m_levels.front();
        return std::all_of(points.begin(), points.end(), [&](QPoint p) {
            for (const QPoint q : {p, p + QPoint(1, 0), p - QPoint(1, 0), p + QPoint(0, 1),
                                   p - QPoint(0, 1)}) {
                if (level.contains(q) && !level.isUsable(source.place(q)))
                    return false;
            }
            return true;
        });
    }

    /// isLong: one of many pieces.
    std::optional<SpotSource> bestFor(const QRect &cell, const std::vector<SpotSource> &found,
                                      bool isLong) const
    {
        const std::vector<QPoint> points = inside(cell);
        if (points.empty())
            return {};
        QPoint centre;
        for (const QPoint p : points)
            centre += p;
        centre /= double(points.size());
        const int reach = std::clamp(4 * std::max(cell.width(), cell.height()), leastReach,
                                     mostReach);
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
            const Piece piece(m_levels[l], middle, here, ringWidth << (last - l));
            if (!piece.canBeCompared())
                return {};
            const double far = double(reach) / (1 << l);
            const auto weighed = [&](QPoint offset, int turn) {
                const double distance = std::hypot(offset.x(), offset.y()) / far;
                return piece.cost(middle + offset, turn) * (1 + farPenalty * distance) *
                       (turn == 0 ? 1 : 1 + turnPenalty);
            };
            std::vector<Candidate> next;
            const auto tryAt = [&](QPoint offset, int turn) {
                const double cost = weighed(offset, turn);
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
            if (l == 0) {
                for (const SpotSource &neighbour : found) {
                    if (!neighbour.cell.adjusted(-1, -1, 1, 1).intersects(cell))
                        continue;
                    const QPoint offset = neighbour.place(centre) - centre;
                    next.push_back({offset, neighbour.turn,
                                    neighbourShare * weighed(offset, neighbour.turn)});
                }
            }
            candidates = best(std::move(next), l == 0 ? size_t(4 * keptCandidates) : keptCandidates);
        }
        for (const Candidate &candidate : candidates) {
            const SpotSource source{cell, centre, centre + candidate.offset, candidate.turn,
                                    candidate.cost};
            if (std::isfinite(candidate.cost) && canBeTaken(source, points))
                return source;
        }
        return {};
    }

    const Image &m_mask;
    QRect m_bounds;
    int m_thickness = 1;
    std::vector<Level> m_levels; ///< from the finest
};

} // namespace

std::vector<SpotSource> findSpotSources(const Image &picture, const Image &mask)
{
    return Search(picture, mask).sources();
}

} // namespace heirloom
