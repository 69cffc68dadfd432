// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "image/image.h"
#include "image/imagesource.h"
#include "image/tileplan.h"

#include <vector>

namespace heirloom
{

/// Where a mask's holes lie, how wide they are, and how far around each tile one has to look. A
/// value; any thread.
class HoleMap
{
public:
    /// A mask value from which on a pixel is a hole.
    static constexpr int threshold = 128;
    /// Farther than this from the rim a pixel is filled from a reduced picture.
    static constexpr int deepest = 96;

    HoleMap() = default;
    /// mask: 8-bit grey. tile: side of a core; 0: the whole picture is one and no pixel is deep,
    /// for methods that fill every hole in one piece.
    HoleMap(Image mask, int tile);

    bool isHole(int x, int y) const { return m_mask.constSamples<quint8>(y)[x] >= threshold; }
    bool isEmpty() const { return m_holes == 0; }
    bool isFull() const { return m_holes == qint64(m_mask.width()) * m_mask.height(); }
    double share() const;
    /// Whether a hole lies where other (Gray U8, the mask's size or null) is not 0.
    bool meets(const Image &other) const;
    const Image &mask() const { return m_mask; }

    const TilePlan &tiles() const { return m_plan; }
    /// Half of the width of the widest hole in a tile; 0: none.
    double halfWidth(int tile) const { return m_halfWidths[size_t(tile)]; }
    /// How far around a tile its fill looks; 0: it has no hole.
    int margin(int tile) const;
    int widestMargin() const;
    /// A tile's holes in windows that do not meet, for methods whose time goes by pixels: as many
    /// as make the least work, each looked at windowMargin() around. Follows from the mask alone.
    std::vector<QRect> windows(int tile) const;
    /// At most margin().
    int windowMargin(int tile) const;
    /// All holes in whole, in windows that do not meet; holes with few pixels between them
    /// together.
    std::vector<QRect> wholeHoles() const;

    bool hasDeepPixels() const { return !m_deep.isNull(); }
    bool isDeep(int x, int y) const { return hasDeepPixels() && m_deep.constSamples<quint8>(y)[x]; }
    /// Fills the deep pixels from the picture reduced to a few pixels a hole. The picture is read
    /// once, from top to bottom. Errors: the source's, Cancelled.
    Result<void> fillDeep(ImageSource &source, const Progress &progress);
    /// One deep pixel's colour, 0..1; after fillDeep().
    float deepValue(int x, int y, int color) const;
    bool isDeepFilled() const { return !hasDeepPixels() || !m_reduced.isNull(); }

private:
    Image m_mask;
    Image m_deep; ///< null: none
    qint64 m_holes = 0;
    TilePlan m_plan;
    std::vector<float> m_halfWidths;
    double m_widest = 0;
    Image m_reduced; ///< F32, colours only
    int m_factor = 1;
};

} // namespace heirloom
