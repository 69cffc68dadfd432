// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/mask.h"

namespace heirloom
{

Mask Mask::uniform(QSize canvas, quint8 value, std::shared_ptr<TileStore> store)
{
    Mask mask;
    mask.pixels = TiledBuffer(canvas, {Channels::Gray, Depth::U8}, std::move(store));
    Tile::Pixel pixel{};
    pixel[0] = std::byte{value};
    mask.pixels.fill(mask.pixels.rect(), pixel);
    return mask;
}

} // namespace heirloom
