// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions.h"
#include "settings/settings.h"
#include "settings/shortcutsdialog.h"

#include <QKeySequenceEdit>
#include <QLabel>
#include <QLineEdit>
#include <QTreeWidget>
#include <QtTest>

using namespace heirloom;

class TestActions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void noKeyBelongsToTwoCommands();
    void everyCommandHasNameAndHint();
    void conventionalKeysHold();
    void changedKeysSurviveAndCanBeReset();
    void hintNamesTheKey();
    void dialogRefusesAKeyThatIsTaken();
    void dialogFindsCommandsByKeyAndName();

private:
    QTemporaryDir m_folder;
    std::unique_ptr<QWidget> m_window;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<Actions> m_actions;
};

void TestActions::init()
{
    m_actions.reset();
    QFile::remove(m_folder.filePath(QStringLiteral("s.ini")));
    m_window = std::make_unique<QWidget>();
    m_settings = std::make_unique<Settings>(m_folder.filePath(QStringLiteral("s.ini")));
    m_actions = std::make_unique<Actions>(*m_settings, m_window.get());
    m_actions->setParent(nullptr);
}

void TestActions::noKeyBelongsToTwoCommands()
{
    QHash<QKeySequence, ActionId> owners;
    for (const ActionId id : m_actions->ids()) {
        for (const QKeySequence &key : m_actions->keys(id)) {
            QVERIFY(!key.isEmpty());
            QVERIFY2(!owners.contains(key), qPrintable(key.toString()));
            owners.insert(key, id);
        }
    }
}

void TestActions::everyCommandHasNameAndHint()
{
    for (const ActionId id : m_actions->ids()) {
        QVERIFY(!m_actions->name(id).isEmpty());
        QVERIFY(!m_actions->name(id).contains(u'&'));
        QVERIFY(!m_actions->action(id)->toolTip().isEmpty());
    }
}

void TestActions::conventionalKeysHold()
{
    const auto has = [this](ActionId id, const char *key) {
        return m_actions->keys(id).contains(QKeySequence(QLatin1String(key)));
    };
    QVERIFY(has(ActionId::Open, "Ctrl+O"));
    QVERIFY(has(ActionId::Export, "Ctrl+Shift+E"));
    QVERIFY(has(ActionId::Undo, "Ctrl+Z"));
    QVERIFY(has(ActionId::Redo, "Ctrl+Shift+Z"));
    QVERIFY(has(ActionId::Redo, "Ctrl+Y"));
    QVERIFY(has(ActionId::Fit, "Ctrl+0"));
    QVERIFY(has(ActionId::ActualSize, "Ctrl+1"));
    QVERIFY(has(ActionId::Compare, "Y"));
    QVERIFY(has(ActionId::ShowOriginal, "\\"));
    QVERIFY(m_actions->keys(ActionId::ShowOriginal).size() >= 2);
}

void TestActions::changedKeysSurviveAndCanBeReset()
{
    m_actions->setKeys(ActionId::Open, {QKeySequence(QStringLiteral("Ctrl+L"))});
    {
        QWidget window;
        Actions again(*m_settings, &window);
        again.setParent(nullptr);
        QCOMPARE(again.keys(ActionId::Open),
                 QList<QKeySequence>{QKeySequence(QStringLiteral("Ctrl+L"))});
        QCOMPARE(again[ActionId::Open]->shortcut(), QKeySequence(QStringLiteral("Ctrl+L")));
    }
    m_actions->resetKeys();
    QCOMPARE(m_actions->keys(ActionId::Open),
             QList<QKeySequence>{QKeySequence(QStringLiteral("Ctrl+O"))});
}

void TestActions::hintNamesTheKey()
{
    QVERIFY(m_actions->action(ActionId::Fit)->toolTip().contains(QStringLiteral("Ctrl+0")));
    m_actions->setKeys(ActionId::Fit, {QKeySequence(QStringLiteral("Ctrl+9"))});
    QVERIFY(m_actions->action(ActionId::Fit)->toolTip().contains(QStringLiteral("Ctrl+9")));
    m_actions->setKeys(ActionId::Fit, {});
    QVERIFY(!m_actions->action(ActionId::Fit)->toolTip().contains(u'('));
}

void TestActions::dialogRefusesAKeyThatIsTaken()
{
    ShortcutsDialog dialog(*m_actions);
    auto *list = dialog.findChild<QTreeWidget *>();
    auto *key = dialog.findChild<QKeySequenceEdit *>();
    auto *conflict = dialog.findChild<QLabel *>(QStringLiteral("conflict"));
    list->setCurrentItem(list->topLevelItem(0)); // Open
    key->setKeySequence(QKeySequence(QStringLiteral("Ctrl+Q")));
    Q_EMIT key->editingFinished();
    QVERIFY(conflict->text().contains(m_actions->name(ActionId::Quit)));
    QVERIFY(m_actions->keys(ActionId::Open).contains(QKeySequence(QStringLiteral("Ctrl+O"))));
    key->setKeySequence(QKeySequence(QStringLiteral("Ctrl+L")));
    Q_EMIT key->editingFinished();
    QVERIFY(conflict->text().isEmpty());
    QVERIFY(m_actions->keys(ActionId::Open).contains(QKeySequence(QStringLiteral("Ctrl+L"))));
}

void TestActions::dialogFindsCommandsByKeyAndName()
{
    ShortcutsDialog dialog(*m_actions);
    auto *list = dialog.findChild<QTreeWidget *>();
    auto *search = dialog.findChild<QLineEdit *>();
    const auto shown = [list] {
        QStringList names;
        for (int i = 0; i < list->topLevelItemCount(); ++i) {
            if (!list->topLevelItem(i)->isHidden())
                names << list->topLevelItem(i)->text(0);
        }
        return names;
    };
    QCOMPARE(shown().size(), m_actions->ids().size());
    search->setText(QStringLiteral("ctrl+0"));
    QCOMPARE(shown(), QStringList{m_actions->name(ActionId::Fit)});
    search->setText(QStringLiteral("undo"));
    QCOMPARE(shown(), QStringList{m_actions->name(ActionId::Undo)});
}

QTEST_MAIN(TestActions)
#include "tst_actions.moc"
