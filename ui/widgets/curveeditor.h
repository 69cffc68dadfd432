// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QVariantList>
#include <QWidget>

#include <vector>

namespace heirloom
{

/// A tone curve to bend: points are added by a click, moved by dragging or with the arrow keys,
/// chosen with Page up and Page down, and removed with Delete or by dragging them out. The ends
/// only move, they stay. GUI thread.
class CurveEditor : public QWidget
{
    Q_OBJECT

public:
    explicit CurveEditor(QWidget *parent = nullptr);

    /// As AdjustmentParameter::Kind::Curve says.
    QVariantList points() const;
    void setPoints(const QVariantList &points);

    QSize sizeHint() const override { return {240, 180}; }
    QSize minimumSizeHint() const override { return {160, 140}; }

Q_SIGNALS:
    void changed();   ///< while it is moved
    void committed(); ///< let go

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QRectF plot() const;
    QPointF toWidget(QPointF point) const;
    QPointF toCurve(QPointF position) const;
    void movePoint(size_t i, QPointF to);
    bool isEnd(size_t i) const { return i == 0 || i + 1 == m_points.size(); }
    void removeCurrent();

    std::vector<QPointF> m_points{{0, 0}, {1, 1}};
    size_t m_current = 0;
    bool m_dragging = false;
};

} // namespace heirloom
