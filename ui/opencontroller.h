// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/workspace.h"

#include <QObject>

class QMimeData;
class QWidget;

namespace heirloom
{

class Settings;

/// All ways in: dialog, drop, paste, command line, start page. Each photo gets a tab; one that is
/// open already is gone to. Owned by the main window; GUI thread.
class OpenController : public QObject
{
    Q_OBJECT

public:
    OpenController(Workspace &workspace, Settings &settings, QWidget *window);

    /// Shows the dialog. chosen is called when something was chosen.
    void chooseFile(std::function<void()> chosen = {});
    /// The first one comes to the front. Asks before it opens a folder's photos.
    void openPaths(const QStringList &paths);
    /// What is on the clipboard as a photo of its own.
    void pasteClipboard();
    /// Whether anything in it could be opened; quick.
    static bool canOpen(const QMimeData &mime);
    void openMime(const QMimeData &mime);

    bool isOpening(JobId id) const { return m_workspace.openings().contains(id); }
    bool isOpening() const { return !m_workspace.openings().isEmpty(); }
    void cancel() { m_workspace.cancelOpenings(); }

Q_SIGNALS:
    void noted(const QString &text);

private:
    void askForFolders(const QStringList &folders, const QStringList &photos);
    void openFiles(const QStringList &paths);

    Workspace &m_workspace;
    Settings &m_settings;
    QWidget *m_window;
};

} // namespace heirloom
