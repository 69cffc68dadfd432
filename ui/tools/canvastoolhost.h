// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/canvasinteraction.h"
#include "edit/paintstroke.h"
#include "tools/tool.h"
#include "tools/toolhost.h"

#include <QObject>
#include <QPointer>
#include <QSinglePointEvent>

namespace heirloom
{

class CanvasView;

/// What a host asks of the document for its tools. Owned by whoever has the document.
class PaintPlace
{
public:
    virtual ~PaintPlace() = default;
    virtual std::unique_ptr<PaintStroke> beginStroke(StrokeStart start) = 0;
    virtual PaintColors *colors() = 0;
    virtual std::optional<QColor> colorAt(QPointF canvas) = 0;
};

/// The place on a canvas where one tool at a time works: passes the canvas's events on to it and
/// answers its questions. Where two pictures stand side by side, the tool works on the result.
/// Owned by ToolController; GUI thread.
class CanvasToolHost : public QObject, public ToolHost, public CanvasInteraction
{
    Q_OBJECT

public:
    explicit CanvasToolHost(CanvasView &canvas, QObject *parent = nullptr);
    ~CanvasToolHost() override;

    /// Null: none. The former one leaves.
    void setTool(Tool *tool);
    Tool *tool() const { return m_tool; }
    /// Null: strokes are refused.
    void setPaintPlace(PaintPlace *place) { m_place = place; }
    /// At work while a pen's other end is used on a tool that gives way to it.
    void setEraser(Tool *eraser) { m_eraser = eraser; }
    /// Of the document that the canvas shows.
    void setResolution(Resolution resolution) { m_resolution = resolution; }
    /// The picture under the tool changed.
    void pictureChanged();

    QSize canvasSize() const override;
    Resolution resolution() const override { return m_resolution; }
    QTransform toView() const override;
    double pixelRatio() const override;
    QRectF viewRect() const override;
    QImage pixels(const QRect &canvasRect) const override;
    void paintPicture(QPainter &painter, const QTransform &canvasToView) const override;
    std::unique_ptr<PaintStroke> beginStroke(StrokeStart start) override;
    PaintColors *colors() const override { return m_place ? m_place->colors() : nullptr; }
    std::optional<QColor> colorAt(QPointF canvas) const override;
    void updateOverlay() override;
    void updateOverlay(const QRectF &part) override;
    void setCursor(const QCursor &cursor) override;
    void setStatus(const QString &text) override { Q_EMIT statusChanged(text); }

    bool mouse(QMouseEvent *event) override;
    bool tablet(QTabletEvent *event) override;
    bool wheel(QWheelEvent *event) override;
    void pointerLeft() override;
    bool key(QKeyEvent *event) override;
    bool wantsKey(const QKeyEvent &event) const override;
    void keyReleased(const QKeyEvent &event) override;
    void paint(QPainter &painter) override;
    std::optional<QCursor> cursor() const override;

Q_SIGNALS:
    void statusChanged(const QString &text);

private:
    PointerInput input(const QSinglePointEvent &event, double pressure) const;
    bool pointer(QEvent::Type type, Qt::MouseButton button, PointerInput input);
    void turnPen(bool eraserEnd);
    void use(Tool *tool);
    QImage assembled(int level, const QRect &area) const;

    CanvasView &m_canvas;
    QPointer<Tool> m_tool;
    QPointer<Tool> m_turnedFrom; ///< the tool that gave way to the eraser
    QPointer<Tool> m_eraser;
    PaintPlace *m_place = nullptr;
    Qt::MouseButton m_held = Qt::NoButton; ///< of the gesture in progress
    Resolution m_resolution;
    QCursor m_cursor;
    /// The last picture that was painted moved; a drag asks for the same one each time.
    mutable QImage m_kept;
    mutable QRect m_keptArea;
    mutable int m_keptLevel = -1;
};

} // namespace heirloom
