// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/recoverywriter.h"

#include <QFileInfo>

#ifdef Q_OS_LINUX
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace heirloom
{

namespace
{

constexpr int niceness = 11; // just below the engine thread

void lowerPriority()
{
#ifdef Q_OS_LINUX
    setpriority(PRIO_PROCESS, id_t(syscall(SYS_gettid)), niceness);
#endif
}

} // namespace

RecoveryWriter::RecoveryWriter(int retryMs, QObject *parent)
    : QObject(parent)
    , m_retry(retryMs)
    , m_thread([this] { loop(); })
{
}

RecoveryWriter::~RecoveryWriter()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_quit = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

RecoveryWriter::Id RecoveryWriter::add(std::unique_ptr<RecoveryFile> file)
{
    const std::scoped_lock lock(m_mutex);
    auto entry = std::make_shared<Entry>();
    entry->file = std::move(file);
    m_entries.emplace(++m_lastId, std::move(entry));
    return m_lastId;
}

void RecoveryWriter::write(Id id, RecoveryTarget target)
{
    std::optional<RecoveryTarget> old; // destroyed outside the lock: pixels may hang on it
    {
        const std::scoped_lock lock(m_mutex);
        const auto it = m_entries.find(id);
        if (it == m_entries.end() || it->second->stop)
            return;
        old = std::exchange(it->second->waiting, std::move(target));
        it->second->notBefore = {};
    }
    m_wake.notify_all();
}

void RecoveryWriter::remove(Id id)
{
    {
        const std::scoped_lock lock(m_mutex);
        const auto it = m_entries.find(id);
        if (it != m_entries.end())
            it->second->stop = true;
    }
    m_wake.notify_all();
}

void RecoveryWriter::run(std::function<void()> work)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_work.push_back(std::move(work));
    }
    m_wake.notify_all();
}

// ---- the thread --------------------------------------------------------------------------------

void RecoveryWriter::loop()
{
    lowerPriority();
    Lock lock(m_mutex);
    for (;;) {
        if (!m_work.empty()) {
            const auto work = std::move(m_work.front());
            m_work.erase(m_work.begin());
            lock.unlock();
            work();
            lock.lock();
            continue;
        }
        Id id = 0;
        const std::shared_ptr<Entry> entry = next(lock, id);
        if (!entry) {
            if (m_quit && m_work.empty())
                return;
            continue;
        }
        m_served = id;
        if (!entry->stop) {
            writeOne(lock, id, entry);
        } else {
            m_entries.erase(id);
            lock.unlock();
            entry->file->remove();
            lock.lock();
        }
    }
}

/// Waits for something to do; null: other work came, or the end.
std::shared_ptr<RecoveryWriter::Entry> RecoveryWriter::next(Lock &lock, Id &id)
{
    while (m_work.empty()) {
        const auto now = std::chrono::steady_clock::now();
        std::optional<std::chrono::steady_clock::time_point> soonest;
        std::shared_ptr<Entry> chosen;
        for (const auto &[number, entry] : m_entries) {
            const bool isDue = entry->stop || (entry->waiting && entry->notBefore <= now);
            // In turn: the first behind the one that was served last, else the first of all.
            if (isDue && (!chosen || (id <= m_served && number > m_served))) {
                chosen = entry;
                id = number;
            }
            if (!isDue && entry->waiting)
                soonest = soonest ? std::min(*soonest, entry->notBefore) : entry->notBefore;
        }
        if (chosen || m_quit)
            return chosen;
        if (soonest)
            m_wake.wait_until(lock, *soonest);
        else
            m_wake.wait(lock);
    }
    return {};
}

void RecoveryWriter::writeOne(Lock &lock, Id id, const std::shared_ptr<Entry> &entry)
{
    std::optional<RecoveryTarget> target = std::exchange(entry->waiting, {});
    lock.unlock();
    Result<void> done;
    try {
        done = entry->file->write(*target, entry->stop);
    } catch (const std::exception &exception) { // no memory, or pixels that cannot be read back
        done = fail(ErrorCode::RecoveryNotWritten, {QFileInfo(entry->file->path()).path(),
                                                    QString::fromLocal8Bit(exception.what())});
    }
    const quint64 revision = target->revision;
    if (done || entry->stop)
        target.reset(); // the last hold on old states may be this one
    lock.lock();
    if (entry->stop)
        return;
    if (done)
        return tell({id, revision, {}});
    if (!entry->waiting) // a newer one has all of it
        entry->waiting = std::move(target);
    entry->notBefore = std::chrono::steady_clock::now() + m_retry;
    if (m_quit)
        entry->waiting.reset(); // tried once more is enough
    tell({id, 0, done.error()});
}

// ---- back to the GUI thread --------------------------------------------------------------------

void RecoveryWriter::tell(Event event)
{
    m_events.push_back(std::move(event));
    QMetaObject::invokeMethod(this, &RecoveryWriter::deliver, Qt::QueuedConnection);
}

void RecoveryWriter::deliver()
{
    std::vector<Event> events;
    {
        const std::scoped_lock lock(m_mutex);
        events.swap(m_events);
    }
    for (const Event &event : events) {
        if (event.error)
            Q_EMIT failed(event.id, *event.error);
        else
            Q_EMIT written(event.id, event.revision);
    }
}

} // namespace heirloom
