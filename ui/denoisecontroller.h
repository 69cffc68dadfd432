// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/canvasview.h"
#include "session/editorsession.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace heirloom
{

class DenoisePanel;
class ModelEnvironment;
class Workspace;

/// Joins the controls of Remove noise to the current photo: previews on the part in view, runs it,
/// shows progress. Runs of other photos go on. Owned by the main window; GUI thread.
class DenoiseController : public QObject
{
    Q_OBJECT

public:
    DenoiseController(Workspace &workspace, ModelEnvironment &models, DenoisePanel &panel,
                      CanvasView &canvas, QObject *parent = nullptr);

    /// Null: none is open.
    void setSession(EditorSession *session);
    /// Packs may have come or gone.
    void modelsChanged();

Q_SIGNALS:
    void failed(heirloom::EditorSession *session, const heirloom::Error &error);

private:
    void watch(EditorSession *session);
    void apply();
    void restartPreview();
    void startPreview();
    void stopPreview();
    void takePiece(JobId id, const QRect &place, const Image &pixels);
    void takeEnd(EditorSession *session, JobId id, const Outcome &outcome);

    ModelEnvironment &m_models;
    DenoisePanel &m_panel;
    CanvasView &m_canvas;
    EditorSession *m_session = nullptr;
    QHash<const EditorSession *, JobId> m_running;
    JobId m_previewJob;
    QList<PreviewPiece> m_pieces;
    QTimer m_previewTimer;
};

} // namespace heirloom
