// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "paint/coverage.h"
#include "paint/floodselect.h"
#include "tools/tool.h"

#include <QPainterPath>

#include <functional>

namespace heirloom
{

/// What all selection tools have in common, and what only some use. A value.
struct SelectOptions {
    CoverageMode mode = CoverageMode::Replace;
    bool smooth = true;
    int feather = 0; ///< standard deviation in pixels
    int tolerance = 32;
    bool contiguous = true;
    bool allLayers = true;
    bool operator==(const SelectOptions &) const = default;
};

/// A shape, in canvas pixels, that is to be selected.
struct ShapeSelection {
    QString text; ///< of the step
    QPainterPath shape;
    bool isPixels = false; ///< a rectangle of whole pixels
    SelectOptions options;
};
/// What looks like the pixel at a place.
struct WandSelection {
    QPoint at;
    SelectOptions options;
};

/// A tool that selects: how it goes together with what is selected (Shift adds, Alt subtracts, both
/// intersect, as they are at the press), moving the selection by a drag that begins inside it or by
/// arrow keys, and what is being dragged while Space is held. Tools of one controller share their
/// options. GUI thread.
class SelectTool : public Tool
{
    Q_OBJECT

public:
    explicit SelectTool(ToolOptions<SelectOptions> &options, QObject *parent = nullptr);

    const SelectOptions &options() const { return m_options.latest(); }
    void setOptions(const SelectOptions &options);
    /// Whether a canvas pixel is selected; without it nothing is.
    void setIsSelected(std::function<bool(QPoint)> isSelected);

    bool key(int key, Qt::KeyboardModifiers modifiers) override;
    bool wantsKey(int key, Qt::KeyboardModifiers modifiers) const override;
    void keyReleased(int key) override;

Q_SIGNALS:
    void shapeSelected(const heirloom::ShapeSelection &selection);
    void wandUsed(const heirloom::WandSelection &selection);
    void noneSelected();
    /// While it is dragged, by how much in all; then once by how much, to be done. A nudge is done
    /// at once.
    void selectionDragged(QPointF by);
    void selectionMoved(QPointF by);

protected:
    /// As the press says, with the mode it has together with the keys.
    SelectOptions optionsFor(Qt::KeyboardModifiers modifiers) const;
    /// Of this gesture.
    const SelectOptions &used() const { return m_used; }
    bool isMoving() const { return m_isMoving; }

    void began(const PointerInput &input) final;
    void dragged(const PointerInput &input) final;
    void ended(const PointerInput &input) final;
    void cancelled() final;
    void hover(const PointerInput &input) override;
    void entered() override;

    virtual void shapeBegan(const PointerInput &input) = 0;
    virtual void shapeDragged(const PointerInput &input) = 0;
    /// All of it by canvas pixels, before shapeDragged() of the same place.
    virtual void shapeCarried(QPointF) {}
    virtual void shapeEnded(const PointerInput &input) = 0;
    virtual void shapeCancelled() = 0;
    /// A shape is under way between gestures, so that a press goes on with it.
    virtual bool isUnderWay() const { return false; }
    virtual QString status() const = 0;

private:
    ToolOptions<SelectOptions> &m_options;
    SelectOptions m_used;
    std::function<bool(QPoint)> m_isSelected;
    QPointF m_from;
    QPointF m_last; ///< of the gesture, canvas
    bool m_isMoving = false;
    bool m_carries = false; ///< Space is held
};

} // namespace heirloom
