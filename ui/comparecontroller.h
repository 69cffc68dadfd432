// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QActionGroup;
class QMenu;

namespace heirloom
{

class Actions;
class CanvasController;

/// The choice of what the current photo is compared with: a menu that lists the Original, the step
/// before, the kept states and the layers; and blinking. Owned by the main window; GUI thread.
class CompareController : public QObject
{
    Q_OBJECT

public:
    CompareController(CanvasController &view, Actions &actions, QObject *parent = nullptr);
    ~CompareController() override;

    QMenu *menu() const { return m_menu; }

private:
    void fill();
    void popUp();

    CanvasController &m_view;
    QMenu *m_menu;
    QActionGroup *m_group = nullptr;
};

} // namespace heirloom
