// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"

#include <QPoint>

#include <array>
#include <vector>

namespace heirloom
{

// Inside the search of spotsource.cpp. Any thread.

constexpr int spotColors = 3;

struct SpotSample {
    std::array<float, spotColors> color{};
    float grain = 0; ///< how much the luma of single pixels stands out of their surroundings
};

/// The picture at one scale. Usable: neither masked nor transparent, none of what it was made of.
struct SpotLevel {
    int width = 0, height = 0;
    std::vector<SpotSample> samples;
    std::vector<quint8> usable;

    SpotLevel(int w, int h)
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

/// picture: F32, encoded values; mask: Gray U8 of the same size, 0 is outside.
SpotLevel finestSpotLevel(const Image &picture, const Image &mask);
/// Of half the size; usable where all four pixels are.
SpotLevel reducedSpotLevel(const SpotLevel &fine);

/// A piece of the mask at one scale, and how well another place would do for it.
class SpotPiece
{
public:
    /// inside: its pixels; width: of the ring around it that is compared. The level outlives it.
    SpotPiece(const SpotLevel &level, QPoint centre, const std::vector<QPoint> &inside, int width);

    bool canBeCompared() const { return m_ring.size() >= 8; }

    /// Mean squared differences of encoded values, weighed; infinite where the place cannot be
    /// used.
    double cost(QPoint from, int turn) const;

private:
    struct Place {
        QPoint at; ///< from the centre
        /// 1, x and y made orthonormal over the ring.
        std::array<float, 3> basis;
    };

    std::vector<Place> relative(const std::vector<QPoint> &points) const;
    void orthogonalise();
    void measure();

    const SpotLevel *m_level;
    QPoint m_centre;
    std::vector<Place> m_ring, m_inside;
    std::vector<SpotSample> m_here; ///< of the ring
    std::array<std::array<double, 3>, spotColors> m_planes{};
    double m_variation = 0; ///< of the ring around its plane
    double m_grain = 0;
};

} // namespace heirloom
