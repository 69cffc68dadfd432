// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/worker.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <functional>

namespace heirloom
{

class ProgressStrip;

/// Shows in one strip how far the job is that concerns what is on the screen (an opening, an export
/// of the current photo), once it has taken long enough to be worth a word. Owned by the main
/// window; GUI thread.
class JobProgress : public QObject
{
    Q_OBJECT

public:
    /// shown tells whether a job belongs in this strip now.
    JobProgress(Worker &worker, ProgressStrip &strip, std::function<bool(JobId)> shown,
                QObject *parent = nullptr);

    JobId job() const { return m_job; }
    /// The answer of shown() may be another one now.
    void choose();

private:
    struct Running {
        QString title;
        ProgressReport report;
        bool isSlow = false;
    };

    ProgressStrip &m_strip;
    std::function<bool(JobId)> m_shown;
    QHash<JobId, Running> m_running;
    JobId m_job;
};

} // namespace heirloom
