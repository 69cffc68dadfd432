// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"

#include <QObject>

#include <memory>

namespace heirloom
{

/// Runs jobs one after another at two priorities. An interactive job starts at once: a running
/// batch job abandons its current tile (Progress::yield) and goes on afterwards. Lives on the
/// thread it was made on; its signals come there. Implementations: EngineWorker (a thread),
/// InlineWorker (synchronous; command line and tests).
class Worker : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual JobId submit(std::unique_ptr<Job> job, Priority priority) = 0;
    /// Asks the job to stop; its outcome is Cancelled unless it was done already. Returns at once.
    virtual void cancel(JobId id) = 0;
    virtual void cancelAll() = 0;
    virtual bool isIdle() const = 0;

Q_SIGNALS:
    void started(heirloom::JobId id);
    void progressed(heirloom::JobId id, const heirloom::ProgressReport &report);
    /// After the job's finish() was called.
    void finished(heirloom::JobId id, const heirloom::Outcome &outcome);
    void idle();
};

} // namespace heirloom
