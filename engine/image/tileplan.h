// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPoint>
#include <QRect>
#include <QSize>

#include <vector>

namespace heirloom
{

/// One piece of a picture that is worked on alone. All rectangles are in pixels of the input.
struct PlanTile {
    int index = 0;
    int column = 0;
    int row = 0;
    QRect core;  ///< the part that is kept
    QRect input; ///< core and halo, inside the picture: what is read
    QSize size; ///< what the network gets: input, repeated at the right and bottom up to a multiple
};

/// Cuts a picture into tiles: a grid anchored at the origin whose cores cover every pixel exactly
/// once. A halo is read around each core and thrown away afterwards; at the picture's edge it ends
/// there, as it does when the whole picture is run at once. Where a multiple is asked for, inputs
/// begin at multiples of it (so that a network which folds pixels sees the phase of the whole
/// picture) and grow to it inside the picture before anything has to be repeated. A last column or
/// row that lies inside its neighbour's halo joins that neighbour, whose input reaches the edge
/// anyway. A value; any thread.
class TilePlan
{
public:
    struct Geometry {
        int tile = 128;     ///< side of a core, >= 1
        int halo = 0;       ///< >= 0
        int multipleOf = 1; ///< width and height of every PlanTile::size
        int minimumSide = 1;
        /// Inputs grow to multiples of this while the picture has pixels for it. A multiple of
        /// multipleOf, or 1.
        int preferredMultiple = 1;
    };

    TilePlan() = default;
    TilePlan(QSize picture, const Geometry &geometry);
    /// A grid of its own over part of the picture, as few cores of at most geometry.tile as cover
    /// it: less to run than the picture's own tiles where the part is small.
    TilePlan(QSize picture, const Geometry &geometry, const QRect &part);

    QSize picture() const { return m_picture; }
    const Geometry &geometry() const { return m_geometry; }
    int columns() const { return int(m_columns.size()) - 1; }
    int rows() const { return int(m_rows.size()) - 1; }
    int count() const { return columns() * rows(); }

    /// index counts row by row from the top left.
    PlanTile tile(int index) const;
    /// The tiles whose cores meet r, row by row.
    std::vector<int> tilesIn(const QRect &r) const;
    /// The tiles whose cores meet r, those nearest to center first.
    std::vector<int> tilesFrom(const QPoint &center, const QRect &r) const;
    /// Pixels that a network is given in all; over the picture's area this is the halo's cost.
    qint64 inputPixels() const;

    /// A tile cut in four (fewer where a side has one pixel), each with the full halo: what is
    /// tried when the whole one does not fit into memory. Empty when it cannot be cut further.
    std::vector<PlanTile> quarters(const PlanTile &tile) const;

private:
    PlanTile make(const QRect &core) const;

    QSize m_picture;
    Geometry m_geometry;
    std::vector<int> m_columns = {0}; ///< where each column begins, and where the last ends
    std::vector<int> m_rows = {0};
};

} // namespace heirloom
