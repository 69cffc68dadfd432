// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/canvasview.h"
#include "fakecontent.h"
#include "tools/canvastoolhost.h"
#include "tools/tool.h"

#include <QtTest>

namespace heirloom::test
{

/// One tool on a canvas, one logical pixel to a canvas pixel whatever the screen's scale, driven by
/// mouse and keys; and everything it asked for.
struct ToolStage {
    FakeContent content{QSize(400, 300)};
    CanvasView canvas;
    QList<ToolRequest> requests;
    int finished = 0;
    QString status;
    CanvasToolHost host{canvas}; ///< goes first, and says a last word

    explicit ToolStage(Tool &tool)
    {
        canvas.resize(640, 480);
        canvas.setContent(&content);
        canvas.show();
        canvas.zoomTo(canvas.devicePixelRatioF());
        QObject::connect(&tool, &Tool::requested, &host,
                         [this](const ToolRequest &request) { requests += request; });
        QObject::connect(&tool, &Tool::finished, &host, [this] { ++finished; });
        QObject::connect(&host, &CanvasToolHost::statusChanged, &host,
                         [this](const QString &text) { status = text; });
        host.setTool(&tool);
    }

    /// The nearest place on the widget.
    QPoint at(double x, double y) const { return host.toView().map(QPointF(x, y)).toPoint(); }
    void press(QPoint p, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mousePress(&canvas, Qt::LeftButton, modifiers, p);
    }
    void move(QPoint p, Qt::KeyboardModifiers modifiers = {})
    {
        // QTest::mouseMove has no buttons and no modifiers.
        QMouseEvent event(QEvent::MouseMove, p, canvas.mapToGlobal(p), Qt::NoButton,
                          Qt::LeftButton, modifiers);
        QApplication::sendEvent(&canvas, &event);
    }
    void release(QPoint p, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseRelease(&canvas, Qt::LeftButton, modifiers, p);
    }
    /// From a place on the canvas by whole logical pixels, which are canvas pixels here.
    void drag(double x, double y, QPoint by, Qt::KeyboardModifiers modifiers = {})
    {
        const QPoint from = at(x, y);
        press(from, modifiers);
        move(from + by / 2, modifiers);
        move(from + by, modifiers);
        release(from + by, modifiers);
    }
    void key(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&canvas, Qt::Key(key), modifiers);
    }
    /// What is on the screen at a place on the canvas.
    QColor shown(double x, double y)
    {
        while (!canvas.isSettled())
            QCoreApplication::processEvents();
        const QImage image = canvas.grab().toImage();
        const QPointF device = host.toView().map(QPointF(x, y)) * image.devicePixelRatio();
        return image.pixelColor(int(std::floor(device.x())), int(std::floor(device.y())));
    }
};

} // namespace heirloom::test
