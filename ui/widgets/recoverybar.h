// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

class QLabel;
class QPushButton;

namespace heirloom
{

/// A quiet strip above the picture that offers work which a crash interrupted: restore it, leave it
/// for later, or discard it, which is asked once more in the same place. Hidden without an offer.
/// GUI thread.
class RecoveryBar : public QFrame
{
    Q_OBJECT

public:
    explicit RecoveryBar(QWidget *parent = nullptr);

    void offer(const QString &text);
    QString text() const;

Q_SIGNALS:
    void restoreRequested();
    void laterRequested();
    void discardRequested();

private:
    QPushButton *addButton(const char *name, const QString &text, const QString &hint);
    void setAsking(bool asking);

    QString m_offer;
    QLabel *m_picture;
    QLabel *m_text;
    QPushButton *m_restore, *m_later, *m_discard, *m_back;
    bool m_asking = false;
};

} // namespace heirloom
