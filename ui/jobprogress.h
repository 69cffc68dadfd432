// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/editorsession.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace heirloom
{

class ProgressStrip;

/// Shows in one strip how far a job of the session is, once it has taken long enough to be worth a
/// word. Owned by the main window; GUI thread.
class JobProgress : public QObject
{
    Q_OBJECT

public:
    /// shown tells whose progress belongs in this strip.
    JobProgress(EditorSession &session, ProgressStrip &strip, std::function<bool(JobId)> shown,
                QObject *parent = nullptr);

private:
    void begin(JobId id, const QString &title);

    ProgressStrip &m_strip;
    JobId m_job;
    QTimer m_delay;
};

} // namespace heirloom
