// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metadata/exiftool.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>

namespace heirloom
{

namespace
{

QByteArray run(const QStringList &arguments)
{
    QProcess process;
    process.start(QStringLiteral("exiftool"), arguments);
    if (!process.waitForStarted() || !process.waitForFinished(60'000))
        qFatal("exiftool (libimage-exiftool-perl) cannot be run: %s",
               qPrintable(process.errorString()));
    return process.readAllStandardOutput();
}

QString stored(const QTemporaryDir &folder, const QByteArray &file)
{
    const QString path = folder.filePath(QStringLiteral("file"));
    QFile f(path);
    if (!f.open(QIODevice::WriteOnly) || f.write(file) != file.size())
        qFatal("no temporary file");
    return path;
}

} // namespace

QJsonObject exiftoolReads(const QByteArray &file, const QStringList &more)
{
    const QTemporaryDir folder;
    const QString path = stored(folder, file);
    const QByteArray json = run(QStringList{QStringLiteral("-G1"), QStringLiteral("-struct"),
                                            QStringLiteral("-json"), QStringLiteral("-n")} +
                                more + QStringList{path});
    return QJsonDocument::fromJson(json).array().at(0).toObject();
}

QString exiftoolWarnings(const QByteArray &file)
{
    const QTemporaryDir folder;
    return QString::fromUtf8(
               run({QStringLiteral("-s3"), QStringLiteral("-a"), QStringLiteral("-Warning"),
                    QStringLiteral("-Error"), stored(folder, file)}))
        .trimmed();
}

QByteArray exiftoolWrites(const QByteArray &file, const QStringList &tags)
{
    const QTemporaryDir folder;
    const QString path = stored(folder, file);
    run(QStringList{QStringLiteral("-q"), QStringLiteral("-overwrite_original")} + tags +
        QStringList{path});
    QFile f(path);
    if (!f.open(QIODevice::ReadOnly))
        qFatal("no temporary file");
    return f.readAll();
}

} // namespace heirloom
