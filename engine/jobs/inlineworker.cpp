// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/inlineworker.h"

#include <array>
#include <deque>
#include <vector>

namespace heirloom
{

struct InlineWorker::Entry {
    JobId id;
    Priority priority = Priority::Batch;
    std::unique_ptr<Job> job;
    std::stop_source stop;
};

struct InlineWorker::Private {
    std::stop_token outside;
    std::array<std::deque<std::unique_ptr<Entry>>, 2> waiting; ///< by Priority
    std::vector<Entry *> running;                              ///< the innermost last
    bool draining = false;
    quint64 lastId = 0;

    std::deque<std::unique_ptr<Entry>> &queue(Priority priority)
    {
        return waiting[std::size_t(priority)];
    }
};

InlineWorker::InlineWorker(std::stop_token outside, QObject *parent)
    : Worker(parent)
    , d(std::make_unique<Private>())
{
    d->outside = std::move(outside);
}

InlineWorker::~InlineWorker() = default;

JobId InlineWorker::submit(std::unique_ptr<Job> job, Priority priority)
{
    auto entry = std::make_unique<Entry>();
    const JobId id(++d->lastId);
    entry->id = id;
    entry->priority = priority;
    entry->job = std::move(job);
    const QString title = entry->job->title();
    d->queue(priority).push_back(std::move(entry));
    Q_EMIT queued(id, title, priority);
    if (d->draining)
        return id;
    d->draining = true;
    for (;;) {
        auto next = take(Priority::Interactive);
        if (!next)
            next = take(Priority::Batch);
        if (!next)
            break;
        execute(std::move(next));
    }
    d->draining = false;
    Q_EMIT idle();
    return id;
}

void InlineWorker::cancel(JobId id)
{
    for (Entry *entry : d->running) {
        if (entry->id == id)
            entry->stop.request_stop();
    }
    // Waiting jobs stay in their place: their turn only says that they were cancelled.
    for (auto &queue : d->waiting) {
        for (auto &entry : queue) {
            if (entry->id == id)
                entry->stop.request_stop();
        }
    }
}

void InlineWorker::cancelAll()
{
    for (Entry *entry : d->running)
        entry->stop.request_stop();
    for (auto &queue : d->waiting) {
        for (auto &entry : queue)
            entry->stop.request_stop();
    }
}

bool InlineWorker::isIdle() const
{
    return d->running.empty() && d->waiting[0].empty() && d->waiting[1].empty();
}

std::unique_ptr<InlineWorker::Entry> InlineWorker::take(Priority priority)
{
    auto &queue = d->queue(priority);
    if (queue.empty())
        return {};
    auto entry = std::move(queue.front());
    queue.pop_front();
    return entry;
}

void InlineWorker::execute(std::unique_ptr<Entry> entry)
{
    d->running.push_back(entry.get());
    Outcome outcome = Outcome::cancelled();
    // Linking comes first: a request made before the job starts counts, too.
    const std::stop_callback link(d->outside, [&entry] { entry->stop.request_stop(); });
    if (!entry->stop.stop_requested()) {
        Q_EMIT started(entry->id);
        Progress progress(entry->stop.get_token(), [this, id = entry->id](const ProgressReport &r) {
            Q_EMIT progressed(id, r);
        });
        if (entry->priority == Priority::Batch) {
            progress.setYield([this] { return !d->queue(Priority::Interactive).empty(); },
                              [this] {
                                  while (auto next = take(Priority::Interactive))
                                      execute(std::move(next));
                              });
        }
        outcome = run(*entry->job, progress);
    }
    entry->job->finish(outcome);
    std::erase(d->running, entry.get());
    Q_EMIT finished(entry->id, outcome);
}

} // namespace heirloom
