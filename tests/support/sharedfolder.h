// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace heirloom::test
{

/// The folder with the evaluation photos and odd files: $HEIRLOOM_SHARED, else "shared" beside the
/// source root. Empty when there is none.
QString sharedFolder();
/// A file in it ("photos/old/x.jpg"); empty when it is not there.
QString sharedFile(const QString &relative);
/// The files of one of its folders, sorted, absolute; empty when it is not there.
QStringList sharedFiles(const QString &folder, const QStringList &nameFilters = {});

} // namespace heirloom::test
