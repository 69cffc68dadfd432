// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mainwindow.h"

#include <QObject>

namespace heirloom
{

/// Carries out the commands that open the program's own dialogs: models, preferences, keys, about.
/// Owned by the main window; GUI thread.
class DialogsController : public QObject
{
    Q_OBJECT

public:
    DialogsController(const WindowServices &services, Actions &actions, QWidget *window);

Q_SIGNALS:
    /// Packs were fetched or checked in the models dialog.
    void modelsChanged();
};

} // namespace heirloom
