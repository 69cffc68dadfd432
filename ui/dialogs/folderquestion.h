// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMessageBox>

namespace heirloom
{

/// Asks whether a folder's photos are to be opened, and says how many there are. Deletes itself
/// when it is closed. GUI thread.
class FolderQuestion : public QMessageBox
{
    Q_OBJECT

public:
    /// So many are opened at once; the rest of a larger folder is left alone.
    static constexpr int most = 20;

    /// name: of the folder; empty: there are several.
    FolderQuestion(const QString &name, const QStringList &photos, QWidget *parent);

Q_SIGNALS:
    void chosen(const QStringList &photos);
};

} // namespace heirloom
