// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QColor>
#include <QList>
#include <QPointF>
#include <QPolygonF>
#include <QSize>
#include <QString>

namespace heirloom
{

/// What a person says of the colour at a place of a picture.
struct ColorHint {
    enum class Kind {
        Stroke,   ///< a brush's path
        Point,    ///< a disc
        KeepGrey, ///< a disc that stays without colour
    };
    Kind kind = Kind::Point;
    /// Pixels of the upright picture, (0, 0) its upper left corner; one point but for strokes.
    QList<QPointF> path;
    double radius = 4; ///< pixels
    QRgb color = 0;    ///< sRGB, opaque; of KeepGrey no matter
    QString name;      ///< hints of one name share one colour
    QString note;      ///< why: "olive: letter of 1943"
    bool known = true; ///< false: a guess
    bool hidden = false; ///< kept, but it says nothing
    /// Closed lines, pixels of the picture, inside by the even-odd rule: the hint gives its colour
    /// to all that is inside, and to nothing else. Empty: it spreads by itself.
    QList<QPolygonF> region;

    bool operator==(const ColorHint &) const = default;
};

/// The hints of a picture: HINTS.json, version 1. A value.
///
///     {"version": 1, "width": W, "height": H,
///      "points": [{"x", "y", "radius", "color": "#rrggbb"}],
///      "strokes": [{"points": [[x, y], ...], "radius", "color"}],
///      "keep_grey": [{"x", "y", "radius"}]}
///
/// Each may have "name", "note", "known" (true where it is missing), "hidden" (false) and "region"
/// ([[[x, y], ...], ...]). The three lists may be
/// missing. Where hints overlap, points win over strokes, grey wins over both, later ones over
/// earlier ones.
struct ColorHints {
    static constexpr int mostHints = 10000;
    static constexpr int mostPathPoints = 200000; ///< of all hints together, regions with them
    static constexpr qsizetype mostBytes = 16 << 20;

    QSize size;           ///< of the picture they were placed on; empty: not said
    QList<ColorHint> all; ///< as the file's order, or a later one: strokes, points, grey

    bool isEmpty() const { return all.isEmpty(); }
    bool operator==(const ColorHints &) const = default;

    /// Empty text is no hints. Errors: BadArgument, naming the place and what is allowed there.
    static Result<ColorHints> fromJson(const QByteArray &json);
    /// Compact, with all that fromJson() reads; the same hints give the same bytes.
    QByteArray toJson() const;

    /// For a picture of another size: places and radii grow with it. Without a size of their own
    /// they stay where they are.
    ColorHints scaledTo(QSize picture) const;
    /// Those that touch no pixel of a picture of this size.
    int countOutside(QSize picture) const;
    /// How many are not hidden, and how many of those are guesses.
    int countShown() const;
    int countGuessed() const;
};

} // namespace heirloom
