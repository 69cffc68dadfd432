// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/layerspanel.h"

#include "actions.h"
#include "document/adjustment.h"
#include "document/document.h"
#include "panels/layerdelegate.h"
#include "panels/layersmodel.h"
#include "session/editorsession.h"
#include "theme/icon.h"
#include "widgets/valueslider.h"

#include <QComboBox>
#include <QContextMenuEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QMenu>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

namespace heirloom
{

LayersPanel::LayersPanel(Actions &actions, QWidget *parent)
    : QWidget(parent)
    , m_actions(actions)
    , m_model(new LayersModel(this))
    , m_list(new QListView)
    , m_blend(new QComboBox)
    , m_opacity(new ValueSlider(tr("Opacity"), 0, 100, 100))
    , m_maskMenu(new QMenu(this))
{
    connectActions();
    setObjectName(QStringLiteral("layersPanel"));
    m_delegate = new LayerDelegate(m_list);
    m_list->setObjectName(QStringLiteral("layerList"));
    m_list->setAccessibleName(tr("Layers"));
    m_list->setWhatsThis(
        tr("The layers of the picture, the topmost first. Click an eye to hide or "
           "show a layer, drag layers to reorder them, double-click a name to "
           "change it. The small picture of a layer or of its mask chooses what is "
           "painted on; Alt+click shows a mask alone, Shift+click turns it off. The "
           "Original stays as it was scanned."));
    m_list->setModel(m_model);
    m_list->setItemDelegate(m_delegate);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    m_list->setDragDropMode(QAbstractItemView::InternalMove);
    m_list->setDefaultDropAction(Qt::MoveAction);
    m_list->setDropIndicatorShown(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setUniformItemSizes(true);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setMinimumHeight(120);
    m_list->installEventFilter(this);
    buildBlendModes();
    m_opacity->setSuffix(tr(" %"));
    m_opacity->slider()->setObjectName(QStringLiteral("layerOpacity"));
    m_opacity->setWhatsThis(tr("How strongly the layer shows; of a computed one, its strength."));

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(2);
    auto *add = button("adjust", tr("Add adjustment"), tr("Add an adjustment"));
    add->setObjectName(QStringLiteral("addAdjustment"));
    add->setMenu(adjustmentMenu());
    add->setPopupMode(QToolButton::InstantPopup);
    buttons->addWidget(add);
    QToolButton *mask = actionButton(ActionId::LayerMask);
    mask->setPopupMode(QToolButton::InstantPopup);
    buttons->addWidget(mask);
    for (const ActionId id : {ActionId::LockLayer, ActionId::DuplicateLayer, ActionId::MergeDown,
                              ActionId::DeleteLayer})
        buttons->addWidget(actionButton(id));
    buttons->addStretch();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(8);
    layout->addWidget(m_blend);
    layout->addWidget(m_opacity);
    layout->addWidget(m_list, 1);
    layout->addLayout(buttons);

    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &LayersPanel::chosen);
    connect(m_list, &QListView::customContextMenuRequested, this, &LayersPanel::contextMenu);
    connect(m_model, &LayersModel::refused, this, &LayersPanel::refused);
    connect(m_model, &LayersModel::modelReset, this, &LayersPanel::showActive);
    connect(m_delegate, &LayerDelegate::thumbnailClicked, this,
            [this](const QModelIndex &index, bool onMask, Qt::KeyboardModifiers modifiers) {
                Q_EMIT thumbnailClicked(m_model->layerAt(index), onMask, modifiers);
            });
    connect(m_delegate, &LayerDelegate::soloRequested, this,
            [this](const QModelIndex &index) { Q_EMIT soloRequested(m_model->layerAt(index)); });
    connect(m_blend, &QComboBox::activated, this, [this] {
        tell(m_session->editor().setBlendMode(m_session->document()->activeLayer(),
                                              BlendMode(m_blend->currentData().toInt())));
        showActive();
    });
    connect(m_opacity, &ValueSlider::valueChanged, this, [this](int percent) {
        tell(m_session->editor().setOpacity(m_session->document()->activeLayer(), percent / 100.0));
    });
    connect(m_opacity, &ValueSlider::committed, this,
            [this] { m_session->editor().finishGesture(); });
    setEnabled(false);
    updateActions();
}

void LayersPanel::connectActions()
{
    for (const ActionId id : {ActionId::ShowLayer, ActionId::LockLayer})
        m_actions[id]->setCheckable(true);
    m_maskMenu->setObjectName(QStringLiteral("maskMenu"));
    m_actions[ActionId::LayerMask]->setMenu(m_maskMenu);
    connect(m_maskMenu, &QMenu::aboutToShow, this, [this] {
        m_maskMenu->clear();
        fillMaskMenu(m_maskMenu);
    });
    const auto on = [this](ActionId id, auto function) {
        connect(m_actions[id], &QAction::triggered, this, [this, function] {
            if (const Layer *layer = active())
                function(m_session->editor(), *layer);
            updateActions(); // what was refused is not checked
        });
    };
    on(ActionId::RenameLayer, [this](DocumentEditor &, const Layer &) {
        m_list->edit(m_list->currentIndex());
    });
    on(ActionId::ShowLayer, [this](DocumentEditor &editor, const Layer &layer) {
        tell(editor.setVisible(layer.id, !layer.visible));
    });
    on(ActionId::LockLayer, [this](DocumentEditor &editor, const Layer &layer) {
        tell(editor.setLocked(layer.id, !layer.locked));
    });
    on(ActionId::CopySettings, [this](DocumentEditor &editor, const Layer &layer) {
        m_copied = editor.copySettings(layer.id);
    });
    on(ActionId::PasteSettings, [this](DocumentEditor &editor, const Layer &layer) {
        if (m_copied)
            tell(editor.pasteSettings(layer.id, *m_copied));
    });
}

const Layer *LayersPanel::active() const
{
    const Document *document = m_session ? m_session->document() : nullptr;
    return document ? document->layer(document->activeLayer()) : nullptr;
}

void LayersPanel::updateActions()
{
    const Layer *layer = active();
    const bool free = layer && !layer->locked;
    const auto enable = [this](ActionId id, bool on) { m_actions[id]->setEnabled(on); };
    enable(ActionId::RenameLayer, layer);
    enable(ActionId::ShowLayer, layer);
    enable(ActionId::LockLayer, layer && layer->kind != LayerKind::Original);
    enable(ActionId::LayerMask, free);
    enable(ActionId::CopySettings, layer);
    enable(ActionId::PasteSettings, free && m_copied);
    m_actions[ActionId::ShowLayer]->setChecked(layer && layer->visible);
    m_actions[ActionId::LockLayer]->setChecked(layer && layer->locked);
}

bool LayersPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Space && active()) {
        m_actions[ActionId::ShowLayer]->trigger();
        return true;
    }
    if (event->type() == QEvent::ContextMenu &&
        static_cast<QContextMenuEvent *>(event)->reason() == QContextMenuEvent::Keyboard) {
        popUpMenu(m_list->viewport()->mapToGlobal(
            m_list->visualRect(m_list->currentIndex()).center()));
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

QToolButton *LayersPanel::actionButton(ActionId id)
{
    auto *b = new QToolButton;
    b->setDefaultAction(m_actions[id]);
    b->setAutoRaise(true);
    b->setFocusPolicy(Qt::TabFocus);
    b->setAccessibleName(m_actions.name(id));
    return b;
}

QToolButton *LayersPanel::button(const char *name, const QString &text, const QString &hint)
{
    auto *b = new QToolButton;
    b->setIcon(icon(name));
    b->setAccessibleName(text);
    b->setToolTip(hint);
    b->setWhatsThis(hint);
    b->setAutoRaise(true);
    b->setFocusPolicy(Qt::TabFocus);
    return b;
}

QMenu *LayersPanel::adjustmentMenu()
{
    auto *menu = new QMenu(this);
    for (const AdjustmentInfo &info : adjustments()) {
        QAction *action = menu->addAction(info.title);
        action->setObjectName(info.id);
        connect(action, &QAction::triggered, this, [this, info] {
            if (!m_session || !m_session->document())
                return;
            const auto added = m_session->editor().addAdjustment({info.id, {}}, info.title);
            if (!added)
                Q_EMIT refused(added.error());
        });
    }
    return menu;
}

void LayersPanel::buildBlendModes()
{
    m_blend->setObjectName(QStringLiteral("blendMode"));
    m_blend->setAccessibleName(tr("Blend mode"));
    m_blend->setToolTip(tr("How the layer is mixed with what is below"));
    m_blend->setWhatsThis(tr("How the layer is mixed with what is below it: Normal covers it, "
                             "Multiply darkens, Screen lightens, Colour takes only the colours."));
    const BlendMode groups[][4] = {
        {BlendMode::Normal, BlendMode::Normal, BlendMode::Normal, BlendMode::Normal},
        {BlendMode::Multiply, BlendMode::Darken, BlendMode::Screen, BlendMode::Lighten},
        {BlendMode::Overlay, BlendMode::SoftLight, BlendMode::HardLight, BlendMode::Difference},
        {BlendMode::Color, BlendMode::Luminosity, BlendMode::Color, BlendMode::Color}};
    for (const auto &group : groups) {
        if (m_blend->count() > 0)
            m_blend->insertSeparator(m_blend->count());
        for (const BlendMode mode : group) {
            if (m_blend->findData(int(mode)) < 0)
                m_blend->addItem(blendModeName(mode), int(mode));
        }
    }
}

void LayersPanel::setSession(EditorSession *session)
{
    delete std::exchange(m_watch, new QObject(this));
    m_session = session;
    m_model->setSession(session);
    setEnabled(session && session->document());
    if (session) {
        connect(session, &EditorSession::documentReplaced, m_watch,
                [this] { followDocument(); });
        followDocument();
    }
    updateActions();
}

void LayersPanel::setPaintTarget(bool mask, bool choice)
{
    if (m_delegate->setPaintTarget(mask, choice)) // asked at every stroke's every step
        m_list->viewport()->update();
}

void LayersPanel::followDocument()
{
    Document *document = m_session->document();
    setEnabled(document);
    if (!document)
        return;
    connect(document, &Document::activeLayerChanged, m_watch, [this] { showActive(); });
    connect(document, &Document::layerChanged, m_watch, [this](LayerId id) {
        if (id == m_session->document()->activeLayer())
            showActive();
    });
    showActive();
}

void LayersPanel::showActive()
{
    if (!m_session || !m_session->document())
        return;
    m_showing = true;
    const Layer *layer = m_session->document()->layer(m_session->document()->activeLayer());
    m_list->setCurrentIndex(layer ? m_model->indexOf(layer->id) : QModelIndex());
    const bool isOriginal = layer && layer->kind == LayerKind::Original;
    m_blend->setEnabled(layer && !layer->locked);
    m_opacity->setEnabled(layer && (!layer->locked || isOriginal));
    if (layer) {
        m_blend->setCurrentIndex(m_blend->findData(int(layer->blendMode)));
        m_opacity->setValue(int(std::lround(layer->opacity * 100)));
    }
    m_showing = false;
    updateActions();
}

void LayersPanel::chosen()
{
    if (m_showing || !m_session || !m_session->document())
        return;
    if (const LayerId id = m_model->layerAt(m_list->currentIndex()); id.isValid())
        m_session->document()->setActiveLayer(id);
}

void LayersPanel::contextMenu(const QPoint &at)
{
    const LayerId id = m_model->layerAt(m_list->indexAt(at));
    const Layer *layer = id.isValid() ? m_session->document()->layer(id) : nullptr;
    if (!layer)
        return;
    m_session->document()->setActiveLayer(id);
    popUpMenu(m_list->viewport()->mapToGlobal(at));
}

void LayersPanel::popUpMenu(const QPoint &global)
{
    if (!active())
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("layerMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [this, menu](std::initializer_list<ActionId> ids) {
        for (const ActionId id : ids)
            menu->addAction(m_actions[id]);
    };
    add({ActionId::RenameLayer, ActionId::ShowLayer, ActionId::LockLayer});
    connect(menu->addAction(tr("See it a&lone")), &QAction::triggered, this,
            [this, id = active()->id] { Q_EMIT soloRequested(id); });
    menu->addSeparator();
    fillMaskMenu(menu);
    menu->addSeparator();
    add({ActionId::CopySettings, ActionId::PasteSettings});
    menu->addSeparator();
    add({ActionId::DuplicateLayer, ActionId::LayerUp, ActionId::LayerDown, ActionId::MergeDown,
         ActionId::Flatten, ActionId::DeleteLayer});
    menu->popup(global);
}

void LayersPanel::fillMaskMenu(QMenu *menu)
{
    const Layer *layer = active();
    if (!layer)
        return;
    const LayerId id = layer->id;
    const bool free = !layer->locked;
    const auto add = [=, this](const char *name, const QString &text, auto function) {
        QAction *action = menu->addAction(text);
        action->setObjectName(QLatin1String(name));
        action->setEnabled(free);
        connect(action, &QAction::triggered, this, function);
    };
    if (layer->mask.isNull()) {
        add("maskShown", tr("Add mask, all &shown"),
            [=, this] { tell(m_session->editor().addMask(id, 255)); });
        add("maskHidden", tr("Add mask, all &hidden"),
            [=, this] { tell(m_session->editor().addMask(id, 0)); });
        Q_EMIT maskMenuFilled(menu, id);
        return;
    }
    const bool used = layer->mask.enabled;
    add("maskUse", used ? tr("Leave &mask out") : tr("Use &mask"),
        [=, this] { tell(m_session->editor().setMaskEnabled(id, !used)); });
    add("maskInvert", tr("&Invert mask"),
        [=, this] { tell(m_session->editor().invertMask(id)); });
    add("maskRemove", tr("Remove mas&k"),
        [=, this] { tell(m_session->editor().removeMask(id)); });
    Q_EMIT maskMenuFilled(menu, id);
}

void LayersPanel::tell(const Result<void> &done)
{
    if (!done)
        Q_EMIT refused(done.error());
}

} // namespace heirloom
