// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "panels/enlargepanel.h"
#include "document/document.h"
#include "session/workspace.h"

#include <QObject>
#include <QPointer>
#include <QSet>
#include <QTimer>

namespace heirloom
{

class CanvasView;
class ModelEnvironment;
struct PreviewPiece;

/// Joins the Enlarge panel, the session and the canvas: plans and times, the preview (a loupe while
/// less than the result's pixels can be seen, else the visible part), and the run itself. Owned by
/// the main window; GUI thread.
class EnlargeController : public QObject
{
    Q_OBJECT

public:
    /// The packs behind the two names.
    static QString fastPack() { return QStringLiteral("realesrgan-general-x4v3"); }
    static QString finePack() { return QStringLiteral("realesrgan-x4plus"); }

    EnlargeController(Workspace &workspace, ModelEnvironment &models, EnlargePanel &panel,
                      CanvasView &canvas, QObject *parent = nullptr);

    /// The photo that the panel is about; null: none. Runs of other photos go on.
    void setSession(EditorSession *session);
    bool isApplying() const { return m_applying.contains(m_session); }
    /// Packs may have come or gone.
    void modelsChanged();

public Q_SLOTS:
    void apply();
    /// Stops what runs: the enlarging, else the preview.
    void cancel();

Q_SIGNALS:
    void failed(heirloom::EditorSession *session, const heirloom::Error &error);
    void applied(heirloom::EditorSession *session, const heirloom::OperationRecord &record);
    void applyingChanged();
    void cancelled(heirloom::EditorSession *session);

private:
    struct Run {
        JobId job;
        QString title;
        ProgressReport report;
    };
    void watch(EditorSession *session);
    UpscaleSettings settings() const;
    bool isInstalled(EnlargePanel::Method method) const;
    void pictureChanged();
    void replan();
    void showTimes();
    void measureIfUnknown();
    void viewChanged();
    void restartPreview();
    void startPreview();
    void stopPreview();
    void takePiece(JobId id, const QRect &place, const Image &pixels);
    void takeEnd(EditorSession *session, JobId id, const Outcome &outcome);
    QRect previewRegion(QPoint *centre) const;

    EditorSession *m_session = nullptr;
    QPointer<Document> m_document; ///< the one that is watched
    ModelEnvironment &m_models;
    EnlargePanel &m_panel;
    CanvasView &m_canvas;
    std::optional<UpscalePlan> m_plan;
    QHash<const EditorSession *, Run> m_applying;
    JobId m_previewJob;
    JobId m_measureJob;
    const EditorSession *m_measuringSession = nullptr;
    QString m_measuring;
    QSet<QString> m_measured; ///< asked for once; not again when it failed
    QList<PreviewPiece> m_pieces;
    QTimer m_previewTimer;
};

} // namespace heirloom
