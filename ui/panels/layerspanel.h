// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "edit/documenteditor.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QListView;
class QMenu;
class QToolButton;

namespace heirloom
{

class Actions;
enum class ActionId;
class EditorSession;
class LayerDelegate;
class LayersModel;
class ValueSlider;

/// The stack of layers: look, choose, order, blend and strengthen them. What it does goes through
/// the session's editor, one step each. GUI thread.
class LayersPanel : public QWidget
{
    Q_OBJECT

public:
    explicit LayersPanel(Actions &actions, QWidget *parent = nullptr);

    void setSession(EditorSession *session);
    QListView *list() const { return m_list; }
    /// What is painted on of the active layer; framed where there is a choice.
    void setPaintTarget(bool mask, bool choice);

Q_SIGNALS:
    void refused(const heirloom::Error &error);
    /// Show this layer alone, or all again when it is alone already.
    void soloRequested(heirloom::LayerId layer);
    /// A press on a layer's own small picture or its mask's.
    void thumbnailClicked(heirloom::LayerId layer, bool mask, Qt::KeyboardModifiers modifiers);
    /// A menu for the layer's mask is about to be shown; more may be added to it.
    void maskMenuFilled(QMenu *menu, heirloom::LayerId layer);

protected:
    /// Space at the list: the eye; the menu key: the chosen layer's menu.
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QToolButton *button(const char *icon, const QString &text, const QString &hint);
    QToolButton *actionButton(ActionId id);
    QMenu *adjustmentMenu();
    void connectActions();
    void fillMaskMenu(QMenu *menu);
    /// Null: nothing is open, or nothing chosen.
    const Layer *active() const;
    void buildBlendModes();
    void followDocument();
    void showActive();
    void chosen();
    void contextMenu(const QPoint &at);
    void popUpMenu(const QPoint &global);
    void updateActions();
    void tell(const Result<void> &done);

    Actions &m_actions;
    EditorSession *m_session = nullptr;
    QObject *m_watch = nullptr;
    LayersModel *m_model;
    LayerDelegate *m_delegate = nullptr;
    QListView *m_list;
    QComboBox *m_blend;
    ValueSlider *m_opacity;
    QMenu *m_maskMenu;
    std::optional<LayerSettings> m_copied;
    bool m_showing = false;
};

} // namespace heirloom
