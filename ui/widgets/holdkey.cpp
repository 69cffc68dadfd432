// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/holdkey.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>

namespace heirloom
{

namespace
{

bool takesText(const QWidget *widget)
{
    return qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QTextEdit *>(widget) ||
           qobject_cast<const QPlainTextEdit *>(widget) ||
           qobject_cast<const QAbstractSpinBox *>(widget) ||
           qobject_cast<const QComboBox *>(widget) ||
           qobject_cast<const QAbstractItemView *>(widget);
}

} // namespace

HoldKey::HoldKey(QWidget *window)
    : QObject(window)
    , m_window(window)
{
    qApp->installEventFilter(this);
}

bool HoldKey::matches(int key, Qt::KeyboardModifiers modifiers) const
{
    // Keypad says where a key is, Shift and AltGr may be needed to type it: only Ctrl and Alt
    // make another key of it.
    const auto relevant = modifiers & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    for (const QKeySequence &sequence : m_keys) {
        if (sequence.isEmpty())
            continue;
        const QKeyCombination first = sequence[0];
        const auto wanted =
            first.keyboardModifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
        if (first.key() == key && wanted == relevant)
            return true;
    }
    return false;
}

void HoldKey::release()
{
    if (m_held == 0)
        return;
    m_held = 0;
    Q_EMIT changed(false);
}

bool HoldKey::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress: {
        const auto *key = static_cast<QKeyEvent *>(event);
        const auto *widget = qobject_cast<QWidget *>(watched);
        if (!widget || widget->window() != m_window || takesText(QApplication::focusWidget()))
            break;
        if (m_held != 0 && key->key() == m_held)
            return true; // repeats of the held key
        if (m_held == 0 && !key->isAutoRepeat() && matches(key->key(), key->modifiers())) {
            m_held = key->key();
            Q_EMIT changed(true);
            return true;
        }
        break;
    }
    case QEvent::KeyRelease: {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (m_held != 0 && key->key() == m_held) {
            if (!key->isAutoRepeat())
                release();
            return true;
        }
        break;
    }
    case QEvent::WindowDeactivate:
        if (watched == m_window)
            release();
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace heirloom
