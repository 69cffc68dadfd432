// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "restorecontroller.h"

#include "document/compositor.h"
#include "document/document.h"
#include "operation/registry.h"
#include "panels/restorepanel.h"
#include "session/ailayers.h"
#include "session/airun.h"
#include "session/modelenvironment.h"
#include "session/restoration.h"
#include "session/sessionjobs.h"
#include "session/workspace.h"

#include <utility>

namespace heirloom
{

namespace
{

QString titleOf(const QString &operation)
{
    const OperationRegistry registry = OperationRegistry::standard();
    const OperationInfo *info = registry.find(operation);
    return info ? info->title : operation;
}

} // namespace

RestoreController::RestoreController(Workspace &workspace, RestorePanel &panel, QObject *parent)
    : QObject(parent)
    , m_panel(panel)
{
    connect(&panel, &RestorePanel::shown, this, &RestoreController::measureIfSeen);
    connect(&panel, &RestorePanel::measureRequested, this, [this] {
        if (m_session)
            measure(m_session);
    });
    connect(&panel, &RestorePanel::runRequested, this, &RestoreController::run);
    connect(&panel, &RestorePanel::cancelRequested, this, [this] {
        if (m_session && m_photos.contains(m_session))
            m_session->cancel(m_photos[m_session].running);
    });
    connect(&workspace, &Workspace::opened, this, [this](EditorSession *session) {
        connect(session, &EditorSession::finished, this,
                [this, session](JobId id, const Outcome &outcome) {
                    takeEnd(session, id, outcome);
                });
        connect(session, &EditorSession::started, this, [this, session](JobId id) {
            if (const auto field = std::exchange(m_naming, nullptr))
                m_photos[session].*field = id;
        });
        connect(session, &EditorSession::progressed, this,
                [this, session](JobId id, const ProgressReport &report) {
                    if (session == m_session && m_photos.value(session).running == id)
                        m_panel.setProgress(report);
                });
        connect(session, &EditorSession::speedMeasured, this, [this, session] {
            if (session == m_session && m_photos.value(session).found)
                showTimes(stepsFor(m_photos.value(session)));
        });
        connect(session, &EditorSession::documentReplaced, this, [this, session] {
            m_photos.remove(session);
            if (session == m_session) {
                Q_EMIT recipeChanged();
                show();
                measureIfSeen();
            }
        });
    });
    connect(&workspace, &Workspace::aboutToClose, this, [this](const EditorSession *session) {
        if (session == m_session)
            setSession(nullptr);
        m_photos.remove(session);
    });
}

void RestoreController::setSession(EditorSession *session)
{
    if (session == m_session)
        return;
    m_session = session;
    Q_EMIT recipeChanged();
    show();
    measureIfSeen();
}

const std::optional<Recipe> &RestoreController::recipe() const
{
    static const std::optional<Recipe> none;
    const auto photo = m_photos.constFind(m_session);
    return photo == m_photos.constEnd() ? none : photo->recipe;
}

void RestoreController::setRecipe(const std::optional<Recipe> &recipe)
{
    if (m_session && m_photos[m_session].left.isEmpty()) {
        m_photos[m_session].recipe = recipe;
        m_photos[m_session].isDone = false;
    }
    Q_EMIT recipeChanged();
    show();
}

void RestoreController::measureIfSeen()
{
    if (!m_session || !m_session->hasDocument() || !m_panel.isVisible())
        return;
    const Photo &photo = m_photos[m_session];
    if (!photo.found && !photo.measuring.isValid() && photo.left.isEmpty())
        measure(m_session);
}

void RestoreController::measure(EditorSession *session)
{
    if (!session->hasDocument())
        return;
    const Snapshot snapshot = session->document()->snapshot();
    m_naming = &Photo::measuring;
    const JobId job = session->jobs().submit<Measurements>(
        tr("Look what the photo needs"), Priority::Interactive,
        [snapshot, store = session->tileStore(), &models = session->models()](
            const Progress &progress) {
            CompositorSource source(snapshot, store);
            return heirloom::measure(source, models.context(), progress);
        },
        [this, session](JobId id, const Measurements &found) {
            if (m_photos.value(session).measuring == id)
                m_photos[session].found = found;
        });
    m_naming = nullptr;
    if (session->isRunning(job)) // or waiting
        m_photos[session].measuring = job;
    if (session == m_session)
        show();
}

void RestoreController::run()
{
    if (!m_session || !m_photos[m_session].left.isEmpty())
        return;
    m_photos[m_session].left = m_panel.chosen();
    runNext(m_session);
}

void RestoreController::runNext(EditorSession *session)
{
    const auto photo = m_photos.find(session);
    if (photo == m_photos.end())
        return;
    if (photo->left.isEmpty()) {
        photo->isDone = true;
        return measure(session);
    }
    const ProposedStep step = photo->left.first();
    AiLook look;
    look.opacity = step.strength / 100;
    if (session == m_session)
        m_panel.setRunning(titleOf(step.operation));
    m_naming = &Photo::running;
    const JobId job = session->aiLayers().add(step.operation, step.parameters, look);
    m_naming = nullptr;
    if (session->isRunning(job)) {
        m_photos[session].running = job;
    } else if (!job.isValid()) { // refused, which was said
        m_photos[session].left.clear();
        show();
    }
}

void RestoreController::takeEnd(EditorSession *session, JobId id, const Outcome &outcome)
{
    const auto photo = m_photos.find(session);
    if (photo == m_photos.end())
        return;
    if (photo->measuring == id) {
        photo->measuring = {};
    } else if (photo->running == id) {
        photo->running = {};
        if (outcome.kind == Outcome::Kind::Done) {
            photo->left.removeFirst();
            runNext(session);
        } else {
            photo->left.clear();
        }
    } else {
        return;
    }
    if (outcome.kind == Outcome::Kind::Failed)
        Q_EMIT failed(session, *outcome.error);
    if (session == m_session)
        show();
}

void RestoreController::show()
{
    const Photo photo = m_session ? m_photos.value(m_session) : Photo();
    m_panel.setEnabled(m_session && m_session->hasDocument());
    m_panel.setRunning(photo.left.isEmpty() ? QString() : titleOf(photo.left.first().operation));
    if (!photo.left.isEmpty())
        return; // the list stays as it was chosen
    if (photo.measuring.isValid()) {
        m_panel.setMeasuring();
    } else if (photo.found) {
        const QList<ProposedStep> steps = stepsFor(photo);
        m_panel.setFound(*photo.found, steps, photo.isDone);
        showTimes(steps);
    } else {
        m_panel.clear();
    }
}

QList<ProposedStep> RestoreController::stepsFor(const Photo &photo) const
{
    if (!photo.recipe)
        return offerSteps(*photo.found);
    // What a recipe always does was done.
    return photo.isDone ? QList<ProposedStep>() : photo.recipe->stepsFor(*photo.found);
}

/// Where a network has never run here, its speed is measured in the background, once.
void RestoreController::showTimes(const QList<ProposedStep> &steps)
{
    QList<std::optional<double>> times;
    QString unknown;
    for (const StepTime &time : stepTimes(steps, pictureOf(m_session->document()->canvas()),
                                          m_session->models())) {
        times += time.seconds;
        if (!time.unmeasured.isEmpty() && !m_timed.contains(time.unmeasured))
            unknown = time.unmeasured;
    }
    m_panel.setTimes(times);
    if (!unknown.isEmpty()) {
        m_timed.insert(unknown);
        m_session->measureSpeed(unknown);
    }
}

} // namespace heirloom
