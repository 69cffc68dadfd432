// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/eyedroppertool.h"

#include "tools/paintcolors.h"

namespace heirloom
{

void EyedropperTool::entered()
{
    host().setCursor(Qt::CrossCursor);
    host().setStatus(tr("Click picks the colour to paint with, Alt+click the other one"));
}

void EyedropperTool::began(const PointerInput &input)
{
    if (host().colors()) {
        m_foreground = host().colors()->foreground();
        m_background = host().colors()->background();
    }
    pick(input);
}

void EyedropperTool::pick(const PointerInput &input)
{
    PaintColors *colors = host().colors();
    const auto color = host().colorAt(input.canvas);
    if (!colors || !color)
        return;
    if (input.modifiers.testFlag(Qt::AltModifier))
        colors->setBackground(*color);
    else
        colors->setForeground(*color);
}

void EyedropperTool::cancelled()
{
    if (PaintColors *colors = host().colors()) {
        colors->setForeground(m_foreground);
        colors->setBackground(m_background);
    }
}

bool EyedropperTool::wantsKey(int key, Qt::KeyboardModifiers) const
{
    return isInGesture() && key == Qt::Key_Escape;
}

bool EyedropperTool::key(int key, Qt::KeyboardModifiers modifiers)
{
    if (!wantsKey(key, modifiers))
        return false;
    cancelGesture();
    return true;
}

} // namespace heirloom
