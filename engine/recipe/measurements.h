// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/imagesource.h"
#include "operation/detailscale.h"
#include "operation/operation.h"
#include "operation/texturefinder.h"

#include <QJsonObject>

#include <optional>

namespace heirloom
{

/// What triage finds out about a picture before anything is done to it. A value; the same picture
/// gives the same numbers.
struct Measurements {
    QSize size;
    double sigma = 0;   ///< of the noise, 8-bit steps (estimateNoise())
    double grain = 0;   ///< of correlated noise, 8-bit steps; 0: none
    DetailScale detail;
    double chroma = 0;  ///< mean distance from grey in Lab; under 1 a picture counts as grey
    double cast = 0;    ///< distance of the mean colour from grey in Lab: a tint, or what it shows
    int faces = 0;      ///< upright ones that look into the camera (facefinder.h)
    double darkest = 0, brightest = 1; ///< luminance that a thousandth lies below and above, 0..1
    std::optional<int> jpegQuality; ///< whose traces the pixels carry, 1..100; nothing: none
    PeriodicTexture texture; ///< all over the picture; empty: none
    double blur = 0; ///< sigma of the Gaussian over all of it, pixels (estimateBlur())
    /// Share of the pixels that are surely damaged, 0..1 (findDamage()), and how far Tone would
    /// move the colours (measureFading()); nothing: there is no network that could tell.
    std::optional<double> damage, fading;

    bool isGrey() const { return chroma < 1; }
    double megapixels() const { return double(size.width()) * size.height() / 1e6; }
    double detailMegapixels() const { return megapixels() * detail.share(); }
    QJsonObject toJson() const;
};

/// Reads the picture a few times; it must be random access. With the networks of context damage and
/// fading are measured, too. Errors: the source's, the networks', Cancelled. Any thread; with
/// networks the engine thread.
Result<Measurements> measure(ImageSource &source, const OperationContext &context = {},
                             const Progress &progress = {});

} // namespace heirloom
