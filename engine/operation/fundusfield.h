// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/imagesource.h"
#include "image/planes.h"

#include <array>

namespace heirloom
{

/// What a fundus camera sees: a disc on black, often cut off above and below, and the light that
/// falls on it. Lengths are shares of the picture's width. A value.
struct FundusField {
    double x = 0, y = 0; ///< of the centre, from the picture's top left corner
    double radius = 0;   ///< 0: there is no such disc
    double top = 0, bottom = 0; ///< rows between which it is seen
    /// Natural logarithm of the light, less its mean over the disc, as a polynomial in u and v,
    /// which run from -1 to 1 over the disc: factors of u, v, uu, uv, vv.
    std::array<double, 5> light{};

    bool isEmpty() const { return radius <= 0; }
    double lightAt(double u, double v) const;
    bool operator==(const FundusField &) const = default;

    /// "none", or ten numbers in the order of the members.
    QString toText() const;
    /// Errors: BadArgument.
    static Result<FundusField> fromText(const QString &text);
};

/// Looks at the picture made small: the edges of what is bright must lie on one circle, and outside
/// of it must be black. The light is fitted to the disc without what stands out of it, such as the
/// optic disc and the vessels. Reads from top to bottom. Errors: the source's, Cancelled, Internal
/// (a profile that does not fit). Any thread.
Result<FundusField> findFundus(ImageSource &source, const Progress &progress = {});
/// The same of three planes in sRGB, which show a picture of this size.
FundusField fundusOf(const Planes &rgb, QSize picture);

} // namespace heirloom
