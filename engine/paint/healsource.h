// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "paint/picturesource.h"

namespace heirloom
{

/// Texture from elsewhere in the colour and light of where it is painted. While the stroke lasts it
/// shows a preview (a plain clone, or a veil where the source is not known yet); the gradients are
/// solved for once it is finished, block by block where the stroke is large, each going on from its
/// finished neighbours. Owned by the stroke.
class HealSource : public PictureSource
{
public:
    /// Healed pixels of an area (its size, F32 with alpha) where the mask (Gray U8) is not 0.
    using Heal = std::function<Image(const QRect &area, const Image &target, const Image &mask)>;

    /// From a fixed place: picture at p + offset.
    static std::shared_ptr<HealSource> fromOffset(PixelFormat target, QSize size,
                                                  const PictureReader &picture, QPoint offset);
    /// From places it finds by itself, around each spot.
    static std::shared_ptr<HealSource> fromSurroundings(PixelFormat target, QSize size,
                                                        const PictureReader &picture);

    void settle(const Stroke &stroke, TiledBuffer &pixels) const override;

private:
    HealSource(PixelFormat target, QSize size, PictureReader picture, PictureReader preview,
               Heal heal, bool looksAround);
    QRect areaOf(const QRect &block) const;

    PixelFormat m_target;
    QSize m_size; ///< of what is painted on
    PictureReader m_picture;
    Heal m_heal;
    bool m_looksAround;
};

} // namespace heirloom
