// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobprogress.h"

#include "widgets/progressstrip.h"

namespace heirloom
{

namespace
{

constexpr int patience = 250; ///< ms; what is quicker needs no progress

} // namespace

JobProgress::JobProgress(Worker &worker, ProgressStrip &strip, std::function<bool(JobId)> shown,
                         QObject *parent)
    : QObject(parent)
    , m_strip(strip)
    , m_shown(std::move(shown))
{
    connect(&worker, &Worker::queued, this,
            [this](JobId id, const QString &title) { m_running.insert(id, {title, {}, false}); });
    connect(&worker, &Worker::started, this, [this](JobId id) {
        QTimer::singleShot(patience, this, [this, id] {
            if (const auto it = m_running.find(id); it != m_running.end()) {
                it->isSlow = true;
                choose();
            }
        });
    });
    connect(&worker, &Worker::progressed, this, [this](JobId id, const ProgressReport &report) {
        if (const auto it = m_running.find(id); it != m_running.end())
            it->report = report;
        if (id == m_job)
            m_strip.report(report);
    });
    connect(&worker, &Worker::finished, this, [this](JobId id) {
        m_running.remove(id);
        if (id == m_job)
            choose();
    });
}

void JobProgress::choose()
{
    JobId next;
    for (auto it = m_running.cbegin(); it != m_running.cend(); ++it) {
        if (it->isSlow && m_shown(it.key()) && (!next.isValid() || it.key() < next))
            next = it.key();
    }
    if (next == m_job)
        return;
    m_job = next;
    if (!next.isValid())
        return m_strip.end();
    m_strip.begin(m_running[next].title);
    m_strip.report(m_running[next].report);
}

} // namespace heirloom
