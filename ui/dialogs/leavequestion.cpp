// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/leavequestion.h"

#include <QPushButton>

namespace heirloom
{

LeaveQuestion::LeaveQuestion(const QString &photoName, QWidget *parent)
    : QMessageBox(parent)
{
    setObjectName(QStringLiteral("leaveQuestion"));
    setWindowTitle(tr("Unsaved result"));
    setIcon(QMessageBox::NoIcon);
    setText(tr("The result for \"%1\" was not exported yet.").arg(photoName));
    setInformativeText(tr("If you discard it, what was computed is lost. The photo's own file "
                          "stays as it is."));
    QPushButton *exportButton = addButton(tr("Export..."), QMessageBox::AcceptRole);
    exportButton->setObjectName(QStringLiteral("leaveExport"));
    QPushButton *discard = addButton(tr("Discard"), QMessageBox::DestructiveRole);
    discard->setObjectName(QStringLiteral("leaveDiscard"));
    QPushButton *cancel = addButton(tr("Cancel"), QMessageBox::RejectRole);
    cancel->setObjectName(QStringLiteral("leaveCancel"));
    setDefaultButton(exportButton);
    setEscapeButton(cancel);
    setAttribute(Qt::WA_DeleteOnClose);
    connect(this, &QDialog::finished, this, [this, exportButton, discard] {
        Q_EMIT answered(clickedButton() == exportButton ? LeaveAnswer::Export
                        : clickedButton() == discard    ? LeaveAnswer::Discard
                                                        : LeaveAnswer::Cancel);
    });
}

} // namespace heirloom
