// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QObject>

class QWidget;

namespace heirloom
{

class MessageBar;
class Recovery;
class RecoveryBar;
struct RecoverySummary;

/// Offers what a crash left behind, and says when unsaved work cannot be kept. Owned by the main
/// window; GUI thread.
class RecoveryController : public QObject
{
    Q_OBJECT

public:
    /// recovery null: nothing is offered.
    RecoveryController(Recovery *recovery, MessageBar &messages, QWidget *window);

    /// For the window's layout, which owns it.
    RecoveryBar *bar() const { return m_bar; }

private:
    void offer();
    QString offerText() const;
    static QString detailsOf(const RecoverySummary &summary);
    void sayOff(const Error &error);

    Recovery *m_recovery;
    MessageBar &m_messages;
    RecoveryBar *m_bar;
    QString m_offText; ///< what is said while nothing is kept
};

} // namespace heirloom
