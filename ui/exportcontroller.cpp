// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exportcontroller.h"

#include "dialogs/exportdialog.h"
#include "dialogs/leavequestion.h"

namespace heirloom
{

ExportController::ExportController(EditorSession &session, Settings &settings, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_settings(settings)
    , m_window(window)
{
    connect(&session, &EditorSession::exported, this,
            [this](JobId, const ExportReport &report) { Q_EMIT exported(report); });
    connect(&session, &EditorSession::finished, this, [this](JobId id, const Outcome &outcome) {
        if (id != m_job)
            return;
        m_job = {};
        const auto afterwards = std::exchange(m_afterwards, {});
        if (outcome.kind == Outcome::Kind::Failed)
            Q_EMIT failed(*outcome.error);
        else if (outcome.kind == Outcome::Kind::Done && afterwards)
            afterwards();
    });
}

void ExportController::exportPicture(std::function<void()> afterwards)
{
    if (!m_session.hasDocument() || m_job.isValid())
        return;
    auto *dialog = new ExportDialog(m_session.exportPicture(), m_session.sourceInfo().fileFormat,
                                    m_settings, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, afterwards = std::move(afterwards)] {
        m_afterwards = afterwards;
        m_job = m_session.exportTo(dialog->options());
    });
    dialog->open();
}

void ExportController::guard(std::function<void()> goOn)
{
    if (!m_session.isModified())
        return goOn();
    if (m_asking)
        return;
    m_asking = true;
    auto *question = new LeaveQuestion(m_session.name(), m_window);
    connect(question, &LeaveQuestion::answered, this,
            [this, goOn = std::move(goOn)](LeaveAnswer answer) {
                m_asking = false;
                if (answer == LeaveAnswer::Export)
                    exportPicture(goOn);
                else if (answer == LeaveAnswer::Discard)
                    goOn();
            });
    question->open();
}

void ExportController::cancel()
{
    if (m_job.isValid())
        m_session.cancel(m_job);
}

} // namespace heirloom
