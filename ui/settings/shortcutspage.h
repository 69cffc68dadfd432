// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace heirloom
{

class Actions;
enum class ActionId;

/// All commands with their keys, to look up, search and change; says when a key is taken. A page of
/// Preferences, and the sheet of F1. GUI thread.
class ShortcutsPage : public QWidget
{
    Q_OBJECT

public:
    explicit ShortcutsPage(Actions &actions, QWidget *parent = nullptr);

private:
    void fill();
    void filter(const QString &text);
    void choose();
    void keyTyped();

    Actions &m_actions;
    QLineEdit *m_search;
    QTreeWidget *m_list;
    QKeySequenceEdit *m_key;
    QPushButton *m_clear;
    QLabel *m_conflict;
};

} // namespace heirloom
