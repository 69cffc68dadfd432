// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/folderquestion.h"

#include <QLocale>
#include <QPushButton>

namespace heirloom
{

FolderQuestion::FolderQuestion(const QString &name, const QStringList &photos, QWidget *parent)
    : QMessageBox(parent)
{
    setObjectName(QStringLiteral("folderQuestion"));
    setWindowTitle(tr("Open a folder"));
    setIcon(QMessageBox::NoIcon);
    const int count = int(photos.size());
    const QString figure = QLocale().toString(count);
    if (count == 1)
        setText(tr("There is one photo in \"%1\".").arg(name));
    else if (name.isEmpty())
        setText(tr("There are %1 photos in these folders.").arg(figure));
    else
        setText(tr("There are %1 photos in \"%2\".").arg(figure, name));
    setInformativeText(tr("Each is opened in a tab of its own. Folders inside are left out."));
    QPushButton *open =
        addButton(count == 1      ? tr("Open it")
                  : count <= most ? tr("Open all %1").arg(figure)
                                  : tr("Open the first %1").arg(QLocale().toString(most)),
                  QMessageBox::AcceptRole);
    open->setObjectName(QStringLiteral("folderOpen"));
    QPushButton *cancel = addButton(tr("Cancel"), QMessageBox::RejectRole);
    cancel->setObjectName(QStringLiteral("folderCancel"));
    setDefaultButton(open);
    setEscapeButton(cancel);
    setAttribute(Qt::WA_DeleteOnClose);
    connect(this, &QDialog::finished, this, [this, open, photos] {
        if (clickedButton() == open)
            Q_EMIT chosen(photos.first(std::min<qsizetype>(photos.size(), most)));
    });
}

} // namespace heirloom
