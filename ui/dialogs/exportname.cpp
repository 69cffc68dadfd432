// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/exportname.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace heirloom
{

namespace
{

QString placeFor(const QString &photoPath, const QString &folder)
{
    QString where = folder;
    if (where.isEmpty() || !QFileInfo(where).isDir())
        where = photoPath.isEmpty() ? QString() : QFileInfo(photoPath).absolutePath();
    if (where.isEmpty() || !QFileInfo(where).isWritable())
        where = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    if (where.isEmpty() || !QFileInfo(where).isDir())
        where = QDir::homePath();
    return where;
}

QString baseOf(const QString &photoName)
{
    const QString base = QFileInfo(photoName).completeBaseName();
    return base.isEmpty() ? QStringLiteral("photo") : base;
}

QString freePath(const QString &folder, const QString &base, const QString &suffix)
{
    QString path = QStringLiteral("%1/%2.%3").arg(folder, base, suffix);
    for (int n = 2; QFileInfo::exists(path); ++n)
        path = QStringLiteral("%1/%2-%3.%4").arg(folder, base).arg(n).arg(suffix);
    return path;
}

} // namespace

QString suffixOf(FileFormat format)
{
    switch (format) {
    case FileFormat::Jpeg:
        return QStringLiteral("jpg");
    case FileFormat::Tiff:
        return QStringLiteral("tif");
    case FileFormat::WebP:
        return QStringLiteral("webp");
    default:
        return QStringLiteral("png");
    }
}

FileFormat defaultExportFormat(FileFormat photo, int bitsPerSample)
{
    switch (photo) {
    case FileFormat::Heif:
    case FileFormat::Avif:
        return bitsPerSample > 8 ? FileFormat::Tiff : FileFormat::Jpeg;
    case FileFormat::Bmp:
        return FileFormat::Png;
    default:
        return photo;
    }
}

QString suggestedExportPath(const QString &photoPath, const QString &photoName, FileFormat format,
                            const QString &folder, const QString &word)
{
    return freePath(placeFor(photoPath, folder), baseOf(photoName) + u'_' + word,
                    suffixOf(format));
}

QString suggestedProjectPath(const QString &photoPath, const QString &photoName,
                             const QString &folder)
{
    return freePath(placeFor(photoPath, folder), baseOf(photoName), QStringLiteral("ora"));
}

} // namespace heirloom
