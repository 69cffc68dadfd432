// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/toolbuttons.h"

#include "tools/tool.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace heirloom
{

ToolButtons::ToolButtons(CanvasTool &tool, const QString &name, const QString &apply,
                         const QString &hint, QWidget *parent)
    : QWidget(parent)
    , m_tool(tool)
    , m_apply(new QPushButton(apply))
    , m_reset(new QPushButton(tr("Start again")))
    , m_giveUp(new QPushButton(tr("Give up")))
{
    m_apply->setObjectName(name + QStringLiteral("Apply"));
    m_reset->setObjectName(name + QStringLiteral("Reset"));
    m_giveUp->setObjectName(name + QStringLiteral("GiveUp"));
    m_apply->setProperty("primary", true);
    m_apply->setToolTip(tr("%1 (Enter)").arg(hint));
    m_reset->setToolTip(tr("As it was when the tool was chosen"));
    m_giveUp->setToolTip(tr("Puts the tool away and changes nothing (Esc)"));
    for (QPushButton *button : {m_apply, m_reset, m_giveUp})
        button->setWhatsThis(button->toolTip());
    auto *row = new QHBoxLayout;
    row->addWidget(m_reset);
    row->addWidget(m_giveUp);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_apply);
    layout->addLayout(row);
    connect(m_apply, &QPushButton::clicked, &tool, &CanvasTool::apply);
    connect(m_reset, &QPushButton::clicked, &tool, &CanvasTool::reset);
    connect(m_giveUp, &QPushButton::clicked, &tool, &CanvasTool::giveUp);
    connect(&tool, &Tool::changed, this, &ToolButtons::refresh);
    refresh();
}

void ToolButtons::refresh()
{
    m_apply->setEnabled(m_tool.canApply());
    m_reset->setEnabled(m_tool.isActive());
    m_giveUp->setEnabled(m_tool.isActive());
}

} // namespace heirloom
