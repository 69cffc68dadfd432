// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "closecontroller.h"

#include "dialogs/leavequestion.h"
#include "exportcontroller.h"
#include "savecontroller.h"
#include "session/workspace.h"

namespace heirloom
{

CloseController::CloseController(Workspace &workspace, ExportController &exporter,
                                 SaveController &saver, QWidget *window)
    : QObject(window)
    , m_workspace(workspace)
    , m_export(exporter)
    , m_save(saver)
    , m_window(window)
{
}

void CloseController::close(EditorSession *session, std::function<void()> afterwards)
{
    if (!session || m_workspace.indexOf(session) < 0)
        return;
    ask(session, [this, open = QPointer(session), afterwards = std::move(afterwards)] {
        if (open)
            m_workspace.close(open);
        if (afterwards)
            afterwards();
    });
}

void CloseController::closeAll(std::function<void()> afterwards)
{
    m_workspace.cancelOpenings();
    closeNext(nullptr, std::move(afterwards));
}

void CloseController::closeOthers(EditorSession *session)
{
    closeNext(session, {});
}

void CloseController::closeNext(EditorSession *except, std::function<void()> afterwards)
{
    for (EditorSession *session : m_workspace.sessions()) {
        if (session == except)
            continue;
        return close(session, [this, except, afterwards = std::move(afterwards)] {
            closeNext(except, afterwards);
        });
    }
    if (afterwards)
        afterwards();
}

void CloseController::ask(EditorSession *session, std::function<void()> goOn)
{
    if (!session->isModified())
        return goOn();
    if (m_asking)
        return;
    m_asking = true;
    m_workspace.setCurrent(session); // the user sees what the question is about
    auto *question = new LeaveQuestion(session->name(), m_window);
    connect(question, &LeaveQuestion::answered, this,
            [this, open = QPointer(session), goOn = std::move(goOn)](LeaveAnswer answer) {
                m_asking = false;
                if (!open)
                    return;
                if (answer == LeaveAnswer::Save)
                    m_save.save(*open, goOn);
                else if (answer == LeaveAnswer::Export)
                    m_export.exportPicture(*open, goOn);
                else if (answer == LeaveAnswer::Discard)
                    goOn();
            });
    question->open();
}

} // namespace heirloom
