// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tools/cropframe.h"
#include "tools/tool.h"

namespace heirloom
{

struct CropOptions {
    QSizeF aspect; ///< width to height; empty: free
    QSizeF paper;  ///< centimetres, when the aspect is a print's; else empty
    bool operator==(const CropOptions &) const = default;
};

/// A frame on the picture: drag its handles or its inside, or draw another beside it; what is
/// outside goes. Owned by ToolController; GUI thread.
class CropTool : public CanvasTool
{
    Q_OBJECT

public:
    using CanvasTool::CanvasTool;

    const QRect &frame() const { return m_frame; }
    /// Cut off at the canvas's edges; an empty one is ignored. The aspect is not looked at.
    void setFrame(const QRect &frame);
    const CropOptions &options() const { return m_options.latest(); }
    void setOptions(const CropOptions &options);
    /// Upright becomes lying.
    void turnAspect();
    /// "2,400 x 1,600 px, 20.3 x 13.5 cm at 300 dpi".
    QString readout() const;
    QSize canvasSize() const;

    bool canApply() const override;
    void reset() override;
    void hover(const PointerInput &input) override;
    void paint(QPainter &painter) override;

protected:
    ToolRequest request() const override { return CropRequest{m_frame}; }
    void entered() override;
    void began(const PointerInput &input) override;
    void dragged(const PointerInput &input) override;
    void ended(const PointerInput &input) override;
    void cancelled() override;
    void nudge(QPoint by) override;
    bool wantsOwnKey(int key, Qt::KeyboardModifiers modifiers) const override;
    bool ownKey(int key, Qt::KeyboardModifiers modifiers) override;

private:
    cropframe::Grip gripAt(QPointF view) const;
    bool isWhole() const;
    void fitAspect();
    void show();

    ToolOptions<CropOptions> m_options;
    QRect m_frame;
    QRect m_base; ///< the last frame made by hand; aspects are fitted into it
    QRect m_start;
    cropframe::Grip m_grip = cropframe::Grip::None; ///< None in a gesture: a new frame is drawn
    QPointF m_from;                                 ///< canvas, where the gesture began
    QPointF m_offset;                               ///< from the mouse to what it holds
};

} // namespace heirloom
