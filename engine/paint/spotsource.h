// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/image.h"

#include <QRect>

#include <vector>

namespace heirloom
{

/// Where the texture of a piece of a spot comes from: position p takes what is at
/// from + turned(p - centre).
struct SpotSource {
    QRect cell;    ///< the piece: the mask within this rectangle
    QPoint centre; ///< of it
    QPoint from;   ///< where that centre's pixel comes from
    int turn = 0;  ///< bit 0: mirrored left to right, bit 1: upside down, then bit 2: x for y
    double cost = 0;

    QPoint place(QPoint p) const { return from + turned(p - centre, turn); }
    static constexpr int turns = 8;
    static QPoint turned(QPoint p, int turn)
    {
        const QPoint mirrored(turn & 1 ? -p.x() : p.x(), turn & 2 ? -p.y() : p.y());
        return turn & 4 ? QPoint(mirrored.y(), mirrored.x()) : mirrored;
    }
};

/// Looks for the places whose texture goes best into a mask: those whose surroundings are like the
/// mask's (in colours once the light, as a plane, is taken out, and in grain), and whose inside
/// varies as the surroundings do: nothing stands out of it, as another blemish or an edge would,
/// and it is not emptier either. A long mask is cut into pieces of about twice its thickness, of
/// which neighbouring ones prefer to come from neighbouring places. Candidates are compared on a
/// reduced picture, the best of them on finer ones. Pieces for which there is no place (all around
/// is masked or transparent) are left out.
///
/// picture: F32, encoded values; mask: Gray U8 of the same size, 0 is outside. Depends on the
/// arguments alone. Any thread.
std::vector<SpotSource> findSpotSources(const Image &picture, const Image &mask);

} // namespace heirloom
