// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/imagesource.h"
#include "image/planes.h"
#include "operation/colorhints.h"

namespace heirloom
{

/// Luminance is W3C Compositing's Lum of coded values, 0.3 R + 0.59 G + 0.11 B; chroma is
/// (B - Lum, R - Lum). Green follows from them, so any chroma over a luminance keeps it.
struct Chroma {
    float u = 0; ///< B - Lum
    float v = 0; ///< R - Lum
};

/// What a picture looks like to the colorizer: its luminance, made small. Found once for a picture;
/// all that hints change starts from here. A value.
struct ColorGuide {
    static constexpr int longestSide = 320; ///< of content; smaller pictures keep their size
    static constexpr int multiple = 32;     ///< of the planes' sides

    QSize picture;      ///< full size
    QSize content;      ///< the picture made small
    Planes luminance{}; ///< one plane, 0..1: the content in its upper left, its edges repeated
    Planes chroma{};    ///< two planes of that size, of the colours the picture has
    QList<QRectF> faces{}; ///< pixels of the content (facefinder.h)
    /// One plane: the luminance of the picture, not padded, at most this large.
    Planes detailed{};
    static constexpr int detailedSide = 640;
    /// One plane of luminance's size, 1 where the subject is (subjectfinder.h); none: not known.
    Planes subject{};

    /// Pixels of the planes for a pixel of the picture.
    double scaleX() const { return double(content.width()) / picture.width(); }
    double scaleY() const { return double(content.height()) / picture.height(); }
};

/// Reads the picture once from top to bottom.
/// picture: its full size, where the source is the same picture made smaller.
/// Errors: the source's, Cancelled, Internal (a profile that does not fit). Any thread.
Result<ColorGuide> colorGuide(ImageSource &source, QSize picture, const Progress &progress);

/// subject: of any size, for the whole picture (subjectOf()); without planes: it is not known.
void setSubject(ColorGuide &guide, const Planes &subject);

/// The chroma that W3C's Color blend gives a colour over a luminance: its own, drawn together where
/// it would leave the gamut.
Chroma chromaOver(QRgb color, float luminance);

/// Four planes of the guide's size: chroma of the hints over the guide's luminance, where there is
/// one, and where colour is kept away (both 0 or 1). hints: for a picture of guide.picture's size.
/// Even the smallest hint has the pixels around its centre; a larger one that lies across the
/// subject's edge stays on the side of its middle. Hidden hints and those of a region
/// (limitedhints.h) are left out.
Planes hintPlanes(const ColorGuide &guide, const ColorHints &hints);

} // namespace heirloom
