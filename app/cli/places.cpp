// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "places.h"

#include "session/project.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <cstdio>

namespace heirloom
{

namespace
{

constexpr qint64 ChunkBytes = qint64(1) << 20;
/// What standard input may bring; a picture above it has to come as a file.
constexpr qint64 LargestInput = qint64(2) << 30;

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::CommandLine", text);
}

bool isStandard(const QString &path)
{
    return path == u"-";
}

bool isWritable(FileFormat format)
{
    return format == FileFormat::Jpeg || format == FileFormat::Png || format == FileFormat::Tiff ||
           format == FileFormat::WebP;
}

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

Place inFolder(const QString &input, const QString &folder, std::optional<FileFormat> format)
{
    Place place;
    place.input = input;
    const auto own = fileFormatFromSuffix(input);
    place.format = format.value_or(own && isWritable(*own) ? *own : FileFormat::Png);
    const QFileInfo file(input);
    const QString stem = isStandard(input) ? QStringLiteral("stdin") : file.completeBaseName();
    const bool keepsEnding = own && *own == place.format;
    place.output =
        QDir(folder).filePath(stem + u'.' + (keepsEnding ? file.suffix() : suffixOf(place.format)));
    return place;
}

} // namespace

Result<QList<Place>> placesFor(const QStringList &inputs, const QString &output,
                               std::optional<FileFormat> format, bool projects)
{
    const bool folder = !isStandard(output) && (output.endsWith(u'/') || QFileInfo(output).isDir());
    if (inputs.count(QStringLiteral("-")) > 1)
        return fail(ErrorCode::BadArgument, {QStringLiteral("- -"), tr("one standard input")});
    if (!folder && inputs.size() > 1) {
        return fail(ErrorCode::BadArgument,
                    {output, tr("a folder, because there are several pictures")});
    }
    if (folder && !QFileInfo(output).isDir())
        return fail(ErrorCode::OutputFolderMissing, {output});
    QList<Place> places;
    QSet<QString> names;
    for (const QString &input : inputs) {
        Place place;
        if (folder) {
            place = inFolder(input, output, format);
        } else {
            const bool project = projects && !format &&
                                 output.endsWith(QLatin1String(".ora"), Qt::CaseInsensitive);
            const auto named = format ? format : fileFormatFromSuffix(output);
            if (!isStandard(output) && !project && (!named || !isWritable(*named)))
                return fail(ErrorCode::OutputFormatUnknown, {output});
            place = {input, output, named.value_or(FileFormat::Png), project};
        }
        if (names.contains(place.output)) {
            return fail(ErrorCode::BadArgument,
                        {input, tr("pictures of different names, because their results go into "
                                   "one folder")});
        }
        names.insert(place.output);
        places += place;
    }
    return places;
}

QString numberedPath(const QString &path, qsizetype number)
{
    const QFileInfo info(path);
    const QString suffix = info.suffix();
    const QString stem = suffix.isEmpty() ? path : path.chopped(suffix.size() + 1);
    return QStringLiteral("%1-%2").arg(stem).arg(number) +
           (suffix.isEmpty() ? QString() : u'.' + suffix);
}

Result<std::unique_ptr<PhotoFile>> openInput(const QString &input, const ReadLimits &limits)
{
    if (!isStandard(input) && Project::isProject(input)) {
        return fail(ErrorCode::VariantNotRead,
                    {input, QStringLiteral("OpenRaster"),
                     tr("a project, which \"heirloom-cli convert\" writes as a picture")});
    }
    if (!isStandard(input))
        return PhotoFile::open(input, limits);
    const QString name = tr("standard input");
    QFile file;
    if (!file.open(stdin, QIODevice::ReadOnly))
        return fail(ErrorCode::InputUnreadable, {name, file.errorString()});
    QByteArray bytes;
    for (;;) {
        const QByteArray part = file.read(ChunkBytes);
        if (part.isEmpty())
            break;
        bytes += part;
        if (bytes.size() > LargestInput) {
            return fail(ErrorCode::TooMuchMemory, {name, QString::number(bytes.size() >> 20),
                                                   QString::number(LargestInput >> 20)});
        }
    }
    return PhotoFile::openBytes(bytes, name, limits);
}

Result<void> copyToStandardOutput(const QString &path)
{
    QFile file(path);
    const QString name = tr("standard output");
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::OutputNotWritable, {name, file.errorString()});
    for (;;) {
        const QByteArray part = file.read(ChunkBytes);
        if (part.isEmpty())
            break;
        if (std::fwrite(part.constData(), 1, size_t(part.size()), stdout) != size_t(part.size()))
            return fail(ErrorCode::OutputNotWritable, {name, tr("it was closed")});
    }
    if (std::fflush(stdout) != 0)
        return fail(ErrorCode::OutputNotWritable, {name, tr("it was closed")});
    return {};
}

QString shownName(const QString &path)
{
    return isStandard(path) ? path : QFileInfo(path).fileName();
}

} // namespace heirloom
