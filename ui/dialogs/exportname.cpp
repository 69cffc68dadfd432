// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/exportname.h"

#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace heirloom
{

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
                            const QString &folder)
{
    QString where = folder;
    if (where.isEmpty() || !QFileInfo(where).isDir())
        where = photoPath.isEmpty() ? QString() : QFileInfo(photoPath).absolutePath();
    if (where.isEmpty() || !QFileInfo(where).isWritable())
        where = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
    if (where.isEmpty() || !QFileInfo(where).isDir())
        where = QDir::homePath();
    QString base = QFileInfo(photoName).completeBaseName();
    if (base.isEmpty())
        base = QStringLiteral("photo");
    const QString suffix = suffixOf(format);
    QString path = QStringLiteral("%1/%2_restored.%3").arg(where, base, suffix);
    for (int n = 2; QFileInfo::exists(path); ++n)
        path = QStringLiteral("%1/%2_restored-%3.%4").arg(where, base).arg(n).arg(suffix);
    return path;
}

} // namespace heirloom
