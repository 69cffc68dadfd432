// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tools/toolhost.h"
#include "tools/toolrequest.h"

#include <QObject>
#include <QPointF>

class QPainter;

namespace heirloom
{

/// One position of the mouse or pen.
struct PointerInput {
    QPointF view;   ///< logical pixels of the view
    QPointF canvas; ///< canvas pixels
    Qt::KeyboardModifiers modifiers;
    double pressure = 1; ///< 0..1, of a pen
    Qt::MouseButton button = Qt::LeftButton; ///< that began the gesture
};

/// Works on the picture with the mouse and the keys of the canvas. It paints previews, which are
/// only views, and requests what is to be done once it is settled. Knows its host and nothing else;
/// may be used only while it has one (between enter() and leave()). Owned by the window's
/// ToolController; GUI thread.
class Tool : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    bool isActive() const { return m_host; }
    bool isInGesture() const { return m_inGesture; }
    void enter(ToolHost &host);
    /// What was not requested yet is forgotten.
    void leave();
    /// The canvas has another size, or is another one.
    void canvasChanged();

    // ---- what the host passes on ---------------------------------------------------------------
    void press(const PointerInput &input);
    void move(const PointerInput &input); ///< with the button held
    void release(const PointerInput &input);
    virtual void hover(const PointerInput &) {}
    /// The pointer is not over the canvas any more.
    virtual void pointerLeft() {}
    /// The wheel turned, by notches away from the hand; true: taken.
    virtual bool wheel(const PointerInput &, double) { return false; }
    /// Whether a gesture may begin with the right button here.
    virtual bool takesRightButton(Qt::KeyboardModifiers) const { return false; }
    /// A pen's other end works as the eraser while this tool is chosen.
    virtual bool givesWayToEraser() const { return false; }
    /// Its overlay shows the picture itself, and changes with it.
    virtual bool showsPicture() const { return true; }
    /// Takes a key or lets it be.
    virtual bool key(int key, Qt::KeyboardModifiers modifiers) = 0;
    virtual bool wantsKey(int key, Qt::KeyboardModifiers modifiers) const = 0;
    virtual void keyReleased(int) {}
    virtual void paint(QPainter &painter) = 0;
    /// Forgets the last thing done that the document does not have yet; false: there is none.
    virtual bool takeBack() { return false; }

Q_SIGNALS:
    void requested(const heirloom::ToolRequest &request);
    /// Something about it that its panel shows is different now.
    void changed();
    /// It has nothing more to do and would be put away.
    void finished();

protected:
    ToolHost &host() const { return *m_host; }
    /// Takes back what the gesture in progress did.
    void cancelGesture();

    virtual void entered() = 0;
    virtual void left() {}
    virtual void began(const PointerInput &) = 0;
    virtual void dragged(const PointerInput &) = 0;
    virtual void ended(const PointerInput &) = 0;
    virtual void cancelled() = 0;
    /// changed(), and the overlay is painted again.
    void refresh();
    /// How far an arrow key moves things: one pixel, ten with Shift; null: another key.
    static QPoint arrow(int key, Qt::KeyboardModifiers modifiers = {});

private:
    ToolHost *m_host = nullptr;
    bool m_inGesture = false;
};

/// A tool that sets one canvas command up: a preview until Enter applies it as one step, or Esc
/// gives it up; either way the tool is finished then.
class CanvasTool : public Tool
{
    Q_OBJECT

public:
    using Tool::Tool;

    /// There is something to be done.
    virtual bool canApply() const = 0;
    /// Back to the start, and still in use.
    virtual void reset() = 0;
    void apply();
    void giveUp();

    bool key(int key, Qt::KeyboardModifiers modifiers) final;
    bool wantsKey(int key, Qt::KeyboardModifiers modifiers) const final;

protected:
    virtual ToolRequest request() const = 0;
    /// An arrow key: one canvas pixel, or ten with Shift.
    virtual void nudge(QPoint by) = 0;
    /// Any other key.
    virtual bool ownKey(int, Qt::KeyboardModifiers) { return false; }
    virtual bool wantsOwnKey(int, Qt::KeyboardModifiers) const { return false; }
};

/// Options that a gesture sees as they were when it began, whatever the panel does meanwhile.
/// Options is a value.
template <typename Options>
class ToolOptions
{
public:
    /// Those of the present gesture, or the latest.
    const Options &current() const { return m_current; }
    /// Whether they count at once.
    bool set(const Options &options, bool inGesture)
    {
        m_latest = options;
        if (inGesture)
            return false;
        m_current = options;
        return true;
    }
    /// After a gesture: whether there are others now.
    bool takeLatest()
    {
        if (m_current == m_latest)
            return false;
        m_current = m_latest;
        return true;
    }
    const Options &latest() const { return m_latest; }

private:
    Options m_current;
    Options m_latest;
};

} // namespace heirloom
