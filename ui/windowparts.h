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
class CanvasController;
class CanvasView;
class Docks;
class MessageBar;
class Settings;
class StartPage;
class Theme;
class ToolController;
class Workspace;

/// The menu bar; returns the View menu.
QMenu *buildMenus(QMainWindow &window, Actions &actions, Settings &settings, Theme &theme);
/// What works on selections and masks, owned by the tools.
struct HandsParts {
    Workspace &workspace;
    Actions &actions;
    ToolController &tools;
    CanvasController &view;
    Docks &docks;
    Settings &settings;
    MessageBar &messages;
    StartPage &start;
};
void buildHands(const HandsParts &parts);
/// What a photo is opened for.
void addStartCards(StartPage &page);
QToolBar *buildToolBar(QMainWindow &window, Actions &actions, CanvasView &canvas);

} // namespace heirloom
