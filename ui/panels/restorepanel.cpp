// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/restorepanel.h"

#include "operation/registry.h"
#include "widgets/progressstrip.h"

#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace heirloom
{

namespace
{

/// Of the picture's own pixels, below which the detail is worth a word.
constexpr double coarse = 0.7;

QLabel *quietLabel(const QString &text = {})
{
    auto *label = new QLabel(text);
    label->setProperty("quiet", true);
    label->setWordWrap(true);
    return label;
}

QString titleOf(const QString &operation)
{
    const OperationRegistry registry = OperationRegistry::standard();
    const OperationInfo *info = registry.find(operation);
    return info ? info->title : operation;
}

} // namespace

RestorePanel::RestorePanel(QWidget *parent)
    : QWidget(parent)
    , m_detail(quietLabel())
    , m_verdict(new QLabel)
    , m_quiet(quietLabel())
    , m_list(new QVBoxLayout)
    , m_run(new QPushButton(tr("Restore")))
    , m_again(new QToolButton)
    , m_progress(new ProgressStrip)
{
    setObjectName(QStringLiteral("restorePanel"));
    m_verdict->setObjectName(QStringLiteral("restoreVerdict"));
    m_verdict->setProperty("heading", true);
    m_verdict->setWordWrap(true);
    m_run->setObjectName(QStringLiteral("restoreButton"));
    m_run->setProperty("primary", true);
    m_run->setToolTip(tr("Does the ticked steps, each as a layer that can be turned down, masked "
                         "and thrown away"));
    m_run->setWhatsThis(m_run->toolTip());
    m_again->setObjectName(QStringLiteral("measureAgain"));
    m_again->setText(tr("Measure again"));
    m_again->setToolTip(tr("Looks at the picture as it is now"));
    m_again->setWhatsThis(m_again->toolTip());
    m_again->setAccessibleName(m_again->text());
    m_list->setSpacing(10);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(12);
    layout->addWidget(m_verdict);
    layout->addWidget(m_quiet);
    layout->addLayout(m_list);
    layout->addWidget(m_run);
    layout->addWidget(m_progress);
    layout->addWidget(m_detail);
    layout->addWidget(m_again, 0, Qt::AlignLeft);
    layout->addStretch(1);
    connect(m_run, &QPushButton::clicked, this, &RestorePanel::runRequested);
    connect(m_again, &QToolButton::clicked, this, &RestorePanel::measureRequested);
    connect(m_progress, &ProgressStrip::cancelled, this, &RestorePanel::cancelRequested);
    clear();
}

void RestorePanel::clearSteps()
{
    m_steps.clear();
    while (QLayoutItem *item = m_list->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater(); // its box may be the one that was just clicked
        }
        delete item;
    }
}

void RestorePanel::clear()
{
    clearSteps();
    m_verdict->clear();
    m_quiet->clear();
    m_detail->clear();
    m_again->hide();
    refresh();
}

void RestorePanel::setMeasuring()
{
    clear();
    m_quiet->setText(tr("Looking at the picture..."));
    refresh();
}

void RestorePanel::setFound(const Measurements &measurements, const QList<ProposedStep> &steps,
                            bool done)
{
    clearSteps();
    if (steps.isEmpty()) {
        m_verdict->setText(done ? tr("Done; nothing more is needed") : tr("Nothing needed"));
        m_quiet->setText(done ? tr("Each step is a layer: turn it down, mask it or throw it away.")
                              : tr("What can be measured was found to be good. The other tools can "
                                   "still be used."));
    } else {
        m_verdict->setText(tr("What this photo needs"));
        m_quiet->clear();
    }
    for (const ProposedStep &step : steps) {
        auto *row = new QWidget;
        auto *column = new QVBoxLayout(row);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(2);
        auto *box = new QCheckBox(titleOf(step.operation));
        box->setObjectName(QStringLiteral("step_") + step.operation);
        box->setChecked(true);
        box->setToolTip(step.reason);
        box->setWhatsThis(step.reason);
        auto *why = quietLabel(step.measured + QStringLiteral("\n") + step.reason);
        why->setContentsMargins(26, 0, 0, 0);
        column->addWidget(box);
        column->addWidget(why);
        m_list->addWidget(row);
        m_steps.append({box, step});
        connect(box, &QCheckBox::toggled, this, &RestorePanel::refresh);
    }
    m_detail->setText(measurements.detail.share() < coarse
                          ? tr("%1 megapixels, about %2 of detail")
                                .arg(measurements.megapixels(), 0, 'f', 1)
                                .arg(measurements.detailMegapixels(), 0, 'f', 1)
                          : QString());
    m_again->show();
    refresh();
}

QList<ProposedStep> RestorePanel::chosen() const
{
    QList<ProposedStep> steps;
    for (const auto &[box, step] : m_steps) {
        if (box->isChecked())
            steps += step;
    }
    return steps;
}

void RestorePanel::setRunning(const QString &title)
{
    m_isRunning = !title.isEmpty();
    if (m_isRunning)
        m_progress->begin(title);
    else
        m_progress->end();
    refresh();
}

void RestorePanel::setProgress(const ProgressReport &report)
{
    m_progress->report(report);
}

void RestorePanel::refresh()
{
    m_run->setVisible(!m_steps.isEmpty() && !m_isRunning);
    m_run->setEnabled(!chosen().isEmpty());
    m_again->setEnabled(!m_isRunning);
    m_verdict->setVisible(!m_verdict->text().isEmpty());
    m_quiet->setVisible(!m_quiet->text().isEmpty());
    m_detail->setVisible(!m_detail->text().isEmpty());
    for (const auto &[box, step] : std::as_const(m_steps))
        box->setEnabled(!m_isRunning);
}

void RestorePanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    Q_EMIT shown();
}

} // namespace heirloom
