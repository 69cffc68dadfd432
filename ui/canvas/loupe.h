// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/framepainter.h"

#include <QWidget>

namespace heirloom
{

class CanvasView;

/// A glass over a fitted picture: shows what lies under its middle at 100 % of the coming result.
/// Dragged by the mouse, moved by the arrow keys. A child of the canvas; GUI thread.
class Loupe : public QWidget
{
    Q_OBJECT

public:
    static constexpr QSize preferredSize{400, 300}; ///< logical pixels

    Loupe(CanvasView &canvas, CanvasTiles &tiles);

    /// Device pixels to a picture pixel in it: how many times the result is larger.
    void setScale(double scale);
    double scale() const { return m_viewport.scale(); }
    /// A line at its lower edge; empty: none.
    void setCaption(const QString &text);
    void setPieces(const QList<PreviewPiece> &pieces);
    /// The picture's pixels seen in it.
    QRect visiblePixels() const { return m_viewport.visiblePixels(); }
    QPointF pictureCenter() const { return m_viewport.center(); }

    /// After the canvas has moved, zoomed or changed.
    void refresh();
    void keepInside();
    void moveToMiddle();

Q_SIGNALS:
    void moved();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void moveEvent(QMoveEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void moveInside(QPoint corner);

    CanvasView &m_canvas;
    CanvasTiles &m_tiles;
    Viewport m_viewport;
    double m_scale = 2;
    QString m_caption;
    QList<PreviewPiece> m_pieces;
    QPoint m_grab;
};

} // namespace heirloom
