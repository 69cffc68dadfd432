// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

#include <functional>

class QWidget;

namespace heirloom
{

class EditorSession;
class ExportController;
class SaveController;
class Workspace;

/// Closes photos, asking for each with unsaved work what is to become of it. Owned by the main
/// window; GUI thread.
class CloseController : public QObject
{
    Q_OBJECT

public:
    CloseController(Workspace &workspace, ExportController &exporter, SaveController &saver,
                    QWidget *window);

    /// Asks where something would be lost, and then calls what was given (not after Cancel).
    void close(EditorSession *session, std::function<void()> afterwards = {});
    /// One after another; stops at the first Cancel.
    void closeAll(std::function<void()> afterwards = {});
    void closeOthers(EditorSession *session);

private:
    void closeNext(EditorSession *except, std::function<void()> afterwards);
    void ask(EditorSession *session, std::function<void()> goOn);

    Workspace &m_workspace;
    ExportController &m_export;
    SaveController &m_save;
    QWidget *m_window;
    bool m_asking = false;
};

} // namespace heirloom
