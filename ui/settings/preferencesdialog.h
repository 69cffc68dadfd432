// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "settings/settings.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QListWidget;
class QSpinBox;
class QStackedWidget;

namespace heirloom
{

class Actions;

/// The user's choices, page by page, over the table of settings. Each holds at once; nothing has to
/// be confirmed. GUI thread.
class PreferencesDialog : public QDialog
{
    Q_OBJECT

public:
    PreferencesDialog(Settings &settings, Actions &actions, QWidget *parent = nullptr);

    enum class Page { Look, Memory, Files, Keyboard };
    void showPage(Page page);

private:
    QFormLayout *addPage(const QString &title);
    void buildLook();
    void buildMemory();
    void buildFiles();
    QComboBox *addChoice(QFormLayout *form, const QString &label, const QString &hint,
                         const Setting<QString> &setting,
                         const QList<std::pair<QString, QString>> &choices);
    QSpinBox *addNumber(QFormLayout *form, const QString &label, const QString &hint,
                        const Setting<int> &setting, int least, int most, int step,
                        const QString &suffix);
    QCheckBox *addSwitch(QFormLayout *form, const QString &label, const QString &hint,
                         const Setting<bool> &setting);
    static void addNote(QFormLayout *form, const QString &text);

    Settings &m_settings;
    QListWidget *m_list;
    QStackedWidget *m_pages;
};

} // namespace heirloom
