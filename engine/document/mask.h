// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/transform.h"
#include "image/tiledbuffer.h"

namespace heirloom
{

/// Where and how strongly a layer shows: 8-bit grey tiles, 0 hidden, 255 shown, with a place on the
/// canvas of their own. Beyond its pixels a mask is 0. A value that is part of a Layer.
struct Mask {
    TiledBuffer pixels; ///< Gray U8; null: no mask
    Transform transform;
    bool enabled = true;

    bool isNull() const { return pixels.isNull(); }
    bool isActive() const { return enabled && !isNull(); }
    /// A mask the size of the canvas, of one value.
    static Mask uniform(QSize canvas, quint8 value, std::shared_ptr<TileStore> store);
};

} // namespace heirloom
