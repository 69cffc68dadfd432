// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/damagepanel.h"

#include "widgets/progressstrip.h"
#include "widgets/valueslider.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSlider>
#include <QVBoxLayout>

#include <cmath>

namespace heirloom
{

namespace
{

constexpr int Decimals = 2;
constexpr int Steps = 100; ///< of the slider, 10^Decimals

int stepOf(double threshold)
{
    return int(std::lround(threshold * Steps));
}

} // namespace

DamagePanel::DamagePanel(QWidget *parent)
    : QWidget(parent)
    , m_hint(new QLabel)
    , m_find(new QPushButton(tr("Find damage")))
    , m_progress(new ProgressStrip)
    , m_choice(new QWidget)
    , m_threshold(new ValueSlider(tr("How sure"), 0, Steps,
                                  stepOf(DamageSelection::Wish().threshold)))
    , m_kinds(new QButtonGroup(this))
{
    setObjectName(QStringLiteral("damagePanel"));
    auto *title = new QLabel(tr("Scratches and dust"));
    title->setProperty("heading", true);
    m_hint->setObjectName(QStringLiteral("damageHint"));
    m_hint->setProperty("quiet", true);
    m_hint->setWordWrap(true);
    m_find->setObjectName(QStringLiteral("findDamage"));
    m_find->setToolTip(tr("Looks for scratches, creases and dust and selects them; changes no "
                          "pixel"));
    m_find->setWhatsThis(m_find->toolTip());
    m_threshold->setDecimals(Decimals);
    m_threshold->slider()->setObjectName(QStringLiteral("damageThreshold"));
    m_threshold->setWhatsThis(tr("How sure it has to be that something is damage: 0 marks much, 1 "
                                 "little"));

    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    const auto addKind = [&](const QString &text, const QString &more, DamageKind kind) {
        auto *button = new QPushButton(text);
        button->setObjectName(QStringLiteral("damageKind%1").arg(int(kind)));
        button->setCheckable(true);
        button->setProperty("segment", true);
        button->setAccessibleName(more);
        button->setToolTip(more);
        button->setWhatsThis(more);
        m_kinds->addButton(button, int(kind));
        row->addWidget(button, 1);
    };
    addKind(tr("All"), tr("Everything that was found"), DamageKind::All);
    addKind(tr("Lines"), tr("Scratches, creases and hairs"), DamageKind::Lines);
    addKind(tr("Dust"), tr("Spots"), DamageKind::Dust);
    m_kinds->setExclusive(true);
    m_kinds->button(int(DamageKind::All))->setChecked(true);

    auto *choice = new QVBoxLayout(m_choice);
    choice->setContentsMargins(0, 0, 0, 0);
    choice->setSpacing(8);
    choice->addWidget(m_threshold);
    choice->addLayout(row);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 6, 12, 6);
    layout->setSpacing(8);
    layout->addWidget(title);
    layout->addWidget(m_hint);
    layout->addWidget(m_find);
    layout->addWidget(m_progress);
    layout->addWidget(m_choice);
    connect(m_find, &QPushButton::clicked, this, &DamagePanel::findRequested);
    connect(m_progress, &ProgressStrip::cancelled, this, &DamagePanel::cancelRequested);
    connect(m_threshold, &ValueSlider::valueChanged, this, &DamagePanel::wishChanged);
    connect(m_threshold, &ValueSlider::committed, this, &DamagePanel::wishCommitted);
    connect(m_kinds, &QButtonGroup::idClicked, this, [this] {
        Q_EMIT wishChanged();
        Q_EMIT wishCommitted();
    });
    refresh();
}

DamageSelection::Wish DamagePanel::wish() const
{
    return {double(m_threshold->value()) / Steps, DamageKind(m_kinds->checkedId())};
}

void DamagePanel::setWish(const DamageSelection::Wish &wish)
{
    if (wish == this->wish())
        return;
    m_threshold->setValue(stepOf(wish.threshold));
    m_kinds->button(int(wish.kind))->setChecked(true);
}

void DamagePanel::setState(bool canFind, bool canMark)
{
    m_canFind = canFind;
    m_canMark = canMark;
    refresh();
}

void DamagePanel::setHint(const QString &text)
{
    m_hint->setText(text);
}

void DamagePanel::setBusy(bool busy)
{
    m_isBusy = busy;
    if (busy)
        m_progress->begin(tr("Find damage"));
    else
        m_progress->end();
    refresh();
}

void DamagePanel::setProgress(const ProgressReport &report)
{
    m_progress->report(report);
}

void DamagePanel::refresh()
{
    m_find->setVisible(m_canFind && !m_isBusy);
    m_choice->setVisible(m_canMark && !m_isBusy);
}

} // namespace heirloom
