// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/canvastabkey.h"

#include <QApplication>
#include <QKeyEvent>
#include <QWidget>

namespace heirloom
{

CanvasTabKey::CanvasTabKey(QWidget *canvas, QObject *parent)
    : QObject(parent)
    , m_canvas(canvas)
{
    qApp->installEventFilter(this);
}

bool CanvasTabKey::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ShortcutOverride)
        return false;
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->key() != Qt::Key_Tab || key->modifiers() != Qt::NoModifier ||
        QApplication::focusWidget() == m_canvas)
        return false;
    Q_UNUSED(watched)
    event->accept(); // no command then, but an ordinary key for whoever has the focus
    return true;
}

} // namespace heirloom
