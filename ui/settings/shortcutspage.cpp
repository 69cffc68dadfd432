// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/shortcutspage.h"

#include "actions.h"

#include <QHeaderView>
#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace heirloom
{

namespace
{

constexpr int idRole = Qt::UserRole;

QString keyText(const QList<QKeySequence> &keys)
{
    QStringList texts;
    for (const QKeySequence &key : keys)
        texts << key.toString(QKeySequence::NativeText);
    return texts.join(QStringLiteral(",  "));
}

} // namespace

ShortcutsPage::ShortcutsPage(Actions &actions, QWidget *parent)
    : QWidget(parent)
    , m_actions(actions)
    , m_search(new QLineEdit)
    , m_list(new QTreeWidget)
    , m_key(new QKeySequenceEdit)
    , m_clear(new QPushButton(tr("No key")))
    , m_conflict(new QLabel)
{
    setObjectName(QStringLiteral("shortcutsPage"));
    m_search->setPlaceholderText(tr("Search commands and keys"));
    m_search->setAccessibleName(tr("Search commands and keys"));
    m_search->setClearButtonEnabled(true);
    m_list->setHeaderLabels({tr("Command"), tr("Keys")});
    m_list->setRootIsDecorated(false);
    m_list->setAllColumnsShowFocus(true);
    m_list->setUniformRowHeights(true);
    m_list->setAccessibleName(tr("Commands"));
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_key->setAccessibleName(tr("New key for the chosen command"));
    m_conflict->setWordWrap(true);
    m_conflict->setObjectName(QStringLiteral("conflict"));

    auto *label = new QLabel(tr("New &key:"));
    label->setBuddy(m_key);
    auto *row = new QHBoxLayout;
    row->addWidget(label);
    row->addWidget(m_key, 1);
    row->addWidget(m_clear);
    auto *reset = new QPushButton(tr("Reset all keys"));
    reset->setToolTip(tr("Give every command the keys it had at the beginning"));
    reset->setWhatsThis(reset->toolTip());
    m_clear->setToolTip(tr("The chosen command gets no key"));
    m_clear->setWhatsThis(m_clear->toolTip());
    m_search->setWhatsThis(tr("Shows only the commands whose name or keys contain this."));
    m_key->setWhatsThis(tr("Press the key that the chosen command is to get."));
    m_list->setWhatsThis(tr("All commands with their keys. Choose one to give it another key."));
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_search);
    layout->addWidget(m_list, 1);
    layout->addLayout(row);
    layout->addWidget(m_conflict);
    layout->addWidget(reset, 0, Qt::AlignLeft);
    layout->setContentsMargins(0, 0, 0, 0);

    fill();
    connect(m_search, &QLineEdit::textChanged, this, &ShortcutsPage::filter);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &ShortcutsPage::choose);
    connect(m_key, &QKeySequenceEdit::editingFinished, this, &ShortcutsPage::keyTyped);
    connect(m_clear, &QPushButton::clicked, this, [this] {
        if (QTreeWidgetItem *item = m_list->currentItem()) {
            m_actions.setKeys(ActionId(item->data(0, idRole).toInt()), {});
            item->setText(1, QString());
            m_conflict->clear();
        }
    });
    connect(reset, &QPushButton::clicked, this, [this] {
        m_actions.resetKeys();
        m_conflict->clear();
        fill();
    });
    m_list->setCurrentItem(m_list->topLevelItem(0));
}

void ShortcutsPage::fill()
{
    m_list->clear();
    for (const ActionId id : m_actions.ids()) {
        auto *item = new QTreeWidgetItem(m_list, {m_actions.name(id), keyText(m_actions.keys(id))});
        item->setData(0, idRole, int(id));
        item->setSizeHint(0, QSize(0, m_list->fontMetrics().height() + 10));
    }
    filter(m_search->text());
}

void ShortcutsPage::filter(const QString &text)
{
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        QTreeWidgetItem *item = m_list->topLevelItem(i);
        item->setHidden(!item->text(0).contains(text, Qt::CaseInsensitive) &&
                        !item->text(1).contains(text, Qt::CaseInsensitive));
    }
}

void ShortcutsPage::choose()
{
    const QTreeWidgetItem *item = m_list->currentItem();
    m_key->setEnabled(item);
    m_clear->setEnabled(item);
    m_conflict->clear();
    if (!item)
        return;
    const QSignalBlocker blocker(m_key);
    const auto keys = m_actions.keys(ActionId(item->data(0, idRole).toInt()));
    m_key->setKeySequence(keys.isEmpty() ? QKeySequence() : keys.first());
}

void ShortcutsPage::keyTyped()
{
    QTreeWidgetItem *item = m_list->currentItem();
    const QKeySequence typed = m_key->keySequence();
    if (!item || typed.isEmpty())
        return;
    // One key, not a series of them.
    const QKeySequence key(typed[0]);
    const auto id = ActionId(item->data(0, idRole).toInt());
    if (m_actions.keys(id).contains(key))
        return;
    if (const auto taken = m_actions.owner(key, id)) {
        m_conflict->setText(
            tr("%1 already belongs to \"%2\". Give that another key first.")
                .arg(key.toString(QKeySequence::NativeText), m_actions.name(*taken)));
        return;
    }
    m_actions.setKeys(id, {key});
    item->setText(1, keyText({key}));
    m_conflict->clear();
}

} // namespace heirloom
