// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>

namespace heirloom
{

/// One report of a long task.
struct ProgressReport {
    double fraction = 0;          ///< 0..1 of the whole task
    int tile = 0;                 ///< tiles done, 0 where the task has none
    int tiles = 0;                ///< tiles in all, 0 where the task has none
    double remainingSeconds = -1; ///< estimate, negative while unknown
    QString text;                 ///< what is being done, translated; may be empty
};

/// All that a running task sees of the outside: whether to stop, whether to let something more
/// urgent go first, and where to report. A value; copies share one state. Any thread; the sink is
/// called on the thread that reports, at most once in 30 ms (the last report, 1.0, always passes).
class Progress
{
public:
    using Sink = std::function<void(const ProgressReport &)>;
    using Clock = std::function<std::chrono::steady_clock::time_point()>;

    /// A progress that nobody watches and nobody stops.
    Progress();
    Progress(std::stop_token stop, Sink sink, Clock clock = {});

    bool stopRequested() const;
    std::stop_token stopToken() const;

    void report(double fraction, const QString &text = {}) const;
    void reportTile(int done, int total, const QString &text = {}) const;

    /// A part of this task: its 0..1 becomes offset..offset+length here.
    Progress sub(double offset, double length) const;

    /// Letting a more urgent job go first. A worker with two priorities installs both; a long task
    /// looks at yieldRequested() (also inside a tile, through the allocator), abandons its current
    /// tile and calls yield(), which returns when the urgent job is done.
    void setYield(std::function<bool()> requested, std::function<void()> yield);
    bool yieldRequested() const;
    void yield() const;

private:
    struct State;
    void send(ProgressReport report) const;

    std::shared_ptr<State> m_state;
    double m_offset = 0;
    double m_length = 1;
};

} // namespace heirloom
