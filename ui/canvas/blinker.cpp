// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/blinker.h"

namespace heirloom
{

Blinker::Blinker(QObject *parent)
    : QObject(parent)
{
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, &Blinker::tick);
}

void Blinker::setRunning(bool running)
{
    m_running = running;
    m_before = false;
    update();
}

void Blinker::setPaused(bool paused)
{
    m_paused = paused;
    update();
}

void Blinker::restart()
{
    if (m_timer.isActive())
        m_timer.start();
}

void Blinker::tick()
{
    if (!m_running || m_paused)
        return;
    m_before = !m_before;
    Q_EMIT flipped();
}

void Blinker::update()
{
    if (m_running && !m_paused)
        m_timer.start();
    else
        m_timer.stop();
}

} // namespace heirloom
