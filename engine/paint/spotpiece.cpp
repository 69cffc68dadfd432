// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/spotpiece.h"

#include "paint/spotsource.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace heirloom
{

namespace
{

constexpr size_t mostRing = 260, mostInside = 130; ///< samples compared

/// What counts how much in a candidate's cost (squared differences of encoded values).
constexpr double lightWeight = 0.02;   ///< light that the seamless clone will take out
constexpr double grainWeight = 4;
constexpr double emptyWeight = 0.5;    ///< an inside that varies less than the surroundings
constexpr double standsOut = 1.3;      ///< times the surroundings' own variation
constexpr double smallestCost = 1e-7;

float luma(const SpotSample &sample)
{
    return 0.3F * sample.color[0] + 0.59F * sample.color[1] + 0.11F * sample.color[2];
}

void measureGrain(SpotLevel &level)
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

} // namespace

SpotLevel finestSpotLevel(const Image &picture, const Image &mask)
{
    SpotLevel level(picture.width(), picture.height());
    const PixelFormat format = picture.format();
    const int channels = format.channelCount();
    for (int y = 0; y < level.height; ++y) {
        for (int x = 0; x < level.width; ++x) {
            const float *in = picture.constSamples<float>(y) + qsizetype(x) * channels;
            const size_t i = level.index({x, y});
            for (int c = 0; c < spotColors; ++c)
                level.samples[i].color[size_t(c)] = in[format.isGray() ? 0 : c];
            level.usable[i] = mask.constSamples<quint8>(y)[x] == 0 &&
                              (!format.hasAlpha() || in[format.colorCount()] > 0);
        }
    }
    measureGrain(level);
    return level;
}

SpotLevel reducedSpotLevel(const SpotLevel &fine)
{
    SpotLevel coarse((fine.width + 1) / 2, (fine.height + 1) / 2);
    for (int y = 0; y < coarse.height; ++y) {
        for (int x = 0; x < coarse.width; ++x) {
            SpotSample sum;
            int count = 0, all = 0;
            for (const QPoint q : {QPoint(2 * x, 2 * y), QPoint(2 * x + 1, 2 * y),
                                   QPoint(2 * x, 2 * y + 1), QPoint(2 * x + 1, 2 * y + 1)}) {
                if (!fine.contains(q))
                    continue;
                ++all;
                if (!fine.usable[fine.index(q)])
                    continue;
                ++count;
                for (size_t c = 0; c < spotColors; ++c)
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

SpotPiece::SpotPiece(const SpotLevel &level, QPoint centre, const std::vector<QPoint> &inside,
                     int width)
    : m_level(&level)
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

double SpotPiece::cost(QPoint from, int turn) const
{
    std::array<double, spotColors> square{}, sourceSquare{};
    std::array<std::array<double, 3>, spotColors> planes{};
    double grain = 0;
    for (size_t i = 0; i < m_ring.size(); ++i) {
        const QPoint q = from + SpotSource::turned(m_ring[i].at, turn);
        if (!m_level->isUsable(q))
            return std::numeric_limits<double>::infinity();
        const SpotSample &there = m_level->samples[m_level->index(q)];
        for (size_t c = 0; c < spotColors; ++c) {
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
    std::array<std::array<float, 3>, spotColors> sourcePlanes{};
    double sourceVariation = 0;
    for (size_t c = 0; c < spotColors; ++c) {
        sourceVariation += sourceSquare[c];
        for (size_t k = 0; k < 3; ++k) {
            const double plane = m_planes[c][k] - planes[c][k];
            sourcePlanes[c][k] = float(plane);
            sourceVariation -= plane * plane;
        }
    }
    for (const Place &place : m_inside) {
        const QPoint q = from + SpotSource::turned(place.at, turn);
        if (!m_level->isUsable(q))
            return std::numeric_limits<double>::infinity();
        const SpotSample &there = m_level->samples[m_level->index(q)];
        for (size_t c = 0; c < spotColors; ++c) {
            const float d = there.color[c] - sourcePlanes[c][0] * place.basis[0] -
                            sourcePlanes[c][1] * place.basis[1] -
                            sourcePlanes[c][2] * place.basis[2];
            inside += double(d * d);
        }
        insideGrain += double(there.grain);
    }
    const double count = double(m_ring.size());
    double ring = 0, light = 0;
    for (size_t c = 0; c < spotColors; ++c) {
        ring += square[c];
        for (size_t k = 0; k < 3; ++k) {
            ring -= planes[c][k] * planes[c][k];
            light += planes[c][k] * planes[c][k];
        }
    }
    ring = std::max(0.0, ring) / (count * spotColors);
    light /= count * spotColors;
    sourceVariation = std::max(0.0, sourceVariation) / (count * spotColors);
    inside /= double(m_inside.size()) * spotColors;
    const double usual = std::max(m_variation, std::min(sourceVariation, 2 * m_variation));
    const double grainOff = (grain / count + insideGrain / double(m_inside.size())) / 2 -
                            m_grain;
    return smallestCost + ring + lightWeight * light +
           std::max(0.0, inside - standsOut * usual) +
           emptyWeight * std::max(0.0, m_variation - inside) + grainWeight * grainOff * grainOff;
}

std::vector<SpotPiece::Place> SpotPiece::relative(const std::vector<QPoint> &points) const
{
    std::vector<Place> places;
    for (const QPoint p : points)
        places.push_back({p - m_centre, {1, float(p.x() - m_centre.x()),
                                         float(p.y() - m_centre.y())}});
    return places;
}

/// Gram and Schmidt over the ring, applied to the inside as well.
void SpotPiece::orthogonalise()
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

void SpotPiece::measure()
{
    for (const Place &place : m_ring) {
        const SpotSample &here = m_level->samples[m_level->index(m_centre + place.at)];
        m_here.push_back(here);
        m_grain += double(here.grain) / double(m_ring.size());
        for (size_t c = 0; c < spotColors; ++c) {
            m_variation += double(here.color[c]) * double(here.color[c]);
            for (size_t k = 0; k < 3; ++k)
                m_planes[c][k] += double(here.color[c] * place.basis[k]);
        }
    }
    for (const auto &color : m_planes) {
        for (const double plane : color)
            m_variation -= plane * plane;
    }
    m_variation = std::max(0.0, m_variation) / (double(m_ring.size()) * spotColors);
}

} // namespace heirloom
