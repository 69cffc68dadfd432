// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/shortcutsdialog.h"

#include "settings/shortcutspage.h"

#include <QDialogButtonBox>
#include <QVBoxLayout>

namespace heirloom
{

ShortcutsDialog::ShortcutsDialog(Actions &actions, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("shortcutsDialog"));
    setWindowTitle(tr("Keyboard"));
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(new ShortcutsPage(actions), 1);
    layout->addWidget(buttons);
    resize(460, 560);
}

} // namespace heirloom
