// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/themecolors.h"

#include <QObject>

namespace heirloom
{

/// What the user chose; System follows the desktop.
enum class ThemeChoice { System, Dark, Light };

/// Gives the application its look: style, palette and style sheet. Made once by the composition
/// root (before it, the desktop's own palette is read for System); GUI thread.
class Theme : public QObject
{
    Q_OBJECT

public:
    explicit Theme(QObject *parent = nullptr);

    /// Does nothing when that is what is shown already.
    void setChoice(ThemeChoice choice);
    ThemeChoice choice() const { return m_choice; }
    Look look() const { return m_look; }
    ThemeColors colors() const { return ThemeColors::of(m_look); }

Q_SIGNALS:
    void changed();

private:
    void apply();
    Look systemLook() const;

    ThemeChoice m_choice = ThemeChoice::System;
    Look m_look = Look::Light;
    bool m_desktopIsDark = false;
    bool m_applied = false;
};

/// Makes the icons and themes compiled into this library findable; called before first use.
void initUiResources();

} // namespace heirloom
