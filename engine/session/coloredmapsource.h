// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/compositor.h"

#include <array>

namespace heirloom
{

/// A colour for each value of a map: 0xAARRGGBB, premultiplied.
using MapColors = std::array<quint32, 256>;

/// A snapshot's composite in 8 bits and colour with the colours of a map (CanvasMap) over it, to be
/// written as a picture. The colours are taken to be the canvas's own. One thread.
class ColoredMapSource : public ImageSource
{
public:
    /// values: the size of the canvas.
    ColoredMapSource(const Snapshot &state, const TiledBuffer &values, const MapColors &colors,
                     const std::shared_ptr<TileStore> &store);

    QSize size() const override { return m_composite.size(); }
    PixelFormat format() const override { return m_composite.format(); }
    QByteArray icc() const override { return m_composite.icc(); }
    bool isRandomAccess() const override { return true; }
    Result<Image> read(const QRect &r) override;

private:
    CompositorSource m_composite;
    TiledBuffer m_values;
    MapColors m_colors;
};

} // namespace heirloom
