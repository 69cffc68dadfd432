// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/recoveryfile.h"

#include <QObject>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace heirloom
{

/// The thread, of low priority, that writes all journals of the program: of each the latest target
/// that was given, so that a slow disk is never behind by more than one. What the disk refused is
/// tried again, at the next target or after a while. Owned by Recovery; called on the GUI thread,
/// where its signals come. Destroyed, it first writes what waits.
class RecoveryWriter : public QObject
{
    Q_OBJECT

public:
    using Id = quint64;

    /// retryMs: how long a journal that failed waits.
    explicit RecoveryWriter(int retryMs, QObject *parent = nullptr);
    ~RecoveryWriter() override;

    Id add(std::unique_ptr<RecoveryFile> file);
    void write(Id id, RecoveryTarget target);
    /// Stops writing it and removes it from the disk.
    void remove(Id id);
    /// Runs something else that waits for a disk, in between.
    void run(std::function<void()> work);

Q_SIGNALS:
    /// A target is on the disk.
    void written(quint64 id, quint64 revision);
    void failed(quint64 id, const heirloom::Error &error);

private:
    struct Entry {
        std::unique_ptr<RecoveryFile> file;
        std::optional<RecoveryTarget> waiting;
        std::atomic<bool> stop = false; ///< it will be removed
        std::chrono::steady_clock::time_point notBefore;
    };
    struct Event {
        Id id = 0;
        quint64 revision = 0;
        std::optional<Error> error;
    };
    using Lock = std::unique_lock<std::mutex>;

    void loop();
    std::shared_ptr<Entry> next(Lock &lock, Id &id);
    void writeOne(Lock &lock, Id id, const std::shared_ptr<Entry> &entry);
    void tell(Event event); ///< with the mutex held
    void deliver();

    const std::chrono::milliseconds m_retry;
    std::mutex m_mutex; ///< guards everything below
    std::condition_variable m_wake;
    std::map<Id, std::shared_ptr<Entry>> m_entries;
    std::vector<std::function<void()>> m_work;
    std::vector<Event> m_events;
    Id m_lastId = 0;
    Id m_served = 0; ///< the latest
    bool m_quit = false;
    std::thread m_thread;
};

} // namespace heirloom
