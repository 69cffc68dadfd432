// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/jobqueue.h"

#include <QElapsedTimer>
#include <QFrame>

class QLabel;
class QProgressBar;
class QToolButton;

namespace heirloom
{

/// One job in the jobs panel: what it is and of which photo, how far it is, how it ended and why,
/// and what can be done about it. GUI thread.
class JobRow : public QFrame
{
    Q_OBJECT

public:
    explicit JobRow(QWidget *parent = nullptr);

    void show(const JobQueue::Item &item, const QString &photo, bool canRetry);
    /// Time goes on without the job saying anything.
    void tick();

Q_SIGNALS:
    void cancelRequested();
    void retryRequested();

private:
    QString stateLine() const;

    JobQueue::Item m_item;
    QElapsedTimer m_since; ///< when it began to run
    qint64 m_took = -1;    ///< ms, when it has ended
    QLabel *m_title;
    QLabel *m_photo;
    QLabel *m_state;
    QLabel *m_reason;
    QProgressBar *m_bar;
    QToolButton *m_cancel;
    QToolButton *m_retry;
};

} // namespace heirloom
