// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/workspace.h"

#include "image/tilestore.h"

#include <QFileInfo>

namespace heirloom
{

namespace
{

constexpr qint64 standardStoreBytes = qint64(1) << 30;

template <typename List>
auto place(List &list, const EditorSession *session)
{
    return std::find_if(list.begin(), list.end(),
                        [session](const auto &entry) { return entry.get() == session; });
}

} // namespace

Workspace::Workspace(Worker &worker, ModelEnvironment &models, std::shared_ptr<TileStore> store,
                     QObject *parent)
    : QObject(parent)
    , m_worker(worker)
    , m_models(models)
    , m_store(store ? std::move(store) : TileStore::create(standardStoreBytes))
{
}

Workspace::~Workspace() = default;

QList<EditorSession *> Workspace::sessions() const
{
    QList<EditorSession *> list;
    for (const auto &session : m_sessions)
        list << session.get();
    return list;
}

int Workspace::indexOf(const EditorSession *session) const
{
    const auto it = place(m_sessions, session);
    return it == m_sessions.end() ? -1 : int(it - m_sessions.begin());
}

void Workspace::setCurrent(EditorSession *session)
{
    if (session == m_current || (session && indexOf(session) < 0))
        return;
    m_current = session;
    Q_EMIT currentChanged(session);
}

void Workspace::setCurrentIndex(int i)
{
    if (i >= 0 && i < count())
        setCurrent(at(i));
}

void Workspace::move(int from, int to)
{
    if (from < 0 || to < 0 || from >= count() || to >= count() || from == to)
        return;
    auto moved = std::move(m_sessions[size_t(from)]);
    m_sessions.erase(m_sessions.begin() + from);
    m_sessions.insert(m_sessions.begin() + to, std::move(moved));
    Q_EMIT listChanged();
}

EditorSession *Workspace::find(const QString &path) const
{
    const QString wanted = QFileInfo(path).canonicalFilePath();
    for (const auto &session : m_sessions) {
        const QString own =
            session->projectPath().isEmpty() ? session->path() : session->projectPath();
        if (!wanted.isEmpty() && QFileInfo(own).canonicalFilePath() == wanted)
            return session.get();
    }
    return nullptr;
}

JobId Workspace::open(const std::function<JobId(EditorSession &)> &start, bool front)
{
    auto owned = std::make_unique<EditorSession>(m_worker, m_models, m_store);
    EditorSession *session = owned.get();
    m_opening.push_back({{}, front, std::move(owned)});
    connect(session, &EditorSession::documentReplaced, this, [this, session] { take(session); });
    // Only the opening itself: later jobs of the session are no business of this one.
    connect(
        session, &EditorSession::finished, this,
        [this, session](JobId id, const Outcome &outcome) { end(session, id, outcome); },
        Qt::SingleShotConnection);
    const JobId id = start(*session);
    for (Opening &opening : m_opening) {
        if (opening.session.get() == session)
            opening.id = id;
    }
    return id;
}

JobId Workspace::openPath(const QString &path, bool front)
{
    if (EditorSession *open = find(path)) {
        if (front)
            setCurrent(open);
        return {};
    }
    return this->open([path](EditorSession &session) { return session.open(path); }, front);
}

QList<JobId> Workspace::openings() const
{
    QList<JobId> list;
    for (const Opening &opening : m_opening)
        list << opening.id;
    return list;
}

void Workspace::cancelOpenings()
{
    // Cancelling may end one at once, and then the list is shorter.
    const QList<JobId> ids = openings();
    for (const JobId id : ids) {
        for (const Opening &opening : m_opening) {
            if (opening.id == id) {
                opening.session->cancel(id);
                break;
            }
        }
    }
}

void Workspace::take(EditorSession *session)
{
    const auto it =
        std::find_if(m_opening.begin(), m_opening.end(),
                     [session](const Opening &o) { return o.session.get() == session; });
    if (it == m_opening.end() || !session->hasDocument())
        return;
    const bool front = it->front || !m_current;
    m_sessions.push_back(std::move(it->session));
    m_opening.erase(it);
    Q_EMIT opened(session);
    Q_EMIT listChanged();
    if (front)
        setCurrent(session);
}

void Workspace::end(EditorSession *session, JobId id, const Outcome &outcome)
{
    const auto it =
        std::find_if(m_opening.begin(), m_opening.end(),
                     [session](const Opening &o) { return o.session.get() == session; });
    if (it != m_opening.end()) {
        dismiss(std::move(it->session));
        m_opening.erase(it);
        if (outcome.kind == Outcome::Kind::Failed)
            Q_EMIT openFailed(id, *outcome.error);
    }
    Q_EMIT openEnded(id);
}

void Workspace::close(EditorSession *session)
{
    const int i = indexOf(session);
    if (i < 0)
        return;
    std::unique_ptr<EditorSession> owned = std::move(m_sessions[size_t(i)]);
    m_sessions.erase(m_sessions.begin() + i);
    if (m_current == session) {
        m_current = nullptr;
        if (m_sessions.empty())
            Q_EMIT currentChanged(nullptr);
        else
            setCurrent(at(std::min(i, count() - 1)));
    }
    Q_EMIT aboutToClose(session);
    dismiss(std::move(owned));
    Q_EMIT listChanged();
}

void Workspace::dismiss(std::unique_ptr<EditorSession> session)
{
    m_leaving.push_back(std::move(session));
    QMetaObject::invokeMethod(
        this, [this] { m_leaving.clear(); }, Qt::QueuedConnection);
}

bool Workspace::isModified() const
{
    return std::any_of(m_sessions.begin(), m_sessions.end(),
                       [](const auto &session) { return session->isModified(); });
}

} // namespace heirloom
