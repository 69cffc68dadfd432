// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/formdialog.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace heirloom
{

QFormLayout *newForm()
{
    auto *form = new QFormLayout;
    form->setVerticalSpacing(10);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    return form;
}

QPushButton *layOutForm(QDialog &dialog, QFormLayout *form, const QList<QWidget *> &below,
                        const QString &accept, const char *acceptName)
{
    auto *buttons = new QDialogButtonBox;
    QPushButton *button = buttons->addButton(accept, QDialogButtonBox::AcceptRole);
    button->setObjectName(QLatin1String(acceptName));
    button->setProperty("primary", true);
    button->setDefault(true);
    buttons->addButton(QCoreApplication::translate("heirloom::FormDialog", "Cancel"),
                       QDialogButtonBox::RejectRole);
    auto *layout = new QVBoxLayout(&dialog);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(14);
    layout->addLayout(form);
    for (QWidget *widget : below) {
        const bool isButton = qobject_cast<QPushButton *>(widget);
        layout->addWidget(widget, 0, isButton ? Qt::AlignLeft : Qt::Alignment());
    }
    layout->addWidget(buttons);
    QObject::connect(buttons, &QDialogButtonBox::accepted, &dialog, &QDialog::accept);
    QObject::connect(buttons, &QDialogButtonBox::rejected, &dialog, &QDialog::reject);
    return button;
}

} // namespace heirloom
