// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "recipe/triage.h"

#include <QWidget>

#include <optional>

class QCheckBox;
class QLabel;
class QPushButton;
class QToolButton;
class QVBoxLayout;

namespace heirloom
{

class ProgressStrip;

/// What a photo needs, step by step with reasons, and one button that does it. Knows no session:
/// RestoreController fills and reads it. GUI thread.
class RestorePanel : public QWidget
{
    Q_OBJECT

public:
    explicit RestorePanel(QWidget *parent = nullptr);

    /// Nothing is open, or nothing was measured yet.
    void clear();
    void setMeasuring();
    /// A step a row, all ticked; done: the picture is what steps made of it.
    void setFound(const Measurements &measurements, const QList<ProposedStep> &steps, bool done);
    /// Those that are ticked, in order.
    QList<ProposedStep> chosen() const;
    /// Empty: no steps run.
    void setRunning(const QString &title);
    void setProgress(const ProgressReport &report);

Q_SIGNALS:
    /// It came into sight: what it shows is wanted now.
    void shown();
    void measureRequested();
    void runRequested();
    void cancelRequested();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void clearSteps();
    void refresh();

    QLabel *m_detail;
    QLabel *m_verdict;
    QLabel *m_quiet;
    QVBoxLayout *m_list;
    QPushButton *m_run;
    QToolButton *m_again;
    ProgressStrip *m_progress;
    QList<std::pair<QCheckBox *, ProposedStep>> m_steps;
    bool m_isRunning = false;
};

} // namespace heirloom
