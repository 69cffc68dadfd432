// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparecontroller.h"

#include "actions.h"
#include "canvascontroller.h"
#include "document/document.h"
#include "edit/history.h"
#include "session/comparison.h"
#include "session/editorsession.h"

#include <QActionGroup>
#include <QMenu>

namespace heirloom
{

namespace
{

/// A name in a menu: an ampersand is one.
QString plain(QString name)
{
    return name.replace(u'&', QLatin1String("&&"));
}

} // namespace

CompareController::CompareController(CanvasController &view, Actions &actions, QObject *parent)
    : QObject(parent)
    , m_view(view)
    , m_menu(new QMenu)
{
    m_menu->setObjectName(QStringLiteral("compareWithMenu"));
    m_menu->setToolTipsVisible(true);
    connect(m_menu, &QMenu::aboutToShow, this, &CompareController::fill);
    actions[ActionId::CompareWith]->setMenu(m_menu);
    connect(actions[ActionId::CompareWith], &QAction::triggered, this, &CompareController::popUp);
    QAction *blink = actions[ActionId::Blink];
    blink->setCheckable(true);
    CanvasView &canvas = view.canvas();
    connect(blink, &QAction::triggered, &canvas, [&canvas](bool on) {
        canvas.setCompareMode(on ? CompareMode::Blink : CompareMode::Off);
    });
    connect(&canvas, &CanvasView::compareModeChanged, blink,
            [blink](CompareMode mode) { blink->setChecked(mode == CompareMode::Blink); });
}

CompareController::~CompareController()
{
    delete m_menu;
}

void CompareController::popUp()
{
    if (m_view.comparison())
        m_menu->popup(m_view.canvas().mapToGlobal(QPoint(24, 24)));
}

void CompareController::fill()
{
    m_menu->clear();
    delete std::exchange(m_group, new QActionGroup(m_menu));
    Comparison *comparison = m_view.comparison();
    if (!comparison)
        return;
    EditorSession &session = *m_view.session();
    using With = Comparison::With;
    const auto add = [&](const QString &text, const QString &name, bool chosen, auto choose) {
        QAction *action = m_menu->addAction(text);
        action->setObjectName(name);
        action->setCheckable(true);
        action->setChecked(chosen);
        m_group->addAction(action);
        connect(action, &QAction::triggered, comparison, [this, comparison, choose] {
            choose(*comparison);
            // Who chooses wants to see it.
            if (m_view.canvas().compareMode() == CompareMode::Off)
                m_view.canvas().setCompareMode(CompareMode::Split);
        });
        return action;
    };
    add(tr("&Original"), QStringLiteral("with_original"), comparison->with() == With::Original,
        [](Comparison &c) { c.compareWithOriginal(); });
    const History &history = session.history();
    QAction *previous =
        add(tr("&Step before"), QStringLiteral("with_previous"),
            comparison->with() == With::PreviousStep,
            [](Comparison &c) { c.compareWithPreviousStep(); });
    previous->setToolTip(tr("The picture without its newest step; follows the history"));
    const auto &states = history.snapshots();
    if (!states.empty())
        m_menu->addSection(tr("Kept states"));
    for (int i = 0; i < int(states.size()); ++i) {
        add(plain(states[size_t(i)].name), QStringLiteral("with_state%1").arg(i),
            comparison->with() == With::KeptState && comparison->keptState() == i,
            [i](Comparison &c) { c.compareWithKeptState(i); });
    }
    m_menu->addSection(tr("One layer alone"));
    const LayerStack &stack = session.document()->stack();
    for (int i = stack.count() - 1; i >= 0; --i) {
        const Layer &layer = stack.at(i);
        if (layer.hasPixels()) {
            add(plain(layer.name), QStringLiteral("with_layer%1").arg(layer.id.value()),
                comparison->with() == With::Layer && comparison->layer() == layer.id,
                [id = layer.id](Comparison &c) { c.compareWithLayer(id); });
        }
    }
}

} // namespace heirloom
