// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "edit/paintstroke.h"
#include "paint/strokepath.h"
#include "tools/tool.h"

#include <QElapsedTimer>

#include <optional>

namespace heirloom
{

/// A tool with a round brush: strokes with mouse or pen, each one step; a straight line with Shift
/// from where the last stroke ended; Alt picks a colour; Alt with the right button sizes the brush
/// (across) and hardens it (down); digits set the opacity; Esc gives a stroke up. Shows the brush's
/// true outline. What a stroke does is said by strokeStart().
class PaintTool : public Tool
{
    Q_OBJECT

public:
    explicit PaintTool(QObject *parent = nullptr);
    ~PaintTool() override;

    /// Counts from the next stroke on.
    const Brush &brush() const { return m_brush.latest(); }
    void setBrush(const Brush &brush);
    void stepSize(bool larger);
    void stepHardness(bool harder);
    /// Gives up what is being drawn; false: nothing is.
    bool giveUpStroke();

    void hover(const PointerInput &input) override;
    void pointerLeft() override;
    bool takesRightButton(Qt::KeyboardModifiers modifiers) const override;
    bool givesWayToEraser() const override { return true; }
    bool showsPicture() const override { return false; }
    bool key(int key, Qt::KeyboardModifiers modifiers) override;
    bool wantsKey(int key, Qt::KeyboardModifiers modifiers) const override;
    void paint(QPainter &painter) override;

Q_SIGNALS:
    void brushChanged();

protected:
    /// What a stroke that begins here is; layer and target are the host's. Nothing: there can be
    /// none now, and the person was told why (host().setStatus()).
    virtual std::optional<StrokeStart> strokeStart(const PointerInput &input) = 0;
    /// A press with Alt. By default the foreground becomes the colour there.
    virtual void pressedWithAlt(const PointerInput &input);
    virtual void strokeEnded() {}
    /// The line in the status bar while nothing is drawn.
    virtual QString hint() const;

    void entered() override;
    void left() override;
    void began(const PointerInput &input) override;
    void dragged(const PointerInput &input) override;
    void ended(const PointerInput &input) override;
    void cancelled() override;

private:
    enum class Gesture { None, Stroke, Alt, Size };
    void showStatus();
    void moveOutline(std::optional<QPointF> view);
    QRectF outlineArea() const;
    void takeDigit(int digit);

    ToolOptions<Brush> m_brush;
    std::unique_ptr<PaintStroke> m_stroke;
    std::unique_ptr<StrokePath> m_path;
    std::optional<QPointF> m_lastEnd; ///< on the canvas
    std::optional<QPointF> m_pointer; ///< in the view; nothing: not over it
    Gesture m_gesture = Gesture::None;
    QPointF m_sizeFrom; ///< view
    Brush m_sizedBrush; ///< as it was when sizing began
    QElapsedTimer m_sinceDigit;
    int m_digit = 0;
};

} // namespace heirloom
