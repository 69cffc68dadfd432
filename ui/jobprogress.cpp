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

JobProgress::JobProgress(EditorSession &session, ProgressStrip &strip,
                         std::function<bool(JobId)> shown, QObject *parent)
    : QObject(parent)
    , m_strip(strip)
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(patience);
    connect(&m_delay, &QTimer::timeout, this, [this] {
        if (m_job.isValid())
            m_strip.show();
    });
    connect(&session, &EditorSession::started, this, [=, this](JobId id, const QString &title) {
        if (shown(id))
            begin(id, title);
    });
    connect(&session, &EditorSession::progressed, this,
            [this](JobId id, const ProgressReport &report) {
                if (id == m_job)
                    m_strip.report(report);
            });
    connect(&session, &EditorSession::finished, this, [this](JobId id) {
        if (id != m_job)
            return;
        m_job = {};
        m_delay.stop();
        m_strip.end();
    });
}

void JobProgress::begin(JobId id, const QString &title)
{
    m_job = id;
    m_strip.begin(title);
    m_strip.hide();
    m_delay.start();
}

} // namespace heirloom
