// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/canvasinteraction.h"
#include "tools/toolhost.h"

#include <QObject>
#include <QPointer>

namespace heirloom
{

class CanvasView;
class Tool;
struct PointerInput;

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
    void updateOverlay() override;
    void setCursor(const QCursor &cursor) override;
    void setStatus(const QString &text) override { Q_EMIT statusChanged(text); }

    bool mouse(QMouseEvent *event) override;
    bool key(QKeyEvent *event) override;
    bool wantsKey(const QKeyEvent &event) const override;
    void paint(QPainter &painter) override;
    std::optional<QCursor> cursor() const override;

Q_SIGNALS:
    void statusChanged(const QString &text);

private:
    PointerInput input(const QMouseEvent &event) const;
    QImage assembled(int level, const QRect &area) const;

    CanvasView &m_canvas;
    QPointer<Tool> m_tool;
    Resolution m_resolution;
    QCursor m_cursor;
    /// The last picture that was painted moved; a drag asks for the same one each time.
    mutable QImage m_kept;
    mutable QRect m_keptArea;
    mutable int m_keptLevel = -1;
};

} // namespace heirloom
