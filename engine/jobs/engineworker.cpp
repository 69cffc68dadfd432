// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/engineworker.h"

#include <QPointer>

#include <array>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

#ifdef Q_OS_LINUX
#include <cerrno>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace heirloom
{

namespace
{

struct Entry {
    JobId id;
    Priority priority = Priority::Batch;
    std::unique_ptr<Job> job;
    std::stop_source stop;
};
using EntryPointer = std::shared_ptr<Entry>;

struct Event {
    enum class Kind { Started, Progressed, Finished };
    Kind kind = Kind::Started;
    EntryPointer entry;
    ProgressReport report;
    Outcome outcome;
};

void lowerPriority()
{
#ifdef Q_OS_LINUX
    // On Linux a thread has a nice value of its own, and threads it starts inherit that.
    const auto self = id_t(syscall(SYS_gettid));
    errno = 0;
    const int current = getpriority(PRIO_PROCESS, self);
    if (errno == 0)
        setpriority(PRIO_PROCESS, self, current + EngineWorker::niceness);
#endif
}

} // namespace

struct EngineWorker::Private {
    explicit Private(EngineWorker *worker)
        : q(worker)
    {
    }

    EngineWorker *const q;

    // The owner's thread only.
    std::map<JobId, EntryPointer> jobs; ///< submitted and not yet finished
    quint64 lastId = 0;

    // Both threads, under the mutex.
    std::mutex mutex;
    std::condition_variable wakeEngine;
    std::array<std::deque<EntryPointer>, 2> waiting; ///< by Priority
    std::deque<Event> box;
    bool quit = false;

    /// How many interactive jobs wait; read often, from inside tiles.
    std::atomic<int> interactiveWaiting = 0;

    std::thread thread;

    std::deque<EntryPointer> &queue(Priority priority) { return waiting[std::size_t(priority)]; }

    /// With the mutex held.
    EntryPointer take(Priority priority)
    {
        auto &entries = queue(priority);
        if (entries.empty())
            return {};
        EntryPointer entry = std::move(entries.front());
        entries.pop_front();
        if (priority == Priority::Interactive)
            --interactiveWaiting;
        return entry;
    }

    void post(Event event)
    {
        bool wake = false;
        {
            const std::scoped_lock lock(mutex);
            wake = box.empty();
            if (event.kind == Event::Kind::Progressed && !wake) {
                Event &last = box.back();
                if (last.kind == Event::Kind::Progressed && last.entry == event.entry) {
                    last.report = std::move(event.report);
                    return;
                }
            }
            box.push_back(std::move(event));
        }
        // By name, because then everything about the call is made and freed inside Qt.
        if (wake)
            QMetaObject::invokeMethod(q, "deliver", Qt::QueuedConnection);
    }

    void engine()
    {
        lowerPriority();
        for (;;) {
            EntryPointer entry;
            {
                std::unique_lock lock(mutex);
                wakeEngine.wait(
                    lock, [this] { return quit || !waiting[0].empty() || !waiting[1].empty(); });
                if (quit)
                    return;
                entry = take(Priority::Interactive);
                if (!entry)
                    entry = take(Priority::Batch);
            }
            execute(std::move(entry));
        }
    }

    void execute(EntryPointer entry)
    {
        Event started;
        started.entry = entry;
        post(std::move(started));

        Event end;
        end.kind = Event::Kind::Finished;
        {
            const auto sink = [this, watched = std::weak_ptr(entry)](const ProgressReport &r) {
                Event event;
                event.kind = Event::Kind::Progressed;
                event.entry = watched.lock();
                event.report = r;
                if (event.entry)
                    post(std::move(event));
            };
            Progress progress(entry->stop.get_token(), sink);
            if (entry->priority == Priority::Batch)
                progress.setYield([this] { return interactiveWaiting > 0; }, [this] { nest(); });
            end.outcome = run(*entry->job, progress);
        }
        // The job dies with the last pointer: that has to be the owner's.
        end.entry = std::move(entry);
        post(std::move(end));
    }

    /// With the mutex held: waits a moment for the next interactive job.
    bool awaitInteractive(std::unique_lock<std::mutex> &lock)
    {
        return wakeEngine.wait_for(lock, EngineWorker::pause,
                                   [this] { return quit || !waiting[0].empty(); }) &&
               !quit;
    }

    /// Inside a batch job: runs what is interactive and waits.
    void nest()
    {
        Q_ASSERT(std::this_thread::get_id() == thread.get_id());
        for (;;) {
            EntryPointer entry;
            {
                std::unique_lock lock(mutex);
                if (awaitInteractive(lock))
                    entry = take(Priority::Interactive);
            }
            if (!entry)
                return;
            execute(std::move(entry));
        }
    }
};

EngineWorker::EngineWorker(QObject *parent)
    : Worker(parent)
    , d(std::make_unique<Private>(this))
{
    d->thread = std::thread([this] { d->engine(); });
}

EngineWorker::~EngineWorker()
{
    {
        const std::scoped_lock lock(d->mutex);
        d->quit = true;
    }
    for (auto &[id, entry] : d->jobs)
        entry->stop.request_stop();
    d->wakeEngine.notify_one();
    d->thread.join();
}

JobId EngineWorker::submit(std::unique_ptr<Job> job, Priority priority)
{
    const auto entry = std::make_shared<Entry>();
    entry->id = JobId(++d->lastId);
    entry->priority = priority;
    entry->job = std::move(job);
    const QString title = entry->job->title();
    d->jobs.emplace(entry->id, entry);
    {
        const std::scoped_lock lock(d->mutex);
        d->queue(priority).push_back(entry);
        if (priority == Priority::Interactive)
            ++d->interactiveWaiting;
    }
    d->wakeEngine.notify_one();
    Q_EMIT queued(entry->id, title, priority);
    return entry->id;
}

void EngineWorker::cancel(JobId id)
{
    const auto found = d->jobs.find(id);
    if (found == d->jobs.end())
        return;
    const EntryPointer entry = found->second;
    entry->stop.request_stop();
    {
        const std::scoped_lock lock(d->mutex);
        if (std::erase(d->queue(entry->priority), entry) == 0)
            return;
        if (entry->priority == Priority::Interactive)
            --d->interactiveWaiting;
    }
    Event event;
    event.kind = Event::Kind::Finished;
    event.entry = entry;
    event.outcome = Outcome::cancelled();
    d->post(std::move(event));
}

void EngineWorker::cancelAll()
{
    std::vector<JobId> ids;
    for (const auto &[id, entry] : d->jobs)
        ids.push_back(id);
    for (const JobId id : ids)
        cancel(id);
}

bool EngineWorker::isIdle() const
{
    return d->jobs.empty();
}

void EngineWorker::deliver()
{
    // One event at a time: finish() may submit, cancel, run an event loop of its own (which comes
    // here again) or destroy this worker.
    const QPointer<EngineWorker> alive(this);
    while (alive) {
        Event event;
        {
            const std::scoped_lock lock(d->mutex);
            if (d->box.empty())
                return;
            event = std::move(d->box.front());
            d->box.pop_front();
        }
        const JobId id = event.entry->id;
        switch (event.kind) {
        case Event::Kind::Started:
            Q_EMIT started(id);
            break;
        case Event::Kind::Progressed:
            Q_EMIT progressed(id, event.report);
            break;
        case Event::Kind::Finished:
            event.entry->job->finish(event.outcome);
            if (alive) {
                d->jobs.erase(id);
                Q_EMIT finished(id, event.outcome);
            }
            if (alive && d->jobs.empty())
                Q_EMIT idle();
            break;
        }
    }
}

} // namespace heirloom
