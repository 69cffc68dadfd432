// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/compositor.h"

#include "core/log.h"
#include "document/compositorprivate.h"
#include "document/viewscaler.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace heirloom
{

namespace
{

/// The ids of a part of a stack, to see whether its order changed.
std::vector<LayerId> ids(const LayerStack &stack, int from, int to)
{
    std::vector<LayerId> list;
    for (int i = from; i < to; ++i)
        list.push_back(stack.at(i).id);
    return list;
}

/// Whether layers that were there before lie in another order now.
bool isReordered(const LayerStack &before, const LayerStack &now)
{
    int last = -1;
    for (const Layer &layer : before) {
        const int index = now.indexOf(layer.id);
        if (index >= 0 && index < last)
            return true;
        last = std::max(last, index);
    }
    return false;
}

/// Where one layer looks different from before.
QRect difference(const Layer &before, const Layer &after)
{
    if (before.looksLike(after))
        return {};
    Layer samePixels = before;
    samePixels.pixels = after.pixels;
    samePixels.mask.pixels = after.mask.pixels;
    if (samePixels.looksLike(after) && before.mask.isActive() == after.mask.isActive()) {
        // Brushes come this way: only what tiles say.
        QRect region;
        if (after.isShown() && after.hasPixels())
            region |= Rendition::changedRegion(before.pixels, after.pixels, after.transform);
        if (after.isShown() && after.mask.isActive())
            region |= Rendition::changedRegion(before.mask.pixels, after.mask.pixels,
                                               after.mask.transform);
        return region;
    }
    QRect region;
    if (before.isShown())
        region |= before.bounds();
    if (after.isShown())
        region |= after.bounds();
    return region.isEmpty() ? region : region.adjusted(-4, -4, 4, 4);
}

/// Where a shown layer can be seen at all: a new layer to paint on is transparent everywhere, and
/// putting it there changes nothing.
QRect visibleBounds(const Layer &layer)
{
    if (!layer.hasPixels() || !layer.pixels.format().hasAlpha() || layer.replacesBelow())
        return layer.bounds();
    const TiledBuffer nothing(layer.pixels.size(), layer.pixels.format(), layer.pixels.store());
    return Rendition::changedRegion(nothing, layer.pixels, layer.transform) & layer.bounds();
}

} // namespace

Compositor::Compositor(std::shared_ptr<TileStore> store)
    : d(std::make_unique<Private>())
{
    d->store = std::move(store);
}

Compositor::~Compositor() = default;

// ---- State

QRect Compositor::setState(const Canvas &canvas, const LayerStack &stack, LayerId active)
{
    const bool newCanvas = canvas.size != d->canvas.size || canvas.format != d->canvas.format ||
                           !(canvas.profile == d->canvas.profile);
    const LayerStack before = std::move(d->stack);
    const LayerId activeBefore = d->active;
    d->canvas = canvas;
    d->stack = stack;
    d->active = active;

    d->updateStates();
    QRect changed, changedBase, changedBelow, changedAbove;
    const int neighbourhood = d->neighbourhoodIndex();
    const LayerId base = neighbourhood < 0 ? LayerId() : stack.at(neighbourhood).id;
    const int index = stack.indexOf(active);
    const int indexBefore = before.indexOf(activeBefore);
    const int split = index < 0 ? stack.count() : index;
    const int splitBefore = indexBefore < 0 ? before.count() : indexBefore;
    if (!newCanvas) {
        for (int i = 0; i < stack.count(); ++i) {
            const Layer &layer = stack.at(i);
            const Layer *old = before.find(layer.id);
            QRect region = old               ? difference(*old, layer)
                           : layer.isShown() ? visibleBounds(layer)
                                             : QRect();
            if (const int reach = d->reachAbove(i); reach > 0 && !region.isEmpty())
                region.adjust(-reach, -reach, reach, reach);
            changed |= region;
            (i < split ? changedBelow : changedAbove) |= i == index ? QRect() : region;
            if (i <= neighbourhood)
                changedBase |= region;
        }
        const int reach = d->reachAbove(-1);
        for (const Layer &layer : before) {
            if (!stack.find(layer.id) && layer.isShown())
                changed |= visibleBounds(layer).adjusted(-reach, -reach, reach, reach);
        }
        const QRect all = canvas.rect();
        if (ids(before, 0, before.indexOf(d->baseLayer) + 1) != ids(stack, 0, neighbourhood + 1))
            changedBase = all;
        if (isReordered(before, stack))
            changed = all;
        const bool sameActive = active == activeBefore;
        if (!sameActive || ids(before, 0, splitBefore) != ids(stack, 0, split))
            changedBelow = all;
        if (!sameActive || ids(before, std::min(splitBefore + 1, before.count()), before.count()) !=
                               ids(stack, std::min(split + 1, stack.count()), stack.count()))
            changedAbove = all;
        // Where the parts meet depends on it.
        if (base != d->baseLayer)
            changedBelow = changedAbove = all;
    }

    d->baseLayer = base;
    d->updateBeneath();
    if (newCanvas) {
        d->tiles.clear();
        d->updateMonitorTransform();
        return canvas.rect();
    }
    d->invalidate(changed, Private::Part::Finished);
    d->invalidate(changedBase, Private::Part::Base);
    d->invalidate(changedBelow | changedBase, Private::Part::Below);
    d->invalidate(changedAbove, Private::Part::Above);
    return changed & canvas.rect();
}

void Compositor::Private::invalidate(const QRect &region, Part part)
{
    if (region.isEmpty())
        return;
    for (auto it = tiles.begin(); it != tiles.end();) {
        const int level = int(it->first >> 48);
        const int y = int(it->first >> 24 & 0xFFFFFF);
        const int x = int(it->first & 0xFFFFFF);
        const int side = TileSize << level;
        const int margin = 8 << level;
        const QRect onCanvas =
            QRect(x * side, y * side, side, side).adjusted(-margin, -margin, margin, margin);
        if (!onCanvas.intersects(region)) {
            ++it;
            continue;
        }
        switch (part) {
        case Part::Base:
            it->second.base = {};
            break;
        case Part::Below:
            it->second.below = {};
            break;
        case Part::Above:
            it->second.above = {};
            break;
        case Part::Finished:
            it->second.finished = {};
            it->second.screen = {};
            break;
        }
        it = it->second.byteCount() == 0 ? tiles.erase(it) : std::next(it);
    }
}

void Compositor::setSolo(LayerId layer)
{
    if (d->solo == layer)
        return;
    d->solo = layer;
    d->tiles.clear();
    d->updateBeneath();
}

void Compositor::setMonitorProfile(const ColorProfile &profile)
{
    if (d->monitor == profile)
        return;
    d->monitor = profile;
    d->updateMonitorTransform();
    for (auto &[key, tile] : d->tiles)
        tile.screen = {};
}

void Compositor::Private::updateMonitorTransform()
{
    const bool gray = canvas.format.isGray();
    convertsForMonitor = !(gray ? canvas.profile == ColorProfile::graySrgb() && monitor.isSrgb()
                                : canvas.profile == monitor);
    if (!convertsForMonitor)
        return;
    const PixelFormat out{canvas.format.hasAlpha() ? Channels::Rgba : Channels::Rgb, Depth::U8};
    if (auto made = transforms.get(canvas.profile, canvas.format, monitor, out)) {
        toMonitor = *made;
    } else {
        qCWarning(logEngine) << "shown without the screen's profile:" << made.error().arguments;
        convertsForMonitor = false;
    }
}

void Compositor::setCacheBytes(qint64 bytes)
{
    d->cacheBytes = bytes;
    if (d->beneath)
        d->beneath->setCacheBytes(bytes / 2);
    d->trim();
}

void Compositor::setThreads(int threads)
{
    d->threads = std::max(1, threads);
}

const Canvas &Compositor::canvas() const
{
    return d->canvas;
}

int Compositor::levelCount() const
{
    int level = 0;
    for (QSize size = d->canvas.size; size.width() > 1 || size.height() > 1;
         size = MipPyramid::reducedSize(size, 1))
        ++level;
    return level + 1;
}

QSize Compositor::levelSize(int level) const
{
    return MipPyramid::reducedSize(d->canvas.size, level);
}

Compositor::Counters Compositor::counters() const
{
    return {d->blends, d->finishedTiles, d->copiedTiles};
}

qint64 Compositor::cachedBytes() const
{
    qint64 bytes = 0;
    for (const auto &[key, tile] : d->tiles)
        bytes += tile.byteCount();
    return bytes + (d->beneath ? d->beneath->cachedBytes() : 0);
}

// ---- Rendering

Image Compositor::render(const QRect &r, int level)
{
    const QRect part = r & QRect(QPoint(0, 0), levelSize(level));
    Image out(part.size(), d->canvas.format);
    if (out.isNull())
        return out;
    d->renderTiles(part, level, false);
    const QRect range = TiledBuffer::tilesOf(part);
    for (int y = range.top(); y <= range.bottom(); ++y) {
        for (int x = range.left(); x <= range.right(); ++x) {
            const QPoint corner(x * TileSize, y * TileSize);
            out.paste(d->tiles[tileKey(level, {x, y})].finished, corner - part.topLeft());
        }
    }
    d->trim();
    return out;
}

QImage Compositor::renderScreen(const QRect &r, int level)
{
    const QRect part = r & QRect(QPoint(0, 0), levelSize(level));
    if (part.isEmpty())
        return {};
    QImage out(part.size(), d->canvas.format.hasAlpha() ? QImage::Format_ARGB32_Premultiplied
                                                        : QImage::Format_RGB32);
    d->renderTiles(part, level, true);
    const QRect range = TiledBuffer::tilesOf(part);
    for (int y = range.top(); y <= range.bottom(); ++y) {
        for (int x = range.left(); x <= range.right(); ++x) {
            const QImage &tile = d->tiles[tileKey(level, {x, y})].screen;
            const QPoint corner(x * TileSize, y * TileSize);
            const QRect piece = QRect(corner, tile.size()) & part;
            for (int row = piece.top(); row <= piece.bottom(); ++row) {
                std::memcpy(out.scanLine(row - part.top()) + (piece.left() - part.left()) * 4,
                            tile.constScanLine(row - corner.y()) + (piece.left() - corner.x()) * 4,
                            size_t(piece.width()) * 4);
            }
        }
    }
    d->trim();
    return out;
}

QList<QImage> Compositor::renderScreenTiles(const QList<QPoint> &indices, int level)
{
    d->renderTiles(indices, level, true);
    QList<QImage> images;
    for (const QPoint &index : indices)
        images << d->tiles[tileKey(level, index)].screen;
    d->trim();
    return images;
}

QImage Compositor::renderView(const View &view)
{
    QImage out(view.size, QImage::Format_ARGB32_Premultiplied);
    if (out.isNull())
        return out;
    if (d->canvas.size.isEmpty() || !(view.scale > 0)) {
        out.fill(Qt::transparent);
        return out;
    }
    int level = 0;
    if (view.scale < 1) {
        level = std::clamp(int(std::floor(std::log2(1 / view.scale) + 1e-9)), 0, levelCount() - 1);
    }
    const double scale = view.scale * (1 << level); // view pixels to a pixel of the level
    const QPointF topLeft = view.topLeft / (1 << level);
    const QRect need =
        ViewScaler::sourceRect(view.size, topLeft, scale) & QRect(QPoint(0, 0), levelSize(level));
    if (need.isEmpty()) {
        out.fill(Qt::transparent);
        return out;
    }
    const QSizeF extent(double(d->canvas.size.width()) / (1 << level),
                        double(d->canvas.size.height()) / (1 << level));
    ViewScaler::scale(renderScreen(need, level), need.topLeft(), extent, topLeft, scale, out);
    return out;
}

// ---- CompositorSource

CompositorSource::CompositorSource(Snapshot snapshot, std::shared_ptr<TileStore> store,
                                   int tileRows)
    : m_snapshot(std::move(snapshot))
    , m_compositor(std::move(store))
{
    m_compositor.d->transient = true;
    m_compositor.setState(m_snapshot.canvas, m_snapshot.stack);
    // Some rows of tiles, so that bands lower than a tile are not computed again.
    const qint64 columns = (m_snapshot.canvas.size.width() + TileSize - 1) / TileSize;
    m_compositor.setCacheBytes(tileRows * columns * TileSize * TileSize *
                               m_snapshot.canvas.format.bytesPerPixel());
}

QSize CompositorSource::size() const
{
    return m_snapshot.canvas.size;
}

PixelFormat CompositorSource::format() const
{
    return m_snapshot.canvas.format;
}

QByteArray CompositorSource::icc() const
{
    return m_snapshot.canvas.profile.icc();
}

Result<Image> CompositorSource::read(const QRect &r)
{
    return m_compositor.render(r);
}

} // namespace heirloom
