// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/editorsession.h"

#include <QObject>
#include <QPointer>

#include <functional>

class QMimeData;
class QWidget;

namespace heirloom
{

class Settings;

/// All ways in: dialog, drop, paste, command line, start page. One photo at a time; asks the window
/// before work is lost. Owned by the main window; GUI thread.
class OpenController : public QObject
{
    Q_OBJECT

public:
    /// guard is asked before the present photo is replaced; it calls what it is given when the
    /// way is free.
    using Guard = std::function<void(std::function<void()>)>;

    OpenController(EditorSession &session, Settings &settings, QWidget *window, Guard guard);

    void chooseFile();
    /// Opens the first; says what became of the others.
    void openPaths(const QStringList &paths);
    void pasteClipboard();
    /// Whether anything in it could be opened; quick.
    static bool canOpen(const QMimeData &mime);
    void openMime(const QMimeData &mime);

    JobId job() const { return m_job; }
    void cancel();

Q_SIGNALS:
    void failed(const heirloom::Error &error);
    void noted(const QString &text);
    /// More photos were given than are opened at once.
    void othersWaiting(const QStringList &paths);
    void opened(const QString &path);

private:
    bool openText(const QString &text);
    void begin(std::function<JobId()> start);

    EditorSession &m_session;
    Settings &m_settings;
    QWidget *m_window;
    Guard m_guard;
    JobId m_job;
};

} // namespace heirloom
