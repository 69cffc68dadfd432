// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/worker.h"

#include <QEventLoop>

#include <condition_variable>
#include <functional>
#include <mutex>

namespace heirloom
{

/// A job whose two halves are given by the test.
class ScriptedJob : public Job
{
public:
    using Process = std::function<Outcome(const Progress &)>;
    using Finish = std::function<void(const Outcome &)>;

    explicit ScriptedJob(Process process, Finish finish = {},
                         QString title = QStringLiteral("scripted"))
        : m_process(std::move(process))
        , m_finish(std::move(finish))
        , m_title(std::move(title))
    {
    }

    QString title() const override { return m_title; }
    Outcome process(const Progress &progress) override
    {
        return m_process ? m_process(progress) : Outcome::done();
    }
    void finish(const Outcome &outcome) override
    {
        if (m_finish)
            m_finish(outcome);
    }

private:
    Process m_process;
    Finish m_finish;
    QString m_title;
};

inline std::unique_ptr<Job> scripted(ScriptedJob::Process process, ScriptedJob::Finish finish = {},
                                     QString title = QStringLiteral("scripted"))
{
    return std::make_unique<ScriptedJob>(std::move(process), std::move(finish), std::move(title));
}

/// Runs the event loop until the worker has nothing left. The test's time limit is ctest's.
inline void untilIdle(Worker &worker)
{
    if (worker.isIdle())
        return;
    QEventLoop loop;
    QObject::connect(&worker, &Worker::idle, &loop, &QEventLoop::quit);
    loop.exec();
}

/// Blocks until the job is asked to stop; wakes by the request itself.
inline Outcome untilStopped(const Progress &progress)
{
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait(lock, progress.stopToken(), [] { return false; });
    return Outcome::cancelled();
}

} // namespace heirloom
