// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QColor>
#include <QList>
#include <QString>

namespace heirloom
{

/// What something is made of, as the colours it has in shadow, in middle light and in full light:
/// a hint of a material has the one that fits how light the place is. A value; sRGB, their
/// luminance rises.
struct ColorMaterial {
    QString id;    ///< "wood-oak"
    QString group; ///< "wood"
    QRgb shadow = 0;
    QRgb mid = 0;
    QRgb light = 0;

    /// Translated; empty for ids this program does not ship.
    QString name() const;
    /// The ramp's colour where W3C Lum of coded values is luminance, 0..1; beyond its ends the
    /// end's chroma.
    QRgb at(double luminance) const;
    bool operator==(const ColorMaterial &) const = default;

    /// {"version": 1, "materials": [{"id", "group", "shadow", "mid", "light"}]}, colours as
    /// "#rrggbb". Errors: BadArgument, naming the place and what is allowed there.
    static Result<QList<ColorMaterial>> listFromJson(const QByteArray &json);
};

/// Those that come with the program, group by group.
const QList<ColorMaterial> &shippedMaterials();
/// Translated; empty for groups this program does not ship.
QString materialGroupName(const QString &group);

} // namespace heirloom
