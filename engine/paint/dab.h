// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QRect>
#include <QTransform>

namespace heirloom
{

/// One touch of a brush: a disc on the canvas. Canvas pixels; the rest is 0..1.
struct Dab {
    QPointF centre;
    double diameter = 1;
    double hardness = 1; ///< share of the radius that is fully covered; then it falls smoothly to 0
    double opacity = 1;  ///< what coverage it never leads beyond
    double flow = 1;     ///< what it adds of what is missing to that

    bool operator==(const Dab &) const = default;
};

/// The part of each pixel of some picture that a dab covers. The picture lies on the canvas by any
/// invertible map (an affine one makes the disc an ellipse there). Where the edge is hard for the
/// picture's pixels, their area is sampled on an 8 x 8 grid; where it is soft, their centre. A
/// short-lived value; any thread.
class DabShape
{
public:
    /// toCanvas: the picture's coordinates to the canvas's; pixel (x, y) covers x..x+1, y..y+1.
    DabShape(const Dab &dab, const QTransform &toCanvas);

    /// The pixels that may be covered.
    const QRect &bounds() const { return m_bounds; }
    /// Writes the coverage (0..1, without opacity and flow) of the pixels x..x+count of row y and
    /// returns whether any is above 0; nothing is written where none is.
    bool row(int y, int x, int count, float *coverage) const;

private:
    struct Span {
        int from, to; ///< to: one beyond
    };
    Span within(double radius, int y, int x, int count) const;
    void sampleCentres(int y, int x, int count, float *coverage) const;
    float sampleArea(int x, int y) const;

    QTransform m_toCanvas;
    QPointF m_centre;
    double m_radius;
    double m_inner;        ///< up to here all is covered
    double m_halfDiagonal; ///< of one pixel, on the canvas, at most
    QPointF m_across, m_down; ///< a pixel's sides on the canvas
    bool m_isAffine;
    bool m_isSharp; ///< the fall is steep for the picture's pixels
    QRect m_bounds;
};

} // namespace heirloom
