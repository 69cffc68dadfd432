// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/tiledbuffer.h"

namespace heirloom
{

/// A picture and its reductions by 2, 4, 8, ..., each tile computed when it is first asked for.
/// Level n + 1 is the mean of 2x2 pixels of level n (at odd edges of what is there), weighted by
/// alpha. The mean is taken of the encoded values, not of linear light: layers are blended in
/// encoded values too, so that for Normal layers reducing and blending may change places and the
/// fitted view shows what the export, reduced, shows. Owned by a compositor; one thread.
class MipPyramid
{
public:
    MipPyramid() = default;
    explicit MipPyramid(TiledBuffer source);

    /// Takes a new state of the picture; only tiles that changed are computed again. A different
    /// size or format begins anew.
    void setSource(const TiledBuffer &source);
    const TiledBuffer &source() const { return m_levels.front().buffer; }
    bool isNull() const { return m_levels.empty() || source().isNull(); }

    /// Levels until the picture is one pixel.
    int levelCount() const { return int(m_levels.size()); }
    QSize levelSize(int level) const;
    static QSize reducedSize(QSize size, int level);

    /// The pixels of r in the level's own coordinates; outside is zero.
    Image read(int level, const QRect &r);
    /// The level with the tiles that r touches computed; other tiles of it may not be current.
    const TiledBuffer &level(int level, const QRect &r);
    /// How many tiles were computed since the beginning; for tests.
    qint64 computedTiles() const { return m_computed; }

private:
    struct Level {
        TiledBuffer buffer;
        std::vector<bool> current;
    };
    void ensure(int level, QPoint tile);
    void invalidate(QPoint sourceTile);

    std::vector<Level> m_levels;
    qint64 m_computed = 0;
};

} // namespace heirloom
