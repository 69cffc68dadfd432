// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/editorsession.h"

#include <QMainWindow>

class QDockWidget;
class QStackedWidget;

namespace heirloom
{

class Actions;
class CanvasView;
class DocumentContent;
class EnlargeController;
class EnlargePanel;
class ExportController;
class HoldKey;
class InfoPanel;
class MessageBar;
class ModelEnvironment;
class ModelFetcher;
class OpenController;
class ProgressStrip;
class RecentFiles;
class ResultController;
class ResultPanel;
class Settings;
class StatusInfo;
class Theme;
class Worker;

/// What the window is made from; all of it outlives the window.
struct WindowServices {
    Settings &settings;
    Theme &theme;
    Worker &worker;
    ModelEnvironment &models;
    EditorSession &session;
    ModelFetcher &fetcher;
    QStringList samples; ///< paths of sample photos
    QString thumbnailFolder;
};

/// The editor's window: builds its parts and connects them; what happens lies in the controllers.
/// Owned by the composition root; GUI thread.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(const WindowServices &services);
    ~MainWindow() override;

    void openPaths(const QStringList &paths);
    Actions &actions() const { return *m_actions; }
    CanvasView &canvas() const { return *m_canvas; }

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void buildCenter();
    void buildPanels();
    void connectActions();
    void connectSession();
    void connectControllers();
    void documentReplaced();
    void showLook();
    void showTitle();
    void updateActions();
    void showPanels(bool shown);
    void cycleCompare();
    void cancelSomething();
    void resultArrived(const OperationRecord &record);

    WindowServices m_services;
    EditorSession &m_session;
    Actions *m_actions;
    RecentFiles *m_recent;
    MessageBar *m_messages;
    ProgressStrip *m_progress;
    QStackedWidget *m_pages;
    CanvasView *m_canvas;
    StatusInfo *m_status;
    EnlargePanel *m_enlargePanel;
    ResultPanel *m_resultPanel;
    InfoPanel *m_infoPanel;
    QDockWidget *m_enlargeDock;
    QDockWidget *m_infoDock;
    HoldKey *m_holdKey;
    ExportController *m_export;
    OpenController *m_open;
    EnlargeController *m_enlarge;
    ResultController *m_result;
    std::unique_ptr<DocumentContent> m_content;
    QByteArray m_freshState;
    bool m_panelsShown = true;
    bool m_leaving = false;
};

} // namespace heirloom
