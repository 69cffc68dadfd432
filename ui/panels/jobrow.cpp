// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/jobrow.h"

#include "core/errortext.h"
#include "theme/icon.h"
#include "widgets/durationtext.h"
#include "widgets/progressstrip.h"

#include <QGridLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

#include <cmath>

namespace heirloom
{

namespace
{

constexpr int steps = 1000;
constexpr int longEnough = 2000; ///< ms; times below are not worth saying

QToolButton *button(const char *iconName, const QString &name)
{
    auto *button = new QToolButton;
    button->setIcon(icon(iconName));
    button->setIconSize({16, 16});
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolTip(name);
    button->setWhatsThis(name);
    return button;
}

} // namespace

JobRow::JobRow(QWidget *parent)
    : QFrame(parent)
    , m_title(new QLabel)
    , m_photo(new QLabel)
    , m_state(new QLabel)
    , m_reason(new QLabel)
    , m_bar(new QProgressBar)
    , m_cancel(button("close", tr("Cancel this job; the picture stays as it is")))
    , m_retry(button("reset", tr("Try again with the same settings")))
{
    setObjectName(QStringLiteral("jobRow"));
    m_cancel->setObjectName(QStringLiteral("jobCancel"));
    m_retry->setObjectName(QStringLiteral("jobRetry"));
    m_title->setProperty("heading", true);
    m_photo->setProperty("data", true);
    m_photo->setProperty("quiet", true);
    m_state->setProperty("quiet", true);
    for (QLabel *label : {m_title, m_photo, m_state, m_reason}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_reason->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_bar->setTextVisible(false);
    m_bar->setRange(0, steps);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(12, 8, 8, 8);
    layout->setVerticalSpacing(3);
    layout->addWidget(m_title, 0, 0);
    layout->addWidget(m_cancel, 0, 1, 2, 1, Qt::AlignTop);
    layout->addWidget(m_retry, 0, 2, 2, 1, Qt::AlignTop);
    layout->addWidget(m_photo, 1, 0);
    layout->addWidget(m_state, 2, 0, 1, 3);
    layout->addWidget(m_bar, 3, 0, 1, 3);
    layout->addWidget(m_reason, 4, 0, 1, 3);
    layout->setColumnStretch(0, 1);
    connect(m_cancel, &QToolButton::clicked, this, &JobRow::cancelRequested);
    connect(m_retry, &QToolButton::clicked, this, &JobRow::retryRequested);
}

void JobRow::show(const JobQueue::Item &item, const QString &photo, bool canRetry)
{
    using State = JobQueue::State;
    const bool runs = item.state == State::Running || item.state == State::Stopping;
    const bool ended = !runs && item.state != State::Waiting;
    if (runs && !m_since.isValid())
        m_since.start();
    if (ended && m_took < 0)
        m_took = m_since.isValid() ? m_since.elapsed() : 0;
    m_item = item;
    m_title->setText(item.title);
    m_photo->setText(photo);
    m_photo->setHidden(photo.isEmpty());
    m_cancel->setVisible(!ended);
    m_cancel->setEnabled(item.state != State::Stopping);
    m_cancel->setAccessibleName(tr("Cancel: %1").arg(item.title));
    m_retry->setVisible(canRetry);
    m_retry->setAccessibleName(tr("Try again: %1").arg(item.title));
    m_bar->setVisible(runs);
    m_bar->setAccessibleName(tr("Progress of: %1").arg(item.title));
    m_bar->setValue(int(std::lround(item.progress.fraction * steps)));
    m_reason->setHidden(!item.error);
    m_reason->setText(item.error ? errorSentence(*item.error) : QString());
    m_state->setText(stateLine());
}

void JobRow::tick()
{
    if (m_item.state == JobQueue::State::Running)
        m_state->setText(stateLine());
}

QString JobRow::stateLine() const
{
    const QString state = JobQueue::stateText(m_item.state);
    if (m_item.state == JobQueue::State::Running) {
        const QString progress = ProgressStrip::describe(m_item.progress);
        return m_since.elapsed() < longEnough
                   ? progress
                   : tr("%1 (%2 so far)")
                         .arg(progress, durationText(double(m_since.elapsed()) / 1000));
    }
    if (m_took >= longEnough)
        return tr("%1 after %2").arg(state, durationText(double(m_took) / 1000));
    return state;
}

} // namespace heirloom
