// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRect>
#include <QRectF>
#include <QSize>
#include <QTransform>

#include <optional>

namespace heirloom
{

/// Where a layer's pixels lie on the canvas: a map from layer coordinates to canvas coordinates.
/// Pixel (x, y) covers x..x+1, y..y+1 in both. Affine, or projective for a straightened photograph
/// of a print. A value; always invertible.
class Transform
{
public:
    /// What resampling a transform needs, from none to everything.
    enum class Kind {
        Identity,
        Shift,      ///< whole pixels
        Orthogonal, ///< quarter turns and mirrors, then whole pixels: pixels move, values stay
        Scale,      ///< axis-aligned positive scale and any offset
        Affine,
        Projective,
    };

    Transform() = default;
    /// Nothing when the map cannot be inverted.
    static std::optional<Transform> fromQTransform(const QTransform &map);
    static Transform translation(double dx, double dy);
    /// sx, sy > 0.
    static Transform scaling(double sx, double sy);
    /// The whole of from onto the whole of to.
    static Transform scaling(QSize from, QSize to);
    /// Clockwise quarter turns of a picture of this size, landing at the origin again.
    static Transform quarterTurns(int turns, QSize size);
    static Transform mirroredHorizontally(QSize size);
    static Transform mirroredVertically(QSize size);
    /// Clockwise on the screen about a point.
    static Transform rotation(double degrees, QPointF centre);

    Kind kind() const { return m_kind; }
    /// No value of any pixel is computed anew.
    bool isExact() const { return m_kind <= Kind::Orthogonal; }

    QPointF map(QPointF p) const { return m_map.map(p); }
    QRectF mapRect(const QRectF &r) const { return m_map.mapRect(r); }
    /// The pixels that r's pixels touch, with whole-pixel borders kept exact.
    QRect mapBounds(const QRect &r) const;
    /// Whether a part of r lies on the horizon of a projective map or behind it: mapBounds() does
    /// not say then where r's surroundings may show.
    bool meetsHorizon(const QRect &r) const;
    Transform inverted() const;
    /// This, then next.
    Transform then(const Transform &next) const;
    /// On a grid finer than any pixel shows, so that ways to the same place which differ in the
    /// last bits (a turn and back) give the same.
    Transform rounded() const;
    /// Lengths on the canvas of one layer pixel's sides (at the origin for projective maps).
    double scaleX() const;
    double scaleY() const;

    const QTransform &toQTransform() const { return m_map; }
    bool operator==(const Transform &other) const { return m_map == other.m_map; }

private:
    explicit Transform(const QTransform &map);
    QTransform m_map;
    Kind m_kind = Kind::Identity;
};

} // namespace heirloom
