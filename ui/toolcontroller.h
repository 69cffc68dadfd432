// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "tools/tool.h"

#include <QHash>
#include <QObject>

namespace heirloom
{

class Actions;
enum class ActionId;
enum class ToolLook;
class BrushTool;
class CanvasToolHost;
class CanvasView;
class CropTool;
class EditorSession;
class EraserTool;
class EyedropperTool;
class PaintController;
class PaintTool;
class BrushPanel;
class PerspectiveTool;
class RetouchTools;
class Settings;
class StatusInfo;
class StraightenTool;
class ToolsPanel;

/// The tools that work on the canvas: makes them and their pages in the tools panel, puts the
/// chosen one to work on the current photo, and carries out what it requests, one step each. Owned
/// by the main window; GUI thread.
class ToolController : public QObject
{
    Q_OBJECT

public:
    ToolController(Actions &actions, ToolsPanel &panel, CanvasView &canvas, StatusInfo &status,
                   Settings &settings, QObject *parent = nullptr);
    ~ToolController() override;

    /// Null: nothing is open.
    void setSession(EditorSession *session);
    /// The tool at work; null: none.
    Tool *tool() const;
    CropTool &crop() const { return *m_crop; }
    StraightenTool &straighten() const { return *m_straighten; }
    PerspectiveTool &perspective() const { return *m_perspective; }
    BrushTool &brush() const { return *m_brush; }
    EraserTool &eraser() const { return *m_eraser; }
    RetouchTools &retouch() const { return *m_retouch; }
    /// What is painted on, and with which colours.
    PaintController &paint() const { return *m_paint; }

    /// A tool of another controller, with its action and its page; chosen like the others. Its
    /// requests are that controller's.
    void addTool(ActionId action, const QString &id, const char *icon, Tool *tool, QWidget *page);
    void addTool(ActionId action, const QString &id, const char *icon, Tool *tool, QWidget *page,
                 ToolLook look);

    /// For the window's commands of these names; false: no tool is at work.
    bool apply();
    bool giveUp();
    /// What the tool did last where the document does not have it yet, else the last step.
    void undo();

Q_SIGNALS:
    void refused(const heirloom::Error &error);

private:
    void build();
    void add(const QString &id, const char *icon, const QString &name, const QString &hint,
             Tool *tool, QWidget *page);
    /// The same with its brush kept in the settings.
    BrushPanel *addPaint(const QString &id, const char *icon, const QString &name,
                         const QString &hint, PaintTool *tool, bool hasColors);
    void connectActions();
    PaintTool *paintTool() const;
    void choose(const QString &id);
    void putAway();
    void carryOut(const ToolRequest &request);
    void followDocument();

    Actions &m_actions;
    ToolsPanel &m_panel;
    CanvasView &m_canvas;
    CanvasToolHost *m_host;
    CropTool *m_crop;
    StraightenTool *m_straighten;
    PerspectiveTool *m_perspective;
    PaintController *m_paint;
    BrushTool *m_brush;
    EraserTool *m_eraser;
    EyedropperTool *m_eyedropper;
    RetouchTools *m_retouch;
    Settings &m_settings;
    QHash<QString, Tool *> m_tools;
    QHash<QString, Tool *> m_others; ///< of other controllers
    QList<ActionId> m_actionIds;
    QString m_before; ///< the page that is gone back to
    EditorSession *m_session = nullptr;
    QObject *m_watch = nullptr;
    QSize m_size; ///< of the canvas that the tool knows
};

} // namespace heirloom
