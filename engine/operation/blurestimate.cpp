// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/blurestimate.h"

#include "operation/blurweights.h"
#include "operation/logisticweights.h"
#include "operation/powerspectrum.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace heirloom
{

namespace
{

// All but the contrast as models/training/train_blur_weights.py has it.

/// Rings, from the first to before the last.
struct Band {
    int first, last;
};
constexpr std::array Bands = {Band{4, 6},   Band{6, 8},   Band{8, 10},  Band{10, 12}, Band{12, 14},
                              Band{14, 17}, Band{17, 20}, Band{20, 24}, Band{24, 28}, Band{28, 32}};
constexpr std::array NoiseBands = {Band{8, 12}, Band{14, 20}, Band{24, 32}};
/// What is left of the noise when it is taken away.
constexpr double NoiseLeft = 0.05;
/// Of the noise as it was measured, the most that it has in the spectrum.
constexpr double MostNoise = 1.2;
constexpr double Least = 1e-6;
/// Rings that hold the picture's coarse structure, and by how much that has to stand out of the
/// noise, or of a step of 8 bits.
constexpr Band Coarse{2, 6};
constexpr double LeastContrast = 5, Step = 1.0 / 255;
constexpr double LeastNoise = 0.3; ///< 8-bit steps
constexpr double LargestBlur = 3;

double mean(const PowerSpectrum::Profile &profile, Band band)
{
    return PowerSpectrum::mean(profile, band.first, band.last);
}

/// The power that photographs with such a line have in a band.
double usual(double line, Band band)
{
    double sum = 0;
    for (int ring = band.first; ring < band.last; ++ring)
        sum += 1 / (PowerSpectrum::frequency(ring) * PowerSpectrum::frequency(ring));
    return line * sum / (band.last - band.first);
}

} // namespace

double blurOf(const PowerSpectrum &spectrum, double noise)
{
    const double line = PowerSpectrum::line(spectrum.sharpest);
    const double told = std::pow(std::max(noise, LeastNoise) / 255, 2);
    // A sky or a wall alone: nothing in it that could be sharp.
    if (mean(spectrum.sharpest, Coarse) < LeastContrast * std::max(told, Step * Step))
        return 0;
    PowerSpectrum::Profile grain = spectrum.noise;
    for (double &value : grain)
        value = std::min(value, MostNoise * told);
    std::array<float, BlurWeights::Inputs> measured{};
    size_t count = 0;
    const auto add = [&](double share) { measured[count++] = float(std::log(share + Least)); };
    for (const Band band : Bands) {
        const double own = mean(spectrum.sharpest, band), grainy = mean(grain, band);
        const double expected = usual(line, band);
        add(std::max(own - grainy, NoiseLeft * grainy) / expected);
        add(own / expected);
    }
    for (const Band band : NoiseBands)
        add(mean(spectrum.noise, band) / usual(line, band));
    add(told / usual(line, NoiseBands[1]));
    return logistic<BlurWeights>(measured) * LargestBlur;
}

Result<double> estimateBlur(ImageSource &source, double noise, const Progress &progress)
{
    const auto spectrum = measureSpectrum(source, progress);
    if (!spectrum)
        return fail(spectrum.error());
    return *spectrum ? blurOf(**spectrum, noise) : 0.0;
}

} // namespace heirloom
