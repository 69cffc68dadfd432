// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "incomingpicture.h"

#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

#include <algorithm>

namespace heirloom
{

namespace
{

/// Whole files inside a clipboard, best first.
constexpr const char *fileTypes[] = {"image/tiff", "image/png", "image/jpeg", "image/webp"};
constexpr int mostLines = 1000; ///< of text that may be a list of paths

/// "data:image/png;base64,..."; empty when it is nothing of the kind.
QByteArray dataUrlBytes(const QString &text)
{
    if (!text.startsWith(QLatin1String("data:image/")))
        return {};
    const qsizetype comma = text.indexOf(u',');
    if (comma < 0 || !QStringView(text).left(comma).contains(QLatin1String("base64")))
        return {};
    return QByteArray::fromBase64(QStringView(text).mid(comma + 1).toLatin1());
}

/// One path or file address a line; empty when one of them is not there.
QStringList pathsInText(const QString &text)
{
    const QStringList lines = text.split(u'\n', Qt::SkipEmptyParts);
    QStringList paths;
    if (lines.size() > mostLines)
        return paths;
    for (const QString &line : lines) {
        QString entry = line.trimmed();
        // As file managers and shells copy names with blanks.
        if (entry.size() > 1 && (entry.front() == u'"' || entry.front() == u'\'') &&
            entry.back() == entry.front())
            entry = entry.mid(1, entry.size() - 2);
        const QUrl url(entry);
        const QString path = url.isLocalFile() ? url.toLocalFile() : entry;
        if (path.isEmpty() || !QFileInfo::exists(path))
            return {};
        paths << path;
    }
    return paths;
}

} // namespace

IncomingPicture IncomingPicture::from(const QMimeData &mime)
{
    IncomingPicture found;
    for (const QUrl &url : mime.urls()) {
        if (url.isLocalFile())
            found.paths << url.toLocalFile();
    }
    if (!found.paths.isEmpty())
        return found;
    for (const char *type : fileTypes) {
        found.bytes = mime.data(QLatin1String(type));
        if (!found.bytes.isEmpty())
            return found;
    }
    if (mime.hasImage()) {
        found.image = qvariant_cast<QImage>(mime.imageData());
        if (!found.image.isNull())
            return found;
    }
    if (mime.hasText()) {
        const QString text = mime.text().trimmed();
        found.bytes = dataUrlBytes(text);
        if (found.bytes.isEmpty())
            found.paths = pathsInText(text);
    }
    found.isOnNetwork = found.isEmpty() && mime.hasUrls();
    return found;
}

bool IncomingPicture::isLikely(const QMimeData &mime)
{
    return mime.hasUrls() || mime.hasImage() || mime.hasText() ||
           std::any_of(std::begin(fileTypes), std::end(fileTypes),
                       [&mime](const char *type) { return mime.hasFormat(QLatin1String(type)); });
}

} // namespace heirloom
