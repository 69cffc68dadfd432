// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow.h"

#include "actions.h"
#include "canvas/canvasview.h"
#include "canvascontroller.h"
#include "clipboardcontroller.h"
#include "closecontroller.h"
#include "comparecontroller.h"
#include "denoisecontroller.h"
#include "dialogscontroller.h"
#include "docks.h"
#include "editcontroller.h"
#include "enlargecontroller.h"
#include "exportcontroller.h"
#include "heatmapcontroller.h"
#include "jobprogress.h"
#include "opencontroller.h"
#include "panels/adjustmentpanel.h"
#include "panels/enlargepanel.h"
#include "panels/infopanel.h"
#include "panels/layerspanel.h"
#include "panels/resultpanel.h"
#include "panels/toolspanel.h"
#include "picturecontroller.h"
#include "recipecontroller.h"
#include "recoverycontroller.h"
#include "restorecontroller.h"
#include "resultcontroller.h"
#include "savecontroller.h"
#include "sessionmessages.h"
#include "settings/recentfiles.h"
#include "settings/settings.h"
#include "startpage.h"
#include "tabs/phototabs.h"
#include "tabs/phototray.h"
#include "theme/theme.h"
#include "toolcontroller.h"
#include "widgets/canvastabkey.h"
#include "widgets/dropoverlay.h"
#include "widgets/holdkey.h"
#include "widgets/messagebar.h"
#include "widgets/progressstrip.h"
#include "widgets/recoverybar.h"
#include "widgets/statusinfo.h"
#include "widgets/zoomfield.h"
#include "windowparts.h"

#include <QCloseEvent>
#include <QMenu>
#include <QScreen>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>

namespace heirloom
{

namespace
{

constexpr QSize firstSize{1360, 860};

} // namespace

MainWindow::MainWindow(const WindowServices &services)
    : m_services(services)
    , m_workspace(services.workspace)
    , m_actions(new Actions(services.settings, this))
    , m_recent(new RecentFiles(services.settings, services.thumbnailFolder, this))
    , m_holdKey(new HoldKey(this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/heirloom.svg")));
    setMinimumSize(760, 520);
    resize(firstSize.boundedTo(screen()->availableSize()));
    restoreGeometry(services.settings.value(setting::windowGeometry));
    buildCenter();
    m_docks = new Docks(*this, m_services, *m_actions);
    m_docks->infoPanel().setThumbnails(
        [this](EditorSession *session) { return m_view->thumbnail(session); });
    QMenu *view = buildMenus(*this, *m_actions, m_services.settings, m_services.theme);
    m_docks->fillMenu(view->addMenu(tr("Pane&ls")));
    connect(view->addAction(tr("&Reset panels")), &QAction::triggered, m_docks, &Docks::reset);
    buildControllers();
    connectActions();
    connectWorkspace();
    connectControllers();
    showLook();
    setSession(m_workspace.current());
}

MainWindow::~MainWindow()
{
    // Controllers take the canvas's content away, so they go before it.
    delete m_heatmap;
    delete m_tools;
    delete m_view;
}

void MainWindow::buildCenter()
{
    m_tabs = new PhotoTabs(m_workspace);
    m_messages = new MessageBar;
    m_progress = new ProgressStrip;
    m_progress->setContentsMargins(12, 8, 12, 8);
    m_canvas = new CanvasView;
    m_status = new StatusInfo;
    m_view = new CanvasController(m_workspace, m_services.settings, m_services.theme, *m_actions,
                                  *m_canvas, *m_status, this);
    m_tray = new PhotoTray(m_workspace, [view = m_view](EditorSession *session) {
        return view->thumbnail(session);
    });
    m_start = new StartPage(*m_actions, *m_recent, m_services.samples);
    m_pages = new QStackedWidget;
    m_pages->addWidget(m_start);
    m_pages->addWidget(m_canvas);
    auto *center = new QWidget;
    auto *layout = new QVBoxLayout(center);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_tabs);
    layout->addWidget((new RecoveryController(m_services.recovery, *m_messages, this))->bar());
    layout->addWidget(m_messages);
    layout->addWidget(m_progress);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_tray);
    setCentralWidget(center);
    statusBar()->addWidget(m_status, 1);
    statusBar()->setSizeGripEnabled(false);
    new CompareController(*m_view, *m_actions, this);
    m_heatmap = new HeatmapController(*m_view, *m_actions, this);
    buildToolBar(*this, *m_actions, *m_canvas);
    new CanvasTabKey(m_canvas, this);
}

void MainWindow::buildControllers()
{
    Settings &settings = m_services.settings;
    m_told = new SessionMessages(m_workspace, *m_messages, *m_canvas, this);
    m_export = new ExportController(m_workspace, settings, m_services.samples, this);
    m_save = new SaveController(m_workspace, settings, m_services.samples, this);
    m_close = new CloseController(m_workspace, *m_export, *m_save, this);
    m_open = new OpenController(m_workspace, settings, this);
    m_clipboard = new ClipboardController(*m_actions, *m_open, this);
    m_enlarge = new EnlargeController(m_workspace, m_services.models, m_docks->enlargePanel(),
                                      *m_canvas, this);
    m_denoise = new DenoiseController(m_workspace, m_services.models, m_docks->denoisePanel(),
                                      *m_canvas, this);
    m_restore = new RestoreController(m_workspace, m_docks->restorePanel(), this);
    new RecipeController({*m_restore, m_docks->restorePanel(), m_services.models, *m_messages,
                          m_services.recipeFolder, this});
    auto *dialogs = new DialogsController(m_services, *m_actions, this);
    connect(dialogs, &DialogsController::modelsChanged, m_enlarge,
            &EnlargeController::modelsChanged);
    connect(dialogs, &DialogsController::modelsChanged, m_denoise,
            &DenoiseController::modelsChanged);
    m_edit = new EditController(*m_actions, this);
    m_picture = new PictureController(*m_actions, this);
    m_tools =
        new ToolController(*m_actions, m_docks->tools(), *m_canvas, *m_status, settings, this);
    buildHands({m_workspace, *m_actions, *m_tools, *m_view, *m_docks, settings, *m_messages,
                *m_start});
    m_result = new ResultController(m_docks->resultPanel(), this);
    m_jobProgress = new JobProgress(
        m_services.worker, *m_progress,
        [this](JobId id) {
            return m_open->isOpening(id) || (session() && id == m_export->job(session()));
        },
        this);
    auto *drop = new DropOverlay(this, &OpenController::canOpen);
    connect(drop, &DropOverlay::dropped, m_open, &OpenController::openMime);
}

void MainWindow::connectActions()
{
    Actions &a = *m_actions;
    const auto on = [this, &a](ActionId id, auto function) {
        connect(a[id], &QAction::triggered, this, function);
    };
    on(ActionId::Open, [this] { m_open->chooseFile(); });
    on(ActionId::Save, [this] { m_save->save(*session()); });
    on(ActionId::SaveAs, [this] { m_save->saveAs(*session()); });
    on(ActionId::Export, [this] {
        if (session())
            m_export->exportPicture(*session());
    });
    on(ActionId::ExportNow, [this] {
        if (session())
            m_export->exportNow(*session());
    });
    on(ActionId::Close, [this] { m_close->close(session()); });
    on(ActionId::NextPhoto, [this] { m_tabs->step(1); });
    on(ActionId::PreviousPhoto, [this] { m_tabs->step(-1); });
    on(ActionId::Quit, [this] { close(); });
    on(ActionId::Undo, [this] { m_tools->undo(); });
    on(ActionId::Redo, [this] { session()->undoStack().redo(); });
    on(ActionId::TogglePanels, [this] { m_docks->setShown(!m_docks->areShown()); });
    on(ActionId::FullScreen, [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    on(ActionId::Apply, [this] {
        if (!m_tools->apply())
            m_enlarge->apply();
    });
    on(ActionId::Cancel, [this] { cancelSomething(); });
    a[ActionId::ShowTray]->setCheckable(true);
    a[ActionId::ShowTray]->setChecked(m_services.settings.value(setting::showTray));
    m_tray->setWanted(a[ActionId::ShowTray]->isChecked());
    connect(a[ActionId::ShowTray], &QAction::toggled, this, [this](bool wanted) {
        m_services.settings.set(setting::showTray, wanted);
        m_tray->setWanted(wanted);
    });
    const auto takeHoldKeys = [this] {
        m_holdKey->setKeys(m_actions->keys(ActionId::ShowOriginal));
    };
    takeHoldKeys();
    connect(&a, &Actions::keysChanged, this, takeHoldKeys);
    connect(m_holdKey, &HoldKey::changed, m_canvas, &CanvasView::setOriginalShown);
}

void MainWindow::connectWorkspace()
{
    connect(&m_workspace, &Workspace::currentChanged, this, &MainWindow::setSession);
    connect(&m_workspace, &Workspace::listChanged, this, &MainWindow::updateActions);
    connect(&m_workspace, &Workspace::opened, this, [this](EditorSession *opened) {
        connect(opened, &EditorSession::modifiedChanged, this, &MainWindow::showTitle);
        connect(opened, &EditorSession::documentReplaced, this, &MainWindow::showTitle);
        connect(opened, &EditorSession::finished, this, &MainWindow::updateActions);
        connect(&opened->undoStack(), &QUndoStack::indexChanged, this, &MainWindow::updateActions);
        const auto file = opened->projectPath().isEmpty() ? opened->path() : opened->projectPath();
        if (!file.isEmpty())
            m_recent->add(file, m_view->thumbnail(opened));
    });
    connect(m_tabs, &PhotoTabs::closeRequested, m_close,
            [this](EditorSession *session) { m_close->close(session); });
    connect(m_tabs, &PhotoTabs::closeOthersRequested, m_close, &CloseController::closeOthers);
}

void MainWindow::connectControllers()
{
    addStartCards(*m_start);
    connect(m_start, &StartPage::openRequested, this,
            [this](const QString &path) { openPaths({path}); });
    connect(m_start, &StartPage::toolRequested, this, [this](const QString &tool) {
        m_open->chooseFile([this, tool] { m_docks->tools().choose(tool); });
    });
    connect(m_open, &OpenController::noted, m_messages, &MessageBar::showNote);
    connect(m_view, &CanvasController::noted, m_messages, &MessageBar::showNote);
    connect(m_heatmap, &HeatmapController::failed, m_messages, &MessageBar::showError);
    connect(m_heatmap, &HeatmapController::saved, m_messages,
            [this](const QString &path) { m_messages->showDone(tr("Written: %1").arg(path)); });
    connect(&m_docks->layersPanel(), &LayersPanel::soloRequested, m_view,
            &CanvasController::toggleAlone);
    connect(m_clipboard, &ClipboardController::noted, m_messages, &MessageBar::showNote);
    connect(m_clipboard, &ClipboardController::failed, m_messages, &MessageBar::showError);
    connect(m_edit, &EditController::refused, m_messages, &MessageBar::showError);
    connect(m_tools, &ToolController::refused, m_messages, &MessageBar::showError);
    connect(m_picture, &PictureController::refused, m_messages, &MessageBar::showError);
    connect(m_picture, &PictureController::enlargeRequested, this,
            [this] { m_docks->tools().choose(QStringLiteral("enlarge")); });
    connect(&m_docks->layersPanel(), &LayersPanel::refused, m_messages, &MessageBar::showError);
    connect(&m_docks->adjustmentPanel(), &AdjustmentPanel::refused, m_messages,
            &MessageBar::showError);
    connect(m_progress, &ProgressStrip::cancelled, this, &MainWindow::cancelSomething);
    connect(m_save, &SaveController::failed, m_told, &SessionMessages::showFailed);
    connect(m_save, &SaveController::saved, m_told, &SessionMessages::showSaved);
    connect(m_save, &SaveController::saved, this,
            [this](EditorSession *saved, const QString &path) {
                m_recent->add(path, m_view->thumbnail(saved));
                showTitle();
            });
    connect(m_export, &ExportController::failed, m_told, &SessionMessages::showFailed);
    connect(m_export, &ExportController::exported, m_told, &SessionMessages::showExported);
    connect(m_export, &ExportController::changed, this, &MainWindow::updateActions);
    connect(m_enlarge, &EnlargeController::failed, m_told, &SessionMessages::showFailed);
    connect(m_denoise, &DenoiseController::failed, m_told, &SessionMessages::showFailed);
    connect(m_restore, &RestoreController::failed, m_told, &SessionMessages::showFailed);
    connect(m_enlarge, &EnlargeController::applied, m_told, &SessionMessages::showApplied);
    connect(m_enlarge, &EnlargeController::cancelled, m_told, &SessionMessages::showCancelled);
    connect(m_enlarge, &EnlargeController::applyingChanged, this, &MainWindow::updateActions);
    connect(&m_docks->enlargePanel(), &EnlargePanel::modelsRequested,
            m_actions->action(ActionId::Models), &QAction::trigger);
    connect(m_result, &ResultController::resultChanged, this, [this] {
        m_docks->resultPanel().setVisible(m_result->hasResult());
        m_docks->enlargePanel().setHasResult(m_result->hasResult());
        updateActions();
    });
    connect(m_result, &ResultController::resultVanished, this, [this] {
        // Both sides are the same again, and the message is out of date.
        m_canvas->setCompareMode(CompareMode::Off);
        m_messages->dismiss();
    });
    m_docks->resultPanel().setVisible(false);
    connect(m_view, &CanvasController::scaleChanged, this, &MainWindow::showTitle);
    connect(&m_services.theme, &Theme::changed, this, &MainWindow::showLook);
    connect(&m_services.settings, &Settings::changed, this, &MainWindow::showLook);
}

void MainWindow::openPaths(const QStringList &paths)
{
    m_open->openPaths(paths);
}

void MainWindow::setSession(EditorSession *session)
{
    m_view->setSession(session);
    m_edit->setSession(session);
    m_clipboard->setSession(session);
    m_picture->setSession(session);
    m_tools->setSession(session);
    m_result->setSession(session);
    m_enlarge->setSession(session);
    m_denoise->setSession(session);
    m_restore->setSession(session);
    m_docks->setSession(session);
    m_jobProgress->choose();
    m_pages->setCurrentIndex(session ? 1 : 0);
    statusBar()->setVisible(session);
    if (session && !m_tabs->hasFocus() && !m_tray->hasFocus())
        m_canvas->setFocus();
    showTitle();
    updateActions();
}

void MainWindow::cancelSomething()
{
    if (m_tools->giveUp())
        return;
    if (m_open->isOpening())
        m_open->cancel();
    else if (session() && m_export->job(session()).isValid())
        m_export->cancel(*session());
    else if (m_enlarge->isApplying() || m_docks->enlargePanel().isPreviewOn())
        m_enlarge->cancel();
    else
        m_messages->dismiss();
}

void MainWindow::showTitle()
{
    if (!session()) {
        setWindowTitle(tr("Heirloom"));
        setWindowModified(false);
        return;
    }
    setWindowTitle(tr("%1[*] (%2) - Heirloom")
                       .arg(session()->name(), ZoomField::textFor(m_canvas->viewport().scale())));
    setWindowModified(session()->isModified());
}

void MainWindow::updateActions()
{
    Actions &a = *m_actions;
    const bool open = session();
    const bool busy = m_enlarge->isApplying();
    for (const ActionId id :
         {ActionId::Save, ActionId::SaveAs, ActionId::Close, ActionId::ZoomIn, ActionId::ZoomOut,
          ActionId::Fit, ActionId::ActualSize, ActionId::Compare, ActionId::CompareWith,
          ActionId::Blink, ActionId::TurnSplit, ActionId::ShowOriginal, ActionId::ShowDifference,
          ActionId::ShowInventedDetail, ActionId::ShowFillMethods, ActionId::TogglePanels})
        a[id]->setEnabled(open);
    for (const ActionId id : {ActionId::NextPhoto, ActionId::PreviousPhoto})
        a[id]->setEnabled(m_workspace.count() > 1);
    for (const ActionId id : {ActionId::Export, ActionId::ExportNow})
        a[id]->setEnabled(open && !m_export->job(session()).isValid());
    a[ActionId::Apply]->setEnabled(open && !busy);
    m_docks->resultPanel().setEnabled(!busy);
    a[ActionId::Undo]->setEnabled(open && session()->undoStack().canUndo() && !busy);
    a[ActionId::Redo]->setEnabled(open && session()->undoStack().canRedo() && !busy);
}

void MainWindow::showLook()
{
    const QString name = m_services.settings.value(setting::theme);
    const ThemeChoice choice = name == QLatin1String("dark")    ? ThemeChoice::Dark
                               : name == QLatin1String("light") ? ThemeChoice::Light
                                                                : ThemeChoice::System;
    m_services.theme.setChoice(choice); // a change comes back here by changed()
    (*m_actions)[ActionId::ShowTray]->setChecked(m_services.settings.value(setting::showTray));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_leaving && m_workspace.isModified()) {
        event->ignore();
        m_close->closeAll([this] {
            m_leaving = true;
            close();
        });
        return;
    }
    m_services.settings.set(setting::windowGeometry, saveGeometry());
    m_docks->save();
    m_leaving = true;
    m_close->closeAll();
    event->accept();
}

} // namespace heirloom
