// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCursor>

#include <optional>

class QKeyEvent;
class QMouseEvent;
class QPainter;
class QTabletEvent;
class QWheelEvent;

namespace heirloom
{

/// What takes the left button and the keys of a canvas for itself, and paints over the picture. The
/// canvas asks it first and does what it always does with the rest; the middle button, and Space
/// outside a gesture, always move the picture. Positions and painting are in the canvas's logical
/// pixels. GUI thread.
class CanvasInteraction
{
public:
    virtual ~CanvasInteraction() = default;

    /// Press, move, release or double click; true: taken.
    virtual bool mouse(QMouseEvent *event) = 0;
    /// The same of a pen; what is not taken comes again as the mouse.
    virtual bool tablet(QTabletEvent *event) = 0;
    /// A turn of the wheel without Ctrl or Shift; true: taken, nothing is zoomed or moved.
    virtual bool wheel(QWheelEvent *event) = 0;
    /// The pointer has left the canvas.
    virtual void pointerLeft() = 0;
    /// A key press; true: taken. wantsKey() says the same without doing it.
    virtual bool key(QKeyEvent *event) = 0;
    virtual bool wantsKey(const QKeyEvent &event) const = 0;
    virtual void keyReleased(const QKeyEvent &event) = 0;
    virtual void paint(QPainter &painter) = 0;
    /// Nothing: the canvas's own.
    virtual std::optional<QCursor> cursor() const = 0;
};

} // namespace heirloom
