// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/canvascontent.h"
#include "canvas/tilescaler.h"

#include <QCache>
#include <QElapsedTimer>
#include <QHash>
#include <QTimer>

namespace heirloom
{

/// The tiles of a canvas, fetched a few milliseconds at a time so that the window stays responsive,
/// nearest to the middle of what is wanted first. Where much is old or missing, the next smaller
/// level, a quarter of the work, is fetched before it, so that a change is seen at once, all over
/// the view and a little soft, and gets sharp after that; while changes follow each other faster
/// than such looks can be made, they are made of a level smaller still. Until anything is there the
/// older state, or the same part of a smaller level, is shown. Owned by a canvas; GUI thread.
class CanvasTiles : public QObject
{
    Q_OBJECT

public:
    explicit CanvasTiles(QObject *parent = nullptr);

    void setContent(CanvasContent *content);
    CanvasContent *content() const { return m_content; }

    /// The pixels of area at a level (in that level's pixels, inside it), as far as they are there.
    /// What is missing or old is fetched and arrived() is emitted; until then missing is empty.
    /// into: an image that may be drawn into when it has the right size.
    QImage area(Side side, int level, const QRect &area, const QColor &empty, QImage into = {});
    /// The tiles of area, when all of them are there, current and opaque; otherwise none.
    TileGrid grid(Side side, int level, const QRect &area) const;
    /// The level to draw an area of this level from now: the smaller one while that is there
    /// and most of this one is not. area() of both asks for what is missing of this level.
    int levelToShow(Side side, int level, const QRect &area);
    /// False while anything asked for has not come yet.
    bool isComplete() const { return m_wanted.isEmpty(); }
    /// Forgets what was asked for and not fetched yet (the view has moved on).
    void forgetWanted()
    {
        m_wanted.clear();
        m_looks.clear();
    }

Q_SIGNALS:
    /// Tiles came for this part of the picture (its pixels, level 0) since the last time; null: it
    /// has another size now.
    void arrived(const QRect &region);

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
        bool isCurrent = true;
    };

    bool isCurrent(const Key &key) const;
    QList<Key> keysOf(Side side, int level, const QRect &area) const;
    void want(const Key &key, QPointF middle);
    void makeOld(const QRect &region);
    int wantMissing(Side side, int level, const QRect &area);
    Key softOf(const Key &key) const;
    void fetchSome();
    void fetch(const QList<Key> &keys);
    bool fillFromSmaller(QImage &target, const QRect &area, const Key &key) const;

    CanvasContent *m_content = nullptr;
    QSize m_size; ///< of the content when it was shown last
    QCache<Key, Tile> m_tiles;
    struct Look {
        int level = 0;
        QRect area;
    };
    QHash<Side, Look> m_looks; ///< what is on the screen of each side
    QHash<Key, double> m_wanted; ///< with the order, smallest first
    QRect m_came; ///< what arrived() is going to tell
    QTimer m_timer;
    QElapsedTimer m_told; ///< since arrived() was emitted last
    int m_softer = 1;     ///< levels between a first look and what is shown in the end
    qint64 m_lookCost = 0;  ///< milliseconds of the last first look
    QElapsedTimer m_looked; ///< since a first look was made
};

} // namespace heirloom
