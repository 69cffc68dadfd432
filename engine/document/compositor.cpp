// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/compositor.h"

#include "core/log.h"
#include "document/rendition.h"
#include "document/tileblender.h"
#include "document/viewscaler.h"
#include "image/qtbridge.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <map>
#include <thread>
#include <unordered_map>

namespace heirloom
{

namespace
{

constexpr qint64 defaultCacheBytes = 192LL << 20;

struct LayerState {
    Rendition pixels;
    Rendition mask;
};

/// What is kept of one tile of one level.
struct CachedTile {
    FloatTile below; ///< the composite below the active layer
    FloatTile above; ///< the composite above it, where all above is Normal
    Image finished;
    QImage screen;
    quint64 lastUse = 0;

    qint64 byteCount() const
    {
        return below.byteCount() + above.byteCount() + finished.byteCount() + screen.sizeInBytes();
    }
};

quint64 tileKey(int level, QPoint tile)
{
    return quint64(level) << 48 | quint64(tile.y()) << 24 | quint64(tile.x());
}

/// The ids of a part of a stack, to see whether its order changed.
std::vector<LayerId> ids(const LayerStack &stack, int from, int to)
{
    std::vector<LayerId> list;
    for (int i = from; i < to; ++i)
        list.push_back(stack.at(i).id);
    return list;
}

/// Where one layer looks different from before.
QRect difference(const Layer &before, const Layer &after)
{
    if (before.looksLike(after))
        return {};
    Layer samePixels = before;
    samePixels.pixels = after.pixels;
    if (samePixels.looksLike(after)) {
        return after.isShown()
                   ? Rendition::changedRegion(before.pixels, after.pixels, after.transform)
                   : QRect();
    }
    QRect region;
    if (before.isShown())
        region |= before.bounds();
    if (after.isShown())
        region |= after.bounds();
    return region.isEmpty() ? region : region.adjusted(-4, -4, 4, 4);
}

} // namespace

struct Compositor::Private {
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
    quint64 clock = 0;
    std::atomic<qint64> blends = 0, finishedTiles = 0, copiedTiles = 0;

    /// One tile that a render call needs, with what its layers add, from bottom to top.
    struct Task {
        CachedTile *cache = nullptr;
        QPoint tile;
        QRect rect;
        std::vector<BlendSource> below, self, above;
    };

    bool isShown(const Layer &layer) const
    {
        return solo.isValid() ? layer.id == solo && layer.hasPixels() : layer.isShown();
    }
    void invalidate(const QRect &region, bool below, bool above);
    std::vector<BlendSource> sources(int level, const QRect &rect, int from, int to);
    int baseIndex();
    void renderTiles(const QRect &r, int level, bool screen);
    void finish(Task &task);
    QImage toScreen(const Image &image) const;
    void trim();
    void updateMonitorTransform();
};

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

    QRect changed, changedBelow, changedAbove;
    const int index = stack.indexOf(active);
    const int indexBefore = before.indexOf(activeBefore);
    const int split = index < 0 ? stack.count() : index;
    const int splitBefore = indexBefore < 0 ? before.count() : indexBefore;
    if (!newCanvas) {
        for (int i = 0; i < stack.count(); ++i) {
            const Layer &layer = stack.at(i);
            const Layer *old = before.find(layer.id);
            const QRect region = old               ? difference(*old, layer)
                                 : layer.isShown() ? layer.bounds()
                                                   : QRect();
            changed |= region;
            (i < split ? changedBelow : changedAbove) |= i == index ? QRect() : region;
        }
        for (const Layer &layer : before) {
            if (!stack.find(layer.id) && layer.isShown())
                changed |= layer.bounds();
        }
        const QRect all = canvas.rect();
        if (ids(before, 0, before.count()) != ids(stack, 0, stack.count()))
            changed = before.count() == stack.count() ? all : changed;
        const bool sameActive = active == activeBefore;
        if (!sameActive || ids(before, 0, splitBefore) != ids(stack, 0, split))
            changedBelow = all;
        if (!sameActive || ids(before, std::min(splitBefore + 1, before.count()), before.count()) !=
                               ids(stack, std::min(split + 1, stack.count()), stack.count()))
            changedAbove = all;
    }

    std::erase_if(d->states, [&](const auto &entry) { return !stack.find(entry.first); });
    for (const Layer &layer : stack) {
        if (!layer.hasPixels())
            continue;
        LayerState &state = d->states[layer.id];
        state.pixels.setLayer(layer.pixels, layer.transform, canvas.size, layer.profile,
                              canvas.profile, d->transforms);
        if (layer.mask.isActive())
            state.mask.setMask(layer.mask.pixels, layer.mask.transform, canvas.size);
    }
    if (newCanvas) {
        d->tiles.clear();
        d->updateMonitorTransform();
        return canvas.rect();
    }
    d->invalidate(changed, false, false);
    d->invalidate(changedBelow, true, false);
    d->invalidate(changedAbove, false, true);
    return changed & canvas.rect();
}

void Compositor::Private::invalidate(const QRect &region, bool below, bool above)
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
        if (below)
            it->second.below = {};
        else if (above)
            it->second.above = {};
        else {
            it->second.finished = {};
            it->second.screen = {};
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
    return bytes;
}

// ---- Tiles

/// The topmost layer that hides all below it everywhere: nothing under it needs to be looked at.
int Compositor::Private::baseIndex()
{
    for (int i = stack.count() - 1; i > 0; --i) {
        const Layer &layer = stack.at(i);
        if (isShown(layer) && layer.opacity >= 1 && layer.blendMode == BlendMode::Normal &&
            !layer.mask.isActive() && !states[layer.id].pixels.format().hasAlpha())
            return i;
    }
    return 0;
}

std::vector<BlendSource> Compositor::Private::sources(int level, const QRect &rect, int from,
                                                      int to)
{
    const QPoint tile(rect.left() / TileSize, rect.top() / TileSize);
    std::vector<BlendSource> list;
    for (int i = from; i < to; ++i) {
        const Layer &layer = stack.at(i);
        if (!isShown(layer))
            continue;
        LayerState &state = states[layer.id];
        BlendSource source;
        if (layer.mask.isActive() && !solo.isValid()) {
            source.mask = &state.mask.level(level, rect);
            if (const Tile::Pixel *constant = source.mask->constantPixel(tile)) {
                if ((*constant)[0] == std::byte{0})
                    continue;
                if ((*constant)[0] == std::byte{255})
                    source.mask = nullptr;
            }
        }
        source.pixels = &state.pixels.level(level, rect);
        source.mode = solo.isValid() ? BlendMode::Normal : layer.blendMode;
        source.opacity = solo.isValid() ? 1 : float(layer.opacity);
        const PixelFormat format = source.pixels->format();
        if (format.hasAlpha()) {
            const Tile::Pixel *constant = source.pixels->constantPixel(tile);
            const int alpha = format.bytesPerPixel() - format.bytesPerSample();
            if (constant &&
                std::all_of(constant->begin() + alpha, constant->begin() + format.bytesPerPixel(),
                            [](std::byte b) { return b == std::byte{0}; }))
                continue; // transparent here
        }
        if (source.isOpaqueCopy())
            list.clear();
        list.push_back(source);
    }
    return list;
}

void Compositor::Private::finish(Task &task)
{
    CachedTile &cache = *task.cache;
    const int colors = canvas.format.colorCount();
    auto addAll = [&](TileBlender &blender, const std::vector<BlendSource> &list) {
        for (const BlendSource &source : list)
            blender.add(source, task.tile);
        blends += qint64(list.size());
    };
    // An opaque copy hides what is under it here, in whichever part it is.
    const auto hides = [](const std::vector<BlendSource> &list) {
        return !list.empty() && list.front().isOpaqueCopy();
    };
    if (hides(task.above)) {
        task.below.clear();
        task.self.clear();
    } else if (hides(task.self)) {
        task.below.clear();
    }
    ++finishedTiles;

    const size_t count = task.below.size() + task.self.size() + task.above.size();
    if (count == 1) {
        const BlendSource &only = !task.below.empty()  ? task.below.front()
                                  : !task.self.empty() ? task.self.front()
                                                       : task.above.front();
        const bool whole = only.mode == BlendMode::Normal && only.opacity >= 1 && !only.mask;
        if (whole && (canvas.format.hasAlpha() || !only.pixels->format().hasAlpha())) {
            cache.finished = only.pixels->read(task.rect).converted(canvas.format);
            ++copiedTiles;
            return;
        }
    }

    TileBlender tile(task.rect.size(), colors);
    if (task.below.size() > 1) {
        if (cache.below.isNull()) {
            TileBlender below(task.rect.size(), colors);
            addAll(below, task.below);
            cache.below = below.toTile();
        }
        tile.add(cache.below);
    } else {
        addAll(tile, task.below);
    }
    addAll(tile, task.self);
    const bool joinable = task.above.size() > 1 && !hides(task.above) &&
                          std::all_of(task.above.begin(), task.above.end(),
                                      [](const auto &s) { return s.mode == BlendMode::Normal; });
    if (joinable) {
        if (cache.above.isNull()) {
            TileBlender above(task.rect.size(), colors);
            addAll(above, task.above);
            cache.above = above.toTile();
        }
        tile.add(cache.above);
        ++blends;
    } else {
        addAll(tile, task.above);
    }
    cache.finished = tile.rounded(canvas.format);
}

QImage Compositor::Private::toScreen(const Image &image) const
{
    return toScreenImage(convertsForMonitor ? toMonitor.apply(image) : image);
}

/// Makes sure that every tile that r touches has its finished image or its screen image.
void Compositor::Private::renderTiles(const QRect &r, int level, bool screen)
{
    ++clock;
    const QRect levelRect(QPoint(0, 0), MipPyramid::reducedSize(canvas.size, level));
    const QRect range = TiledBuffer::tilesOf(r);
    const int base = baseIndex();
    int activeIndex = solo.isValid() ? -1 : stack.indexOf(active);
    if (activeIndex >= 0 && !isShown(stack.at(activeIndex)))
        activeIndex = -1;
    const int split = activeIndex < 0 ? stack.count() : std::max(activeIndex, base);

    std::vector<Task> tasks;
    for (int y = range.top(); y <= range.bottom(); ++y) {
        for (int x = range.left(); x <= range.right(); ++x) {
            CachedTile &cache = tiles[tileKey(level, {x, y})];
            cache.lastUse = clock;
            if (screen ? !cache.screen.isNull() : !cache.finished.isNull())
                continue;
            Task task;
            task.cache = &cache;
            task.tile = {x, y};
            task.rect = QRect(x * TileSize, y * TileSize, TileSize, TileSize) & levelRect;
            tasks.push_back(std::move(task));
        }
    }
    // Renditions are computed here, on this thread; below, buffers are only read.
    for (Task &task : tasks) {
        if (!task.cache->finished.isNull())
            continue;
        task.below = sources(level, task.rect, base, split);
        task.self = sources(level, task.rect, split, std::min(split + 1, stack.count()));
        task.above = sources(level, task.rect, split + 1, stack.count());
    }
    std::atomic<size_t> next = 0;
    auto work = [&] {
        for (size_t i = next++; i < tasks.size(); i = next++) {
            Task &task = tasks[i];
            const bool kept = !task.cache->finished.isNull();
            if (!kept)
                finish(task);
            if (screen) {
                task.cache->screen = toScreen(task.cache->finished);
                if (!kept)
                    task.cache->finished = {};
            }
        }
    };
    std::vector<std::thread> helpers;
    for (int i = 1; i < std::min(threads, int(tasks.size())); ++i)
        helpers.emplace_back(work);
    work();
    for (std::thread &helper : helpers)
        helper.join();
    if (transient) {
        for (auto &[id, state] : states) {
            state.pixels.drop();
            state.mask.drop();
        }
    }
}

void Compositor::Private::trim()
{
    qint64 bytes = 0;
    std::vector<std::pair<quint64, quint64>> order; // last use, key
    for (const auto &[key, tile] : tiles) {
        bytes += tile.byteCount();
        order.emplace_back(tile.lastUse, key);
    }
    if (bytes <= cacheBytes)
        return;
    std::sort(order.begin(), order.end());
    for (const auto &[lastUse, key] : order) {
        if (bytes <= cacheBytes)
            return;
        const auto it = tiles.find(key);
        bytes -= it->second.byteCount();
        tiles.erase(it);
    }
}

// ---- Pictures

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

CompositorSource::CompositorSource(Snapshot snapshot, std::shared_ptr<TileStore> store)
    : m_snapshot(std::move(snapshot))
    , m_compositor(std::move(store))
{
    m_compositor.setState(m_snapshot.canvas, m_snapshot.stack);
    m_compositor.d->transient = true;
    // Two rows of tiles, so that bands lower than a tile are not computed again.
    const qint64 columns = (m_snapshot.canvas.size.width() + TileSize - 1) / TileSize;
    m_compositor.setCacheBytes(2 * columns * TileSize * TileSize *
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
