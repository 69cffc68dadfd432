// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/tilestore.h"
#include "settings/enginesettings.h"
#include "settings/preferencesdialog.h"
#include "settings/shortcutspage.h"
#include "ui/windowharness.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSpinBox>
#include <QTreeWidget>

using namespace heirloom;
using namespace heirloom::test;

class TestPreferences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void choicesHoldAtOnce();
    void limitsReachTheEngine();
    void folderThatCannotBeWrittenIsRefusedInWords();
    void keysAreAPageOfTheirOwn();
};

void TestPreferences::choicesHoldAtOnce()
{
    WindowHarness h;
    h.trigger(ActionId::Preferences);
    auto *dialog = h.find<PreferencesDialog>("preferencesDialog");
    QVERIFY(dialog && dialog->isVisible());
    auto *theme = dialog->findChild<QComboBox *>(QStringLiteral("view/theme"));
    theme->setCurrentIndex(theme->findData(QStringLiteral("dark")));
    Q_EMIT theme->activated(theme->currentIndex());
    QCOMPARE(h.theme.look(), Look::Dark);
    QCOMPARE(h.settings->value(setting::theme), QStringLiteral("dark"));
    auto *mark = dialog->findChild<QCheckBox *>(QStringLiteral("export/mark"));
    QVERIFY(mark->isChecked());
    mark->setChecked(false);
    QVERIFY(!h.settings->value(setting::exportMark));
}

void TestPreferences::limitsReachTheEngine()
{
    WindowHarness h;
    const EngineSettings engine(*h.settings, h.workspace->tileStore(), *h.models);
    QCOMPARE(h.workspace->tileStore()->budget(), qint64(1024) << 20);
    PreferencesDialog dialog(*h.settings, h.window->actions());
    dialog.findChild<QSpinBox *>(QStringLiteral("memory/pictureMegabytes"))->setValue(512);
    QCOMPARE(h.workspace->tileStore()->budget(), qint64(512) << 20);
    dialog.findChild<QSpinBox *>(QStringLiteral("memory/networkMegabytes"))->setValue(2048);
    dialog.findChild<QSpinBox *>(QStringLiteral("engine/tile"))->setValue(128);
    QCOMPARE(h.models->planContext().memoryBytes, qint64(2048) << 20);
    QCOMPARE(h.models->planContext().tile, 128);
}

void TestPreferences::folderThatCannotBeWrittenIsRefusedInWords()
{
    WindowHarness h;
    PreferencesDialog dialog(*h.settings, h.window->actions());
    dialog.showPage(PreferencesDialog::Page::Files);
    dialog.show();
    auto *folder = dialog.findChild<QLineEdit *>(QStringLiteral("recovery/folder"));
    auto *problem = dialog.findChild<QLabel *>(QStringLiteral("recoveryProblem"));
    folder->setText(h.samples.first()); // a file
    Q_EMIT folder->editingFinished();
    QVERIFY(problem->isVisible());
    QVERIFY(h.settings->value(setting::recoveryFolder).isEmpty());
    folder->setText(h.folder.path());
    Q_EMIT folder->editingFinished();
    QVERIFY(!problem->isVisible());
    QCOMPARE(h.settings->value(setting::recoveryFolder), h.folder.path());
}

void TestPreferences::keysAreAPageOfTheirOwn()
{
    WindowHarness h;
    PreferencesDialog dialog(*h.settings, h.window->actions());
    dialog.showPage(PreferencesDialog::Page::Keyboard);
    dialog.show();
    auto *page = dialog.findChild<ShortcutsPage *>();
    QVERIFY(page && page->isVisible());
    auto *list = page->findChild<QTreeWidget *>();
    page->findChild<QLineEdit *>()->setText(QStringLiteral("full screen"));
    int shown = 0;
    for (int i = 0; i < list->topLevelItemCount(); ++i)
        shown += !list->topLevelItem(i)->isHidden();
    QCOMPARE(shown, 1);
}

QTEST_MAIN(TestPreferences)
#include "tst_preferences.moc"
