// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "denoisecontroller.h"

#include "document/document.h"
#include "panels/denoisepanel.h"
#include "previewimage.h"
#include "session/ailayers.h"
#include "session/modelenvironment.h"
#include "session/operationpreview.h"
#include "session/workspace.h"

namespace heirloom
{

namespace
{

constexpr int previewDelay = 60; ///< ms; a drag asks for many places

} // namespace

DenoiseController::DenoiseController(Workspace &workspace, ModelEnvironment &models,
                                     DenoisePanel &panel, CanvasView &canvas, QObject *parent)
    : QObject(parent)
    , m_models(models)
    , m_panel(panel)
    , m_canvas(canvas)
{
    m_previewTimer.setSingleShot(true);
    m_previewTimer.setInterval(previewDelay);
    connect(&m_previewTimer, &QTimer::timeout, this, &DenoiseController::startPreview);
    connect(&panel, &DenoisePanel::settingsChanged, this, &DenoiseController::restartPreview);
    connect(&panel, &DenoisePanel::previewToggled, this, &DenoiseController::restartPreview);
    connect(&panel, &DenoisePanel::applyRequested, this, &DenoiseController::apply);
    connect(&panel, &DenoisePanel::cancelRequested, this, [this] {
        if (m_running.contains(m_session))
            m_session->cancel(m_running.value(m_session));
    });
    connect(&canvas, &CanvasView::viewChanged, this, [this] {
        if (m_panel.isPreviewOn())
            m_previewTimer.start();
    });
    connect(&workspace, &Workspace::opened, this, &DenoiseController::watch);
    connect(&workspace, &Workspace::aboutToClose, this, [this](const EditorSession *session) {
        if (session == m_session)
            setSession(nullptr);
        m_running.remove(session);
    });
    modelsChanged();
}

void DenoiseController::watch(EditorSession *session)
{
    connect(session, &EditorSession::previewTile, this, &DenoiseController::takePiece);
    connect(session, &EditorSession::finished, this,
            [this, session](JobId id, const Outcome &outcome) { takeEnd(session, id, outcome); });
    connect(session, &EditorSession::progressed, this,
            [this, session](JobId id, const ProgressReport &report) {
                if (session == m_session && m_running.value(session) == id)
                    m_panel.setProgress(report);
            });
    connect(session, &EditorSession::documentReplaced, this, [this, session] {
        if (session == m_session)
            m_panel.setPreviewOn(false);
    });
}

void DenoiseController::setSession(EditorSession *session)
{
    if (session == m_session)
        return;
    m_panel.setPreviewOn(false);
    stopPreview();
    m_session = session;
    m_panel.setEnabled(session);
    m_panel.setBusy(m_running.contains(session));
}

void DenoiseController::modelsChanged()
{
    m_panel.setFallbackNote(
        m_models.packs(ModelTask::Denoise).empty()
            ? tr("The network for noise is not installed. Instead the classical method, non-local "
                 "means, will be used; it keeps less detail.")
            : QString());
}

void DenoiseController::apply()
{
    if (!m_session || m_running.contains(m_session))
        return;
    m_panel.setPreviewOn(false);
    stopPreview();
    const DenoiseSettings settings = m_panel.settings();
    m_panel.setBusy(true);
    m_running.insert(m_session, {});
    AiLook look;
    look.opacity = settings.strength / 100;
    const JobId job = m_session->aiLayers().add(Denoise::id(), settings.toParameters(), look);
    const auto it = m_running.find(m_session);
    if (it == m_running.end())
        return;
    *it = job;
    if (!job.isValid()) { // refused
        m_running.erase(it);
        m_panel.setBusy(false);
    }
}

void DenoiseController::takeEnd(EditorSession *session, JobId id, const Outcome &outcome)
{
    if (id == m_previewJob) {
        m_previewJob = {};
        if (outcome.kind == Outcome::Kind::Failed) {
            m_panel.setPreviewOn(false);
            Q_EMIT failed(session, *outcome.error);
        }
        return;
    }
    if (!m_running.contains(session) || m_running.value(session) != id)
        return;
    m_running.remove(session);
    if (session == m_session)
        m_panel.setBusy(false);
    if (outcome.kind == Outcome::Kind::Failed)
        Q_EMIT failed(session, *outcome.error);
}

void DenoiseController::restartPreview()
{
    stopPreview();
    if (m_panel.isPreviewOn() && m_session && m_session->hasDocument())
        m_previewTimer.start();
}

void DenoiseController::startPreview()
{
    if (!m_panel.isPreviewOn() || !m_session || !m_session->hasDocument())
        return;
    const QRect canvas = m_session->document()->canvas().rect();
    const QRect region = m_canvas.viewport().visiblePixels() & canvas;
    if (region.isEmpty())
        return;
    const DenoiseSettings settings = m_panel.settings();
    m_previewJob = m_session->preview().start(Denoise::id(), settings.toParameters(),
                                              settings.strength, region, region.center());
}

void DenoiseController::stopPreview()
{
    m_previewTimer.stop();
    if (m_session && std::exchange(m_previewJob, {}).isValid())
        m_session->cancelPreview();
    if (!m_pieces.isEmpty()) {
        m_pieces.clear();
        m_canvas.setPreviewPieces({});
    }
}

void DenoiseController::takePiece(JobId id, const QRect &place, const Image &pixels)
{
    if (id != m_previewJob || !m_session || !m_session->hasDocument())
        return;
    const PreviewPiece piece{previewImage(pixels, m_session->document()->canvas()), QRectF(place)};
    m_pieces.removeIf([&piece](const PreviewPiece &p) { return p.place == piece.place; });
    m_pieces.append(piece);
    m_canvas.setPreviewPieces(m_pieces);
}

} // namespace heirloom
