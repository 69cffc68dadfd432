// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

namespace heirloom
{

/// Which side a blinking comparison shows: After first, then each in turn, less than twice a second
/// (flashes are harmless up to three times a second). Stands still while paused. Owned by a canvas;
/// GUI thread.
class Blinker : public QObject
{
    Q_OBJECT

public:
    static constexpr int interval = 700; ///< milliseconds

    explicit Blinker(QObject *parent = nullptr);

    void setRunning(bool running);
    void setPaused(bool paused);
    /// The side that is shown stays for a whole interval from now.
    void restart();
    bool isTicking() const { return m_timer.isActive(); }
    bool showsBefore() const { return m_before; }

public Q_SLOTS:
    /// What the clock does: shows the other side, unless it is stopped or paused.
    void tick();

Q_SIGNALS:
    void flipped();

private:
    void update();

    QTimer m_timer;
    bool m_running = false;
    bool m_paused = false;
    bool m_before = false;
};

} // namespace heirloom
