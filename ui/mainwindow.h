// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/workspace.h"

#include <QMainWindow>

class QStackedWidget;

namespace heirloom
{

class Actions;
class CanvasController;
class CanvasView;
class ClipboardController;
class CloseController;
class Docks;
class DenoiseController;
class EditController;
class EnlargeController;
class ExportController;
class HeatmapController;
class HoldKey;
class JobProgress;
class MessageBar;
class ModelEnvironment;
class ModelFetcher;
class OpenController;
class PhotoTabs;
class PhotoTray;
class PictureController;
class ProgressStrip;
class Recovery;
class RecentFiles;
class RestoreController;
class ResultController;
class SaveController;
class SessionMessages;
class Settings;
class StartPage;
class StatusInfo;
class Theme;
class ToolController;
class Worker;

/// What the window is made from; all of it outlives the window.
struct WindowServices {
    Settings &settings;
    Theme &theme;
    Worker &worker;
    ModelEnvironment &models;
    Workspace &workspace;
    ModelFetcher &fetcher;
    QStringList samples; ///< paths of sample photos
    QString thumbnailFolder;
    Recovery *recovery = nullptr; ///< null: unsaved work is not kept
    QString recipeFolder = {};    ///< of the user's own recipes; empty: there are none
};

/// The editor's window: builds its parts and connects them; what happens lies in the controllers.
/// Everything in it follows the workspace's current photo. Owned by the composition root; GUI
/// thread.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(const WindowServices &services);
    ~MainWindow() override;

    void openPaths(const QStringList &paths);
    Actions &actions() const { return *m_actions; }
    CanvasView &canvas() const { return *m_canvas; }
    Docks &docks() const { return *m_docks; }
    ToolController &tools() const { return *m_tools; }

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void buildCenter();
    void buildControllers();
    void connectActions();
    void connectWorkspace();
    void connectControllers();
    void setSession(EditorSession *session);
    void showLook();
    void showTitle();
    void updateActions();
    void cancelSomething();
    EditorSession *session() const { return m_workspace.current(); }

    WindowServices m_services;
    Workspace &m_workspace;
    Actions *m_actions;
    RecentFiles *m_recent;
    PhotoTabs *m_tabs;
    MessageBar *m_messages;
    ProgressStrip *m_progress;
    StartPage *m_start;
    QStackedWidget *m_pages;
    CanvasView *m_canvas;
    PhotoTray *m_tray;
    StatusInfo *m_status;
    Docks *m_docks;
    HoldKey *m_holdKey;
    CanvasController *m_view;
    HeatmapController *m_heatmap;
    ExportController *m_export;
    CloseController *m_close;
    OpenController *m_open;
    ClipboardController *m_clipboard;
    DenoiseController *m_denoise;
    RestoreController *m_restore;
    EditController *m_edit;
    PictureController *m_picture;
    ToolController *m_tools;
    EnlargeController *m_enlarge;
    ResultController *m_result;
    SaveController *m_save;
    SessionMessages *m_told;
    JobProgress *m_jobProgress;
    bool m_leaving = false;
};

} // namespace heirloom
