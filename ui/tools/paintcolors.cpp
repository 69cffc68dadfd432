// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/paintcolors.h"

#include <utility>

namespace heirloom
{

void PaintColors::setForeground(const QColor &color)
{
    if (!color.isValid() || color == m_foreground)
        return;
    m_foreground = color;
    Q_EMIT changed();
}

void PaintColors::setBackground(const QColor &color)
{
    if (!color.isValid() || color == m_background)
        return;
    m_background = color;
    Q_EMIT changed();
}

void PaintColors::swap()
{
    std::swap(m_foreground, m_background);
    Q_EMIT changed();
}

void PaintColors::reset()
{
    m_foreground = Qt::black;
    m_background = Qt::white;
    Q_EMIT changed();
}

void PaintColors::setPick(const PickOptions &options)
{
    if (options == m_pick)
        return;
    m_pick = options;
    Q_EMIT changed();
}

} // namespace heirloom
