// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recoverycontroller.h"

#include "session/editorsession.h"
#include "session/recovery.h"
#include "widgets/messagebar.h"
#include "widgets/recoverybar.h"

#include <QLocale>
#include <QWidget>

namespace heirloom
{

namespace
{

constexpr int mostNamed = 4;

QString momentText(const QDateTime &utc)
{
    const QDateTime time = utc.toLocalTime();
    const QString clock = QLocale().toString(time.time(), QLocale::ShortFormat);
    if (time.date() == QDate::currentDate())
        return RecoveryController::tr("today at %1").arg(clock);
    return RecoveryController::tr("%1 at %2").arg(
        QLocale().toString(time.date(), QLocale::ShortFormat), clock);
}

} // namespace

RecoveryController::RecoveryController(Recovery *recovery, MessageBar &messages, QWidget *window)
    : QObject(window)
    , m_recovery(recovery)
    , m_messages(messages)
    , m_bar(new RecoveryBar(window))
{
    if (!recovery)
        return;
    connect(recovery, &Recovery::looked, this, &RecoveryController::offer);
    connect(recovery, &Recovery::off, this, &RecoveryController::sayOff);
    connect(recovery, &Recovery::on, this, [this] {
        if (m_messages.text() == m_offText)
            m_messages.dismiss();
    });
    // Queued: a photo that comes to the front clears what was said of another.
    connect(
        recovery, &Recovery::restored, this,
        [this](const EditorSession *session, int lost) {
            if (lost > 0) {
                m_messages.showNote(
                    tr("%n step(s) of \"%1\" were damaged on the disk and are left out.", nullptr,
                       lost)
                        .arg(session->name()));
            }
        },
        Qt::QueuedConnection);
    connect(m_bar, &RecoveryBar::restoreRequested, this, [this] {
        m_bar->hide();
        m_recovery->restoreAll();
    });
    connect(m_bar, &RecoveryBar::laterRequested, this, [this] {
        m_bar->hide();
        m_recovery->keepAll();
    });
    connect(m_bar, &RecoveryBar::discardRequested, this, [this] {
        m_bar->hide();
        m_recovery->discardAll();
    });
}

void RecoveryController::offer()
{
    const QStringList newer = m_recovery->takeNewer();
    if (!newer.isEmpty())
        m_messages.showError(Error(ErrorCode::RecoveryNewer, {newer.join(QStringLiteral(", "))}));
    if (m_recovery->count() > 0)
        m_bar->offer(offerText());
}

QString RecoveryController::detailsOf(const RecoverySummary &summary)
{
    const QString moment = momentText(summary.time);
    if (!summary.time.isValid())
        return tr("damaged");
    if (summary.steps == 0)
        return tr("changed %1").arg(moment);
    return tr("%n step(s), the last %1", nullptr, summary.steps).arg(moment);
}

QString RecoveryController::offerText() const
{
    const int count = m_recovery->count();
    if (count == 1) {
        const RecoverySummary &summary = m_recovery->summary(0);
        return tr("\"%1\" was not saved when Heirloom stopped: %2.")
            .arg(summary.name, detailsOf(summary));
    }
    QStringList lines{tr("%n photos were not saved when Heirloom stopped:", nullptr, count)};
    for (int i = 0; i < std::min(count, mostNamed); ++i) {
        const RecoverySummary &summary = m_recovery->summary(i);
        lines << tr("\"%1\": %2").arg(summary.name, detailsOf(summary));
    }
    if (count > mostNamed)
        lines << tr("and %n more", nullptr, count - mostNamed);
    return lines.join(u'\n');
}

void RecoveryController::sayOff(const Error &error)
{
    m_messages.showError(error);
    m_offText = m_messages.text();
}

} // namespace heirloom
