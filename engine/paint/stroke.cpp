// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/stroke.h"

#include "image/vectorised.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <thread>

namespace heirloom
{

namespace
{

/// Below this many tiles a thread costs more than it brings.
constexpr size_t tilesForThreads = 6;

/// Calls work for 0..count-1, on two threads where that is worth it.
template <typename F>
void shared(size_t count, F &&work)
{
    std::atomic<size_t> next = 0;
    const auto run = [&] {
        for (size_t i = next++; i < count; i = next++)
            work(i);
    };
    if (count < tilesForThreads || std::thread::hardware_concurrency() < 2)
        return run();
    std::thread helper(run);
    run();
    helper.join();
}

/// Towards the limit, never beyond and never back.
HEIRLOOM_VECTORISED void accumulate(quint16 *coverage, const float *dab, float flow, float limit,
                                    int count)
{
    for (int i = 0; i < count; ++i) {
        const float old = float(coverage[i]);
        float missing = limit - old;
        missing = missing > 0 ? missing : 0;
        coverage[i] = quint16(int(old + missing * (dab[i] * flow) + 0.5F));
    }
}

/// Exact at both ends: 255 leaves coverage as it is, 0 leaves none.
HEIRLOOM_VECTORISED void limitTo(quint16 *coverage, const quint8 *selected, int count)
{
    for (int i = 0; i < count; ++i)
        coverage[i] = quint16((quint32(coverage[i]) * selected[i] + 127) / 255);
}

const std::byte *rowAt(const TileView &tile, int y, int x, int bytesPerPixel)
{
    return tile.row(y) + qsizetype(x) * bytesPerPixel;
}

} // namespace

Stroke::Stroke(const TiledBuffer &before, const QTransform &toCanvas,
               std::shared_ptr<const StrokeSource> source, Limit limit)
    : m_before(before)
    , m_pixels(before)
    , m_coverage(before.size(), {Channels::Gray, Depth::U16}, before.store())
    , m_toCanvas(toCanvas)
    , m_source(std::move(source))
    , m_limit(std::move(limit))
    , m_dirty(size_t(before.columns()) * before.rows())
{
}

QRect Stroke::cover(const Dab &dab)
{
    const DabShape shape(dab, m_toCanvas);
    const QRect bounds = shape.bounds() & m_before.rect();
    if (bounds.isEmpty() || dab.opacity <= 0 || dab.flow <= 0)
        return {};
    const QRect range = TiledBuffer::tilesOf(bounds);
    struct Part {
        QPoint tile;
        QRect place, touched;
        std::shared_ptr<std::byte[]> data;
    };
    std::vector<Part> parts;
    for (int y = range.top(); y <= range.bottom(); ++y) {
        for (int x = range.left(); x <= range.right(); ++x)
            parts.push_back({{x, y}, m_before.tileRect({x, y}) & bounds, {}, nullptr});
    }
    shared(parts.size(), [&](size_t index) {
        Part &part = parts[index];
        float values[TileSize];
        const QPoint corner = part.tile * TileSize;
        for (int y = part.place.top(); y <= part.place.bottom(); ++y) {
            if (!shape.row(y, part.place.left(), part.place.width(), values))
                continue;
            if (!part.data)
                part.data = m_coverage.writableTile(part.tile);
            auto *row = reinterpret_cast<quint16 *>(part.data.get()) +
                        qsizetype(y - corner.y()) * TileSize + (part.place.left() - corner.x());
            accumulate(row, values, float(dab.flow), float(dab.opacity * 65535),
                       part.place.width());
            part.touched |= QRect(part.place.left(), y, part.place.width(), 1);
        }
    });
    QRect touched;
    for (const Part &part : parts) {
        if (part.touched.isEmpty())
            continue;
        QRect &dirty = m_dirty[size_t(part.tile.y()) * m_before.columns() + part.tile.x()];
        if (dirty.isEmpty())
            m_dirtyTiles.push_back(part.tile);
        dirty |= part.touched;
        touched |= part.touched;
    }
    return touched;
}

QRect Stroke::add(std::span<const Dab> dabs)
{
    QRect touched;
    for (const Dab &dab : dabs)
        touched |= cover(dab);
    if (m_dirtyTiles.empty())
        return {};
    const TiledBuffer *limit = m_limit ? &m_limit(touched) : nullptr;
    shared(m_dirtyTiles.size(), [&](size_t i) {
        const QPoint tile = m_dirtyTiles[i];
        QRect &part = m_dirty[size_t(tile.y()) * m_before.columns() + tile.x()];
        blendTile(tile, part, limit);
        part = {};
    });
    m_dirtyTiles.clear();
    m_touched |= touched;
    return touched;
}

void Stroke::blendTile(QPoint tile, const QRect &part, const TiledBuffer *limit)
{
    const Tile::Pixel *selected = limit ? limit->constantPixel(tile) : nullptr;
    if (selected && (*selected)[0] == std::byte{0})
        return; // nothing of it is selected
    const bool limited = limit && !(selected && (*selected)[0] == std::byte{255});
    const std::optional<TileView> selection =
        limited ? std::optional(limit->tile(tile)) : std::nullopt;
    const TileView before = m_before.tile(tile);
    const TileView coverage = std::as_const(m_coverage).tile(tile);
    const std::shared_ptr<std::byte[]> after = m_pixels.writableTile(tile);
    const int bytes = m_before.format().bytesPerPixel();
    const QPoint corner = tile * TileSize;
    quint16 inside[TileSize];
    for (int y = part.top(); y <= part.bottom(); ++y) {
        const int row = y - corner.y(), column = part.left() - corner.x();
        StrokeSpan span;
        span.x = part.left();
        span.y = y;
        span.count = part.width();
        span.before = rowAt(before, row, column, bytes);
        span.after = after.get() + (qsizetype(row) * TileSize + column) * bytes;
        span.coverage = reinterpret_cast<const quint16 *>(rowAt(coverage, row, column, 2));
        if (limited) {
            std::memcpy(inside, span.coverage, sizeof(quint16) * size_t(span.count));
            limitTo(inside, reinterpret_cast<const quint8 *>(rowAt(*selection, row, column, 1)),
                    span.count);
            span.coverage = inside;
        }
        m_source->blend(span);
    }
}

Image Stroke::coverage(const QRect &area) const
{
    Image image = m_coverage.read(area);
    if (!m_limit || image.isNull())
        return image;
    const Image selected = m_limit(area & m_before.rect()).read(area);
    for (int y = 0; y < image.height(); ++y)
        limitTo(image.samples<quint16>(y), selected.constSamples<quint8>(y), image.width());
    return image;
}

void Stroke::finish()
{
    m_source->settle(*this, m_pixels);
    std::vector<QPoint> unchanged;
    const size_t bytes = size_t(m_before.format().bytesPerPixel());
    for (const QPoint tile : m_pixels.changedTiles(m_before)) {
        const QRect place = m_before.tileRect(tile);
        const TileView a = m_before.tile(tile), b = std::as_const(m_pixels).tile(tile);
        bool same = true;
        for (int y = 0; same && y < place.height(); ++y)
            same = std::memcmp(a.row(y), b.row(y), bytes * size_t(place.width())) == 0;
        if (same)
            unchanged.push_back(tile);
    }
    m_pixels.adoptTiles(m_before, unchanged);
}

} // namespace heirloom
