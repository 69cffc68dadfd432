// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QImage>
#include <QObject>
#include <QStringList>

namespace heirloom
{

class Settings;

/// The pictures opened last, newest first, with a small picture of each in the user's cache.
/// Owned by the main window; GUI thread.
class RecentFiles : public QObject
{
    Q_OBJECT

public:
    static constexpr int limit = 12;
    static constexpr int thumbnailSide = 256;

    RecentFiles(Settings &settings, QString cacheFolder, QObject *parent = nullptr);

    QStringList paths() const;
    void add(const QString &path, const QImage &thumbnail = {});
    void remove(const QString &path);
    /// Forgets the list and the small pictures.
    void clear();
    /// Null when there is none.
    QImage thumbnail(const QString &path) const;

Q_SIGNALS:
    void changed();

private:
    QString thumbnailPath(const QString &path) const;

    Settings &m_settings;
    QString m_cacheFolder;
};

} // namespace heirloom
