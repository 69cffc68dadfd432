// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/sessionjobs.h"

namespace heirloom
{

SessionJobs::SessionJobs(Worker &worker, QObject *parent)
    : QObject(parent)
    , m_worker(worker)
{
    connect(&worker, &Worker::started, this, [this](JobId id) {
        name(id); // a worker without a thread starts inside submit()
        if (m_running.contains(id))
            Q_EMIT started(id, m_titles.value(id));
    });
    connect(&worker, &Worker::progressed, this, [this](JobId id, const ProgressReport &report) {
        if (m_running.contains(id))
            Q_EMIT progressed(id, report);
    });
    connect(&worker, &Worker::finished, this, [this](JobId id, const Outcome &outcome) {
        name(id); // cancelled before it was started
        if (!m_running.remove(id))
            return;
        m_titles.remove(id);
        if (outcome.kind == Outcome::Kind::Done)
            m_retries.remove(id);
        Q_EMIT finished(id, outcome);
    });
}

SessionJobs::~SessionJobs()
{
    const auto running = m_running;
    for (const JobId id : running)
        m_worker.cancel(id);
}

void SessionJobs::name(JobId id)
{
    if (!m_submitting || m_submitting->isValid())
        return;
    *m_submitting = id;
    m_running.insert(id);
    m_titles.insert(id, m_submittingTitle);
}

JobId SessionJobs::give(std::unique_ptr<Job> job, Priority priority, const IdBox &id,
                        const QString &title)
{
    const IdBox outer = std::exchange(m_submitting, id);
    const QString outerTitle = std::exchange(m_submittingTitle, title);
    const JobId named = m_worker.submit(std::move(job), priority);
    if (!id->isValid())
        name(named);
    m_submitting = outer;
    m_submittingTitle = outerTitle;
    return named;
}

void SessionJobs::cancel(JobId id)
{
    if (m_running.contains(id))
        m_worker.cancel(id);
}

void SessionJobs::offerRetry(JobId id, std::function<JobId()> again)
{
    if (isRunning(id)) // else it is through already (a worker without a thread)
        m_retries.insert(id, std::move(again));
}

JobId SessionJobs::retry(JobId id)
{
    if (!canRetry(id))
        return {};
    const auto again = m_retries.take(id);
    return again();
}

} // namespace heirloom
