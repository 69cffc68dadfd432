// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/blendmode.h"
#include "image/tiledbuffer.h"

#include <vector>

namespace heirloom
{

/// One tile's pixels in separate float channels while layers are blended: colours not multiplied
/// by alpha, 0..1. Part of a Compositor; one thread at a time.
class FloatTile
{
public:
    FloatTile() = default;
    /// Transparent. colors is 1 or 3.
    FloatTile(QSize size, int colors);

    bool isNull() const { return m_size.isEmpty(); }
    qint64 byteCount() const { return qint64(m_planes.size()) * qint64(sizeof(float)); }

    /// What one layer adds to a tile.
    struct Source {
        const TiledBuffer *pixels = nullptr;
        const TiledBuffer *mask = nullptr; ///< null: shown everywhere
        BlendMode mode = BlendMode::Normal;
        float opacity = 1;

        bool isOpaqueCopy() const
        {
            return mode == BlendMode::Normal && opacity >= 1 && !mask &&
                   !pixels->format().hasAlpha();
        }
    };
    void blend(const Source &source, QPoint tile);
    /// Another composite over this one, Normal.
    void blend(const FloatTile &above);

    /// Rounded to a format; without alpha, transparent parts become white.
    Image rounded(PixelFormat format) const;

private:
    PixelRow row(int y);
    PixelRow row(int y) const;
    float *plane(int p) { return m_planes.data() + size_t(p) * m_size.width() * m_size.height(); }

    QSize m_size;
    int m_colors = 0;
    bool m_empty = true;   ///< nothing blended yet: transparent
    bool m_opaque = false; ///< alpha is 1 everywhere and has no plane
    std::vector<float> m_planes;
};

} // namespace heirloom
