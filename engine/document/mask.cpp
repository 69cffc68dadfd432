// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/mask.h"

#include "document/rendition.h"

#include <algorithm>

namespace heirloom
{

bool Mask::isBlank() const
{
    for (int row = 0; row < pixels.rows(); ++row) {
        for (int column = 0; column < pixels.columns(); ++column) {
            const QPoint tile(column, row);
            if (const Tile::Pixel *pixel = pixels.constantPixel(tile)) {
                if ((*pixel)[0] != std::byte{0})
                    return false;
                continue;
            }
            const TileView view = pixels.tile(tile);
            const QSize size = pixels.tileRect(tile).size();
            for (int y = 0; y < size.height(); ++y) {
                const std::byte *values = view.row(y);
                if (std::any_of(values, values + size.width(),
                                [](std::byte v) { return v != std::byte{0}; }))
                    return false;
            }
        }
    }
    return true;
}

bool Mask::operator==(const Mask &other) const
{
    return enabled == other.enabled && transform == other.transform &&
           pixels.sharesAllTilesWith(other.pixels);
}

Mask Mask::laidOn(QSize canvas) const
{
    if (isNull() || (transform == Transform() && pixels.size() == canvas))
        return *this;
    Rendition onCanvas;
    onCanvas.setMask(pixels, transform, canvas);
    return {onCanvas.level(0, QRect(QPoint(0, 0), canvas)), {}, enabled};
}

Mask Mask::invertedOn(QSize canvas) const
{
    Mask result = laidOn(canvas);
    for (int row = 0; row < result.pixels.rows(); ++row) {
        for (int column = 0; column < result.pixels.columns(); ++column) {
            const QPoint tile(column, row);
            if (const Tile::Pixel *pixel = result.pixels.constantPixel(tile)) {
                Tile::Pixel turned = *pixel;
                turned[0] = ~turned[0];
                result.pixels.fill(result.pixels.tileRect(tile), turned);
                continue;
            }
            const auto bytes = result.pixels.writableTile(tile);
            for (int i = 0; i < TileSize * TileSize; ++i)
                bytes[i] = ~bytes[i];
        }
    }
    return result;
}

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
