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
    setWindowTitle(tr("Unsaved work"));
    setIcon(QMessageBox::NoIcon);
    setText(tr("The work on \"%1\" is neither saved nor exported.").arg(photoName));
    setInformativeText(tr("Save keeps it with its layers as a project, Export writes the picture "
                          "alone. If you discard it, it is lost. The photo's own file stays as it "
                          "is either way."));
    QPushButton *save = addButton(tr("Save..."), QMessageBox::AcceptRole);
    save->setObjectName(QStringLiteral("leaveSave"));
    QPushButton *exportButton = addButton(tr("Export..."), QMessageBox::AcceptRole);
    exportButton->setObjectName(QStringLiteral("leaveExport"));
    QPushButton *discard = addButton(tr("Discard"), QMessageBox::DestructiveRole);
    discard->setObjectName(QStringLiteral("leaveDiscard"));
    QPushButton *cancel = addButton(tr("Cancel"), QMessageBox::RejectRole);
    cancel->setObjectName(QStringLiteral("leaveCancel"));
    setDefaultButton(save);
    setEscapeButton(cancel);
    setAttribute(Qt::WA_DeleteOnClose);
    connect(this, &QDialog::finished, this, [this, save, exportButton, discard] {
        Q_EMIT answered(clickedButton() == save           ? LeaveAnswer::Save
                        : clickedButton() == exportButton ? LeaveAnswer::Export
                        : clickedButton() == discard      ? LeaveAnswer::Discard
                                                          : LeaveAnswer::Cancel);
    });
}

} // namespace heirloom
