// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/layer.h"

#include "document/adjustment.h"

namespace heirloom
{

bool Layer::isShown() const
{
    return visible && opacity > 0 &&
           (kind == LayerKind::Adjustment ? !isNeutral(adjustment) : hasPixels());
}

QRect Layer::bounds() const
{
    constexpr int far = 1 << 24;
    // Reduced pictures show a little of what lies beyond a layer's edges; near a horizon a little
    // is as much as one likes.
    const QRect around = pixels.rect().adjusted(-pixels.size().width(), -pixels.size().height(),
                                                pixels.size().width(), pixels.size().height());
    return kind == LayerKind::Adjustment || transform.meetsHorizon(around)
               ? QRect(-far, -far, 2 * far, 2 * far)
               : transform.mapBounds(pixels.rect());
}

bool Layer::looksLike(const Layer &other) const
{
    const bool sameMask = mask.isActive() == other.mask.isActive() &&
                          (!mask.isActive() || (mask.transform == other.mask.transform &&
                                                mask.pixels.sharesAllTilesWith(other.mask.pixels)));
    return visible == other.visible && opacity == other.opacity && blendMode == other.blendMode &&
           transform == other.transform && sameMask && profile == other.profile &&
           adjustment == other.adjustment && pixels.sharesAllTilesWith(other.pixels);
}

bool Layer::operator==(const Layer &other) const
{
    return id == other.id && kind == other.kind && name == other.name && locked == other.locked &&
           ai == other.ai && mask == other.mask && looksLike(other);
}

} // namespace heirloom
