// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/adjustmentfilter.h"
#include "document/blendmode.h"
#include "image/tiledbuffer.h"

#include <optional>
#include <vector>

namespace heirloom
{

/// One tile's composite in separate float channels, kept for later: colours not multiplied by
/// alpha, 0..1. A value.
struct FloatTile {
    QSize size;
    int colors = 0;      ///< 1 or 3
    bool opaque = false; ///< alpha is 1 everywhere and has no plane
    bool interleaved =
        false; ///< opaque colours side by side, as one plane of three times the width
    std::vector<float> planes;

    bool isNull() const { return planes.empty(); }
    qint64 byteCount() const { return qint64(planes.size()) * qint64(sizeof(float)); }
    /// Interleaved: all in color[0].
    PixelRow row(int y) const;
};

/// What one layer adds to a tile.
struct BlendSource {
    const TiledBuffer *pixels = nullptr;
    const AdjustmentFilter *filter = nullptr; ///< changes what is below instead of adding pixels
    const TiledBuffer *mask = nullptr;        ///< null: shown everywhere
    BlendMode mode = BlendMode::Normal;
    float opacity = 1;
    bool replaces = false; ///< Layer::replacesBelow()

    bool isOpaqueCopy() const
    {
        return pixels && mode == BlendMode::Normal && opacity >= 1 && !mask &&
               !pixels->format().hasAlpha();
    }
};

/// Blends what lies over one another in one tile, from bottom to top, row by row, so that the
/// floats stay in the processor's nearest cache. Opaque colours under modes that take each channel
/// by itself stay interleaved, which is twice as fast. Short-lived; one thread.
class TileBlender
{
public:
    /// rect: the tile's pixels in the level's coordinates; colors is 1 or 3.
    TileBlender(const QRect &rect, int colors, int level);

    void add(const BlendSource &source, QPoint tile);
    /// A composite made before, Normal; must live until the end.
    void add(const FloatTile &tile);

    FloatTile toTile() const;
    /// Rounded to a format; without alpha, transparent parts become white.
    Image rounded(PixelFormat format) const;

private:
    struct Step {
        BlendSource source;
        std::optional<TileView> pixels;
        std::optional<TileView> mask;
        const FloatTile *tile = nullptr;
    };
    struct Scratch;
    bool canInterleave() const;
    PixelRow blendedRow(int y, bool interleaved, Scratch &scratch) const;

    QPoint m_origin;
    QSize m_size;
    int m_colors;
    int m_level;
    std::vector<Step> m_steps;
};

} // namespace heirloom
