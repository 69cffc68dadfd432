// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/imageinfo.h"

#include <QColor>
#include <QCursor>
#include <QImage>
#include <QTransform>

#include <memory>
#include <optional>

class QPainter;

namespace heirloom
{

class PaintColors;
class PaintStroke;
struct StrokeStart;

/// All that a tool knows of the place it works in: the picture's size and look, where it lies on
/// the screen, and a few things it may ask for. No window, no document: what is to happen to the
/// picture is requested (Tool::requested()). GUI thread.
class ToolHost
{
public:
    virtual ~ToolHost() = default;

    virtual QSize canvasSize() const = 0; ///< pixels; empty: nothing is open
    virtual Resolution resolution() const = 0;
    /// Canvas pixels to the logical pixels of the view, and how many device pixels one of those is.
    virtual QTransform toView() const = 0;
    virtual double pixelRatio() const = 0;
    /// Where the picture may be, in logical pixels; painting is clipped to it.
    virtual QRectF viewRect() const = 0;

    /// Part of the picture as the screen has it, one image pixel to a canvas pixel; beside the
    /// picture it is transparent.
    virtual QImage pixels(const QRect &canvasRect) const = 0;
    /// Covers the view and paints the picture where a map from canvas pixels to the view's logical
    /// pixels puts it: a preview of a turned or straightened picture.
    virtual void paintPicture(QPainter &painter, const QTransform &canvasToView) const = 0;

    /// Begins a stroke on what is painted on now (the active layer or its mask), which start need
    /// not name. Null: refused, and the person has been told why.
    virtual std::unique_ptr<PaintStroke> beginStroke(StrokeStart start) = 0;
    /// The window's foreground and background; null: there are none.
    virtual PaintColors *colors() const = 0;
    /// The picture's colour around a place, by the eyedropper's options; nothing where it is
    /// transparent or beside the picture.
    virtual std::optional<QColor> colorAt(QPointF canvas) const = 0;

    virtual void updateOverlay() = 0;
    /// The same where only this part of the view (logical pixels) differs.
    virtual void updateOverlay(const QRectF &part) = 0;
    virtual void setCursor(const QCursor &cursor) = 0;
    /// A line for the status bar; empty: none.
    virtual void setStatus(const QString &text) = 0;
};

} // namespace heirloom
