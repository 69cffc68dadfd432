// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <QRect>
#include <QSize>

namespace heirloom
{

/// The two things a comparison compares.
enum class Side { Before, After };

/// What a canvas shows: a picture as square tiles at halved sizes, in the screen's colours. Both
/// sides have the same size and coordinates (an original that is smaller is shown enlarged). GUI
/// thread.
class CanvasContent : public QObject
{
    Q_OBJECT

public:
    static constexpr int tileSide = 256;

    using QObject::QObject;

    /// Pixels at level 0; empty: nothing to show.
    virtual QSize size() const = 0;
    virtual bool hasAlpha() const = 0;
    /// The tile at index (column, row) of the picture at 1 / 2^level of its size; at the right and
    /// lower edge it is smaller. 32 bits, with straight or no alpha.
    virtual QImage tile(Side side, int level, QPoint index) = 0;
    /// Several at once, which may take less time than one after another; in the same order.
    virtual QList<QImage> tiles(Side side, int level, const QList<QPoint> &indices)
    {
        QList<QImage> images;
        for (const QPoint &index : indices)
            images << tile(side, level, index);
        return images;
    }
    /// What people call a side, to stand on the picture.
    virtual QString label(Side side) const
    {
        return side == Side::Before ? tr("Before") : tr("After");
    }

    static QSize levelSize(QSize size, int level)
    {
        const int step = 1 << level;
        return {(size.width() + step - 1) / step, (size.height() + step - 1) / step};
    }

Q_SIGNALS:
    /// Pixels inside region changed, or the size or a label (then region is null, as when
    /// everything did); tiles must be asked for again.
    void changed(const QRect &region = {});
};

} // namespace heirloom
