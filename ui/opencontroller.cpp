// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "opencontroller.h"

#include "image/qtbridge.h"
#include "settings/settings.h"

#include <QClipboard>
#include <QColorSpace>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>
#include <QUrl>

namespace heirloom
{

namespace
{

/// Whole files inside a clipboard, best first: unlike decoded pixels they keep profile and depth.
constexpr const char *fileTypes[] = {"image/tiff", "image/png", "image/jpeg", "image/webp"};
constexpr const char *endings = "*.jpg *.jpeg *.jpe *.png *.tif *.tiff *.webp *.heic *.heif "
                                "*.avif *.bmp *.ora";

QStringList localPaths(const QMimeData &mime)
{
    QStringList paths;
    for (const QUrl &url : mime.urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    return paths;
}

} // namespace

OpenController::OpenController(Workspace &workspace, Settings &settings, QWidget *window)
    : QObject(window)
    , m_workspace(workspace)
    , m_settings(settings)
    , m_window(window)
{
}

void OpenController::chooseFile(std::function<void()> chosen)
{
    auto *dialog =
        new QFileDialog(m_window, tr("Open photos"), m_settings.value(setting::openFolder));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("Photos and projects (%1)").arg(QLatin1String(endings)), tr("All files (*)")});
    connect(dialog, &QFileDialog::filesSelected, this,
            [this, chosen = std::move(chosen)](const QStringList &paths) {
                if (chosen)
                    chosen();
                openPaths(paths);
            });
    dialog->open();
}

void OpenController::openPaths(const QStringList &paths)
{
    if (paths.isEmpty())
        return;
    const QFileInfo first(paths.first());
    if (first.exists())
        m_settings.set(setting::openFolder, first.absolutePath());
    openFiles(paths);
}

void OpenController::openFiles(const QStringList &paths)
{
    bool front = true;
    for (const QString &path : paths) {
        m_workspace.openPath(path, front);
        front = false;
    }
}

void OpenController::pasteClipboard()
{
    const QMimeData *mime = QGuiApplication::clipboard()->mimeData();
    if (mime && canOpen(*mime))
        openMime(*mime);
    else
        Q_EMIT noted(tr("There is no picture on the clipboard. Copy a picture, a file or a path "
                        "and try again."));
}

bool OpenController::canOpen(const QMimeData &mime)
{
    return mime.hasUrls() || mime.hasImage() || mime.hasText() ||
           std::any_of(std::begin(fileTypes), std::end(fileTypes),
                       [&mime](const char *type) { return mime.hasFormat(QLatin1String(type)); });
}

void OpenController::openMime(const QMimeData &mime)
{
    const QStringList paths = localPaths(mime);
    if (!paths.isEmpty())
        return openPaths(paths);
    for (const char *type : fileTypes) {
        const QByteArray bytes = mime.data(QLatin1String(type));
        if (bytes.isEmpty())
            continue;
        m_workspace.open([bytes](EditorSession &session) {
            return session.openBytes(bytes, tr("pasted picture"));
        });
        return;
    }
    if (mime.hasImage()) {
        const QImage image = qvariant_cast<QImage>(mime.imageData());
        if (!image.isNull()) {
            m_workspace.open([image](EditorSession &session) {
                return session.openImage(fromQImage(image), image.colorSpace().iccProfile(),
                                         tr("pasted picture"));
            });
            return;
        }
    }
    if (mime.hasText() && openText(mime.text().trimmed()))
        return;
    Q_EMIT noted(mime.hasUrls()
                     ? tr("That is an address on the network, and Heirloom does not go there. Save "
                          "the picture first and open the file.")
                     : tr("There is no picture in what was given. Copy a picture, a file or a path "
                          "and try again."));
}

bool OpenController::openText(const QString &text)
{
    if (text.startsWith(QLatin1String("data:image/"))) {
        const qsizetype comma = text.indexOf(u',');
        if (comma < 0 || !QStringView(text).left(comma).contains(QLatin1String("base64")))
            return false;
        const QByteArray bytes =
            QByteArray::fromBase64(QStringView(text).mid(comma + 1).toLatin1());
        m_workspace.open([bytes](EditorSession &session) {
            return session.openBytes(bytes, tr("pasted picture"));
        });
        return true;
    }
    const QUrl url(text);
    const QString path = url.isLocalFile() ? url.toLocalFile() : text;
    if (path.contains(u'\n') || path.isEmpty() || !QFileInfo::exists(path))
        return false;
    openPaths({path});
    return true;
}

} // namespace heirloom
