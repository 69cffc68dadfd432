// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/historypanel.h"

#include "edit/history.h"
#include "session/editorsession.h"
#include "theme/icon.h"
#include "widgets/quietdelegate.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QMenu>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace heirloom
{

namespace
{

constexpr int statesHeight = 96;
constexpr int pendingShownAfterMs = 400;

} // namespace

HistoryPanel::HistoryPanel(QWidget *parent)
    : QWidget(parent)
    , m_states(new QListWidget)
    , m_steps(new QListWidget)
    , m_cost(new QLabel)
    , m_keep(new QToolButton)
    , m_slow(new QTimer(this))
{
    setObjectName(QStringLiteral("historyPanel"));
    m_states->setObjectName(QStringLiteral("states"));
    m_states->setAccessibleName(tr("Kept states"));
    m_states->setWhatsThis(tr("States of the picture that you kept under a name. A double click "
                              "goes back to one; that is a step of its own and can be undone."));
    m_states->setMaximumHeight(statesHeight);
    m_states->setContextMenuPolicy(Qt::CustomContextMenu);
    m_states->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_steps->setObjectName(QStringLiteral("steps"));
    m_steps->setAccessibleName(tr("Steps"));
    m_steps->setWhatsThis(tr("Everything that was done to the picture, the oldest first. A click "
                             "goes back or forward to that step. A step in italics is not on the "
                             "disk yet: a crash would lose it."));
    m_cost->setProperty("quiet", true);
    m_keep->setObjectName(QStringLiteral("keepState"));
    m_keep->setIcon(icon("snapshot"));
    m_keep->setText(tr("Keep this state"));
    m_keep->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_keep->setToolTip(tr("Keep the picture as it is now under a name"));
    m_keep->setWhatsThis(m_keep->toolTip());
    m_keep->setFocusPolicy(Qt::TabFocus);
    m_keep->setAutoRaise(true);
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_keep);
    foot->addStretch();
    foot->addWidget(m_cost);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(8);
    layout->addWidget(m_states);
    layout->addWidget(m_steps, 1);
    layout->addLayout(foot);
    connect(m_keep, &QToolButton::clicked, this, &HistoryPanel::keepState);
    for (QListWidget *list : {m_states, m_steps})
        list->setItemDelegate(new QuietDelegate(list));
    connect(m_steps, &QListWidget::currentRowChanged, this, [this](int row) {
        if (!m_showing && m_session && row >= 0)
            m_session->history().jumpTo(row);
    });
    connect(m_states, &QListWidget::itemDoubleClicked, this, [this](QListWidgetItem *item) {
        m_session->history().restoreSnapshot(m_states->row(item));
    });
    connect(m_states, &QListWidget::itemChanged, this, [this](QListWidgetItem *item) {
        if (!m_showing)
            m_session->history().renameSnapshot(m_states->row(item), item->text());
    });
    connect(m_states, &QListWidget::customContextMenuRequested, this, &HistoryPanel::stateMenu);
    m_slow->setSingleShot(true);
    m_slow->setInterval(pendingShownAfterMs);
    connect(m_slow, &QTimer::timeout, this, &HistoryPanel::showPending);
    setSession(nullptr);
}

void HistoryPanel::setSession(EditorSession *session)
{
    delete std::exchange(m_watch, new QObject(this));
    m_session = session;
    setEnabled(session);
    if (session) {
        connect(&session->history(), &History::changed, m_watch, [this] { showSteps(); });
        connect(&session->history(), &History::snapshotsChanged, m_watch,
                [this] { showSnapshots(); });
        connect(&session->history(), &History::pendingChanged, m_watch, [this] {
            if (!m_slow->isActive())
                m_slow->start();
        });
    }
    showSteps();
    showSnapshots();
    showPending();
}

void HistoryPanel::showPending()
{
    m_showing = true;
    for (int i = 0; i < m_steps->count(); ++i) {
        QListWidgetItem *item = m_steps->item(i);
        const bool isPending = m_session->history().isPending(i);
        QFont font = m_steps->font();
        font.setItalic(isPending);
        item->setFont(font);
        item->setToolTip(isPending ? tr("Not on the disk yet: a crash would lose this step")
                                   : QString());
        item->setData(Qt::AccessibleTextRole,
                      isPending ? tr("%1, not on the disk yet").arg(item->text()) : QVariant());
    }
    m_showing = false;
}

void HistoryPanel::showSteps()
{
    m_showing = true;
    History *history =
        m_session && m_session->history().document() ? &m_session->history() : nullptr;
    const int count = history ? history->count() + 1 : 0;
    while (m_steps->count() > count)
        delete m_steps->takeItem(m_steps->count() - 1);
    while (m_steps->count() < count)
        m_steps->addItem(QString());
    for (int i = 0; i < count; ++i) {
        QListWidgetItem *item = m_steps->item(i);
        item->setText(history->text(i));
        // Steps that were undone are still there, but not in the picture.
        item->setForeground(palette().brush(
            i > history->index() ? QPalette::Disabled : QPalette::Active, QPalette::Text));
    }
    if (history) {
        m_steps->setCurrentRow(history->index());
        m_steps->scrollToItem(m_steps->currentItem());
        m_cost->setText(tr("%1 kept").arg(
            QLocale().formattedDataSize(history->bytes(), 0, QLocale::DataSizeTraditionalFormat)));
        m_cost->setToolTip(tr("Memory and disk that the steps take beside the picture"));
    } else {
        m_cost->clear();
    }
    m_showing = false;
}

void HistoryPanel::showSnapshots()
{
    m_showing = true;
    m_states->clear();
    if (m_session) {
        for (const Snapshot &snapshot : m_session->history().snapshots()) {
            auto *item = new QListWidgetItem(icon("snapshot"), snapshot.name, m_states);
            item->setFlags(item->flags() | Qt::ItemIsEditable);
            item->setToolTip(tr("Double-click to go back to this state"));
        }
    }
    m_states->setVisible(m_states->count() > 0);
    m_showing = false;
}

void HistoryPanel::keepState()
{
    if (!m_session || !m_session->document())
        return;
    History &history = m_session->history();
    history.addSnapshot(tr("State %1").arg(history.snapshots().size() + 1));
    QListWidgetItem *item = m_states->item(m_states->count() - 1);
    m_states->setCurrentItem(item);
    m_states->editItem(item);
}

void HistoryPanel::stateMenu(const QPoint &at)
{
    QListWidgetItem *item = m_states->itemAt(at);
    if (!item)
        return;
    const int row = m_states->row(item);
    QMenu menu(this);
    connect(menu.addAction(tr("&Go back to it")), &QAction::triggered, this,
            [this, row] { m_session->history().restoreSnapshot(row); });
    connect(menu.addAction(tr("&Rename")), &QAction::triggered, this,
            [this, item] { m_states->editItem(item); });
    connect(menu.addAction(tr("&Forget it")), &QAction::triggered, this,
            [this, row] { m_session->history().removeSnapshot(row); });
    menu.exec(m_states->viewport()->mapToGlobal(at));
}

} // namespace heirloom
