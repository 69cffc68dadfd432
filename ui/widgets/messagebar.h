// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QFrame>

class QLabel;
class QPushButton;
class QToolButton;

namespace heirloom
{

/// One quiet line above the picture for what the user should know: a note, or an error with what
/// failed, why and what to try. Stays until closed or replaced; never a dialog. GUI thread.
class MessageBar : public QFrame
{
    Q_OBJECT

public:
    explicit MessageBar(QWidget *parent = nullptr);

    void showNote(const QString &text);
    void showDone(const QString &text);
    void showError(const Error &error);
    /// One button beside the text, for what can be done about it.
    void setAction(const QString &text, std::function<void()> action);
    QString text() const;

public Q_SLOTS:
    void dismiss();

private:
    void showText(const char *iconName, const QString &kind, const QString &text);

    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_action;
    QPushButton *m_copy;
    QToolButton *m_close;
    std::function<void()> m_run;
    QString m_details;
};

} // namespace heirloom
