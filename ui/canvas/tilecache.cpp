// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/tilecache.h"

#include <QElapsedTimer>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace heirloom
{

namespace
{

constexpr int cacheKilobytes = 192 * 1024;
constexpr int sliceMilliseconds = 24;
constexpr int coarserLevels = 6;

} // namespace

TileCache::TileCache(QObject *parent)
    : QObject(parent)
    , m_tiles(cacheKilobytes)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &TileCache::fetchSome);
}

void TileCache::setContent(CanvasContent *content)
{
    if (m_content)
        disconnect(m_content, nullptr, this, nullptr);
    m_content = content;
    m_tiles.clear();
    m_wanted.clear();
    ++m_generation;
    if (!m_content)
        return;
    connect(m_content, &CanvasContent::changed, this, [this] {
        ++m_generation;
        Q_EMIT arrived();
    });
    connect(m_content, &QObject::destroyed, this, [this] {
        m_content = nullptr;
        m_tiles.clear();
        m_wanted.clear();
    });
}

QImage TileCache::area(Side side, int level, const QRect &area, const QColor &empty)
{
    constexpr int t = CanvasContent::tileSide;
    QImage out(area.size(),
               m_content && m_content->hasAlpha() ? QImage::Format_ARGB32 : QImage::Format_RGB32);
    out.fill(out.hasAlphaChannel() ? QColor(Qt::transparent) : empty);
    if (!m_content || area.isEmpty())
        return out;

    const QRect inside =
        area & QRect(QPoint(0, 0), CanvasContent::levelSize(m_content->size(), level));
    if (inside.isEmpty())
        return out;
    const QPointF middle = QRectF(area).center() / t;
    QPainter painter(&out);
    painter.setCompositionMode(QPainter::CompositionMode_Source);
    for (int y = inside.top() / t; y <= inside.bottom() / t; ++y) {
        for (int x = inside.left() / t; x <= inside.right() / t; ++x) {
            const Key key{side, level, {x, y}};
            const Tile *tile = m_tiles.object(key);
            if (!tile || tile->generation != m_generation)
                m_wanted.insert(key, std::hypot(x + 0.5 - middle.x(), y + 0.5 - middle.y()));
            const QPoint corner = QPoint(x * t, y * t) - area.topLeft();
            if (tile) {
                painter.drawImage(corner, tile->image);
            } else {
                painter.end();
                fillFromSmaller(out, area, key);
                painter.begin(&out);
                painter.setCompositionMode(QPainter::CompositionMode_Source);
            }
        }
    }
    painter.end();
    if (!m_wanted.isEmpty() && !m_timer.isActive())
        m_timer.start(0);
    return out;
}

bool TileCache::fillFromSmaller(QImage &target, const QRect &area, const Key &key) const
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

void TileCache::fetchSome()
{
    QElapsedTimer clock;
    clock.start();
    while (m_content && !m_wanted.isEmpty() && clock.elapsed() < sliceMilliseconds) {
        const auto next = std::min_element(m_wanted.cbegin(), m_wanted.cend());
        const Key key = next.key();
        m_wanted.erase(next);
        auto tile = std::make_unique<Tile>();
        tile->image = m_content->tile(key.side, key.level, key.index);
        tile->generation = m_generation;
        const int cost = std::max<int>(1, int(tile->image.sizeInBytes() / 1024));
        m_tiles.insert(key, tile.release(), cost);
    }
    if (!m_wanted.isEmpty())
        m_timer.start(0);
    Q_EMIT arrived();
}

} // namespace heirloom
