// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/resultpanel.h"

#include "actions.h"
#include "widgets/valueslider.h"

#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QVBoxLayout>

namespace heirloom
{

ResultPanel::ResultPanel(Actions &actions, QWidget *parent)
    : QWidget(parent)
    , m_name(new QLabel)
    , m_warnings(new QLabel)
    , m_strength(new ValueSlider(tr("Strength of the result"), 0, 100, 100))
{
    setObjectName(QStringLiteral("resultPanel"));
    m_name->setWordWrap(true);
    m_name->setTextFormat(Qt::PlainText);
    m_name->setProperty("heading", true);
    m_warnings->setWordWrap(true);
    m_warnings->setTextFormat(Qt::PlainText);
    m_warnings->setProperty("quiet", true);
    m_strength->setSuffix(tr(" %"));
    m_strength->slider()->setObjectName(QStringLiteral("resultStrength"));
    m_strength->slider()->setToolTip(
        tr("How much of the computed detail is seen; double-click to reset"));
    auto *saveButton = new QPushButton(tr("Save as a new file"));
    saveButton->setObjectName(QStringLiteral("exportNowButton"));
    saveButton->setProperty("primary", true);
    saveButton->setToolTip(actions.hint(ActionId::ExportNow));
    saveButton->setWhatsThis(saveButton->toolTip());
    connect(saveButton, &QPushButton::clicked, actions[ActionId::ExportNow], &QAction::trigger);
    auto *exportButton = new QPushButton(tr("Export..."));
    exportButton->setObjectName(QStringLiteral("exportButton"));
    exportButton->setToolTip(actions.hint(ActionId::Export));
    connect(exportButton, &QPushButton::clicked, actions[ActionId::Export], &QAction::trigger);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 4, 12, 12);
    layout->setSpacing(10);
    layout->addWidget(m_name);
    layout->addWidget(m_warnings);
    layout->addWidget(m_strength);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(saveButton, 1);
    buttons->addWidget(exportButton);
    layout->addLayout(buttons);
    connect(m_strength, &ValueSlider::valueChanged, this, &ResultPanel::strengthMoved);
    connect(m_strength, &ValueSlider::committed, this, &ResultPanel::strengthCommitted);
}

void ResultPanel::setResult(const QString &name, const QStringList &warnings)
{
    m_name->setText(name);
    m_warnings->setText(warnings.join(u' '));
    m_warnings->setVisible(!warnings.isEmpty());
}

void ResultPanel::setStrength(int percent)
{
    m_strength->setValue(percent);
}

} // namespace heirloom
