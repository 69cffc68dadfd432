// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "canvas/canvasview.h"
#include "core/ids.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <memory>
#include <unordered_map>

namespace heirloom
{

class Actions;
class CanvasChip;
class Comparison;
class DocumentContent;
class EditorSession;
class Settings;
class StatusInfo;
class Theme;
class Workspace;

/// Shows the current photo on the canvas and in the status bar, with the view (zoom, place,
/// comparison, a layer alone) that its tab was left with; carries out the commands that change the
/// view. Owned by the main window; GUI thread.
class CanvasController : public QObject
{
    Q_OBJECT

public:
    CanvasController(Workspace &workspace, Settings &settings, Theme &theme, Actions &actions,
                     CanvasView &canvas, StatusInfo &status, QObject *parent = nullptr);
    ~CanvasController() override;

    CanvasView &canvas() const { return m_canvas; }
    /// Null: nothing is open.
    EditorSession *session() const { return m_session; }
    void setSession(EditorSession *session);
    /// What the canvas shows; null: nothing.
    DocumentContent *content() const;
    /// What the current photo is compared with; null: no photo.
    Comparison *comparison() const;
    /// Of a listed photo as it is seen now, at most thumbnailSide large; null for others.
    QImage thumbnail(EditorSession *session);
    static constexpr int thumbnailSide = 256;

public Q_SLOTS:
    void cycleCompare();
    /// Shows one layer of the current photo alone, or all again when it is alone already. A view,
    /// no step.
    void toggleAlone(heirloom::LayerId layer);

Q_SIGNALS:
    void scaleChanged();
    /// content() is another one.
    void contentShown();
    /// A quiet word about the view.
    void noted(const QString &text);

private:
    struct Tab {
        /// Null while nothing is open in it.
        std::unique_ptr<Comparison> comparison;
        /// Null while it would be one too many in memory.
        std::unique_ptr<DocumentContent> content;
        QImage thumbnail; ///< of the time when the content went
        double scale = 1;
        QPointF center;
        bool fits = true;
        CompareMode compare = CompareMode::Off;
        LayerId alone; ///< invalid: all layers are shown

        Tab();
        ~Tab();
        Tab(Tab &&) = default;
        Tab &operator=(Tab &&other);
    };
    void connectActions(Actions &actions);
    void watch(EditorSession *session);
    void documentReplaced(EditorSession *session);
    DocumentContent *contentOf(EditorSession *session);
    void dropColdContents();
    void keepView();
    void showTab(const Tab &tab);
    void setAlone(const EditorSession *session, LayerId layer);
    void showChip();
    void showPixel(std::optional<QPoint> pixel);
    void showPixelNow();
    void showLook();

    Workspace &m_workspace;
    Settings &m_settings;
    Theme &m_theme;
    CanvasView &m_canvas;
    StatusInfo &m_status;
    CanvasChip *m_chip;
    QTimer m_pixelTimer; ///< runs while the last pixel was shown a moment ago
    std::optional<QPoint> m_pixel; ///< under the cursor
    EditorSession *m_session = nullptr;
    std::unordered_map<const EditorSession *, Tab> m_tabs;
    QList<const EditorSession *> m_warm; ///< those with contents, shown last first
};

} // namespace heirloom
