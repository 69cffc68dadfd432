// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/canvasmaprun.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <memory>
#include <optional>

namespace heirloom
{

class Actions;
class CanvasController;
class DocumentContent;
class EditorSession;
class HeatLegend;
class HeatOverlay;

/// The views of differences, of invented detail and of how holes were filled: measures what the
/// current photo's document shows in the background, again after each change, and lays it over the
/// picture with a legend. Belongs to the window, so it stays when another photo comes to the front.
/// Owned by the main window; GUI thread.
class HeatmapController : public QObject
{
    Q_OBJECT

public:
    HeatmapController(CanvasController &view, Actions &actions, QObject *parent = nullptr);
    ~HeatmapController() override;

    std::optional<CanvasMapKind> kind() const { return m_kind; }
    HeatLegend &legend() const { return *m_legend; }

Q_SIGNALS:
    void failed(const heirloom::Error &error);
    /// The coloured picture was written.
    void saved(const QString &path);
    /// Everything that is shown has been measured.
    void measured();

private:
    void show(std::optional<CanvasMapKind> kind);
    void follow();
    void start();
    void take(const QRect &place, const Image &values);
    void tell(const CanvasMapFigures &figures);
    void save();

    CanvasController &m_view;
    QAction *m_difference;
    QAction *m_invented;
    QAction *m_fills;
    HeatLegend *m_legend;
    std::optional<CanvasMapKind> m_kind;
    EditorSession *m_session = nullptr;
    QPointer<DocumentContent> m_content;
    std::unique_ptr<QObject> m_watch; ///< of the connections to the present document
    std::unique_ptr<CanvasMapRun> m_run;
    std::shared_ptr<HeatOverlay> m_overlay;
    QTimer m_soon;    ///< until changes have come to rest
    QTimer m_redrawn; ///< so that many pieces cost one redraw
};

} // namespace heirloom
