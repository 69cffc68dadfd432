// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>

#include <functional>
#include <vector>

class QDockWidget;
class QMainWindow;
class QMenu;

namespace heirloom
{

class Actions;
class EditorSession;
class EnlargePanel;
class AdjustmentPanel;
class DamagePanel;
class DenoisePanel;
class FillPanel;
class InfoPanel;
class LayersPanel;
class RestorePanel;
class ResultPanel;
class Settings;
class ToolsPanel;
struct WindowServices;

/// The panels around the picture: the one place that makes them all, tells them which photo is
/// current, and keeps, restores and resets their layout. Left the tools; right their options and
/// the layers, below them what is looked up (history, info, jobs). Owned by the main window; GUI
/// thread.
class Docks : public QObject
{
    Q_OBJECT

public:
    enum class Group { Tools, Upper, Lower };

    /// Raised whenever the default layout changes so that an old kept one no longer fits.
    static constexpr int layoutVersion = 3;

    Docks(QMainWindow &window, const WindowServices &services, Actions &actions);

    ToolsPanel &tools() const { return *m_tools; }
    EnlargePanel &enlargePanel() const { return *m_enlargePanel; }
    DenoisePanel &denoisePanel() const { return *m_denoisePanel; }
    RestorePanel &restorePanel() const { return *m_restorePanel; }
    DamagePanel &damagePanel() const { return *m_damagePanel; }
    FillPanel &fillPanel() const { return *m_fillPanel; }
    ResultPanel &resultPanel() const { return *m_resultPanel; }
    InfoPanel &infoPanel() const { return *m_infoPanel; }
    LayersPanel &layersPanel() const { return *m_layersPanel; }
    AdjustmentPanel &adjustmentPanel() const { return *m_adjustmentPanel; }

    /// Every panel gets the current photo; null: none is open, and the docks are hidden.
    void setSession(EditorSession *session);

    bool areShown() const { return m_shown; }
    /// Hides or shows all at once; the layout stays.
    void setShown(bool shown);
    /// The layout of the first start, made for the window's present height.
    void reset();
    void save();
    /// One action a panel, to show and hide it.
    void fillMenu(QMenu *menu) const;
    QDockWidget *dock(const QString &name) const { return m_docks.value(name); }

private:
    void build();
    /// A dock whose content scrolls when there is too little room. name stays in kept layouts.
    QDockWidget *add(Group group, const QString &name, const QString &title, QWidget *content);
    /// The same for a panel with setSession(EditorSession *).
    template <typename Panel>
    Panel *addPanel(Group group, const QString &name, const QString &title, Panel *panel)
    {
        feed(panel);
        add(group, name, title, panel);
        return panel;
    }
    /// Tells a panel that lies inside another widget.
    template <typename Panel>
    void feed(Panel *panel)
    {
        m_feeds.push_back([panel](EditorSession *session) { panel->setSession(session); });
    }
    void arrange();
    bool restore();
    void applyVisibility();

    QMainWindow &m_window;
    const WindowServices &m_services;
    Actions &m_actions;
    QHash<QString, QDockWidget *> m_docks;
    std::vector<std::pair<Group, QDockWidget *>> m_order;
    std::vector<std::function<void(EditorSession *)>> m_feeds;
    ToolsPanel *m_tools = nullptr;
    EnlargePanel *m_enlargePanel = nullptr;
    DenoisePanel *m_denoisePanel = nullptr;
    RestorePanel *m_restorePanel = nullptr;
    DamagePanel *m_damagePanel = nullptr;
    FillPanel *m_fillPanel = nullptr;
    ResultPanel *m_resultPanel = nullptr;
    InfoPanel *m_infoPanel = nullptr;
    LayersPanel *m_layersPanel = nullptr;
    AdjustmentPanel *m_adjustmentPanel = nullptr;
    QByteArray m_layout; ///< while the docks are hidden
    bool m_shown = true;
    bool m_hasSession = false;
    bool m_visible = true; ///< whether the docks are shown at this moment
};

} // namespace heirloom
