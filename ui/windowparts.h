// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QMainWindow;
class QMenu;
class QToolBar;
class QWidget;

namespace heirloom
{

class Actions;
class CanvasView;
class Settings;
class Theme;

/// The menu bar; returns the View menu.
QMenu *buildMenus(QMainWindow &window, Actions &actions, Settings &settings, Theme &theme);
QToolBar *buildToolBar(QMainWindow &window, Actions &actions, CanvasView &canvas);

} // namespace heirloom
