// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/tilecache.h"

#include "core/log.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>
#include <QtEndian>

#include <zlib.h>

#include <algorithm>
#include <array>
#include <vector>

namespace heirloom
{

namespace
{

// Header: magic, channels, width, height, crc of the values, 4 bytes each; then the values. Native
// byte order: the cache never leaves its machine, and the magic tells a foreign one.
constexpr quint32 magic = 0x31544c48;
using Header = std::array<quint32, 5>;
constexpr int largestSide = 1 << 16;

quint32 checksum(const Planes &planes)
{
    return quint32(crc32_z(0, reinterpret_cast<const Bytef *>(planes.values.data()),
                           planes.values.size() * sizeof(float)));
}

const QString ending = QStringLiteral(".tile");

} // namespace

TileCache::TileCache(QString folder, qint64 limitBytes)
    : m_folder(std::move(folder))
    , m_limit(limitBytes)
    , m_started(QDateTime::currentMSecsSinceEpoch())
{
}

QString TileCache::path(const QByteArray &key) const
{
    return m_folder + u'/' + QString::fromLatin1(key.toHex()) + ending;
}

std::optional<Planes> TileCache::find(const QByteArray &key)
{
    if (!isEnabled())
        return {};
    QFile file(path(key));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    Header header = {};
    Planes planes;
    bool good = file.read(reinterpret_cast<char *>(header.data()), sizeof(Header)) ==
                    qint64(sizeof(Header)) &&
                header[0] == magic && header[1] <= 64 && header[2] <= largestSide &&
                header[3] <= largestSide &&
                file.size() == qint64(sizeof(Header)) + qint64(header[1]) * header[2] * header[3] *
                                                            qint64(sizeof(float));
    if (good) {
        planes = Planes(int(header[1]), int(header[2]), int(header[3]));
        const qint64 bytes = qint64(planes.values.size() * sizeof(float));
        good = file.read(reinterpret_cast<char *>(planes.values.data()), bytes) == bytes &&
               checksum(planes) == header[4];
    }
    if (!good) {
        qCWarning(logInference) << "removing a damaged result from the cache:" << file.fileName();
        file.close();
        const qint64 size = QFileInfo(file.fileName()).size();
        if (QFile::remove(file.fileName()) && m_used >= 0)
            m_used -= size;
        return {};
    }
    file.close();
    // Used now: keeps it from being the oldest, and tells makeRoom() that it belongs to this run.
    if (file.open(QIODevice::ReadWrite))
        file.setFileTime(QDateTime::currentDateTime(), QFileDevice::FileModificationTime);
    return planes;
}

bool TileCache::insert(const QByteArray &key, const Planes &planes)
{
    if (!isEnabled())
        return false;
    const qint64 bytes = qint64(planes.values.size() * sizeof(float));
    if (!QDir(m_folder).exists()) {
        if (!QDir().mkpath(m_folder))
            return false;
        QFile::setPermissions(m_folder, QFileDevice::ReadOwner | QFileDevice::WriteOwner |
                                            QFileDevice::ExeOwner);
    }
    if (!makeRoom(bytes + qint64(sizeof(Header))))
        return false;

    QTemporaryFile file(m_folder + QStringLiteral("/XXXXXX.part"));
    if (!file.open())
        return false;
    const Header header = {magic, quint32(planes.channels), quint32(planes.width),
                           quint32(planes.height), checksum(planes)};
    if (file.write(reinterpret_cast<const char *>(header.data()), sizeof(Header)) !=
            qint64(sizeof(Header)) ||
        file.write(reinterpret_cast<const char *>(planes.values.data()), bytes) != bytes ||
        !file.flush())
        return false;
    const QString target = path(key);
    QFile::remove(target); // QFile::rename() does not replace
    if (!file.rename(target))
        return false;
    file.setAutoRemove(false);
    m_used += bytes + qint64(sizeof(Header));
    return true;
}

qint64 TileCache::size() const
{
    qint64 bytes = 0;
    QDirIterator it(m_folder, {u'*' + ending}, QDir::Files);
    while (isEnabled() && it.hasNext()) {
        it.next();
        bytes += it.fileInfo().size();
    }
    return bytes;
}

void TileCache::clear()
{
    if (!isEnabled())
        return;
    QDir dir(m_folder);
    for (const QString &name : dir.entryList({u'*' + ending}, QDir::Files))
        dir.remove(name);
    m_used = 0;
}

/// Throws out entries that were last used before this object was made, oldest first.
bool TileCache::makeRoom(qint64 bytes)
{
    if (m_used < 0) {
        // Parts are what a killed process left; a living one's are younger than an hour.
        const QDateTime old = QDateTime::currentDateTime().addSecs(-3600);
        for (const QFileInfo &part :
             QDir(m_folder).entryInfoList({QStringLiteral("*.part")}, QDir::Files))
            if (part.lastModified() < old)
                QFile::remove(part.filePath());
        m_used = size();
    }
    if (m_used + bytes <= m_limit)
        return true;
    if (bytes > m_limit)
        return false;
    QFileInfoList entries =
        QDir(m_folder).entryInfoList({u'*' + ending}, QDir::Files, QDir::Time | QDir::Reversed);
    m_used = 0; // other processes may have added or removed entries
    for (const QFileInfo &entry : entries)
        m_used += entry.size();
    for (const QFileInfo &entry : entries) {
        if (m_used + bytes <= m_limit)
            break;
        if (entry.lastModified().toMSecsSinceEpoch() >= m_started)
            break;
        if (QFile::remove(entry.filePath()))
            m_used -= entry.size();
    }
    return m_used + bytes <= m_limit;
}

} // namespace heirloom
