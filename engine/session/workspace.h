// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/editorsession.h"

#include <memory>
#include <vector>

namespace heirloom
{

/// The photos that are open at the same time, in the order of their tabs, and which of them is the
/// current one. All share one worker, one model environment and one tile store. A photo that is
/// still being opened is not listed yet; a photo that could not be opened never is. Made by the
/// composition root; GUI thread.
class Workspace : public QObject
{
    Q_OBJECT

public:
    /// store: where all pixels live; null: one of its own. Worker and models outlive this.
    Workspace(Worker &worker, ModelEnvironment &models, std::shared_ptr<TileStore> store = nullptr,
              QObject *parent = nullptr);
    ~Workspace() override;

    const std::shared_ptr<TileStore> &tileStore() const { return m_store; }

    int count() const { return int(m_sessions.size()); }
    EditorSession *at(int i) const { return m_sessions[size_t(i)].get(); }
    QList<EditorSession *> sessions() const;
    /// -1 when it is not listed.
    int indexOf(const EditorSession *session) const;
    /// Null when nothing is open.
    EditorSession *current() const { return m_current; }
    void setCurrent(EditorSession *session);
    void setCurrentIndex(int i);
    /// Another place among the tabs.
    void move(int from, int to);

    /// The session in which this file (a photo, or a project) is open already; null: in none.
    EditorSession *find(const QString &path) const;

    /// Starts a session with one of its opening functions (a file, a project, recovered work). It
    /// is listed when it has a document, and then becomes current if front is set.
    JobId open(const std::function<JobId(EditorSession &)> &start, bool front = true);
    /// Opens a file, or goes to its tab when it is open; then the id is invalid.
    JobId openPath(const QString &path, bool front = true);

    /// The jobs of openings that have not ended, oldest first.
    QList<JobId> openings() const;
    void cancelOpenings();

    /// Ends it without asking, with the jobs that work on it. Its neighbour becomes current.
    void close(EditorSession *session);

    bool isModified() const; ///< any of them

Q_SIGNALS:
    /// The session has its document; it is not current yet.
    void opened(heirloom::EditorSession *session);
    void openFailed(heirloom::JobId id, const heirloom::Error &error);
    /// An opening ended: done, failed or cancelled. After opened() and openFailed().
    void openEnded(heirloom::JobId id);
    /// Null: nothing is open any more.
    void currentChanged(heirloom::EditorSession *session);
    /// It is not listed any more and goes soon.
    void aboutToClose(heirloom::EditorSession *session);
    /// Photos came, went or changed places.
    void listChanged();

private:
    struct Opening {
        JobId id;
        bool front = true;
        std::unique_ptr<EditorSession> session;
    };
    void take(EditorSession *session);
    void dismiss(std::unique_ptr<EditorSession> session);
    void end(EditorSession *session, JobId id, const Outcome &outcome);

    Worker &m_worker;
    ModelEnvironment &m_models;
    std::shared_ptr<TileStore> m_store;
    std::vector<std::unique_ptr<EditorSession>> m_sessions;
    std::vector<Opening> m_opening;
    std::vector<std::unique_ptr<EditorSession>> m_leaving; ///< may be speaking at this moment
    EditorSession *m_current = nullptr;
};

} // namespace heirloom
