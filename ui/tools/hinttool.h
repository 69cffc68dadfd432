// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/transform.h"
#include "operation/colorhints.h"
#include "tools/tool.h"

#include <QTimer>

#include <functional>
#include <optional>

namespace heirloom
{

/// Places colour hints on the picture: a click adds one, a drag moves one or paints a stroke, the
/// right button or Del removes, the wheel over one changes its radius. It holds hints as data and
/// tells each change; whoever has the document makes it a step. Owned by the window's
/// ColorController; GUI thread.
class HintTool : public Tool
{
    Q_OBJECT

public:
    explicit HintTool(QObject *parent = nullptr);

    /// In the order ColorHints::fromJson() gives: strokes, points, grey.
    const ColorHints &hints() const { return m_hints; }
    /// Those of the document, and where their picture lies on the canvas. A gesture in progress
    /// goes on with its own.
    void setHints(const ColorHints &hints, const Transform &toCanvas);
    int selected() const { return m_selected; } ///< -1: none
    void select(int hint);
    /// Another value for a hint; no signal but changed().
    void replace(int hint, const ColorHint &value);
    /// All of them, by a panel; no signal but changed().
    void setAll(const QList<ColorHint> &all);
    void removeSelected();
    /// Of new ones, pixels of the picture.
    void setNewRadius(double radius) { m_newRadius = radius; }
    /// The next click takes a colour from the picture: picked().
    void setPicking(bool picking);
    bool isPicking() const { return m_isPicking; }
    void setMarksShown(bool shown);
    /// No hints are placed: the picture is being coloured for the first time.
    void setHeld(bool held) { m_isHeld = held; }
    /// Lies over the picture of the hints; null: none.
    void setVeil(const QImage &veil);
    /// A place (pixels of the picture) to be looked at next; nothing: none.
    void setPointedAt(const std::optional<QPointF> &place);
    /// A turn of the wheel that is not told yet is told now.
    void flush();
    /// What takeBack() asks.
    void setTakeBack(std::function<bool()> takeBack) { m_takeBack = std::move(takeBack); }
    bool takeBack() override;

    void hover(const PointerInput &input) override;
    bool wheel(const PointerInput &input, double notches) override;
    bool takesRightButton(Qt::KeyboardModifiers modifiers) const override;
    bool showsPicture() const override { return false; }
    bool key(int key, Qt::KeyboardModifiers modifiers) override;
    bool wantsKey(int key, Qt::KeyboardModifiers modifiers) const override;
    void paint(QPainter &painter) override;

Q_SIGNALS:
    /// hints() while a hand moves them.
    void moving();
    /// hints() after a change, which text names.
    void settled(const QString &text);
    /// A gesture was taken back: hints() are as before it.
    void takenBack();
    void selectedChanged();
    void picked(const QColor &color);
    /// Esc: no colour is wanted any more.
    void pickingGivenUp();

protected:
    void entered() override;
    void left() override;
    void began(const PointerInput &input) override;
    void dragged(const PointerInput &input) override;
    void ended(const PointerInput &input) override;
    void cancelled() override;

private:
    enum class Gesture { None, Move, Add, Remove, Pick };
    int hintAt(QPointF view) const;
    QPolygonF viewPath(const QList<QPointF> &points) const;
    double viewRadius(const ColorHint &hint) const;
    QPointF toPicture(QPointF canvas) const { return m_toCanvas.inverted().map(canvas); }
    ColorHint newHint(const PointerInput &input) const;
    void sortKinds();
    void tell(const QString &text);
    void paintHint(QPainter &painter, const ColorHint &hint, bool selected) const;

    ColorHints m_hints, m_before;
    Transform m_toCanvas;
    int m_selected = -1;
    int m_hovered = -1;
    double m_newRadius = 4;
    Gesture m_gesture = Gesture::None;
    QPointF m_from;     ///< view
    QPointF m_grabbed;  ///< picture
    ColorHint m_atGrab; ///< the hint when it was grabbed
    bool m_hasMoved = false;
    bool m_isPicking = false;
    bool m_areMarksShown = true;
    bool m_isHeld = false;
    QImage m_veil;
    std::optional<QPointF> m_pointedAt;
    void showStatus();
    QTimer m_wheelRests;
    std::function<bool()> m_takeBack;
};

} // namespace heirloom
