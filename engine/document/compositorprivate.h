// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/adjustmentfilter.h"
#include "document/compositor.h"
#include "document/rendition.h"
#include "document/tileblender.h"
#include "image/planes.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_map>

namespace heirloom
{

/// The compositor's state and its work on tiles (compositortiles.cpp). Included by its two sources
/// alone.
struct Compositor::Private {
    static constexpr qint64 defaultCacheBytes = 192LL << 20;

    struct LayerState {
        Rendition pixels;
        Rendition mask;
        AdjustmentContent made;                         ///< what filter was made from
        std::shared_ptr<const AdjustmentFilter> filter; ///< of an adjustment that changes something
    };

    /// What is kept of one tile of one level.
    struct CachedTile {
        FloatTile base;  ///< the composite up to the adjustment that needs a neighbourhood
        FloatTile below; ///< the composite below the active layer
        FloatTile above; ///< the composite above it, where all above is Normal
        Image finished;
        QImage screen;
        quint64 lastUse = 0;

        qint64 byteCount() const
        {
            return base.byteCount() + below.byteCount() + above.byteCount() + finished.byteCount() +
                   screen.sizeInBytes();
        }
    };

    enum class Part { Finished, Base, Below, Above };

    std::shared_ptr<TileStore> store;
    Canvas canvas;
    LayerStack stack;
    LayerId active;
    LayerId solo;
    ColorProfile monitor;
    ColorTransform toMonitor;
    bool convertsForMonitor = false;
    bool transient = false; ///< renditions are dropped after each render (export)
    qint64 cacheBytes = defaultCacheBytes;
    int threads = std::clamp(int(std::thread::hardware_concurrency()), 1, 2);
    ColorTransformCache transforms;
    std::map<LayerId, LayerState> states;
    std::unordered_map<quint64, CachedTile> tiles;
    /// What lies below the topmost adjustment that looks around a pixel, in floats; null: none.
    std::unique_ptr<Compositor> beneath;
    std::mutex beneathMutex;
    LayerId baseLayer; ///< that adjustment
    quint64 clock = 0;
    std::atomic<qint64> blends = 0, finishedTiles = 0, copiedTiles = 0;

    /// One tile that a render call needs, with what its layers add, from bottom to top.
    struct Task {
        CachedTile *cache = nullptr;
        QPoint tile;
        QRect rect;
        std::vector<BlendSource> below, self, above;
        bool onBase = false; ///< stands on cache->base
        const TiledBuffer *baseMask = nullptr;
    };

    bool isShown(const Layer &layer) const
    {
        if (layer.kind != LayerKind::Adjustment)
            return solo.isValid() ? layer.id == solo && layer.hasPixels() : layer.isShown();
        return !solo.isValid() && layer.visible && layer.opacity > 0 && filterOf(layer);
    }
    const AdjustmentFilter *filterOf(const Layer &layer) const
    {
        const auto found = states.find(layer.id);
        return found == states.end() ? nullptr : found->second.filter.get();
    }
    /// The topmost shown adjustment that looks around a pixel; -1: none.
    int neighbourhoodIndex() const;
    /// How much further than it happened a change of the layer at index is seen.
    int reachAbove(int index) const;
    void updateStates();
    void updateBeneath();
    void invalidate(const QRect &region, Part part);
    std::vector<BlendSource> sources(int level, const QRect &rect, int from, int to);
    int baseIndex();
    void renderTiles(const QList<QPoint> &indices, int level, bool screen);
    void renderTiles(const QRect &r, int level, bool screen);
    void finish(Task &task, int level);
    FloatTile adjustedBase(const Task &task, int level);
    Planes readBeneath(const QRect &r, int level);
    QImage toScreen(const Image &image) const;
    void trim();
    void updateMonitorTransform();
};

inline quint64 tileKey(int level, QPoint tile)
{
    return quint64(level) << 48 | quint64(tile.y()) << 24 | quint64(tile.x());
}

} // namespace heirloom
