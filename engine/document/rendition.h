// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/transform.h"
#include "image/colormanagement.h"
#include "image/mippyramid.h"
#include "image/resample.h"

#include <optional>

namespace heirloom
{

/// One picture (a layer's pixels or a mask) brought onto the canvas at every mip level, tile by
/// tile when asked for: moved, turned, resampled (Lanczos-3 enlarges, area reduces, from the mip
/// level that is nearest above) and converted to the canvas's colours. Where the picture lies on
/// the canvas as it is, its own tiles are used. Owned by a Compositor; one thread, except that the
/// buffers it has returned may be read anywhere.
class Rendition
{
public:
    /// Takes the state of a layer's pixels; keeps what is still good. Beyond them it is
    /// transparent. Colours are converted where the profiles differ.
    void setLayer(const TiledBuffer &pixels, const Transform &transform, QSize canvas,
                  const ColorProfile &from, const ColorProfile &to,
                  ColorTransformCache &transforms);
    /// Takes the state of a mask; beyond it is 0.
    void setMask(const TiledBuffer &pixels, const Transform &transform, QSize canvas);

    /// What the tiles of level() look like; known before any is computed.
    PixelFormat format() const { return m_format; }
    /// The level (canvas coordinates divided by 2 to the level) with the tiles that r touches
    /// computed.
    const TiledBuffer &level(int level, const QRect &r);
    /// Forgets computed tiles (not the picture itself).
    void drop();
    /// The part of the canvas that differs from an earlier state of the pixels alone.
    static QRect changedRegion(const TiledBuffer &before, const TiledBuffer &after,
                               const Transform &transform);

private:
    struct Level {
        TiledBuffer buffer;
        std::vector<bool> current;
        std::optional<Resampler> resampler; ///< of the whole picture, made once
    };
    void set(const TiledBuffer &pixels, const Transform &transform, QSize canvas,
             const ColorTransform &conversion, bool isMask);
    Image computed(int level, const QRect &r);
    Image moved(const Transform &map, int sourceLevel, const QRect &r);
    Image scaled(const Transform &map, int sourceLevel, const QRect &r,
                 std::optional<Resampler> &resampler);
    Image warped(const Transform &map, int sourceLevel, const QRect &r);
    Image placed(const Image &part, QPoint at, QSize size) const;

    MipPyramid m_source;
    Transform m_transform;
    QSize m_canvas;
    ColorTransform m_conversion; ///< identity: none
    ColorProfile m_from, m_to;   ///< what it converts between
    bool m_isMask = false;
    bool m_direct = false;      ///< the picture's own pyramid is the rendition
    PixelFormat m_sampleFormat; ///< before the conversion, with alpha where it is needed
    PixelFormat m_format;
    std::vector<Level> m_levels;
};

} // namespace heirloom
