// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/selecttool.h"

#include <cmath>

namespace heirloom
{

namespace
{

constexpr int farNudge = 10;

QPoint way(int key)
{
    switch (key) {
    case Qt::Key_Left:
        return {-1, 0};
    case Qt::Key_Right:
        return {1, 0};
    case Qt::Key_Up:
        return {0, -1};
    case Qt::Key_Down:
        return {0, 1};
    default:
        return {};
    }
}

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
    m_from = input.canvas;
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
    if (m_isMoving)
        Q_EMIT selectionDragged(pixelAt(input.canvas - m_from + QPointF(0.5, 0.5)));
    else
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
    const bool inside = !isUnderWay() && optionsFor(input.modifiers).mode == CoverageMode::Replace &&
                        m_isSelected && m_isSelected(pixelAt(input.canvas));
    host().setCursor(inside ? Qt::SizeAllCursor : Qt::CrossCursor);
}

bool SelectTool::wantsKey(int key, Qt::KeyboardModifiers modifiers) const
{
    if (modifiers & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return false;
    return (!way(key).isNull() && m_isSelected) ||
           (key == Qt::Key_Escape && (isInGesture() || isUnderWay()));
}

bool SelectTool::key(int key, Qt::KeyboardModifiers modifiers)
{
    if (!wantsKey(key, modifiers))
        return false;
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
        Q_EMIT selectionMoved(way(key) * (modifiers & Qt::ShiftModifier ? farNudge : 1));
    return true;
}

} // namespace heirloom
