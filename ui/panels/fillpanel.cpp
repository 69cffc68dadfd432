// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/fillpanel.h"

#include "widgets/progressstrip.h"
#include "widgets/valueslider.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace heirloom
{

FillPanel::FillPanel(QWidget *parent)
    : QWidget(parent)
    , m_hint(new QLabel)
    , m_form(new QFormLayout)
    , m_method(new QComboBox)
    , m_network(new ValueSlider(tr("Network"), 0, 100, int(InpaintSettings().network)))
    , m_map(new QPushButton(tr("Show how")))
    , m_fill(new QPushButton(tr("Fill selection")))
    , m_progress(new ProgressStrip)
{
    setObjectName(QStringLiteral("fillPanel"));
    auto *title = new QLabel(tr("Fill by hand"));
    title->setProperty("heading", true);
    m_hint->setObjectName(QStringLiteral("fillHint"));
    m_hint->setProperty("quiet", true);
    m_hint->setWordWrap(true);
    m_method->setObjectName(QStringLiteral("fillMethod"));
    m_method->addItem(tr("The best installed"), QStringLiteral("auto"));
    m_method->addItem(tr("Smooth from the rim"), QStringLiteral("membrane"));
    m_method->addItem(tr("Telea, quick"), QStringLiteral("telea"));
    m_method->addItem(tr("Navier-Stokes, follows lines"), QStringLiteral("navier-stokes"));
    m_method->addItem(tr("Patches, copies texture"), QStringLiteral("patch-match"));
    m_method->setToolTip(tr("A network continues what lies around; the others use only what the "
                            "picture has itself"));
    m_method->setWhatsThis(m_method->toolTip());
    m_method->setAccessibleName(tr("Method of filling"));
    m_fill->setObjectName(QStringLiteral("fillButton"));
    m_fill->setToolTip(tr("Fills scratches, holes and things that are to go from what is around "
                          "them, in a layer of its own"));
    m_fill->setWhatsThis(m_fill->toolTip());
    m_form->addRow(tr("Method"), m_method);
    m_network->setObjectName(QStringLiteral("fillNetwork"));
    m_network->setSuffix(tr(" %"));
    m_network->setToolTip(tr("How much is left to the network. Below 100 %, what is smooth around, "
                             "and writing, is filled from the rim: quicker, and nothing invented"));
    m_network->setWhatsThis(m_network->toolTip());
    m_map->setObjectName(QStringLiteral("fillMap"));
    m_map->setCheckable(true);
    m_map->setToolTip(tr("Shows how it was filled: colours what fills left to a network, and what "
                         "they filled smoothly"));
    m_map->setWhatsThis(m_map->toolTip());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 6, 12, 6);
    layout->setSpacing(8);
    layout->addWidget(title);
    layout->addWidget(m_hint);
    layout->addLayout(m_form);
    layout->addWidget(m_network);
    auto *buttons = new QHBoxLayout; // in one row: low windows have no room for two
    buttons->addWidget(m_fill, 1);
    buttons->addWidget(m_map);
    layout->addLayout(buttons);
    layout->addWidget(m_progress);
    m_map->hide();
    connect(m_method, &QComboBox::currentIndexChanged, this, &FillPanel::refresh);
    connect(m_map, &QPushButton::clicked, this, &FillPanel::mapToggled);
    connect(m_fill, &QPushButton::clicked, this, &FillPanel::fillRequested);
    connect(m_progress, &ProgressStrip::cancelled, this, &FillPanel::cancelRequested);
}

InpaintSettings FillPanel::settings() const
{
    InpaintSettings settings;
    settings.method = m_method->currentData().toString();
    settings.network = m_network->value();
    return settings;
}

void FillPanel::setHint(const QString &text, bool canFill)
{
    m_hint->setText(text);
    m_form->setRowVisible(m_method, canFill);
    m_canFill = canFill;
    refresh();
}

void FillPanel::setMapAvailable(bool available)
{
    m_map->setVisible(available || m_map->isChecked());
}

void FillPanel::setMapShown(bool shown)
{
    m_map->setChecked(shown);
}

/// The share is asked for only where there may be a network.
void FillPanel::refresh()
{
    m_network->setVisible(m_canFill &&
                          m_method->currentData().toString() == InpaintSettings().method);
}

void FillPanel::setBusy(bool busy)
{
    m_fill->setVisible(!busy);
    if (busy)
        m_progress->begin(tr("Fill in"));
    else
        m_progress->end();
}

void FillPanel::setProgress(const ProgressReport &report)
{
    m_progress->report(report);
}

} // namespace heirloom
