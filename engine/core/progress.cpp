// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/progress.h"

#include <algorithm>
#include <mutex>

namespace heirloom
{

using namespace std::chrono_literals;

struct Progress::State {
    std::stop_token stop;
    Sink sink;
    Clock clock;
    std::function<bool()> yieldRequested;
    std::function<void()> yield;
    std::mutex mutex;
    std::chrono::steady_clock::time_point start;
    std::chrono::steady_clock::time_point last;
    bool reported = false;
};

Progress::Progress()
    : Progress(std::stop_token(), {})
{
}

Progress::Progress(std::stop_token stop, Sink sink, Clock clock)
    : m_state(std::make_shared<State>())
{
    m_state->stop = std::move(stop);
    m_state->sink = std::move(sink);
    m_state->clock = clock ? std::move(clock) : Clock(&std::chrono::steady_clock::now);
    m_state->start = m_state->clock();
}

bool Progress::stopRequested() const
{
    return m_state->stop.stop_requested();
}

std::stop_token Progress::stopToken() const
{
    return m_state->stop;
}

void Progress::report(double fraction, const QString &text) const
{
    ProgressReport report;
    report.fraction = fraction;
    report.text = text;
    send(std::move(report));
}

void Progress::reportTile(int done, int total, const QString &text) const
{
    ProgressReport report;
    report.fraction = total > 0 ? double(done) / total : 0.0;
    report.tile = done;
    report.tiles = total;
    report.text = text;
    send(std::move(report));
}

Progress Progress::sub(double offset, double length) const
{
    Progress part(*this);
    part.m_offset = m_offset + offset * m_length;
    part.m_length = length * m_length;
    return part;
}

void Progress::setYield(std::function<bool()> requested, std::function<void()> yield)
{
    m_state->yieldRequested = std::move(requested);
    m_state->yield = std::move(yield);
}

bool Progress::yieldRequested() const
{
    return m_state->yieldRequested && m_state->yieldRequested();
}

void Progress::yield() const
{
    if (m_state->yield)
        m_state->yield();
}

void Progress::send(ProgressReport report) const
{
    if (!m_state->sink)
        return;
    report.fraction = m_offset + std::clamp(report.fraction, 0.0, 1.0) * m_length;
    const bool last = report.fraction >= 1.0;
    {
        const std::scoped_lock lock(m_state->mutex);
        const auto now = m_state->clock();
        if (m_state->reported && !last && now - m_state->last < 30ms)
            return;
        m_state->reported = true;
        m_state->last = now;
        const double elapsed = std::chrono::duration<double>(now - m_state->start).count();
        // Below two per cent an estimate says more about start-up than about the work.
        if (report.fraction > 0.02)
            report.remainingSeconds = elapsed * (1.0 - report.fraction) / report.fraction;
    }
    m_state->sink(report);
}

} // namespace heirloom
