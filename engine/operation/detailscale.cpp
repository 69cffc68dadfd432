// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/detailscale.h"

#include "operation/powerspectrum.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

/// Detail is looked for from this ring on; below is the line.
constexpr int FirstRing = 6;
/// Of the line, in power: a contrast of a seventh.
constexpr double Lost = 0.02;
/// Of the noise's power, what differs from place to place by itself.
constexpr double Uneven = 0.15;

/// Smallest side of a reduced picture, per cent.
constexpr int SmallestPercent = 20;
/// The last rings end by themselves in any picture: 0.44 of 0.5 is as sharp as pictures get.
constexpr double Sharp = 0.44;

} // namespace

double DetailScale::share() const
{
    return std::min(1.0, 4 * cutoff * cutoff);
}

int DetailScale::percent() const
{
    if (cutoff >= Sharp)
        return 100;
    return std::max(SmallestPercent, int(std::lround(2 * cutoff * 100)));
}

QSize sizeAtDetail(QSize size, double percent)
{
    const auto reduced = [percent](int side) {
        return std::clamp(int(std::lround(side * percent / 100)), 1, side);
    };
    return {reduced(size.width()), reduced(size.height())};
}

QString detailText(QSize size, double percent)
{
    const QSize reduced = sizeAtDetail(size, percent);
    if (reduced == size)
        return {};
    const auto megapixels = [](QSize s) { return double(s.width()) * s.height() / 1e6; };
    return QCoreApplication::translate("heirloom::DetailScale",
                                       "Worked at %1 of %2 megapixels: there is no finer detail.")
        .arg(megapixels(reduced), 0, 'f', 1)
        .arg(megapixels(size), 0, 'f', 1);
}

Result<DetailScale> measureDetail(ImageSource &source, const Progress &progress)
{
    const auto found = measureSpectrum(source, progress);
    if (!found)
        return fail(found.error());
    return *found ? detailOf(**found) : DetailScale();
}

DetailScale detailOf(const PowerSpectrum &spectrum)
{
    const double line = PowerSpectrum::line(spectrum.power);
    if (line <= 0)
        return {};
    for (int ring = FirstRing; ring < PowerSpectrum::Rings; ++ring) {
        const double frequency = PowerSpectrum::frequency(ring);
        const double noise = spectrum.noise[size_t(ring)];
        const double above = spectrum.power[size_t(ring)] - noise;
        const double lost = Lost * line / (frequency * frequency);
        const double hidden = Uneven * noise;
        if (above < std::max(lost, hidden))
            return {frequency};
    }
    return {};
}

} // namespace heirloom
