// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/snapshot.h"
#include "image/imagesource.h"

#include <QImage>
#include <QList>

#include <memory>

namespace heirloom
{

/// Part of a canvas as it is to be seen: view pixel (x, y) has its centre at canvas position
/// topLeft + ((x, y) + 0.5) / scale.
struct View {
    QSize size;       ///< of the result in (device) pixels
    QPointF topLeft;  ///< canvas position of the view's top left corner
    double scale = 1; ///< view pixels to a canvas pixel
};

/// Turns a stack of layers into one picture, tile by tile in float32 in the working space, rounded
/// once; where one opaque Normal layer at opacity 1 is on top its values are copied, so that they
/// stay exact. A layer that has to be resampled (Lanczos-3 to enlarge, area to reduce) is rounded
/// to its own depth first, so that an enlarged Original equals the "lanczos" twin's result.
/// Adjustments change the colours below them, with their opacity, blend mode and mask; alpha stays.
/// Ones that look around a pixel work on the float composite below them, of the same level.
/// Keeps, per mip level, the composites below and above the active layer and finished tiles.
/// Layer profiles other than the canvas's are converted.
///
/// Pull-based: setState() with each new state; only what differs is computed again. One thread
/// (the GUI's for the window's compositor; a job makes its own over its snapshot).
class Compositor
{
public:
    explicit Compositor(std::shared_ptr<TileStore> store);
    ~Compositor();
    Compositor(const Compositor &) = delete;
    Compositor &operator=(const Compositor &) = delete;

    /// Returns the part of the canvas that changed (all of it when the canvas did).
    QRect setState(const Canvas &canvas, const LayerStack &stack, LayerId active = {});
    QRect setState(const Snapshot &snapshot)
    {
        return setState(snapshot.canvas, snapshot.stack, snapshot.activeLayer);
    }
    /// Shows one layer alone, whatever its visibility; invalid: all. A view, not a state.
    void setSolo(LayerId layer);
    /// The screen's profile; sRGB by default. Only renderScreen and renderView convert.
    void setMonitorProfile(const ColorProfile &profile);
    /// Bytes that cached composites and screen tiles may take (default 192 MB).
    void setCacheBytes(qint64 bytes);
    /// Threads for blending (default: 2, at most the number of cores).
    void setThreads(int threads);

    const Canvas &canvas() const;
    /// Level n is the canvas reduced by 2 to the n (MipPyramid).
    int levelCount() const;
    QSize levelSize(int level) const;

    /// The composite in the canvas's format; r in the level's coordinates, clipped to it.
    Image render(const QRect &r, int level = 0);
    /// The same as the screen takes it (RGB32 or ARGB32_Premultiplied, monitor profile); from and
    /// into the cache of screen tiles.
    QImage renderScreen(const QRect &r, int level = 0);
    /// Several tiles of the TiledBuffer grid at once, which the threads share; in the same order.
    QList<QImage> renderScreenTiles(const QList<QPoint> &indices, int level = 0);
    /// What a window shows: enlarged by showing pixels as squares, reduced from the next larger
    /// level. Outside the canvas it is transparent (ARGB32_Premultiplied).
    QImage renderView(const View &view);

    /// How much was computed since the beginning; for tests of the caches.
    struct Counters {
        qint64 blends = 0;      ///< one layer blended into one tile
        qint64 tiles = 0;       ///< composite tiles finished
        qint64 copiedTiles = 0; ///< of these, by the exact path
    };
    Counters counters() const;
    qint64 cachedBytes() const;

private:
    friend class CompositorSource;
    struct Private;
    std::unique_ptr<Private> d;
};

/// A snapshot's composite at full size as a source for export and for operations: any rectangle at
/// any time, nothing cached but the last bands. Has its own compositor; one thread.
class CompositorSource : public ImageSource
{
public:
    /// Bands that are read again while they reach back less than tileRows rows of tiles cost
    /// nothing.
    CompositorSource(Snapshot snapshot, std::shared_ptr<TileStore> store, int tileRows = 2);

    QSize size() const override;
    PixelFormat format() const override;
    QByteArray icc() const override;
    bool isRandomAccess() const override { return true; }
    Result<Image> read(const QRect &r) override;

private:
    Snapshot m_snapshot;
    Compositor m_compositor;
};

} // namespace heirloom
