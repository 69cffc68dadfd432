// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/worker.h"

#include <memory>
#include <stop_token>

namespace heirloom
{

/// The worker of the command line and of tests: submit() returns when the job and its finish() are
/// through. Jobs submitted from inside a job wait for it, except interactive ones, which a batch
/// job lets in by Progress::yield(), as with EngineWorker. One thread, no event loop needed.
class InlineWorker : public Worker
{
    Q_OBJECT

public:
    /// When stop is requested outside (Ctrl-C), from any thread, so it is for the running job.
    explicit InlineWorker(std::stop_token outside = {}, QObject *parent = nullptr);
    ~InlineWorker() override;

    JobId submit(std::unique_ptr<Job> job, Priority priority) override;
    void cancel(JobId id) override;
    void cancelAll() override;
    bool isIdle() const override;

private:
    struct Entry;
    void execute(std::unique_ptr<Entry> entry);
    std::unique_ptr<Entry> take(Priority priority);

    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace heirloom
