// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/adjustmentfilter.h"

namespace heirloom
{

/// Adjustments that are one function for each channel: levels, curves (monotone cubic through the
/// points: Fritsch and Carlson, SIAM Journal on Numerical Analysis 17(2), 1980), exposure and white
/// balance (both in linear light by sRGB's transfer curve). values is complete. Null for others.
std::shared_ptr<const AdjustmentFilter> createToneFilter(const QString &id,
                                                         const QVariantMap &values);

/// The curve through points (x rising, 0..1), constant beyond the first and last; for the filter
/// and for panels that draw it.
class ToneCurve
{
public:
    explicit ToneCurve(const QVariantList &points);
    double at(double x) const;

private:
    std::vector<double> m_x, m_y, m_slope;
};

} // namespace heirloom
