// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QListWidget;
class QLabel;
class QTimer;
class QToolButton;

namespace heirloom
{

class EditorSession;

/// What was done to the picture, step by step: a click goes back or forward to a step. Above it the
/// named states that were kept. GUI thread.
class HistoryPanel : public QWidget
{
    Q_OBJECT

public:
    explicit HistoryPanel(QWidget *parent = nullptr);

    void setSession(EditorSession *session);

private:
    void showSteps();
    void showSnapshots();
    void showPending();
    void keepState();
    void stateMenu(const QPoint &at);

    EditorSession *m_session = nullptr;
    QObject *m_watch = nullptr;
    QListWidget *m_states;
    QListWidget *m_steps;
    QLabel *m_cost;
    QToolButton *m_keep;
    QTimer *m_slow; ///< most steps are kept before anybody could read that they are not
    bool m_showing = false;
};

} // namespace heirloom
