// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

class QDialog;
class QFormLayout;
class QPushButton;
class QString;
class QWidget;

namespace heirloom
{

/// An empty form with the distances that all dialogs have.
QFormLayout *newForm();

/// Lays out a dialog that asks for a few numbers: the form, notes and problems below it, and the
/// buttons, of which the first, with this text and object name, accepts. Returns that one.
QPushButton *layOutForm(QDialog &dialog, QFormLayout *form, const QList<QWidget *> &below,
                        const QString &accept, const char *acceptName);

} // namespace heirloom
