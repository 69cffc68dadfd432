// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow.h"

#include "actions.h"
#include "canvas/canvasview.h"
#include "canvas/documentcontent.h"
#include "canvas/splithandle.h"
#include "dialogs/aboutdialog.h"
#include "document/document.h"
#include "enlargecontroller.h"
#include "exportcontroller.h"
#include "jobprogress.h"
#include "models/modelsdialog.h"
#include "opencontroller.h"
#include "panels/enlargepanel.h"
#include "panels/infopanel.h"
#include "panels/resultpanel.h"
#include "resultcontroller.h"
#include "settings/recentfiles.h"
#include "settings/settings.h"
#include "settings/shortcutsdialog.h"
#include "startpage.h"
#include "theme/theme.h"
#include "widgets/dropoverlay.h"
#include "widgets/holdkey.h"
#include "widgets/messagebar.h"
#include "widgets/progressstrip.h"
#include "widgets/statusinfo.h"
#include "widgets/zoomfield.h"
#include "windowparts.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QMenu>
#include <QStackedWidget>
#include <QStatusBar>
#include <QVBoxLayout>

namespace heirloom
{

namespace
{

constexpr QSize firstSize{1360, 860};

void present(QDialog *dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace

MainWindow::MainWindow(const WindowServices &services)
    : m_services(services)
    , m_session(services.session)
    , m_actions(new Actions(services.settings, this))
    , m_recent(new RecentFiles(services.settings, services.thumbnailFolder, this))
    , m_holdKey(new HoldKey(this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/heirloom.svg")));
    setDockOptions(AnimatedDocks | AllowTabbedDocks);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    setMinimumSize(760, 520);
    resize(firstSize);
    buildCenter();
    buildPanels();
    m_export = new ExportController(m_session, services.settings, this);
    m_open = new OpenController(m_session, services.settings, this,
                                [this](std::function<void()> go) { m_export->guard(go); });
    m_enlarge = new EnlargeController(m_session, services.models, *m_enlargePanel, *m_canvas, this);
    m_result = new ResultController(m_session, *m_resultPanel, this);
    auto *drop = new DropOverlay(this, &OpenController::canOpen);
    connect(drop, &DropOverlay::dropped, m_open, &OpenController::openMime);
    new JobProgress(
        m_session, *m_progress,
        [this](JobId id) { return id == m_open->job() || id == m_export->job(); }, this);
    connect(m_progress, &ProgressStrip::cancelled, this, &MainWindow::cancelSomething);
    connectActions();
    connectSession();
    connectControllers();
    showLook();
    documentReplaced();
    restoreGeometry(services.settings.value(setting::windowGeometry));
    restoreState(services.settings.value(setting::windowState));
    showPanels(true);
}

MainWindow::~MainWindow()
{
    m_canvas->setContent(nullptr);
}

void MainWindow::buildCenter()
{
    m_messages = new MessageBar;
    m_progress = new ProgressStrip;
    m_progress->setContentsMargins(12, 8, 12, 8);
    m_canvas = new CanvasView;
    m_canvas->setSplitVertical(m_services.settings.value(setting::splitIsVertical));
    auto *start = new StartPage(*m_actions, *m_recent, m_services.samples);
    connect(start, &StartPage::openRequested, this,
            [this](const QString &path) { openPaths({path}); });
    m_pages = new QStackedWidget;
    m_pages->addWidget(start);
    m_pages->addWidget(m_canvas);
    auto *center = new QWidget;
    auto *layout = new QVBoxLayout(center);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_messages);
    layout->addWidget(m_progress);
    layout->addWidget(m_pages, 1);
    setCentralWidget(center);

    m_status = new StatusInfo;
    statusBar()->addWidget(m_status, 1);
    statusBar()->setSizeGripEnabled(false);
    buildToolBar(*this, *m_actions, *m_canvas);
}

void MainWindow::buildPanels()
{
    m_enlargePanel = new EnlargePanel(m_services.settings, *m_actions);
    m_resultPanel = new ResultPanel(*m_actions);
    m_infoPanel = new InfoPanel;
    auto *stack = new QWidget;
    auto *layout = new QVBoxLayout(stack);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_resultPanel);
    layout->addWidget(m_enlargePanel, 1);
    m_enlargeDock = addPanel(*this, tr("Enlarge"), QStringLiteral("enlargeDock"), stack);
    m_infoDock = addPanel(*this, tr("Photo"), QStringLiteral("infoDock"), m_infoPanel);
    tabifyDockWidget(m_enlargeDock, m_infoDock);
    m_enlargeDock->raise();
    resizeDocks({m_enlargeDock}, {m_enlargeDock->minimumWidth()}, Qt::Horizontal);
    QMenu *view = buildMenus(*this, *m_actions, m_services.settings, m_services.theme);
    QAction *reset = view->addAction(tr("&Reset panels"));
    connect(reset, &QAction::triggered, this, [this] {
        restoreState(m_freshState);
        showPanels(true);
    });
    m_freshState = saveState();
}

void MainWindow::connectActions()
{
    Actions &a = *m_actions;
    const auto on = [this, &a](ActionId id, auto function) {
        connect(a[id], &QAction::triggered, this, function);
    };
    on(ActionId::Open, [this] { m_open->chooseFile(); });
    on(ActionId::Paste, [this] { m_open->pasteClipboard(); });
    on(ActionId::Export, [this] { m_export->exportPicture(); });
    on(ActionId::Close, [this] { m_export->guard([this] { m_session.close(); }); });
    on(ActionId::Quit, [this] { close(); });
    on(ActionId::Undo, [this] { m_session.undoStack().undo(); });
    on(ActionId::Redo, [this] { m_session.undoStack().redo(); });
    on(ActionId::ZoomIn, [this] { m_canvas->zoomStep(true); });
    on(ActionId::ZoomOut, [this] { m_canvas->zoomStep(false); });
    on(ActionId::Fit, [this] { m_canvas->fit(); });
    on(ActionId::ActualSize, [this] { m_canvas->zoomTo(1); });
    on(ActionId::Compare, [this] { cycleCompare(); });
    on(ActionId::TurnSplit, [this] {
        m_services.settings.set(setting::splitIsVertical, !m_canvas->isSplitVertical());
        m_canvas->setSplitVertical(!m_canvas->isSplitVertical());
        m_canvas->setCompareMode(CompareMode::Split);
    });
    on(ActionId::TogglePanels, [this] { showPanels(!m_panelsShown); });
    on(ActionId::FullScreen, [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    on(ActionId::Apply, [this] { m_enlarge->apply(); });
    on(ActionId::Cancel, [this] { cancelSomething(); });
    on(ActionId::Models, [this] {
        auto *dialog =
            new ModelsDialog(m_services.models, m_services.worker, m_services.fetcher, this);
        connect(dialog, &ModelsDialog::modelsChanged, m_enlarge, &EnlargeController::modelsChanged);
        present(dialog);
    });
    on(ActionId::Shortcuts, [this] { present(new ShortcutsDialog(*m_actions, this)); });
    on(ActionId::About, [this] { present(new AboutDialog(m_services.models, this)); });
    const auto takeHoldKeys = [this] {
        m_holdKey->setKeys(m_actions->keys(ActionId::ShowOriginal));
    };
    takeHoldKeys();
    connect(&a, &Actions::keysChanged, this, takeHoldKeys);
    connect(m_holdKey, &HoldKey::changed, m_canvas, &CanvasView::setOriginalShown);
}

void MainWindow::connectSession()
{
    connect(&m_session, &EditorSession::documentReplaced, this, &MainWindow::documentReplaced);
    connect(&m_session, &EditorSession::noticesChanged, this, [this] {
        m_infoPanel->showSession(m_session);
        QStringList texts;
        for (const Notice &notice : m_session.notices()) {
            if (notice.kind == Notice::Kind::MissingRows || notice.kind == Notice::Kind::MorePages)
                texts << noticeText(notice);
        }
        if (!texts.isEmpty())
            m_messages->showNote(texts.join(u' '));
    });
    connect(&m_session, &EditorSession::modifiedChanged, this, &MainWindow::showTitle);
    connect(&m_session, &EditorSession::finished, this, &MainWindow::updateActions);
    connect(&m_session, &EditorSession::dropped, this, [this] {
        m_messages->showNote(tr("The picture was changed while it was being enlarged, so the "
                                "result was left out. Enlarge again for the present picture."));
    });
    QUndoStack &undo = m_session.undoStack();
    connect(&undo, &QUndoStack::indexChanged, this, &MainWindow::updateActions);
}

void MainWindow::connectControllers()
{
    connect(m_open, &OpenController::failed, m_messages, &MessageBar::showError);
    connect(m_open, &OpenController::noted, m_messages, &MessageBar::showNote);
    connect(m_open, &OpenController::othersWaiting, this, [this](const QStringList &paths) {
        for (const QString &path : paths)
            m_recent->add(path);
        m_messages->showNote(tr("One photo is opened at a time. The other %n you find on the "
                                "start page.",
                                nullptr, int(paths.size())));
    });
    connect(m_open, &OpenController::opened, this, [this](const QString &path) {
        if (m_content && !path.isEmpty())
            m_recent->add(path, m_content->thumbnail(RecentFiles::thumbnailSide));
    });
    connect(m_export, &ExportController::failed, m_messages, &MessageBar::showError);
    connect(m_export, &ExportController::exported, this, [this](const ExportReport &report) {
        QString text =
            tr("Written: %1 (%2)")
                .arg(report.path, QLocale().formattedDataSize(report.bytes, 1,
                                                              QLocale::DataSizeTraditionalFormat));
        for (const QString &warning : report.warnings)
            text += u' ' + warning;
        m_messages->showDone(text);
    });
    connect(m_enlarge, &EnlargeController::failed, m_messages, &MessageBar::showError);
    connect(m_enlarge, &EnlargeController::applied, this, &MainWindow::resultArrived);
    connect(m_enlarge, &EnlargeController::applyingChanged, this, &MainWindow::updateActions);
    connect(m_enlarge, &EnlargeController::cancelled, this,
            [this] { m_messages->showNote(tr("Cancelled. The picture is as it was.")); });
    connect(m_enlargePanel, &EnlargePanel::modelsRequested, m_actions->action(ActionId::Models),
            &QAction::trigger);
    connect(m_result, &ResultController::resultChanged, this, [this] {
        const bool vanished = m_resultPanel->isVisibleTo(this) && !m_result->hasResult();
        m_resultPanel->setVisible(m_result->hasResult());
        if (vanished) { // undone: both sides are the same again, and the message is out of date
            m_canvas->setCompareMode(CompareMode::Off);
            m_messages->dismiss();
        }
        m_enlargePanel->setHasResult(m_result->hasResult());
        m_infoPanel->showSession(m_session);
        updateActions();
    });
    m_resultPanel->setVisible(false);
    connect(m_canvas, &CanvasView::viewChanged, this, &MainWindow::showTitle);
    connect(m_canvas, &CanvasView::hovered, this, [this](std::optional<QPoint> pixel) {
        if (!pixel || !m_content)
            return m_status->showPixel(std::nullopt);
        const bool sixteen = m_session.document()->canvas().format.depth == Depth::U16;
        m_status->showPixel(pixel, m_content->pixelValues(*pixel), sixteen,
                            m_content->screenColor(*pixel));
    });
    connect(m_status->zoom(), &ZoomField::scaleEntered, this, [this](double scale) {
        m_canvas->zoomTo(scale);
        m_canvas->setFocus();
    });
    connect(&m_services.theme, &Theme::changed, this, &MainWindow::showLook);
    connect(&m_services.settings, &Settings::changed, this, &MainWindow::showLook);
}

void MainWindow::openPaths(const QStringList &paths)
{
    m_open->openPaths(paths);
}

void MainWindow::documentReplaced()
{
    m_canvas->setContent(nullptr);
    m_canvas->setCompareMode(CompareMode::Off);
    m_content.reset();
    Document *document = m_session.document();
    m_status->showDocument(document);
    if (document) {
        m_content = std::make_unique<DocumentContent>(*document);
        m_messages->dismiss();
        m_canvas->setContent(m_content.get());
        connect(document, &Document::canvasChanged, this,
                [this] { m_status->showDocument(m_session.document()); });
    }
    m_pages->setCurrentIndex(document ? 1 : 0);
    statusBar()->setVisible(document);
    showPanels(m_panelsShown);
    if (document)
        m_canvas->setFocus();
    showTitle();
    updateActions();
}

void MainWindow::resultArrived(const OperationRecord &record)
{
    if (m_canvas->compareMode() == CompareMode::Off)
        m_canvas->setCompareMode(CompareMode::Split);
    QString text = tr("Enlarged. Drag the line to compare.");
    for (const QString &warning : record.warnings)
        text += u' ' + warning;
    m_messages->showDone(text);
    m_messages->setAction(tr("Look at 100 %"), [this] { m_canvas->zoomTo(1); });
}

void MainWindow::cycleCompare()
{
    const CompareMode next[] = {CompareMode::Split, CompareMode::SideBySide, CompareMode::Off};
    m_canvas->setCompareMode(next[int(m_canvas->compareMode())]);
}

void MainWindow::cancelSomething()
{
    if (m_open->job().isValid())
        m_open->cancel();
    else if (m_export->job().isValid())
        m_export->cancel();
    else if (m_enlarge->isApplying() || m_enlargePanel->isPreviewOn())
        m_enlarge->cancel();
    else
        m_messages->dismiss();
}

void MainWindow::showTitle()
{
    m_status->zoom()->setScale(m_canvas->viewport().scale());
    if (!m_session.hasDocument()) {
        setWindowTitle(tr("Heirloom"));
        setWindowModified(false);
        return;
    }
    setWindowTitle(tr("%1[*] (%2) - Heirloom")
                       .arg(m_session.name(), ZoomField::textFor(m_canvas->viewport().scale())));
    setWindowModified(m_session.isModified());
}

void MainWindow::updateActions()
{
    Actions &a = *m_actions;
    const bool open = m_session.hasDocument();
    const bool busy = m_enlarge->isApplying();
    for (const ActionId id :
         {ActionId::Close, ActionId::ZoomIn, ActionId::ZoomOut, ActionId::Fit, ActionId::ActualSize,
          ActionId::Compare, ActionId::TurnSplit, ActionId::ShowOriginal, ActionId::TogglePanels})
        a[id]->setEnabled(open);
    a[ActionId::Export]->setEnabled(open && !m_export->job().isValid());
    a[ActionId::Apply]->setEnabled(open && !busy);
    m_resultPanel->setEnabled(!busy);
    a[ActionId::Undo]->setEnabled(m_session.undoStack().canUndo() && !busy);
    a[ActionId::Redo]->setEnabled(m_session.undoStack().canRedo() && !busy);
}

void MainWindow::showPanels(bool shown)
{
    m_panelsShown = shown;
    for (QDockWidget *dock : {m_enlargeDock, m_infoDock})
        dock->setVisible(shown && m_session.hasDocument());
}

void MainWindow::showLook()
{
    const QString name = m_services.settings.value(setting::theme);
    const ThemeChoice choice = name == QLatin1String("dark")    ? ThemeChoice::Dark
                               : name == QLatin1String("light") ? ThemeChoice::Light
                                                                : ThemeChoice::System;
    m_services.theme.setChoice(choice); // a change comes back here by changed()
    const QString around = m_services.settings.value(setting::canvasColor);
    m_canvas->setSurround(around == QLatin1String("theme") ? m_services.theme.colors().canvas
                                                           : QColor(around));
    m_canvas->setWheelZooms(m_services.settings.value(setting::wheelZooms));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_leaving && m_session.isModified()) {
        event->ignore();
        m_export->guard([this] {
            m_leaving = true;
            close();
        });
        return;
    }
    m_services.settings.set(setting::windowGeometry, saveGeometry());
    if (m_session.hasDocument())
        m_services.settings.set(setting::windowState, saveState());
    m_session.close();
    event->accept();
}

} // namespace heirloom
