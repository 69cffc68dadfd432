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
    /// Nothing shows through it: no value above 0 anywhere.
    bool isBlank() const;
    /// The same place and pointers; equal pixels elsewhere in memory are another mask.
    bool operator==(const Mask &other) const;

    /// The same with pixels of the canvas's size that lie on it as they are, resampled where it has
    /// to be; its own tiles where it does not. Long for large ones. Any thread.
    Mask laidOn(QSize canvas) const;
    /// Every value turned round. Beyond its pixels a mask is 0, which becomes 255: one that does
    /// not lie on the canvas is laid on it first.
    Mask invertedOn(QSize canvas) const;
    /// A mask the size of the canvas, of one value.
    static Mask uniform(QSize canvas, quint8 value, std::shared_ptr<TileStore> store);
};

} // namespace heirloom
