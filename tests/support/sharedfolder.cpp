// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/sharedfolder.h"

#include <QDir>
#include <QFileInfo>

namespace heirloom::test
{

QString sharedFolder()
{
    QString folder = qEnvironmentVariable("HEIRLOOM_SHARED");
    if (folder.isEmpty())
        folder = QStringLiteral(HEIRLOOM_SOURCE_DIR "/../shared");
    return QFileInfo(folder).isDir() ? QDir(folder).canonicalPath() : QString();
}

QString sharedFile(const QString &relative)
{
    const QString folder = sharedFolder();
    if (folder.isEmpty())
        return {};
    const QString path = folder + u'/' + relative;
    return QFileInfo::exists(path) ? path : QString();
}

QStringList sharedFiles(const QString &folder, const QStringList &nameFilters)
{
    const QString path = sharedFile(folder);
    if (path.isEmpty())
        return {};
    QStringList out;
    const QDir dir(path);
    for (const QString &name : dir.entryList(nameFilters, QDir::Files, QDir::Name))
        out << dir.filePath(name);
    return out;
}

} // namespace heirloom::test
