// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QPushButton;

namespace heirloom
{

class CanvasTool;

/// The last lines of a canvas tool's panel: apply, start again, give up. GUI thread.
class ToolButtons : public QWidget
{
    Q_OBJECT

public:
    /// name: for object names; apply and hint: what applying is called and does.
    ToolButtons(CanvasTool &tool, const QString &name, const QString &apply, const QString &hint,
                QWidget *parent = nullptr);

private:
    void refresh();

    CanvasTool &m_tool;
    QPushButton *m_apply;
    QPushButton *m_reset;
    QPushButton *m_giveUp;
};

} // namespace heirloom
