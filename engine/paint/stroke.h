// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "paint/dab.h"
#include "paint/strokesource.h"

#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace heirloom
{

/// One stroke on one picture (a layer's pixels or a mask) in that picture's own pixels: dabs add to
/// its coverage, which flow builds up and the dabs' opacity limits; a source turns coverage and the
/// pixels of the beginning into new ones. So a stroke that crosses itself never passes its opacity,
/// and only tiles that dabs touch are ever written. Depths U8 and U16. One thread; large dabs are
/// shared among two inside.
class Stroke
{
public:
    /// What a selection lets through: 8-bit grey pixels of before's size that are current where
    /// asked for (Rendition::level()); they must live until the next call.
    using Limit = std::function<const TiledBuffer &(const QRect &area)>;

    /// before: shares its tiles; toCanvas: its coordinates to the canvas's.
    Stroke(const TiledBuffer &before, const QTransform &toCanvas,
           std::shared_ptr<const StrokeSource> source, Limit limit = {});

    /// Returns what was touched, in the picture's pixels; pixels() is up to date.
    QRect add(std::span<const Dab> dabs);
    /// The last word of the source. Tiles whose bytes are as before share before's again.
    void finish();

    const TiledBuffer &before() const { return m_before; }
    const TiledBuffer &pixels() const { return m_pixels; }
    /// Grey U16, 0..65535: with the selection, as sources get it.
    Image coverage(const QRect &area) const;
    /// Around all that dabs have touched.
    const QRect &touched() const { return m_touched; }
    const QTransform &toCanvas() const { return m_toCanvas; }

private:
    QRect cover(const Dab &dab);
    void blendTile(QPoint tile, const QRect &part, const TiledBuffer *limit);

    TiledBuffer m_before;
    TiledBuffer m_pixels;
    TiledBuffer m_coverage; ///< Grey U16, without the selection
    QTransform m_toCanvas;
    std::shared_ptr<const StrokeSource> m_source;
    Limit m_limit;
    QRect m_touched;
    std::vector<QRect> m_dirty; ///< by tile: covered, not blended yet
    std::vector<QPoint> m_dirtyTiles;
};

} // namespace heirloom
