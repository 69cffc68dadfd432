// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>

namespace heirloom
{

/// A key that acts while it is held (shortcuts only know presses). Watches the whole application;
/// keeps out of text fields and lists, and lets go when the window loses the keyboard. GUI thread.
class HoldKey : public QObject
{
    Q_OBJECT

public:
    explicit HoldKey(QWidget *window);

    void setKeys(const QList<QKeySequence> &keys) { m_keys = keys; }
    bool isHeld() const { return m_held != 0; }

Q_SIGNALS:
    void changed(bool held);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    bool matches(int key, Qt::KeyboardModifiers modifiers) const;
    void release();

    QWidget *m_window;
    QList<QKeySequence> m_keys;
    int m_held = 0;
};

} // namespace heirloom
