// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/tool.h"

namespace heirloom
{

namespace
{

bool isPlain(Qt::KeyboardModifiers modifiers)
{
    return !(modifiers & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
}

} // namespace

QPoint Tool::arrow(int key, Qt::KeyboardModifiers modifiers)
{
    constexpr int farNudge = 10;
    const int by = modifiers & Qt::ShiftModifier ? farNudge : 1;
    switch (key) {
    case Qt::Key_Left:
        return {-by, 0};
    case Qt::Key_Right:
        return {by, 0};
    case Qt::Key_Up:
        return {0, -by};
    case Qt::Key_Down:
        return {0, by};
    default:
        return {};
    }
}

void Tool::enter(ToolHost &host)
{
    if (m_host)
        leave();
    m_host = &host;
    entered();
    refresh();
}

void Tool::leave()
{
    if (!m_host)
        return;
    m_inGesture = false;
    left();
    m_host->setStatus({});
    m_host->updateOverlay();
    m_host = nullptr;
}

void Tool::canvasChanged()
{
    if (!m_host)
        return;
    m_inGesture = false;
    entered();
    refresh();
}

void Tool::press(const PointerInput &input)
{
    m_inGesture = true;
    began(input);
}

void Tool::move(const PointerInput &input)
{
    if (m_inGesture)
        dragged(input);
}

void Tool::release(const PointerInput &input)
{
    if (!m_inGesture)
        return;
    m_inGesture = false;
    ended(input);
}

void Tool::cancelGesture()
{
    if (!m_inGesture)
        return;
    m_inGesture = false;
    cancelled();
}

void Tool::refresh()
{
    if (m_host)
        m_host->updateOverlay();
    Q_EMIT changed();
}

void CanvasTool::apply()
{
    if (!isActive() || isInGesture())
        return;
    if (canApply())
        Q_EMIT requested(request());
    Q_EMIT finished();
}

void CanvasTool::giveUp()
{
    if (isInGesture())
        return cancelGesture();
    Q_EMIT finished();
}

bool CanvasTool::wantsKey(int key, Qt::KeyboardModifiers modifiers) const
{
    if (!isPlain(modifiers))
        return false;
    const bool known = !arrow(key).isNull() || key == Qt::Key_Return || key == Qt::Key_Enter ||
                       key == Qt::Key_Escape;
    return known || wantsOwnKey(key, modifiers);
}

bool CanvasTool::key(int key, Qt::KeyboardModifiers modifiers)
{
    if (!wantsKey(key, modifiers))
        return false;
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        apply();
    } else if (key == Qt::Key_Escape) {
        giveUp();
    } else if (const QPoint by = arrow(key, modifiers); !by.isNull()) {
        if (!isInGesture())
            nudge(by);
    } else {
        return ownKey(key, modifiers);
    }
    return true;
}

} // namespace heirloom
