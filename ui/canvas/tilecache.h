// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/canvascontent.h"

#include <QCache>
#include <QHash>
#include <QTimer>

namespace heirloom
{

/// The tiles of a canvas, fetched a few milliseconds at a time so that the window stays responsive,
/// nearest to the middle of what is wanted first. Until a tile is there its older state, or the
/// same part of a smaller level, is shown instead. Owned by a canvas; GUI thread.
class TileCache : public QObject
{
    Q_OBJECT

public:
    explicit TileCache(QObject *parent = nullptr);

    void setContent(CanvasContent *content);
    CanvasContent *content() const { return m_content; }

    /// The pixels of area at a level (in that level's pixels, inside it), as far as they are there.
    /// What is missing or old is fetched and arrived() is emitted; until then missing is empty.
    QImage area(Side side, int level, const QRect &area, const QColor &empty);
    /// False while anything asked for has not come yet.
    bool isComplete() const { return m_wanted.isEmpty(); }
    /// Forgets what was asked for and not fetched yet (the view has moved on).
    void forgetWanted() { m_wanted.clear(); }

Q_SIGNALS:
    void arrived();

private:
    struct Key {
        Side side;
        int level;
        QPoint index;
        bool operator==(const Key &) const = default;
        friend size_t qHash(const Key &k, size_t seed = 0)
        {
            return qHashMulti(seed, int(k.side), k.level, k.index.x(), k.index.y());
        }
    };
    struct Tile {
        QImage image;
        quint64 generation = 0;
    };

    void fetchSome();
    bool fillFromSmaller(QImage &target, const QRect &area, const Key &key) const;

    CanvasContent *m_content = nullptr;
    QCache<Key, Tile> m_tiles;
    QHash<Key, double> m_wanted; ///< with the distance from the middle, in tiles
    quint64 m_generation = 1;
    QTimer m_timer;
};

} // namespace heirloom
