// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace heirloom
{

/// The line between Before and After with a knob to drag; also moved by the arrow keys (Shift: ten
/// times as far) and centred by a double click. A child of the canvas, as long as it.
class SplitHandle : public QWidget
{
    Q_OBJECT

public:
    static constexpr int thickness = 28; ///< what can be grabbed, in logical pixels

    explicit SplitHandle(QWidget *canvas);

    void setVertical(bool vertical);
    bool isVertical() const { return m_vertical; }
    /// Where the line stands, 0..1 of the canvas.
    double position() const { return m_position; }
    void setPosition(double position);
    /// Follows the canvas's size.
    void place();

Q_SIGNALS:
    void moved(double position);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    double length() const;

    bool m_vertical = true;
    double m_position = 0.5;
    double m_grab = 0; ///< distance from the line to where it was taken
};

} // namespace heirloom
