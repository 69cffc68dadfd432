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
    m_export = addButton(tr("Export..."), QMessageBox::AcceptRole);
    m_export->setObjectName(QStringLiteral("leaveExport"));
    m_discard = addButton(tr("Discard"), QMessageBox::DestructiveRole);
    m_discard->setObjectName(QStringLiteral("leaveDiscard"));
    QPushButton *cancel = addButton(tr("Cancel"), QMessageBox::RejectRole);
    cancel->setObjectName(QStringLiteral("leaveCancel"));
    setDefaultButton(m_export);
    setEscapeButton(cancel);
}

LeaveAnswer LeaveQuestion::ask()
{
    exec();
    if (clickedButton() == m_export)
        return LeaveAnswer::Export;
    return clickedButton() == m_discard ? LeaveAnswer::Discard : LeaveAnswer::Cancel;
}

} // namespace heirloom
