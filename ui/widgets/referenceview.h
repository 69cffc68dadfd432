// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QWidget>

namespace heirloom
{

/// A picture to look at beside another one, with a zoom of its own: the wheel zooms at the pointer,
/// a drag moves it, a double click fits it, a click takes the colour there. GUI thread.
class ReferenceView : public QWidget
{
    Q_OBJECT

public:
    explicit ReferenceView(QWidget *parent = nullptr);

    void setPicture(const QImage &picture);
    const QImage &picture() const { return m_picture; }
    /// Logical pixels to a pixel of the picture.
    double scale() const { return m_scale; }
    void fit();
    QSize sizeHint() const override { return {240, 200}; }

Q_SIGNALS:
    void picked(const QColor &color);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;

private:
    double fittingScale() const;
    /// As little beside the picture as may be.
    void setPlace(QPointF topLeft);

    QImage m_picture;
    QPointF m_topLeft; ///< of the picture, logical pixels
    double m_scale = 1;
    bool m_fits = true;
    QPointF m_from, m_topLeftBefore;
    bool m_hasMoved = false;
};

} // namespace heirloom
