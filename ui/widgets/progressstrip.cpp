// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/progressstrip.h"

#include "widgets/durationtext.h"

#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <cmath>

namespace heirloom
{

namespace
{

constexpr int steps = 1000;

} // namespace

ProgressStrip::ProgressStrip(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel)
    , m_details(new QLabel)
    , m_bar(new QProgressBar)
    , m_cancel(new QPushButton(tr("Cancel")))
{
    setObjectName(QStringLiteral("progressStrip"));
    m_title->setTextFormat(Qt::PlainText);
    m_title->setWordWrap(true);
    m_details->setProperty("quiet", true);
    m_details->setWordWrap(true);
    m_bar->setRange(0, steps);
    m_bar->setTextVisible(false);
    m_bar->setAccessibleName(tr("Progress"));
    m_cancel->setObjectName(QStringLiteral("cancelButton"));
    m_cancel->setToolTip(tr("Stop; the picture stays as it is (Esc)"));
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_title, 0, 0);
    layout->addWidget(m_cancel, 0, 1, 2, 1, Qt::AlignVCenter);
    layout->addWidget(m_details, 1, 0);
    layout->addWidget(m_bar, 2, 0, 1, 2);
    layout->setColumnStretch(0, 1);
    hide();
    connect(m_cancel, &QPushButton::clicked, this, &ProgressStrip::cancelled);
}

void ProgressStrip::begin(const QString &title)
{
    m_title->setText(title);
    m_details->setText(tr("starting"));
    m_bar->setRange(0, 0);
    show();
}

void ProgressStrip::report(const ProgressReport &report)
{
    m_bar->setRange(0, steps);
    m_bar->setValue(int(std::lround(report.fraction * steps)));
    m_details->setText(describe(report));
}

void ProgressStrip::end()
{
    hide();
}

QString ProgressStrip::describe(const ProgressReport &report)
{
    QString done = report.tiles > 0 ? tr("tile %1 of %2").arg(report.tile).arg(report.tiles)
                                    : tr("%1 %").arg(int(std::lround(report.fraction * 100)));
    if (report.remainingSeconds < 0)
        return done;
    return tr("%1, %2 left").arg(done, durationText(report.remainingSeconds));
}

} // namespace heirloom
