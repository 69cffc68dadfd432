// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "savecontroller.h"

#include "dialogs/exportname.h"
#include "settings/settings.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QPointer>
#include <QStandardPaths>

namespace heirloom
{

SaveController::SaveController(Workspace &workspace, Settings &settings, QStringList samples,
                               QWidget *window)
    : QObject(window)
    , m_settings(settings)
    , m_samples(std::move(samples))
    , m_window(window)
{
    connect(&workspace, &Workspace::opened, this, &SaveController::watch);
    connect(&workspace, &Workspace::aboutToClose, this,
            [this](const EditorSession *session) { m_running.remove(session); });
}

void SaveController::watch(EditorSession *session)
{
    connect(session, &EditorSession::saved, this, [this, session](JobId, const QString &path) {
        Q_EMIT saved(session, path);
    });
    connect(session, &EditorSession::finished, this,
            [this, session](JobId id, const Outcome &outcome) {
                if (id != job(session))
                    return;
                const Running ended = m_running.take(session);
                if (outcome.kind == Outcome::Kind::Failed)
                    Q_EMIT failed(session, *outcome.error);
                else if (outcome.kind == Outcome::Kind::Done && ended.again)
                    save(*session, ended.afterwards);
                else if (outcome.kind == Outcome::Kind::Done && ended.afterwards)
                    ended.afterwards();
            });
}

void SaveController::save(EditorSession &session, std::function<void()> afterwards)
{
    if (!session.hasDocument())
        return;
    if (const auto it = m_running.find(&session); it != m_running.end()) {
        it->again = true;
        if (afterwards)
            it->afterwards = std::move(afterwards);
        return;
    }
    if (session.projectPath().isEmpty())
        return saveAs(session, std::move(afterwards));
    start(session, session.projectPath(), std::move(afterwards));
}

void SaveController::saveAs(EditorSession &session, std::function<void()> afterwards)
{
    if (!session.hasDocument() || m_running.contains(&session))
        return;
    auto *dialog = new QFileDialog(m_window, tr("Save with layers"));
    dialog->setObjectName(QStringLiteral("saveDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("ora"));
    dialog->setNameFilter(tr("Projects (*.ora)"));
    dialog->selectFile(suggestion(session));
    connect(&session, &QObject::destroyed, dialog, &QDialog::reject);
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, open = QPointer(&session),
             afterwards = std::move(afterwards)](const QString &path) {
                if (!open)
                    return;
                m_settings.set(setting::projectFolder, QFileInfo(path).absolutePath());
                start(*open, path, afterwards);
            });
    dialog->open();
}

void SaveController::start(EditorSession &session, const QString &path,
                           std::function<void()> afterwards)
{
    // What is replaced is the project itself, or the dialog has asked.
    const JobId id = session.saveProject(path, true);
    if (id.isValid()) // else it was refused, and the session said why
        m_running[&session] = {id, std::move(afterwards)};
}

QString SaveController::suggestion(const EditorSession &session) const
{
    if (!session.projectPath().isEmpty())
        return session.projectPath();
    const bool isSample = m_samples.contains(session.path());
    return suggestedProjectPath(isSample ? QString() : session.path(), session.name(),
                                isSample ? QStandardPaths::writableLocation(
                                               QStandardPaths::PicturesLocation)
                                         : m_settings.value(setting::projectFolder));
}

} // namespace heirloom
