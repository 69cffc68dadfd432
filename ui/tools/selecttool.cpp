// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/selecttool.h"

#include <cmath>

namespace heirloom
{

namespace
{

QPoint pixelAt(QPointF canvas)
{
    return {int(std::floor(canvas.x())), int(std::floor(canvas.y()))};
}

} // namespace

SelectTool::SelectTool(ToolOptions<SelectOptions> &options, QObject *parent)
    : Tool(parent)
    , m_options(options)
{
}

void SelectTool::setOptions(const SelectOptions &options)
{
    if (options == m_options.latest())
        return;
    m_options.set(options, isInGesture());
    Q_EMIT changed();
}

void SelectTool::setIsSelected(std::function<bool(QPoint)> isSelected)
{
    m_isSelected = std::move(isSelected);
}

void SelectTool::entered()
{
    m_isMoving = false;
    shapeCancelled();
    host().setCursor(Qt::CrossCursor);
    host().setStatus(status());
}

SelectOptions SelectTool::optionsFor(Qt::KeyboardModifiers modifiers) const
{
    SelectOptions used = m_options.latest();
    const bool shift = modifiers & Qt::ShiftModifier, alt = modifiers & Qt::AltModifier;
    if (shift || alt) {
        used.mode = shift && alt ? CoverageMode::Intersect
                    : shift      ? CoverageMode::Add
                                 : CoverageMode::Subtract;
    }
    return used;
}

void SelectTool::began(const PointerInput &input)
{
    m_from = m_last = input.canvas;
    m_carries = false;
    if (!isUnderWay()) {
        m_used = optionsFor(input.modifiers);
        m_isMoving = m_used.mode == CoverageMode::Replace && m_isSelected &&
                     m_isSelected(pixelAt(input.canvas));
    }
    if (!m_isMoving)
        shapeBegan(input);
}

void SelectTool::dragged(const PointerInput &input)
{
    const QPointF by = input.canvas - std::exchange(m_last, input.canvas);
    if (m_isMoving)
        return Q_EMIT selectionDragged(pixelAt(input.canvas - m_from + QPointF(0.5, 0.5)));
    if (m_carries)
        shapeCarried(by);
    shapeDragged(input);
}

void SelectTool::ended(const PointerInput &input)
{
    m_options.takeLatest();
    if (!m_isMoving)
        return shapeEnded(input);
    m_isMoving = false;
    const QPoint by = pixelAt(input.canvas - m_from + QPointF(0.5, 0.5));
    Q_EMIT selectionDragged({});
    if (by.isNull())
        shapeEnded(input); // a click inside is a click
    else
        Q_EMIT selectionMoved(by);
}

void SelectTool::cancelled()
{
    if (std::exchange(m_isMoving, false))
        Q_EMIT selectionDragged({});
    shapeCancelled();
    refresh();
}

void SelectTool::hover(const PointerInput &input)
{
    const bool inside = !isUnderWay() &&
                        optionsFor(input.modifiers).mode == CoverageMode::Replace && m_isSelected &&
                        m_isSelected(pixelAt(input.canvas));
    host().setCursor(inside ? Qt::SizeAllCursor : Qt::CrossCursor);
}

bool SelectTool::wantsKey(int key, Qt::KeyboardModifiers modifiers) const
{
    // Modifiers may be held for the shape.
    if (key == Qt::Key_Space && isInGesture())
        return true;
    if (modifiers & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return false;
    return (!arrow(key).isNull() && m_isSelected) ||
           (key == Qt::Key_Escape && (isInGesture() || isUnderWay()));
}

bool SelectTool::key(int key, Qt::KeyboardModifiers modifiers)
{
    if (!wantsKey(key, modifiers))
        return false;
    if (key == Qt::Key_Space) {
        m_carries = true;
        return true;
    }
    if (key == Qt::Key_Escape) {
        if (isInGesture()) {
            cancelGesture();
        } else {
            shapeCancelled();
            refresh();
        }
        return true;
    }
    if (!isInGesture())
        Q_EMIT selectionMoved(arrow(key, modifiers));
    return true;
}

void SelectTool::keyReleased(int key)
{
    if (key == Qt::Key_Space)
        m_carries = false;
}

} // namespace heirloom
