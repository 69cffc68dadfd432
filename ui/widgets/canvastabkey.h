// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QWidget;

namespace heirloom
{

/// Lets the Tab key be a command only while the canvas has the focus. Anywhere else (panels,
/// dialogs, the start page) it goes on from control to control, as people without a mouse need it.
/// Owned by the window; GUI thread.
class CanvasTabKey : public QObject
{
    Q_OBJECT

public:
    CanvasTabKey(QWidget *canvas, QObject *parent);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *m_canvas;
};

} // namespace heirloom
