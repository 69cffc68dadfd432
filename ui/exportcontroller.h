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

/// The way out: the export dialog and its jobs, one at a time for each photo; they go on while
/// another tab is looked at. Owned by the main window; GUI thread.
class ExportController : public QObject
{
    Q_OBJECT

public:
    /// samples: photos of the program, beside which nothing is written.
    ExportController(Workspace &workspace, Settings &settings, QStringList samples,
                     QWidget *window);

    /// Shows the dialog; then, when the picture was written, what was given.
    void exportPicture(EditorSession &session, std::function<void()> afterwards = {});
    /// At once, with the dialog's present choices, as a new file beside the photo (or in the
    /// user's Pictures). Replaces nothing.
    void exportNow(EditorSession &session);

    /// Invalid when this photo is not being exported.
    JobId job(const EditorSession *session) const { return m_jobs.value(session).id; }
    void cancel(EditorSession &session);

Q_SIGNALS:
    void failed(heirloom::EditorSession *session, const heirloom::Error &error);
    void exported(heirloom::EditorSession *session, const heirloom::ExportReport &report);
    /// An export began or ended.
    void changed();

private:
    struct Running {
        JobId id;
        std::function<void()> afterwards;
    };
    void watch(EditorSession *session);
    void start(EditorSession &session, const ExportOptions &options,
               const std::optional<UpscaleSettings> &enlarge,
               std::function<void()> afterwards);

    Settings &m_settings;
    QStringList m_samples;
    QWidget *m_window;
    QHash<const EditorSession *, Running> m_jobs;
};

} // namespace heirloom
