// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "document/snapshot.h"

#include <vector>

namespace heirloom
{

/// A document as OpenRaster knows it: layers that are pictures at whole-pixel places, with opacity
/// and a blend mode. Masks and transforms are baked into the pictures. What OpenRaster has no word
/// for (adjustments, results that replace what is below) is shown by one picture of the whole on
/// top. Also the merged picture and the thumbnail. Any thread; reads the snapshot only.
class BakedLayers
{
public:
    BakedLayers(const Snapshot &snapshot, std::shared_ptr<TileStore> store);

    /// One PNG of the archive.
    struct Picture {
        enum class Kind { Layer, Top, Merged, Thumbnail };
        Kind kind = Kind::Layer;
        QString entry;
        QString key; ///< of everything the picture follows from
        int layer = -1;
        QRect place; ///< on the canvas
    };
    std::vector<Picture> pictures() const;
    /// Of one layer.
    Result<QByteArray> layerPng(const Picture &picture, const Progress &progress) const;
    /// The picture as it is seen, and its thumbnail in 8 bits: made in one go, because the picture
    /// has to be composed for both.
    struct Whole {
        QByteArray merged;
        QByteArray thumbnail;
    };
    Result<Whole> whole(const Progress &progress) const;
    QByteArray stackXml() const;

    /// Longest side of the thumbnail, by the specification.
    static constexpr int thumbnailSide = 256;

private:
    bool needsTop() const;
    Snapshot alone(int layer) const;

    const Snapshot &m_snapshot;
    std::shared_ptr<TileStore> m_store;
};

} // namespace heirloom
