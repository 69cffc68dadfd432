// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "enlargecontroller.h"

#include "canvas/canvasview.h"
#include "canvas/loupe.h"
#include "core/errortext.h"
#include "document/document.h"
#include "previewimage.h"
#include "session/modelenvironment.h"

#include <cmath>

namespace heirloom
{

namespace
{

constexpr int previewDelay = 60; ///< ms; a drag asks for many places

QString packOf(EnlargePanel::Method method)
{
    return method == EnlargePanel::Method::Fine ? EnlargeController::finePack()
                                                : EnlargeController::fastPack();
}

} // namespace

EnlargeController::EnlargeController(Workspace &workspace, ModelEnvironment &models,
                                     EnlargePanel &panel, CanvasView &canvas, QObject *parent)
    : QObject(parent)
    , m_models(models)
    , m_panel(panel)
    , m_canvas(canvas)
{
    m_previewTimer.setSingleShot(true);
    m_previewTimer.setInterval(previewDelay);
    connect(&m_previewTimer, &QTimer::timeout, this, &EnlargeController::startPreview);

    connect(&panel, &EnlargePanel::targetChanged, this, &EnlargeController::replan);
    connect(&panel, &EnlargePanel::methodChanged, this, &EnlargeController::replan);
    connect(&panel, &EnlargePanel::strengthChanged, this, &EnlargeController::restartPreview);
    connect(&panel, &EnlargePanel::previewToggled, this, &EnlargeController::restartPreview);
    connect(&panel, &EnlargePanel::applyRequested, this, &EnlargeController::apply);
    connect(&panel, &EnlargePanel::cancelRequested, this, &EnlargeController::cancel);
    connect(&canvas, &CanvasView::viewChanged, this, &EnlargeController::viewChanged);
    connect(canvas.loupe(), &Loupe::moved, this, [this] {
        if (m_panel.isPreviewOn())
            m_previewTimer.start();
    });

    connect(&workspace, &Workspace::opened, this, &EnlargeController::watch);
    connect(&workspace, &Workspace::aboutToClose, this, [this](const EditorSession *session) {
        if (session == m_session)
            setSession(nullptr);
        m_applying.remove(session);
        if (session == m_measuringSession) { // its job goes with it
            m_measured.remove(m_measuring);
            m_measureJob = {};
            m_measuringSession = nullptr;
            m_measuring.clear();
            measureIfUnknown();
        }
    });
}

void EnlargeController::watch(EditorSession *session)
{
    connect(session, &EditorSession::previewTile, this, &EnlargeController::takePiece);
    connect(session, &EditorSession::finished, this,
            [this, session](JobId id, const Outcome &outcome) { takeEnd(session, id, outcome); });
    connect(session, &EditorSession::progressed, this,
            [this, session](JobId id, const ProgressReport &report) {
                const auto it = m_applying.find(session);
                if (it == m_applying.end() || it->job != id)
                    return;
                it->report = report;
                if (session == m_session)
                    m_panel.setProgress(report);
            });
    connect(session, &EditorSession::applied, this,
            [this, session](JobId, const OperationRecord &record) {
                Q_EMIT applied(session, record);
            });
    connect(session, &EditorSession::speedMeasured, this, &EnlargeController::showTimes);
    connect(session, &EditorSession::documentReplaced, this, [this, session] {
        if (session == m_session)
            pictureChanged();
    });
}

void EnlargeController::setSession(EditorSession *session)
{
    if (session == m_session)
        return;
    m_panel.setPreviewOn(false);
    stopPreview();
    m_session = session;
    pictureChanged();
    const auto run = m_applying.constFind(session);
    m_panel.setBusy(run != m_applying.cend(), run != m_applying.cend() ? run->title : QString());
    if (run != m_applying.cend())
        m_panel.setProgress(run->report);
    Q_EMIT applyingChanged();
}

UpscaleSettings EnlargeController::settings() const
{
    UpscaleSettings s;
    s.target = m_panel.target();
    s.strength = m_panel.strength();
    // A pack that is missing is not named: the session falls back and says so in the plan.
    if (isInstalled(m_panel.method()))
        s.model = packOf(m_panel.method());
    return s;
}

bool EnlargeController::isInstalled(EnlargePanel::Method method) const
{
    return m_models.pack(packOf(method)).has_value();
}

void EnlargeController::pictureChanged()
{
    m_panel.setPreviewOn(false);
    stopPreview();
    if (m_document)
        m_document->disconnect(this);
    m_document = m_session ? m_session->document() : nullptr;
    if (m_document) {
        connect(m_document, &Document::canvasChanged, this, [this] {
            // The result's pixels are no longer where the preview had them.
            m_panel.setPreviewOn(false);
            m_panel.setPictureSize(m_document->canvas().size);
            replan();
        });
        m_panel.setPictureSize(m_document->canvas().size);
    }
    replan();
}

void EnlargeController::modelsChanged()
{
    m_measured.clear();
    replan();
}

void EnlargeController::replan()
{
    m_plan.reset();
    if (!m_document)
        return;
    const Result<UpscalePlan> plan = m_session->planUpscale(settings());
    m_panel.setResultSize(plan ? plan->target : QSize());
    m_panel.setProblem(plan ? QString() : errorSentence(plan.error()));
    if (plan)
        m_plan = *plan;

    QString note;
    if (plan && !isInstalled(m_panel.method())) {
        const QString wanted = m_panel.method() == EnlargePanel::Method::Fine
                                   ? tr("The network for Fine is not installed.")
                                   : tr("The network for Fast is not installed.");
        const QString instead =
            plan->isLearned() ? tr("%1 will be used instead.").arg(plan->modelName)
                              : tr("Instead the classical Lanczos method will be used: it makes "
                                   "the picture larger but adds no detail.");
        note = wanted + u' ' + instead;
    }
    m_panel.setFallbackNote(note);
    showTimes();
    measureIfUnknown();
    restartPreview();
}

void EnlargeController::showTimes()
{
    if (!m_document)
        return;
    for (const auto method : {EnlargePanel::Method::Fast, EnlargePanel::Method::Fine}) {
        MethodState state;
        state.available = isInstalled(method);
        state.measuring = m_measuring == packOf(method);
        if (state.available) {
            UpscaleSettings s = settings();
            s.model = packOf(method);
            if (const auto plan = m_session->planUpscale(s))
                state.seconds = m_session->estimateSeconds(*plan);
        }
        m_panel.setMethodState(method, state);
    }
}

void EnlargeController::measureIfUnknown()
{
    const QString pack = packOf(m_panel.method());
    if (!m_session || !m_plan || m_measureJob.isValid() || m_measured.contains(pack) ||
        !isInstalled(m_panel.method()) || m_session->estimateSeconds(*m_plan))
        return;
    m_measured.insert(pack);
    m_measuring = pack;
    m_measuringSession = m_session;
    m_measureJob = m_session->measureSpeed(pack);
    showTimes();
}

void EnlargeController::apply()
{
    if (isApplying() || !m_plan)
        return;
    m_panel.setPreviewOn(false);
    stopPreview();
    const QLocale locale;
    const QString title = tr("Enlarging to %1 \u00d7 %2 pixels")
                              .arg(locale.toString(m_plan->target.width()),
                                   locale.toString(m_plan->target.height()));
    m_panel.setBusy(true, title);
    m_applying.insert(m_session, {{}, title, {}});
    const JobId job = m_session->applyUpscale(settings());
    if (const auto it = m_applying.find(m_session); it != m_applying.end())
        it->job = job;
    Q_EMIT applyingChanged();
}

void EnlargeController::cancel()
{
    if (isApplying())
        m_session->cancel(m_applying.value(m_session).job);
    else if (m_panel.isPreviewOn())
        m_panel.setPreviewOn(false);
}

void EnlargeController::takeEnd(EditorSession *session, JobId id, const Outcome &outcome)
{
    if (id == m_measureJob) {
        m_measureJob = {};
        m_measuring.clear();
        showTimes();
        measureIfUnknown();
        return;
    }
    if (id == m_previewJob) {
        m_previewJob = {};
        m_canvas.loupe()->setCaption(tr("Preview at 100 %"));
        if (outcome.kind == Outcome::Kind::Failed) {
            m_panel.setPreviewOn(false);
            Q_EMIT failed(session, *outcome.error);
        }
        return;
    }
    if (!m_applying.contains(session) || m_applying.value(session).job != id)
        return;
    m_applying.remove(session);
    if (session == m_session) {
        m_panel.setBusy(false);
        replan();
    }
    Q_EMIT applyingChanged();
    if (outcome.kind == Outcome::Kind::Failed)
        Q_EMIT failed(session, *outcome.error);
    else if (outcome.kind == Outcome::Kind::Cancelled)
        Q_EMIT cancelled(session);
}

void EnlargeController::viewChanged()
{
    if (m_panel.isPreviewOn())
        m_previewTimer.start();
}

void EnlargeController::restartPreview()
{
    stopPreview();
    if (!m_panel.isPreviewOn() || !m_plan || isApplying())
        return;
    const double scale = double(m_plan->target.width()) / m_plan->source.width();
    Loupe *loupe = m_canvas.loupe();
    loupe->setScale(scale);
    if (m_canvas.viewport().scale() < scale) {
        loupe->moveToMiddle();
        loupe->show();
    }
    m_previewTimer.start();
}

QRect EnlargeController::previewRegion(QPoint *centre) const
{
    const Loupe *loupe = m_canvas.loupe();
    const bool glass = loupe->isVisible();
    const QRect seen = glass ? loupe->visiblePixels() : m_canvas.viewport().visiblePixels();
    const QPointF middle = glass ? loupe->pictureCenter() : m_canvas.viewport().center();
    const double x = double(m_plan->target.width()) / m_plan->source.width();
    const double y = double(m_plan->target.height()) / m_plan->source.height();
    *centre = QPoint(int(middle.x() * x), int(middle.y() * y));
    return QRectF(seen.x() * x, seen.y() * y, seen.width() * x, seen.height() * y).toAlignedRect() &
           QRect(QPoint(0, 0), m_plan->target);
}

void EnlargeController::startPreview()
{
    if (!m_panel.isPreviewOn() || !m_plan || !m_document)
        return;
    // A glass while the result is larger than the window shows it, the picture itself otherwise.
    const double scale = double(m_plan->target.width()) / m_plan->source.width();
    const bool glass = m_canvas.viewport().scale() < scale;
    if (glass != m_canvas.loupe()->isVisible())
        m_canvas.loupe()->setVisible(glass);
    m_canvas.setPreviewPieces(m_pieces);

    QPoint centre;
    const QRect region = previewRegion(&centre);
    if (region.isEmpty()) {
        m_canvas.loupe()->setCaption(tr("Move it over the picture"));
        return;
    }
    m_canvas.loupe()->setCaption(tr("Preview is being computed"));
    m_previewJob = m_session->previewUpscale(settings(), region, centre);
}

void EnlargeController::stopPreview()
{
    m_previewTimer.stop();
    if (m_session && std::exchange(m_previewJob, {}).isValid())
        m_session->cancelPreview();
    m_canvas.loupe()->hide();
    if (!m_pieces.isEmpty()) {
        m_pieces.clear();
        m_canvas.setPreviewPieces({});
    }
}

void EnlargeController::takePiece(JobId id, const QRect &place, const Image &pixels)
{
    if (id != m_previewJob || !m_plan || !m_document)
        return;
    const double x = double(m_plan->source.width()) / m_plan->target.width();
    const double y = double(m_plan->source.height()) / m_plan->target.height();
    PreviewPiece piece;
    piece.image = previewImage(pixels, m_document->canvas());
    piece.place = QRectF(place.x() * x, place.y() * y, place.width() * x, place.height() * y);
    m_pieces.removeIf([&piece](const PreviewPiece &p) { return p.place == piece.place; });
    m_pieces.append(piece);
    m_canvas.setPreviewPieces(m_pieces);
}

} // namespace heirloom
