// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/modelpins.h"
#include "models/modelfetcher.h"
#include "models/modelsdialog.h"
#include "ui/windowharness.h"

#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QTreeWidget>

using namespace heirloom;
using namespace heirloom::test;

class TestModelsDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knownButMissingPacksAreListed();
    void fetchingAsksFirst();
    void fetchingRunsTheScriptWithTheMissingIds();
    void failedFetchIsToldInItsWords();
    void stoppedFetchIsNoError();
    void selfTestOfAMissingPackIsNotOffered();

private:
    /// A stand-in for models/fetch that writes its arguments beside itself.
    static QString script(WindowHarness &h, const QByteArray &body)
    {
        return h.write("fetch", "import sys, time\n"
                                "open(__file__ + '.args', 'w').write(' '.join(sys.argv[1:]))\n" +
                                    body);
    }
    static void answer(ModelsDialog &dialog, const char *button)
    {
        auto *question = dialog.findChild<QMessageBox *>(QStringLiteral("fetchQuestion"));
        QVERIFY(question && question->isVisible());
        for (QAbstractButton *b : question->buttons()) {
            if (b->text() == QLatin1String(button))
                QTest::mouseClick(b, Qt::LeftButton);
        }
    }
};

void TestModelsDialog::knownButMissingPacksAreListed()
{
    WindowHarness h;
    ModelsDialog dialog(*h.models, h.worker, h.fetcher);
    auto *list = dialog.findChild<QTreeWidget *>();
    QCOMPARE(list->topLevelItemCount(), int(compiledModelPins().size()));
    QVERIFY(list->topLevelItemCount() >= 4);
    for (int i = 0; i < list->topLevelItemCount(); ++i)
        QCOMPARE(list->topLevelItem(i)->text(3), QStringLiteral("Not installed"));
    QVERIFY(!dialog.findChild<QPushButton *>(QStringLiteral("fetchModels"))->isEnabled());
}

void TestModelsDialog::fetchingAsksFirst()
{
    WindowHarness h;
    const QString program = script(h, "");
    ModelFetcher fetcher(program, h.folder.filePath(QStringLiteral("out")));
    ModelsDialog dialog(*h.models, h.worker, fetcher);
    dialog.show();
    QTest::mouseClick(dialog.findChild<QPushButton *>(QStringLiteral("fetchModels")),
                      Qt::LeftButton);
    answer(dialog, "Cancel");
    QVERIFY(!fetcher.isRunning());
    QVERIFY(!QFileInfo::exists(program + QStringLiteral(".args")));
}

void TestModelsDialog::fetchingRunsTheScriptWithTheMissingIds()
{
    WindowHarness h;
    const QString program = script(h, "print('one: from somewhere ... 1.0 MB', flush=True)\n");
    ModelFetcher fetcher(program, h.folder.filePath(QStringLiteral("out")));
    ModelsDialog dialog(*h.models, h.worker, fetcher);
    dialog.show();
    QSignalSpy said(&fetcher, &ModelFetcher::said);
    QSignalSpy finished(&fetcher, &ModelFetcher::finished);
    QSignalSpy changed(&dialog, &ModelsDialog::modelsChanged);
    QTest::mouseClick(dialog.findChild<QPushButton *>(QStringLiteral("fetchModels")),
                      Qt::LeftButton);
    answer(dialog, "Fetch");
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20000);
    QCOMPARE(said.first().first().toString(), QStringLiteral("one: from somewhere ... 1.0 MB"));
    QCOMPARE(changed.count(), 1);
    QFile arguments(program + QStringLiteral(".args"));
    QVERIFY(arguments.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(arguments.readAll());
    for (const ModelPin &pin : compiledModelPins())
        QVERIFY(text.contains(QStringLiteral("--only ") + pin.id));
    QVERIFY(text.contains(QStringLiteral("--out ") + fetcher.folder()));
}

void TestModelsDialog::failedFetchIsToldInItsWords()
{
    WindowHarness h;
    ModelFetcher fetcher(script(h, "sys.stderr.write('Check the network.')\nsys.exit(1)\n"),
                         h.folder.filePath(QStringLiteral("out")));
    ModelsDialog dialog(*h.models, h.worker, fetcher);
    dialog.show();
    QSignalSpy finished(&fetcher, &ModelFetcher::finished);
    QTest::mouseClick(dialog.findChild<QPushButton *>(QStringLiteral("fetchModels")),
                      Qt::LeftButton);
    answer(dialog, "Fetch");
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20000);
    QVERIFY(dialog.findChild<QLabel *>(QStringLiteral("modelStatus"))
                ->text()
                .contains(QStringLiteral("Check the network.")));
}

void TestModelsDialog::stoppedFetchIsNoError()
{
    WindowHarness h;
    ModelFetcher fetcher(script(h, "print('begun', flush=True)\ntime.sleep(600)\n"),
                         h.folder.filePath(QStringLiteral("out")));
    ModelsDialog dialog(*h.models, h.worker, fetcher);
    dialog.show();
    QSignalSpy said(&fetcher, &ModelFetcher::said);
    QSignalSpy finished(&fetcher, &ModelFetcher::finished);
    auto *button = dialog.findChild<QPushButton *>(QStringLiteral("fetchModels"));
    QTest::mouseClick(button, Qt::LeftButton);
    answer(dialog, "Fetch");
    QTRY_VERIFY_WITH_TIMEOUT(said.count() > 0, 20000);
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 20000);
    QVERIFY(dialog.findChild<QLabel *>(QStringLiteral("modelStatus"))
                ->text()
                .contains(QStringLiteral("Stopped")));
}

void TestModelsDialog::selfTestOfAMissingPackIsNotOffered()
{
    WindowHarness h;
    ModelsDialog dialog(*h.models, h.worker, h.fetcher);
    QVERIFY(!dialog.findChild<QPushButton *>(QStringLiteral("selfTest"))->isEnabled());
}

QTEST_MAIN(TestModelsDialog)
#include "tst_modelsdialog.moc"
