// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/recentfiles.h"

#include "settings/settings.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>

namespace heirloom
{

RecentFiles::RecentFiles(Settings &settings, QString cacheFolder, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
    , m_cacheFolder(std::move(cacheFolder))
{
}

QStringList RecentFiles::paths() const
{
    return m_settings.value(setting::recentFiles);
}

void RecentFiles::add(const QString &path, const QImage &thumbnail)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    QStringList list = paths();
    list.removeAll(absolute);
    list.prepend(absolute);
    while (list.size() > limit)
        QFile::remove(thumbnailPath(list.takeLast()));
    if (!thumbnail.isNull() && QDir().mkpath(m_cacheFolder)) {
        const QImage small = thumbnail.scaled(thumbnailSide, thumbnailSide, Qt::KeepAspectRatio,
                                              Qt::SmoothTransformation);
        small.save(thumbnailPath(absolute), "PNG");
        QFile::setPermissions(thumbnailPath(absolute),
                              QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    }
    m_settings.set(setting::recentFiles, list);
    Q_EMIT changed();
}

void RecentFiles::remove(const QString &path)
{
    QStringList list = paths();
    list.removeAll(path);
    QFile::remove(thumbnailPath(path));
    m_settings.set(setting::recentFiles, list);
    Q_EMIT changed();
}

void RecentFiles::clear()
{
    const QStringList list = paths();
    for (const QString &path : list)
        QFile::remove(thumbnailPath(path));
    m_settings.set(setting::recentFiles, QStringList());
    Q_EMIT changed();
}

QImage RecentFiles::thumbnail(const QString &path) const
{
    return QImage(thumbnailPath(path));
}

QString RecentFiles::thumbnailPath(const QString &path) const
{
    const QByteArray hash =
        QCryptographicHash::hash(path.toUtf8(), QCryptographicHash::Sha256).toHex().left(32);
    return m_cacheFolder + u'/' + QString::fromLatin1(hash) + QStringLiteral(".png");
}

} // namespace heirloom
