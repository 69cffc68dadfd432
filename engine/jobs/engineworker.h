// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/worker.h"

#include <chrono>
#include <memory>

namespace heirloom
{

/// The worker behind the window: one engine thread of lowered priority. Owned by the composition
/// root, lives on the GUI thread. What the engine thread has to say goes into a box guarded by a
/// mutex; Qt's queued call only wakes the owner to look into it. Jobs are made and destroyed on the
/// owner's thread; an interactive job may run inside a batch job's Progress::yield(), so anything
/// per thread that a batch job has set up (an allocator's stop flag) must be put aside there.
class EngineWorker : public Worker
{
    Q_OBJECT

public:
    /// What the engine thread's nice value is raised by, so that threads it starts (libtorch's
    /// pool) inherit it and the window stays smooth.
    static constexpr int niceness = 10;
    /// After an interactive job a batch job goes on only when no other came for so long: a moving
    /// hand asks for one after another, and each would find the batch inside a tile again.
    static constexpr std::chrono::milliseconds pause{100};

    explicit EngineWorker(QObject *parent = nullptr);
    /// Asks every job to stop, waits for the running ones and calls no finish() any more.
    ~EngineWorker() override;

    JobId submit(std::unique_ptr<Job> job, Priority priority) override;
    void cancel(JobId id) override;
    void cancelAll() override;
    bool isIdle() const override;

private:
    /// Empties the box; the engine thread calls it by name, through the event loop.
    Q_INVOKABLE void deliver();

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace heirloom
