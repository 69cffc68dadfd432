// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/mask.h"
#include "document/rendition.h"

#include <QBasicTimer>
#include <QLine>
#include <QWidget>

#include <functional>

namespace heirloom
{

class CanvasView;

/// The edge of the selection over a canvas as a line of dashes that walk: traced along the pixels
/// of the level that is shown, so that it costs what the window does, not what the picture does.
/// Takes no events. Stands still while the window is not the active one or motion is not wanted
/// (the style animates nothing). A child of the canvas, below its other children; GUI thread.
class SelectionOverlay : public QWidget
{
    Q_OBJECT

public:
    explicit SelectionOverlay(CanvasView &canvas);

    /// A null one: nothing is drawn.
    void setSelection(const Mask &selection, QSize canvas);
    /// Drawn moved by canvas pixels, while it is dragged.
    void setOffset(QPointF offset);
    /// Off for the time of a preview or of another tool's gesture, or because the user wants so.
    void setWanted(bool wanted);
    /// Asked before each drawing: nothing is drawn while it says so.
    void setHeldBack(std::function<bool()> heldBack) { m_heldBack = std::move(heldBack); }
    /// Whether a canvas pixel is selected at least by half.
    bool isSelected(QPoint pixel);
    bool isWalking() const { return m_timer.isActive(); }
    /// The lines as they are drawn, in device pixels; for tests.
    const QList<QLine> &lines();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    void showOrHide();
    void trace();
    void retrace();
    double scale() const;

    CanvasView &m_canvas;
    Rendition m_rendition;
    QSize m_size;
    bool m_has = false;
    bool m_isWanted = true;
    std::function<bool()> m_heldBack;
    QPointF m_offset;
    QList<QLine> m_lines;
    bool m_isTraced = false;
    QBasicTimer m_timer;
    int m_phase = 0;
};

} // namespace heirloom
