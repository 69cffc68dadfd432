// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "opencontroller.h"

#include "dialogs/folderquestion.h"
#include "image/qtbridge.h"
#include "incomingpicture.h"
#include "settings/settings.h"

#include <QClipboard>
#include <QCollator>
#include <QColorSpace>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>

#include <algorithm>

namespace heirloom
{

namespace
{

constexpr const char *endings = "*.jpg *.jpeg *.jpe *.png *.tif *.tiff *.webp *.heic *.heif "
                                "*.avif *.bmp *.ora";

/// The photos that lie in a folder itself, by the endings of their names, as people sort them.
QStringList photosIn(const QString &folder)
{
    const QDir dir(folder);
    QStringList names = dir.entryList(QString::fromLatin1(endings).split(u' '),
                                      QDir::Files | QDir::Readable);
    // The language "C" knows no order of numbers inside names.
    const QLocale own;
    QCollator order(own.language() == QLocale::C ? QLocale(QLocale::English) : own);
    order.setNumericMode(true);
    std::sort(names.begin(), names.end(), order);
    for (QString &name : names)
        name = dir.filePath(name);
    return names;
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
    dialog->setNameFilters(
        {tr("Photos and projects (%1)").arg(QLatin1String(endings)), tr("All files (*)")});
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
    QStringList files, folders, found;
    for (const QString &path : paths) {
        if (!QFileInfo(path).isDir()) {
            files << path;
            continue;
        }
        folders << path;
        found << photosIn(path);
    }
    openFiles(files);
    if (!folders.isEmpty())
        askForFolders(folders, found);
}

void OpenController::askForFolders(const QStringList &folders, const QStringList &photos)
{
    const QString name = folders.size() == 1 ? QFileInfo(folders.first()).fileName() : QString();
    if (photos.isEmpty()) {
        Q_EMIT noted(name.isEmpty() ? tr("There are no photos in these folders.")
                                    : tr("There are no photos in \"%1\".").arg(name));
        return;
    }
    auto *question = new FolderQuestion(name, photos, m_window);
    connect(question, &FolderQuestion::chosen, this, &OpenController::openFiles);
    question->open();
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
    return IncomingPicture::isLikely(mime);
}

void OpenController::openMime(const QMimeData &mime)
{
    const IncomingPicture incoming = IncomingPicture::from(mime);
    if (!incoming.paths.isEmpty())
        return openPaths(incoming.paths);
    if (!incoming.bytes.isEmpty()) {
        m_workspace.open([bytes = incoming.bytes](EditorSession &session) {
            return session.openBytes(bytes, tr("pasted picture"));
        });
    } else if (!incoming.image.isNull()) {
        m_workspace.open([image = incoming.image](EditorSession &session) {
            return session.openImage(fromQImage(image), image.colorSpace().iccProfile(),
                                     tr("pasted picture"));
        });
    } else if (incoming.isOnNetwork) {
        Q_EMIT noted(tr("That is an address on the network, and Heirloom does not go there. Save "
                        "the picture first and open the file."));
    } else {
        Q_EMIT noted(tr("There is no picture in what was given. Copy a picture, a file or a path "
                        "and try again."));
    }
}

} // namespace heirloom
