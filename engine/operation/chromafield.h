// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"
#include "operation/limitedhints.h"

#include <vector>

namespace heirloom
{

/// How a person wants the colours, besides the hints.
struct ColorTaste {
    double saturation = 100; ///< per cent, 0..200
    double warmth = 0;       ///< -100 (bluer) .. 100 (yellower); grey stays grey
    bool operator==(const ColorTaste &) const = default;
};

/// Chroma for every pixel of a picture of any size, as a straight line of its luminance that
/// changes slowly over the picture, so that it follows edges that only the full size has: the
/// guided filter's coefficients, found on the small picture (K. He, J. Sun, X. Tang, "Guided Image
/// Filtering", PAMI 2013; K. He, J. Sun, "Fast Guided Filter", arXiv:1505.00996). A pixel depends
/// on nothing but itself and its place. Immutable; any thread.
class ChromaField
{
public:
    ChromaField() = default;
    /// cells: two planes, chroma of each cell (hintpropagation.h) of the guide. hints:
    /// hintPlanes(); inside a hint its chroma holds. limited: holds in its places, too.
    ChromaField(const ColorGuide &guide, const Planes &cells, const Planes &hints,
                const LimitedChroma &limited, const ColorTaste &taste);

    bool isEmpty() const { return m_columns.empty(); }
    /// Gives pixels their chroma, their luminance kept. place: of the pixels in the picture; format
    /// RGB or RGBA in sRGB. strength 0..1: of the change, as opacity.
    void paint(Image &pixels, QPoint place, double strength) const;
    /// The same for three planes, red, green, blue, sRGB, 0..1.
    void paint(Planes &rgb, QPoint place) const;

private:
    /// The line of each chroma: slope and height.
    struct Line {
        float slopeU, u, slopeV, v;
    };
    struct Column {
        int first = 0;   ///< in the small picture; its right neighbour follows
        float share = 0; ///< of that one
    };
    static std::vector<Column> columnsOf(int picture, int content);
    std::vector<Line> lineRow(int y) const;
    template <typename T>
    void paintRows(Image &pixels, QPoint place, double strength) const;

    QSize m_content;
    std::vector<Line> m_lines;
    std::vector<Column> m_columns, m_rows; ///< for each of the picture's
};

/// The colour with a luminance and a chroma; where it would leave 0..1 the chroma is drawn together
/// and the luminance kept: W3C's ClipColor. rgb: three values.
void joinChroma(float luminance, Chroma chroma, float *rgb);

} // namespace heirloom
