// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"

#include <QObject>

#include <memory>

namespace heirloom
{

/// Runs jobs one after another at two priorities. An interactive job starts at once: a running
/// batch job abandons its current tile (Progress::yieldRequested), lets it run on the same thread
/// (Progress::yield) and goes on afterwards. Jobs of one priority run in the order of submission.
/// Lives on the thread it was made on, is called only there, and its signals come there.
/// Implementations: EngineWorker (a thread), InlineWorker (synchronous; command line and tests).
///
/// Every submitted job gets exactly one finish() and one finished(), unless the worker is destroyed
/// first: then running jobs are stopped and waited for, and no finish() is called any more.
class Worker : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual JobId submit(std::unique_ptr<Job> job, Priority priority) = 0;
    /// Asks the job to stop and returns at once. A waiting job never starts; a running one that
    /// stops (or fails on its way out) ends as Cancelled. One that had done all its work before it
    /// looked stays Done: what it did (a saved file) has happened.
    virtual void cancel(JobId id) = 0;
    virtual void cancelAll() = 0;
    /// No job waits or runs, and every finish() has been called.
    virtual bool isIdle() const = 0;

Q_SIGNALS:
    /// From submit() itself, before started().
    void queued(heirloom::JobId id, const QString &title, heirloom::Priority priority);
    void started(heirloom::JobId id);
    /// The latest report; reports that nobody has seen yet are replaced by newer ones.
    void progressed(heirloom::JobId id, const heirloom::ProgressReport &report);
    /// After the job's finish() was called.
    void finished(heirloom::JobId id, const heirloom::Outcome &outcome);
    void idle();

protected:
    /// process() with every exception turned into Failed(Internal), and failures of a job that was
    /// asked to stop into Cancelled.
    static Outcome run(Job &job, const Progress &progress);
};

} // namespace heirloom
