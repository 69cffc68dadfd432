// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/jobspanel.h"

#include "panels/jobrow.h"
#include "session/workspace.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace heirloom
{

namespace
{

bool isEnded(const JobQueue::Item &item)
{
    return item.state == JobQueue::State::Done || item.state == JobQueue::State::Cancelled ||
           item.state == JobQueue::State::Failed;
}

bool isWorthShowing(const JobQueue::Item &item)
{
    return item.priority == Priority::Batch || item.state == JobQueue::State::Failed;
}

} // namespace

JobsPanel::JobsPanel(Worker &worker, Workspace &workspace, QWidget *parent)
    : QWidget(parent)
    , m_workspace(workspace)
    , m_queue(worker)
    , m_list(new QVBoxLayout)
    , m_empty(new QLabel(tr("Nothing is being computed.")))
    , m_clear(new QPushButton(tr("Clear finished")))
{
    setObjectName(QStringLiteral("jobsPanel"));
    setAccessibleName(tr("Jobs"));
    setWhatsThis(tr("What Heirloom is computing for all open photos. You can go on working "
                    "meanwhile."));
    m_empty->setProperty("quiet", true);
    m_empty->setContentsMargins(12, 12, 12, 12);
    m_clear->setObjectName(QStringLiteral("clearJobs"));
    m_clear->setToolTip(tr("Take the jobs that have ended out of this list"));
    m_clear->setWhatsThis(m_clear->toolTip());
    m_list->setContentsMargins(0, 0, 0, 0);
    m_list->setSpacing(0);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 8);
    layout->addWidget(m_empty);
    layout->addLayout(m_list);
    layout->addWidget(m_clear, 0, Qt::AlignHCenter);
    layout->addStretch(1);
    m_tick.setInterval(1000);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        for (JobRow *row : std::as_const(m_rows))
            row->tick();
    });
    connect(&m_queue, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { refresh(first, last); });
    connect(&m_queue, &QAbstractItemModel::dataChanged, this,
            [this](const QModelIndex &first, const QModelIndex &last) {
                refresh(first.row(), last.row());
            });
    connect(&m_queue, &QAbstractItemModel::rowsRemoved, this, &JobsPanel::refreshAll);
    connect(&m_queue, &QAbstractItemModel::modelReset, this, &JobsPanel::refreshAll);
    connect(m_clear, &QPushButton::clicked, &m_queue, &JobQueue::clearEnded);
    connect(&workspace, &Workspace::listChanged, this, &JobsPanel::refreshAll);
    // The session knows later than the queue that a job has ended and may be tried again.
    connect(&workspace, &Workspace::opened, this, [this](EditorSession *session) {
        connect(session, &EditorSession::finished, this, &JobsPanel::refreshAll);
    });
    updateFoot();
}

EditorSession *JobsPanel::owner(JobId id) const
{
    for (EditorSession *session : m_workspace.sessions()) {
        if (session->isRunning(id) || session->canRetry(id))
            return session;
    }
    return nullptr;
}

JobRow *JobsPanel::row(const JobQueue::Item &item)
{
    if (JobRow *known = m_rows.value(item.id))
        return known;
    auto *row = new JobRow;
    const JobId id = item.id;
    connect(row, &JobRow::cancelRequested, this, [this, id] { m_queue.cancel(id); });
    connect(row, &JobRow::retryRequested, this, [this, id] { retry(id); });
    m_rows.insert(id, row);
    m_list->insertWidget(0, row);
    return row;
}

void JobsPanel::refresh(int first, int last)
{
    for (int i = first; i <= last && i < m_queue.items().size(); ++i) {
        const JobQueue::Item &item = m_queue.items().at(i);
        if (!isWorthShowing(item))
            continue;
        const EditorSession *session = owner(item.id);
        if (session)
            m_photos.insert(item.id, session->name());
        row(item)->show(item, m_photos.value(item.id), session && session->canRetry(item.id));
    }
    updateFoot();
}

void JobsPanel::refreshAll()
{
    QHash<JobId, JobRow *> gone = std::exchange(m_rows, {});
    for (const JobQueue::Item &item : m_queue.items()) {
        if (JobRow *kept = gone.take(item.id))
            m_rows.insert(item.id, kept);
    }
    for (auto it = gone.cbegin(); it != gone.cend(); ++it) {
        m_photos.remove(it.key());
        it.value()->hide();
        it.value()->deleteLater(); // its button may be the one that was clicked
    }
    refresh(0, int(m_queue.items().size()) - 1);
}

void JobsPanel::updateFoot()
{
    int active = 0;
    int ended = 0;
    for (const JobQueue::Item &item : m_queue.items()) {
        if (isWorthShowing(item))
            ++(isEnded(item) ? ended : active);
    }
    m_empty->setVisible(m_rows.isEmpty());
    m_clear->setVisible(ended > 0);
    if (active > 0 && !m_tick.isActive())
        m_tick.start();
    else if (active == 0)
        m_tick.stop();
    if (std::exchange(m_active, active) != active)
        Q_EMIT activeCountChanged(active);
}

void JobsPanel::retry(JobId id)
{
    if (EditorSession *session = owner(id)) {
        session->retry(id);
        refreshAll();
    }
}

} // namespace heirloom
