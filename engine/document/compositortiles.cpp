// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
// How the compositor computes tiles.
#include "document/compositorprivate.h"
#include "document/gaussian.h"
#include "image/qtbridge.h"

namespace heirloom
{

/// The topmost layer that hides all below it everywhere: nothing under it needs to be looked at.
int Compositor::Private::baseIndex()
{
    for (int i = stack.count() - 1; i > 0; --i) {
        const Layer &layer = stack.at(i);
        if (layer.hasPixels() && isShown(layer) && layer.opacity >= 1 &&
            layer.blendMode == BlendMode::Normal && !layer.mask.isActive() &&
            !states[layer.id].pixels.format().hasAlpha())
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
        source.mode = solo.isValid() ? BlendMode::Normal : layer.blendMode;
        source.opacity = solo.isValid() ? 1 : float(layer.opacity);
        if (layer.mask.isActive() && !solo.isValid()) {
            source.mask = &state.mask.level(level, rect);
            if (const Tile::Pixel *constant = source.mask->constantPixel(tile)) {
                if ((*constant)[0] == std::byte{0})
                    continue;
                if ((*constant)[0] == std::byte{255})
                    source.mask = nullptr;
            }
        }
        if (layer.kind == LayerKind::Adjustment) {
            source.filter = state.filter.get();
            list.push_back(source);
            continue;
        }
        source.pixels = &state.pixels.level(level, rect);
        source.replaces = layer.replacesBelow() && !solo.isValid();
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

void Compositor::Private::finish(Task &task, int level)
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
    const bool onBase =
        task.onBase && !hides(task.above) && !hides(task.self) && !hides(task.below);
    if (onBase && cache.base.isNull()) {
        cache.base = adjustedBase(task, level);
        ++blends;
    }
    ++finishedTiles;

    const size_t count = task.below.size() + task.self.size() + task.above.size();
    if (count == 1 && !onBase) {
        const BlendSource &only = !task.below.empty()  ? task.below.front()
                                  : !task.self.empty() ? task.self.front()
                                                       : task.above.front();
        const bool whole =
            !only.filter && only.mode == BlendMode::Normal && only.opacity >= 1 && !only.mask;
        if (whole && (canvas.format.hasAlpha() || !only.pixels->format().hasAlpha())) {
            cache.finished = only.pixels->read(task.rect).converted(canvas.format);
            ++copiedTiles;
            return;
        }
    }

    TileBlender tile(task.rect, colors, level);
    if (task.below.size() + (onBase ? 1 : 0) > 1) {
        if (cache.below.isNull()) {
            TileBlender below(task.rect, colors, level);
            if (onBase)
                below.add(cache.base);
            addAll(below, task.below);
            cache.below = below.toTile();
        }
        tile.add(cache.below);
    } else {
        if (onBase)
            tile.add(cache.base);
        addAll(tile, task.below);
    }
    addAll(tile, task.self);
    const bool joinable = task.above.size() > 1 && !hides(task.above) &&
                          std::all_of(task.above.begin(), task.above.end(), [](const auto &s) {
                              return !s.filter && !s.replaces &&
                                     s.mode == BlendMode::Normal;
                          });
    if (joinable) {
        if (cache.above.isNull()) {
            TileBlender above(task.rect, colors, level);
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

/// A rectangle of what is beneath, in planes with alpha last; beyond the edges they are repeated.
Planes Compositor::Private::readBeneath(const QRect &r, int level)
{
    const QRect all(QPoint(0, 0), MipPyramid::reducedSize(canvas.size, level));
    QRect inside = r & all;
    if (inside.isEmpty()) // wholly beyond: the nearest pixel
        inside =
            QRect(std::clamp(r.left(), 0, all.right()), std::clamp(r.top(), 0, all.bottom()), 1, 1);
    Image image;
    {
        const std::lock_guard lock(beneathMutex);
        image = beneath->render(inside, level);
    }
    const int channels = image.format().channelCount();
    Planes planes(channels, r.width(), r.height());
    for (int y = 0; y < r.height(); ++y) {
        const int row = std::clamp(r.top() + y, inside.top(), inside.bottom()) - inside.top();
        const float *in = image.constSamples<float>(row);
        for (int c = 0; c < channels; ++c) {
            float *out = planes.row(c, y);
            for (int x = 0; x < r.width(); ++x) {
                const int column =
                    std::clamp(r.left() + x, inside.left(), inside.right()) - inside.left();
                out[x] = in[qsizetype(column) * channels + c];
            }
        }
    }
    return planes;
}

FloatTile Compositor::Private::adjustedBase(const Task &task, int level)
{
    const Layer &layer = *stack.find(baseLayer);
    const AdjustmentFilter &filter = *filterOf(layer);
    const int colors = canvas.format.colorCount();
    const bool alpha = canvas.format.hasAlpha();
    int levels = 1;
    while (MipPyramid::reducedSize(canvas.size, levels - 1) != QSize(1, 1))
        ++levels;
    const Planes soft = blurred([this](const QRect &r, int at) { return readBeneath(r, at); },
                                task.rect, level, levels, filter.sigma() / (1 << level));
    const Planes planes = readBeneath(task.rect, level);

    FloatTile tile;
    tile.size = task.rect.size();
    tile.colors = colors;
    tile.opaque = !alpha;
    tile.planes = planes.values;
    const int width = task.rect.width();
    std::optional<TileView> mask;
    if (task.baseMask)
        mask = task.baseMask->tile(task.tile);
    std::vector<float> adjusted(size_t(width) * colors);
    std::vector<float> cover(mask ? size_t(width) : 0);
    for (int y = 0; y < task.rect.height(); ++y) {
        PixelRow to = tile.row(y);
        to.alpha = nullptr; // it stays
        PixelRow row, around;
        for (int c = 0; c < colors; ++c) {
            row.color[c] = adjusted.data() + qsizetype(c) * width;
            std::copy_n(to.color[c], width, row.color[c]);
            around.color[c] = const_cast<float *>(soft.row(c, y));
        }
        filter.apply(row, &around, colors, width, {task.rect.topLeft() + QPoint(0, y), level});
        if (mask) {
            const auto *values = reinterpret_cast<const quint8 *>(mask->row(y));
            for (int x = 0; x < width; ++x)
                cover[size_t(x)] = float(values[x]) * (1.0F / 255);
        }
        blendRow(layer.blendMode, colors, to, row, mask ? cover.data() : nullptr,
                 float(layer.opacity), width);
    }
    return tile;
}

QImage Compositor::Private::toScreen(const Image &image) const
{
    return toScreenImage(convertsForMonitor ? toMonitor.apply(image) : image);
}

void Compositor::Private::renderTiles(const QRect &r, int level, bool screen)
{
    const QRect range = TiledBuffer::tilesOf(r);
    QList<QPoint> indices;
    for (int y = range.top(); y <= range.bottom(); ++y) {
        for (int x = range.left(); x <= range.right(); ++x)
            indices.append({x, y});
    }
    renderTiles(indices, level, screen);
}

/// Makes sure that these tiles have their finished image or their screen image.
void Compositor::Private::renderTiles(const QList<QPoint> &indices, int level, bool screen)
{
    ++clock;
    const QRect levelRect(QPoint(0, 0), MipPyramid::reducedSize(canvas.size, level));
    const int lowest = baseIndex();
    const int neighbourhood = solo.isValid() ? -1 : neighbourhoodIndex();
    const bool onBase = neighbourhood >= lowest && neighbourhood >= 0;
    const int base = onBase ? neighbourhood + 1 : lowest;
    // A hidden active layer divides the stack too: what is kept below and above it stays as it is.
    const int activeIndex = solo.isValid() ? -1 : stack.indexOf(active);
    const int split =
        activeIndex < 0 ? stack.count() : std::min(std::max(activeIndex, base), stack.count());

    std::vector<Task> tasks;
    for (const QPoint &index : indices) {
        CachedTile &cache = tiles[tileKey(level, index)];
        cache.lastUse = clock;
        if (screen ? !cache.screen.isNull() : !cache.finished.isNull())
            continue;
        Task task;
        task.cache = &cache;
        task.tile = index;
        task.rect = QRect(index * TileSize, QSize(TileSize, TileSize)) & levelRect;
        tasks.push_back(std::move(task));
    }
    // Renditions are computed here, on this thread; below, buffers are only read.
    for (Task &task : tasks) {
        if (!task.cache->finished.isNull())
            continue;
        task.onBase = onBase;
        if (onBase && stack.at(neighbourhood).mask.isActive())
            task.baseMask = &states[stack.at(neighbourhood).id].mask.level(level, task.rect);
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
                finish(task, level);
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

void Compositor::Private::updateStates()
{
    std::erase_if(states, [&](const auto &entry) { return !stack.find(entry.first); });
    for (const Layer &layer : stack) {
        const bool adjusts = layer.kind == LayerKind::Adjustment;
        if (!layer.hasPixels() && !adjusts)
            continue;
        LayerState &state = states[layer.id];
        if (!adjusts) {
            state.pixels.setLayer(layer.pixels, layer.transform, canvas.size, layer.profile,
                                  canvas.profile, transforms);
        } else if (!(state.made == layer.adjustment)) {
            state.made = layer.adjustment;
            state.filter = AdjustmentFilter::create(layer.adjustment);
        }
        if (layer.mask.isActive())
            state.mask.setMask(layer.mask.pixels, layer.mask.transform, canvas.size);
    }
}

int Compositor::Private::neighbourhoodIndex() const
{
    for (int i = stack.count() - 1; i >= 0; --i) {
        const Layer &layer = stack.at(i);
        if (layer.kind == LayerKind::Adjustment && isShown(layer) && filterOf(layer)->reach() > 0)
            return i;
    }
    return -1;
}

int Compositor::Private::reachAbove(int index) const
{
    int reach = 0;
    for (int i = index + 1; i < stack.count(); ++i) {
        const Layer &layer = stack.at(i);
        if (layer.kind == LayerKind::Adjustment && isShown(layer))
            reach += filterOf(layer)->reach();
    }
    return reach;
}

void Compositor::Private::updateBeneath()
{
    const int index = neighbourhoodIndex();
    if (index < 0) {
        beneath.reset();
        return;
    }
    if (!beneath) {
        beneath = std::make_unique<Compositor>(store);
        beneath->setCacheBytes(cacheBytes / 2);
        beneath->setThreads(threads);
        beneath->d->transient = transient;
    }
    Canvas floats = canvas;
    floats.format.depth = Depth::F32;
    beneath->setState(floats, stack.below(index), active);
}

} // namespace heirloom
