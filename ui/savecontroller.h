// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/workspace.h"

#include <QHash>
#include <QObject>

#include <functional>

class QWidget;

namespace heirloom
{

class Settings;

/// Saves photos with their layers as projects (.ora), in the background, one save at a time for
/// each photo: asked once more meanwhile, it saves again what is there when the first has ended.
/// The photo's own file is never a target. Owned by the main window; GUI thread.
class SaveController : public QObject
{
    Q_OBJECT

public:
    /// samples: photos of the program, beside which nothing is written.
    SaveController(Workspace &workspace, Settings &settings, QStringList samples, QWidget *window);

    /// To the project's file, or where the user chooses when there is none yet; then, when it is
    /// on disk, what was given.
    void save(EditorSession &session, std::function<void()> afterwards = {});
    void saveAs(EditorSession &session, std::function<void()> afterwards = {});

    /// Invalid when this photo is not being saved.
    JobId job(const EditorSession *session) const { return m_running.value(session).id; }

Q_SIGNALS:
    void failed(heirloom::EditorSession *session, const heirloom::Error &error);
    void saved(heirloom::EditorSession *session, const QString &path);

private:
    struct Running {
        JobId id;
        std::function<void()> afterwards;
        bool again = false; ///< asked for once more since it began
    };
    void watch(EditorSession *session);
    void start(EditorSession &session, const QString &path, std::function<void()> afterwards);
    QString suggestion(const EditorSession &session) const;

    Settings &m_settings;
    QStringList m_samples;
    QWidget *m_window;
    QHash<const EditorSession *, Running> m_running;
};

} // namespace heirloom
