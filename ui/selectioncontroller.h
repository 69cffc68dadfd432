// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/ids.h"
#include "core/result.h"
#include "tools/selecttool.h"

#include <QList>
#include <QObject>

#include <functional>

namespace heirloom
{

class Actions;
class CanvasView;
class CoverageController;
class Docks;
class EditorSession;
class LassoTool;
class MarqueeTool;
class MessageBar;
class SelectionOverlay;
class ToolController;
class WandTool;
class Workspace;

/// What is selected of the current photo: its tools and menu, its edge on the canvas. Follows the
/// workspace by itself. Owned by the tools' controller; GUI thread.
class SelectionController : public QObject
{
    Q_OBJECT

public:
    struct Parts {
        Workspace &workspace;
        Actions &actions;
        ToolController &tools;
        CanvasView &canvas;
        Docks &docks;
        MessageBar &messages;
    };
    /// Its parent is tools.
    explicit SelectionController(const Parts &parts);
    ~SelectionController() override;

    MarqueeTool &rectangle() const { return *m_rectangle; }
    MarqueeTool &ellipse() const { return *m_ellipse; }
    LassoTool &lasso() const { return *m_lasso; }
    WandTool &wand() const { return *m_wand; }
    SelectionOverlay &overlay() const { return *m_overlay; }

private:
    void buildTools();
    void connectActions();
    void setSession(EditorSession *session);
    void follow();
    void show();
    void updateActions();
    void tell(const Result<void> &done);
    void take(const ShapeSelection &selection);
    void take(const WandSelection &selection);
    /// Jobs one after another, so that each sees what the one before has made.
    void submit(std::function<JobId()> job);

    Parts m_parts;
    ToolOptions<SelectOptions> m_options;
    MarqueeTool *m_rectangle;
    MarqueeTool *m_ellipse;
    LassoTool *m_lasso;
    WandTool *m_wand;
    SelectionOverlay *m_overlay;
    CoverageController *m_coverage;
    EditorSession *m_session = nullptr;
    QObject *m_watch = nullptr;
    JobId m_job;
    QList<std::function<JobId()>> m_waiting;
};

} // namespace heirloom
