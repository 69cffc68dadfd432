// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvastiles.h"

#include <QElapsedTimer>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <utility>

namespace heirloom
{

namespace
{

constexpr int cacheKilobytes = 192 * 1024;
constexpr int sliceMilliseconds = 10;
constexpr int tellMilliseconds = 40; ///< painting costs as much as a few tiles
constexpr int batchTiles = 4; ///< fetched together, so that threads can share the work
constexpr int coarserLevels = 6;
/// As many missing tiles come so soon that nothing smaller need go before them.
constexpr int fewTiles = 6;
/// A first look that takes longer than this cannot follow a hand: of what follows soon after it a
/// smaller one is made.
constexpr int lookMilliseconds = 16;
constexpr int soonMilliseconds = 500;
/// Before every tile of the level itself, which have their distance from the middle.
constexpr double coarseFirst = -1e6;

} // namespace

CanvasTiles::CanvasTiles(QObject *parent)
    : QObject(parent)
    , m_tiles(cacheKilobytes)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &CanvasTiles::fetchSome);
}

void CanvasTiles::setContent(CanvasContent *content)
{
    if (m_content)
        disconnect(m_content, nullptr, this, nullptr);
    m_content = content;
    m_tiles.clear();
    m_wanted.clear();
    m_looks.clear();
    if (!m_content)
        return;
    connect(m_content, &CanvasContent::changed, this, [this](const QRect &region) {
        makeOld(region);
        if (m_content->size() != m_size)
            return Q_EMIT arrived({});
        // Only a hurry of changes is worth a softer look; the levels stay as they are within one.
        if (!m_looked.isValid() || m_looked.hasExpired(soonMilliseconds))
            m_softer = 1;
        else if (m_lookCost > lookMilliseconds)
            m_softer = 2;
        // Painting what is old would cost as much as a third of computing what is new.
        for (auto it = m_looks.cbegin(); it != m_looks.cend(); ++it)
            wantMissing(it.key(), it->level, it->area);
    });
    connect(m_content, &QObject::destroyed, this, [this] {
        m_content = nullptr;
        m_tiles.clear();
        m_wanted.clear();
    });
}

/// Null: everything.
void CanvasTiles::makeOld(const QRect &region)
{
    constexpr int t = CanvasContent::tileSide;
    for (const Key &key : m_tiles.keys()) {
        const int step = 1 << key.level;
        // Reducing spreads a change over a few pixels of each level.
        const QRect touched = region.adjusted(-4 * step, -4 * step, 4 * step, 4 * step);
        if (region.isNull() || touched.intersects(QRect(key.index * t * step, QSize(t, t) * step)))
            m_tiles.object(key)->isCurrent = false;
    }
}

bool CanvasTiles::isCurrent(const Key &key) const
{
    const Tile *tile = m_tiles.object(key);
    return tile && tile->isCurrent;
}

QList<CanvasTiles::Key> CanvasTiles::keysOf(Side side, int level, const QRect &area) const
{
    constexpr int t = CanvasContent::tileSide;
    QList<Key> keys;
    if (!m_content)
        return keys;
    const QRect inside =
        area & QRect(QPoint(0, 0), CanvasContent::levelSize(m_content->size(), level));
    if (inside.isEmpty())
        return keys;
    for (int y = inside.top() / t; y <= inside.bottom() / t; ++y) {
        for (int x = inside.left() / t; x <= inside.right() / t; ++x)
            keys << Key{side, level, {x, y}};
    }
    return keys;
}

void CanvasTiles::want(const Key &key, QPointF middle)
{
    m_wanted.insert(key, std::hypot(key.index.x() + 0.5 - middle.x(),
                                    key.index.y() + 0.5 - middle.y()));
    if (!m_timer.isActive())
        m_timer.start(0);
}

/// Of the level that gives a first look at a tile.
CanvasTiles::Key CanvasTiles::softOf(const Key &key) const
{
    return {key.side, key.level + m_softer,
            {key.index.x() >> m_softer, key.index.y() >> m_softer}};
}

int CanvasTiles::levelToShow(Side side, int level, const QRect &area)
{
    m_size = m_content ? m_content->size() : QSize();
    m_looks[side] = {level, area};
    return wantMissing(side, level, area);
}

int CanvasTiles::wantMissing(Side side, int level, const QRect &area)
{
    if (!m_content)
        return level;
    const QList<Key> keys = keysOf(side, level, area);
    QList<Key> missing;
    std::copy_if(keys.begin(), keys.end(), std::back_inserter(missing),
                 [this](const Key &key) { return !isCurrent(key); });
    const QPointF middle = QRectF(area).center() / CanvasContent::tileSide;
    for (const Key &key : missing)
        want(key, middle);
    if (missing.size() <= fewTiles || missing.size() * 2 <= keys.size())
        return level;
    bool coarseIsThere = true;
    for (const Key &key : missing) {
        const Key parent = softOf(key);
        if (!isCurrent(parent)) {
            coarseIsThere = false;
            m_wanted.insert(parent, coarseFirst);
        }
    }
    return coarseIsThere ? level + m_softer : level;
}

QImage CanvasTiles::area(Side side, int level, const QRect &area, const QColor &empty, QImage into)
{
    constexpr int t = CanvasContent::tileSide;
    const QImage::Format format =
        m_content && m_content->hasAlpha() ? QImage::Format_ARGB32 : QImage::Format_RGB32;
    QImage out = std::move(into);
    if (out.size() != area.size() || out.format() != format)
        out = QImage(area.size(), format);
    const QRect whole =
        m_content ? QRect(QPoint(0, 0), CanvasContent::levelSize(m_content->size(), level))
                  : QRect();
    const QList<Key> keys = keysOf(side, level, area);
    if (!whole.contains(area) || std::any_of(keys.begin(), keys.end(), [this](const Key &key) {
            return !m_tiles.contains(key);
        }))
        out.fill(out.hasAlphaChannel() ? QColor(Qt::transparent) : empty);
    if (!m_content || area.isEmpty())
        return out;

    const QPointF middle = QRectF(area).center() / t;
    QPainter painter(&out);
    painter.setCompositionMode(QPainter::CompositionMode_Source);
    for (const Key &key : keys) {
        const Tile *tile = m_tiles.object(key);
        if (!tile || !tile->isCurrent)
            want(key, middle);
        const Key parent = softOf(key);
        if (tile && (tile->isCurrent || !isCurrent(parent))) {
            painter.drawImage(key.index * t - area.topLeft(), tile->image);
        } else { // soft and true rather than sharp and of yesterday
            painter.end();
            fillFromSmaller(out, area, key);
            painter.begin(&out);
            painter.setCompositionMode(QPainter::CompositionMode_Source);
        }
    }
    return out;
}

TileGrid CanvasTiles::grid(Side side, int level, const QRect &area) const
{
    const QList<Key> keys = keysOf(side, level, area);
    if (keys.isEmpty() || m_content->hasAlpha())
        return {};
    TileGrid grid;
    grid.level = CanvasContent::levelSize(m_content->size(), level);
    grid.tiles = QRect(keys.first().index, keys.last().index);
    for (const Key &key : keys) {
        const Tile *tile = m_tiles.object(key);
        if (!tile || !tile->isCurrent || tile->image.format() != QImage::Format_RGB32)
            return {};
        grid.images << tile->image;
    }
    return grid;
}

bool CanvasTiles::fillFromSmaller(QImage &target, const QRect &area, const Key &key) const
{
    constexpr int t = CanvasContent::tileSide;
    const QRectF wanted(QPointF(key.index * t), QSizeF(t, t));
    for (int up = 1; up <= coarserLevels; ++up) {
        const double shrink = 1.0 / (1 << up);
        const QPoint index(key.index.x() >> up, key.index.y() >> up);
        const Tile *tile = m_tiles.object({key.side, key.level + up, index});
        if (!tile)
            continue;
        const QRectF source(wanted.topLeft() * shrink - QPointF(index * t), wanted.size() * shrink);
        QPainter painter(&target);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(wanted.translated(-area.topLeft()), tile->image, source);
        return true;
    }
    return false;
}

void CanvasTiles::fetchSome()
{
    QElapsedTimer clock;
    clock.start();
    // What gives a first look comes all at once, and is shown before anything else is begun.
    bool isFirstLook = false;
    do {
        QList<Key> keys = m_wanted.keys();
        if (!m_content || keys.isEmpty())
            break;
        std::sort(keys.begin(), keys.end(),
                  [this](const Key &a, const Key &b) { return m_wanted[a] < m_wanted[b]; });
        const Key &first = keys.first();
        isFirstLook = m_wanted[first] <= coarseFirst;
        QList<Key> batch;
        for (const Key &key : keys) {
            const bool belongs = key.side == first.side && key.level == first.level &&
                                 isFirstLook == (m_wanted[key] <= coarseFirst);
            if (belongs && (isFirstLook || batch.size() < batchTiles))
                batch << key;
        }
        fetch(batch);
        if (isFirstLook) {
            m_lookCost = clock.elapsed();
            m_looked.start();
        }
    } while (!isFirstLook && clock.elapsed() < sliceMilliseconds);
    if (!m_wanted.isEmpty())
        m_timer.start(0);
    if (isFirstLook || m_wanted.isEmpty() || m_told.hasExpired(tellMilliseconds)) {
        m_told.start();
        Q_EMIT arrived(std::exchange(m_came, {}));
    }
}

void CanvasTiles::fetch(const QList<Key> &keys)
{
    QList<QPoint> indices;
    for (const Key &key : keys) {
        m_wanted.remove(key);
        indices << key.index;
    }
    const QList<QImage> images = m_content->tiles(keys.first().side, keys.first().level, indices);
    for (qsizetype i = 0; i < keys.size(); ++i) {
        auto tile = std::make_unique<Tile>();
        tile->image = images[i];
        const int side = CanvasContent::tileSide << keys[i].level;
        m_came |= QRect(keys[i].index * side, QSize(side, side));
        const int cost = std::max<int>(1, int(tile->image.sizeInBytes() / 1024));
        m_tiles.insert(keys[i], tile.release(), cost);
    }
}

} // namespace heirloom
