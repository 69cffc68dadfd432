// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "docks.h"

#include "actions.h"
#include "mainwindow.h"
#include "panels/adjustmentpanel.h"
#include "panels/ailayerpanel.h"
#include "panels/damagepanel.h"
#include "panels/denoisepanel.h"
#include "panels/enlargepanel.h"
#include "panels/fillpanel.h"
#include "panels/historypanel.h"
#include "panels/infopanel.h"
#include "panels/jobspanel.h"
#include "panels/layerspanel.h"
#include "panels/restorepanel.h"
#include "panels/resultpanel.h"
#include "panels/toolspanel.h"
#include "settings/settings.h"

#include <QDockWidget>
#include <QMenu>
#include <QScrollArea>
#include <QVBoxLayout>

namespace heirloom
{

namespace
{

constexpr int panelWidth = 300;
/// Below this height of the window the upper panels are tabs of one group.
constexpr int roomyHeight = 900;

} // namespace

Docks::Docks(QMainWindow &window, const WindowServices &services, Actions &actions)
    : QObject(&window)
    , m_window(window)
    , m_services(services)
    , m_actions(actions)
{
    window.setDockOptions(QMainWindow::AnimatedDocks | QMainWindow::AllowTabbedDocks |
                          QMainWindow::AllowNestedDocks);
    window.setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    window.setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    window.setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    build();
    if (!restore())
        arrange();
    m_layout = m_window.saveState(layoutVersion);
    applyVisibility();
}

/// All panels, each group in the order of its tabs.
void Docks::build()
{
    m_tools = new ToolsPanel;
    add(Group::Tools, QStringLiteral("toolsDock"), tr("Tools"), m_tools);
    add(Group::Upper, QStringLiteral("optionsDock"), tr("Options"), m_tools->options());

    m_enlargePanel = new EnlargePanel(m_services.settings, m_actions);
    m_resultPanel = new ResultPanel(m_actions);
    auto *enlarge = new QWidget;
    auto *layout = new QVBoxLayout(enlarge);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(m_resultPanel);
    layout->addWidget(m_enlargePanel, 1);
    m_tools->addTool(QStringLiteral("enlarge"), "enlarge", tr("Enlarge"),
                     tr("More pixels, with detail worked out by a network"), enlarge);

    m_restorePanel = new RestorePanel;
    m_damagePanel = new DamagePanel;
    m_fillPanel = new FillPanel;
    auto *restore = new QWidget;
    auto *steps = new QVBoxLayout(restore);
    steps->setContentsMargins(0, 0, 0, 0);
    steps->setSpacing(0);
    steps->addWidget(m_restorePanel);
    steps->addWidget(m_damagePanel);
    steps->addWidget(m_fillPanel);
    steps->addStretch(1);
    m_tools->addTool(QStringLiteral("restore"), "restore", tr("Restore"),
                     tr("Finds out what the photo needs, and does only that"), restore);

    m_denoisePanel = new DenoisePanel;
    m_tools->addTool(QStringLiteral("denoise"), "denoise", tr("Noise"),
                     tr("Removes noise and grain and keeps the detail"), m_denoisePanel);

    m_adjustmentPanel = new AdjustmentPanel;
    m_layersPanel = new LayersPanel(m_actions);
    auto *aiLayer = new AiLayerPanel;
    feed(m_adjustmentPanel);
    feed(aiLayer);
    feed(m_layersPanel);
    auto *layers = new QWidget;
    auto *column = new QVBoxLayout(layers);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    // The list first: it stays in sight in a low window, where this column scrolls.
    column->addWidget(m_layersPanel, 1);
    column->addWidget(m_adjustmentPanel);
    column->addWidget(aiLayer);
    add(Group::Upper, QStringLiteral("layersDock"), tr("Layers"), layers);

    addPanel(Group::Lower, QStringLiteral("historyDock"), tr("History"), new HistoryPanel);
    m_infoPanel =
        addPanel(Group::Lower, QStringLiteral("infoDock"), tr("Info"), new InfoPanel);
    auto *jobs = addPanel(Group::Lower, QStringLiteral("jobsDock"), tr("Jobs"),
                          new JobsPanel(m_services.worker, m_services.workspace));
    connect(jobs, &JobsPanel::activeCountChanged, this, [this](int count) {
        m_docks[QStringLiteral("jobsDock")]->setWindowTitle(count > 0 ? tr("Jobs (%1)").arg(count)
                                                                      : tr("Jobs"));
    });
}

QDockWidget *Docks::add(Group group, const QString &name, const QString &title, QWidget *content)
{
    auto *dock = new QDockWidget(title, &m_window);
    dock->setObjectName(name);
    dock->setAccessibleName(title);
    if (group == Group::Tools) {
        dock->setWidget(content);
    } else {
        auto *scroll = new QScrollArea;
        scroll->setWidgetResizable(true);
        scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        scroll->setFocusPolicy(Qt::NoFocus);
        scroll->setWidget(content);
        dock->setWidget(scroll);
        dock->setMinimumWidth(panelWidth);
    }
    // Its tab, or what is in it, says the name; a panel on its own has a title again.
    dock->setTitleBarWidget(new QWidget(dock));
    connect(dock, &QDockWidget::topLevelChanged, dock, [dock](bool floating) {
        QWidget *old = dock->titleBarWidget();
        dock->setTitleBarWidget(floating ? nullptr : new QWidget(dock));
        delete old;
    });
    m_docks.insert(name, dock);
    m_order.emplace_back(group, dock);
    m_window.addDockWidget(group == Group::Tools ? Qt::LeftDockWidgetArea : Qt::RightDockWidgetArea,
                           dock);
    return dock;
}

void Docks::arrange()
{
    QDockWidget *first[2] = {};
    QDockWidget *last[2] = {};
    const bool roomy = m_window.height() >= roomyHeight;
    for (const auto &[group, dock] : m_order) {
        dock->setFloating(false);
        m_window.removeDockWidget(dock);
    }
    for (const auto &[group, dock] : m_order) {
        if (group == Group::Tools) {
            m_window.addDockWidget(Qt::LeftDockWidgetArea, dock);
            dock->show();
            continue;
        }
        const int g = group == Group::Upper ? 0 : 1;
        const bool stacked = !first[g] || (group == Group::Upper && roomy);
        m_window.addDockWidget(Qt::RightDockWidgetArea, dock, Qt::Vertical);
        if (!stacked)
            m_window.tabifyDockWidget(last[g], dock);
        if (!first[g])
            first[g] = dock;
        last[g] = dock;
        dock->show();
    }
    for (QDockWidget *dock : first) {
        if (dock)
            dock->raise();
    }
    if (first[0] && first[1]) {
        m_window.resizeDocks({first[0]}, {panelWidth}, Qt::Horizontal);
        m_window.resizeDocks({first[0], first[1]}, {2, 1}, Qt::Vertical);
    }
}

void Docks::setSession(EditorSession *session)
{
    m_hasSession = session;
    for (const auto &feed : m_feeds)
        feed(session);
    applyVisibility();
}

void Docks::setShown(bool shown)
{
    m_shown = shown;
    applyVisibility();
}

void Docks::applyVisibility()
{
    const bool visible = m_shown && m_hasSession;
    if (visible == m_visible)
        return;
    m_visible = visible;
    if (visible) {
        m_window.restoreState(m_layout, layoutVersion);
        return;
    }
    m_layout = m_window.saveState(layoutVersion);
    for (const auto &entry : m_order)
        entry.second->hide();
}

void Docks::reset()
{
    m_shown = true;
    m_visible = m_hasSession;
    arrange();
    m_layout = m_window.saveState(layoutVersion);
    if (!m_visible) {
        for (const auto &entry : m_order)
            entry.second->hide();
    }
}

bool Docks::restore()
{
    const QByteArray kept = m_services.settings.value(setting::windowState);
    return !kept.isEmpty() && m_window.restoreState(kept, layoutVersion);
}

void Docks::save()
{
    m_services.settings.set(setting::windowState,
                            m_visible ? m_window.saveState(layoutVersion) : m_layout);
}

void Docks::fillMenu(QMenu *menu) const
{
    for (const auto &entry : m_order)
        menu->addAction(entry.second->toggleViewAction());
}

} // namespace heirloom
