// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMessageBox>

namespace heirloom
{

enum class LeaveAnswer { Save, Export, Discard, Cancel };

/// Asks before work is lost: another photo is to be opened, or the window closed.
/// Shown with open(); deletes itself.
class LeaveQuestion : public QMessageBox
{
    Q_OBJECT

public:
    LeaveQuestion(const QString &photoName, QWidget *parent = nullptr);

Q_SIGNALS:
    void answered(heirloom::LeaveAnswer answer);
};

} // namespace heirloom
