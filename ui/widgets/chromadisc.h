// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QImage>
#include <QWidget>

namespace heirloom
{

/// All colours that a place of one luminance (W3C Lum) can have: grey in the middle, hue by angle,
/// stronger outwards. Arrow keys move, too. GUI thread.
class ChromaDisc : public QWidget
{
    Q_OBJECT

public:
    explicit ChromaDisc(QWidget *parent = nullptr);

    /// 0..1
    void setLuminance(double luminance);
    double luminance() const { return m_luminance; }
    /// Where the mark is: the colour's chroma over the luminance.
    void setColor(const QColor &color);
    /// With the disc's luminance.
    QColor color() const { return colorAt(m_mark); }

    QSize sizeHint() const override;

Q_SIGNALS:
    /// A hand moves the mark.
    void moving(const QColor &color);
    /// It has let go.
    void chosen(const QColor &color);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    /// Positions: the disc is the unit circle, y downwards.
    QColor colorAt(QPointF position) const;
    QPointF toPosition(QPointF widget) const;
    QPointF toWidget(QPointF position) const;
    double radius() const;
    void moveTo(QPointF position);

    double m_luminance = 0.5;
    QPointF m_mark;
    QImage m_disc; ///< null: to be drawn anew
};

} // namespace heirloom
