// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace heirloom
{

class Actions;

/// The sheet of all keys (F1 or ?), to look one up and to change it.
class ShortcutsDialog : public QDialog
{
    Q_OBJECT

public:
    explicit ShortcutsDialog(Actions &actions, QWidget *parent = nullptr);
};

} // namespace heirloom
