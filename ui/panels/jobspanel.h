// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/jobqueue.h"

#include <QHash>
#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace heirloom
{

class EditorSession;
class JobRow;
class Workspace;

/// What is being computed, waits for its turn, or has ended, of all open photos, newest first.
/// Quick work (previews, openings) appears only if it failed. GUI thread.
class JobsPanel : public QWidget
{
    Q_OBJECT

public:
    JobsPanel(Worker &worker, Workspace &workspace, QWidget *parent = nullptr);

    /// Jobs of all photos are shown, whichever is current.
    void setSession(EditorSession *) {}
    JobQueue &queue() { return m_queue; }

Q_SIGNALS:
    void activeCountChanged(int count);

private:
    void refresh(int first, int last);
    void refreshAll();
    JobRow *row(const JobQueue::Item &item);
    void updateFoot();
    EditorSession *owner(JobId id) const;
    void retry(JobId id);

    Workspace &m_workspace;
    JobQueue m_queue;
    QHash<JobId, JobRow *> m_rows;
    QHash<JobId, QString> m_photos;
    QVBoxLayout *m_list;
    QLabel *m_empty;
    QPushButton *m_clear;
    QTimer m_tick;
    int m_active = 0;
};

} // namespace heirloom
