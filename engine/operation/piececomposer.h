// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/colormanagement.h"
#include "image/image.h"
#include "image/imagesource.h"
#include "image/planes.h"
#include "image/resample.h"

namespace heirloom
{

/// The arithmetic of one piece of a picture that a network enlarges or, at the same size, improves:
/// what the network gets, and what its answer becomes in the
/// picture's own layout and profile. Knows nothing of tiles or models. Immutable; any thread.
///
///   result = twin + strength (model - twin),   each rounded to the picture's depth before
///   model  = L(source) + C(N) - C(L(clipped))  where the profile is not sRGB
///   model  = N                                 where it is (the two others cancel out)
///
/// with L Lanczos to the target, clipped the source in sRGB cut to 0..1, N the network's answer
/// brought from x4 to the target, C from sRGB to the picture's profile.
class PieceComposer
{
public:
    /// scale: of the network. strength 0..1. Errors: Internal (a profile that does not fit).
    static Result<PieceComposer> create(QSize source, QSize target, PixelFormat format,
                                          const QByteArray &icc, int scale, double strength);

    /// Red, green and blue, sRGB, 0..1, for the network.
    Planes networkInput(const Image &pixels) const;

    /// The source pixels around a piece of source that its target pixels depend on besides the
    /// network: what a piece needs on every side.
    static constexpr int twinMargin = 4;
    /// Source pixels on each side of a piece that the network's answer has to cover.
    int networkMargin() const { return m_networkMargin; }

    /// The target pixels that belong to a piece of source; neighbouring pieces never overlap and
    /// leave no gap.
    QRect targetRect(const QRect &sourceRect) const;

    /// target's pixels. pixels: the source from origin on, covering target's twinMargin. network:
    /// the answer (x scale) for networkRect of the source, covering the piece's networkMargin.
    Image compose(const Image &pixels, QPoint origin, const Planes &network,
                  const QRect &networkRect, const QRect &target) const;

    /// The classical twin alone.
    Image twin(const Image &pixels, QPoint origin, const QRect &target) const;

private:
    PieceComposer(QSize source, QSize target, PixelFormat format, int scale, double strength);
    Image networkImage(const Planes &network) const;

    QSize m_source;
    QSize m_target;
    PixelFormat m_format;
    int m_scale;
    double m_strength;
    int m_networkMargin = 0;
    bool m_residual = false;
    Resampler m_fromSource;
    Resampler m_fromNetwork;
    ColorTransform m_toSrgb;   ///< picture F32 -> sRGB F32, alpha kept
    ColorTransform m_fromSrgb; ///< sRGB F32 RGB -> picture's profile F32, no alpha
};

/// full becomes under + strength (full - under), as the compositor lays it over with that opacity;
/// both are rounded already, so that the window gives the same bytes. Equal sizes and formats.
void blendOver(Image &full, const Image &under, double strength);

/// A picture's size, made smaller where its longest side is longer than most.
QSize sizeBelow(QSize picture, int most);
/// All of a picture, made smaller, as a network gets it. Reads it once from top to bottom. Errors:
/// the source's, Cancelled, Internal (a profile that does not fit). Any thread.
Result<Planes> networkPicture(ImageSource &source, QSize size, const Progress &progress);
/// W3C Compositing's Lum of every pixel, one plane.
Planes luminanceOf(const Planes &rgb);

} // namespace heirloom
