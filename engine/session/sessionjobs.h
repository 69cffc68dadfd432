// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/worker.h"
#include "session/functionjob.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSet>

#include <functional>
#include <memory>

namespace heirloom
{

/// The jobs of one session on the shared worker: which are its own, how they are called, how they
/// are tried again. Owned by the session; GUI thread. When it goes, running jobs are cancelled and
/// what they bring back is dropped.
class SessionJobs : public QObject
{
    Q_OBJECT

public:
    explicit SessionJobs(Worker &worker, QObject *parent = nullptr);
    ~SessionJobs() override;

    /// compute runs on the engine thread and sees only what it captured; take gets the result on
    /// this thread. ended, if there, is told the outcome after that, before finished() is emitted.
    template <typename T>
    JobId submit(const QString &title, Priority priority,
                 std::function<Result<T>(const Progress &)> compute,
                 std::function<void(JobId, T)> take,
                 std::function<void(JobId, const Outcome &)> ended = {})
    {
        auto id = std::make_shared<JobId>();
        const QPointer<SessionJobs> self(this);
        auto job = std::make_unique<FunctionJob<T>>(
            title, std::move(compute),
            [self, id, take = std::move(take)](T result) {
                if (self)
                    take(*id, std::move(result));
            },
            [self, id, ended = std::move(ended)](const Outcome &outcome) {
                if (self && ended)
                    ended(*id, outcome);
            });
        return give(std::move(job), priority, id, title);
    }

    /// Ends for the user at once; finished() follows with the cancelled outcome.
    void cancel(JobId id);
    bool isBusy() const { return !m_running.isEmpty(); }
    bool isRunning(JobId id) const { return m_running.contains(id); } ///< or waiting
    /// What retry() does for a job; forgotten when the job is done.
    void offerRetry(JobId id, std::function<JobId()> again);
    bool canRetry(JobId id) const { return !isRunning(id) && m_retries.contains(id); }
    /// A job is tried once more under a new id; the old one cannot be tried a second time.
    JobId retry(JobId id);

Q_SIGNALS:
    void started(heirloom::JobId id, const QString &title);
    void progressed(heirloom::JobId id, const heirloom::ProgressReport &report);
    void finished(heirloom::JobId id, const heirloom::Outcome &outcome);

private:
    using IdBox = std::shared_ptr<JobId>;
    JobId give(std::unique_ptr<Job> job, Priority priority, const IdBox &id, const QString &title);
    void name(JobId id);

    Worker &m_worker;
    QSet<JobId> m_running;
    QHash<JobId, QString> m_titles;
    QHash<JobId, std::function<JobId()>> m_retries;
    IdBox m_submitting; ///< told once the worker has named the job that is being submitted
    QString m_submittingTitle;
};

} // namespace heirloom
