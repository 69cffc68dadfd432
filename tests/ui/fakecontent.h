// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/canvascontent.h"

#include <QList>
#include <QSet>

namespace heirloom
{

/// A picture made of arithmetic: every pixel tells its place. Before is inverted.
class FakeContent : public CanvasContent
{
public:
    explicit FakeContent(QSize size)
        : m_size(size)
    {
    }

    static QRgb pixel(Side side, int x, int y)
    {
        const int r = (x * 7 + y * 3) % 256;
        const int g = (x ^ y) % 256;
        const int b = side == Side::Before ? 0 : 255;
        return qRgb(r, g, b);
    }

    QSize size() const override { return m_size; }
    bool hasAlpha() const override { return false; }

    QImage tile(Side side, int level, QPoint index) override
    {
        asked.insert(level);
        const QSize whole = levelSize(m_size, level);
        const QRect r =
            QRect(index * tileSide, QSize(tileSide, tileSide)) & QRect(QPoint(0, 0), whole);
        QImage image(r.size(), QImage::Format_RGB32);
        for (int y = 0; y < r.height(); ++y) {
            for (int x = 0; x < r.width(); ++x)
                image.setPixel(x, y, shown(side, (r.x() + x) << level, (r.y() + y) << level));
        }
        return image;
    }

    void grow(QSize size)
    {
        m_size = size;
        Q_EMIT changed();
    }

    /// From now on this part looks different.
    void repaint(const QRect &region)
    {
        m_repainted << region;
        Q_EMIT changed(region);
    }

    QSet<int> asked; ///< levels

private:
    QRgb shown(Side side, int x, int y) const
    {
        QRgb color = pixel(side, x, y);
        for (const QRect &region : m_repainted) {
            if (region.contains(x, y))
                color = qRgb(255 - qRed(color), qBlue(color), qGreen(color));
        }
        return color;
    }

    QSize m_size;
    QList<QRect> m_repainted;
};

} // namespace heirloom
