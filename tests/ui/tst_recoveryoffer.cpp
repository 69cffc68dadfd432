// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/leavequestion.h"
#include "edit/documenteditor.h"
#include "edit/history.h"
#include "session/recovery.h"
#include "ui/windowharness.h"
#include "widgets/messagebar.h"
#include "widgets/recoverybar.h"

#include <QListWidget>
#include <QPushButton>
#include <QTabBar>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

/// A window with recovery in a folder that outlives it.
struct RecoveringWindow {
    WindowHarness harness;
    Recovery recovery;
    std::unique_ptr<MainWindow> window;

    static Recovery::Options options(const QString &folder)
    {
        Recovery::Options options;
        options.folders = QStringList{folder};
        options.retryMs = 50;
        return options;
    }
    explicit RecoveringWindow(const QString &folder)
        : RecoveringWindow(options(folder))
    {
    }
    explicit RecoveringWindow(const Recovery::Options &options)
        : recovery(*harness.workspace, options)
    {
        harness.window.reset();
        harness.window = std::make_unique<MainWindow>(
            WindowServices{*harness.settings, harness.theme, harness.worker, *harness.models,
                           *harness.workspace, harness.fetcher, harness.samples,
                           harness.folder.filePath(QStringLiteral("thumbnails")), &recovery});
        harness.window->resize(1280, 720);
        harness.window->show();
        harness.window->activateWindow();
    }
    ~RecoveringWindow() { harness.window.reset(); }

    RecoveryBar *bar() const { return harness.find<RecoveryBar>("recoveryBar"); }
    bool look()
    {
        QSignalSpy looked(&recovery, &Recovery::looked);
        recovery.look();
        return looked.wait(20000);
    }
    bool isKept() { return recovery.isKept(*harness.workspace->current()); }
};

/// Leaves work as a crash would: the steps on the disk, nobody who holds the lock.
void leaveWork(const QString &folder, int photos, int steps)
{
    WindowHarness h;
    Recovery recovery(*h.workspace, RecoveringWindow::options(folder));
    for (int i = 0; i < photos; ++i) {
        QVERIFY(h.open(i));
        QVERIFY(h.waitFor([&] { return h.workspace->count() == i + 1; }));
        for (int k = 0; k < steps; ++k)
            QVERIFY(h.workspace->at(i)->editor().flip(k % 2 ? Qt::Vertical : Qt::Horizontal));
    }
    // Destroyed before the workspace, whose photos were never closed.
}

QStringList filesIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::Files | QDir::Hidden);
}

} // namespace

class TestRecoveryOffer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingLeftNothingOffered();
    void offerSaysWhichWhenAndHowMuch();
    void restoreOpensModifiedTabs();
    void closingTheWindowLeavesNothingBehind();
    void notNowOffersAgainAtTheNextStart();
    void discardAsksOnceAndIsGone();
    void offerDoesNotHideThePhotoThatWasGiven();
    void newerVersionsWorkIsSaidAndLeftAlone();
    void fullDiskIsSaidQuietly();
    void slowDiskShowsThePendingStep();
    void keyboardReachesEveryAnswer();
};

void TestRecoveryOffer::nothingLeftNothingOffered()
{
    const QTemporaryDir dir;
    RecoveringWindow w(dir.path());
    QVERIFY(w.look());
    QVERIFY(!w.bar()->isVisible());
}

void TestRecoveryOffer::offerSaysWhichWhenAndHowMuch()
{
    const QTemporaryDir dir;
    leaveWork(dir.path(), 1, 3);
    {
        RecoveringWindow w(dir.path());
        QVERIFY(w.look());
        QVERIFY(w.bar()->isVisible());
        const QString text = w.bar()->text();
        QVERIFY2(text.contains(QStringLiteral("sample.png")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("3 step")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("today at")), qPrintable(text));
    }
    leaveWork(dir.path(), 2, 2);
    RecoveringWindow w(dir.path());
    QVERIFY(w.look());
    QVERIFY(w.bar()->text().contains(QStringLiteral("3 photos")));
    QVERIFY(w.bar()->text().contains(QStringLiteral("other.png")));
}

void TestRecoveryOffer::restoreOpensModifiedTabs()
{
    const QTemporaryDir dir;
    leaveWork(dir.path(), 2, 2);
    {
        RecoveringWindow w(dir.path());
        WindowHarness &h = w.harness;
        QVERIFY(w.look());
        h.click("restoreWork");
        QVERIFY(!w.bar()->isVisible());
        QVERIFY(h.waitFor([&] { return h.workspace->count() == 2; }));
        for (EditorSession *session : h.workspace->sessions()) {
            QVERIFY(session->isModified());
            QCOMPARE(session->history().index(), 2);
        }
        QVERIFY(h.find<QTabBar>("photoTabs")->tabText(0).endsWith(u'*'));
        // Undo works, and what comes next is kept too.
        h.trigger(ActionId::Undo);
        QCOMPARE(h.session->history().index(), 1);
        QVERIFY(h.session->editor().flip(Qt::Vertical));
        QVERIFY(h.waitFor([&] { return w.isKept(); }));
        // Closing asks, and what is discarded there is gone.
        for (int left = 2; left > 0; --left) {
            h.trigger(ActionId::Close);
            auto *question = h.find<LeaveQuestion>("leaveQuestion");
            QVERIFY(question);
            h.click("leaveDiscard");
            QVERIFY(h.waitFor([&] { return h.workspace->count() == left - 1; }));
            QVERIFY(h.waitFor([&] { return !h.find<LeaveQuestion>("leaveQuestion"); }));
        }
    }
    QCOMPARE(filesIn(dir.path()), QStringList());
}

void TestRecoveryOffer::closingTheWindowLeavesNothingBehind()
{
    const QTemporaryDir dir;
    RecoveringWindow w(dir.path());
    WindowHarness &h = w.harness;
    QVERIFY(h.open());
    QVERIFY(h.session->editor().flip(Qt::Horizontal));
    QVERIFY(h.waitFor([&] { return w.isKept(); }));
    QCOMPARE(filesIn(dir.path()).size(), 2);
    h.window->close();
    h.click("leaveDiscard");
    QVERIFY(h.waitFor([&] { return !h.window->isVisible(); }));
    QTRY_COMPARE(filesIn(dir.path()), QStringList());
}

void TestRecoveryOffer::notNowOffersAgainAtTheNextStart()
{
    const QTemporaryDir dir;
    leaveWork(dir.path(), 1, 1);
    const QStringList before = QDir(dir.path()).entryList({QStringLiteral("*.journal")});
    for (int start = 0; start < 2; ++start) {
        RecoveringWindow w(dir.path());
        QVERIFY(w.look());
        QVERIFY(w.bar()->isVisible());
        w.harness.click("keepWork");
        QVERIFY(!w.bar()->isVisible());
        QCOMPARE(w.harness.workspace->count(), 0);
    }
    QCOMPARE(filesIn(dir.path()), before);
}

void TestRecoveryOffer::discardAsksOnceAndIsGone()
{
    const QTemporaryDir dir;
    leaveWork(dir.path(), 1, 1);
    {
        RecoveringWindow w(dir.path());
        QVERIFY(w.look());
        const QString offered = w.bar()->text();
        w.harness.click("discardWork");
        QVERIFY(w.bar()->isVisible());
        QVERIFY(w.bar()->text() != offered);
        QVERIFY(!w.harness.find<QPushButton>("restoreWork")->isVisible());
        QCOMPARE(filesIn(dir.path()).size(), 2);
        w.harness.click("keepOffer");
        QCOMPARE(w.bar()->text(), offered);
        w.harness.click("discardWork");
        w.harness.click("discardWork");
        QVERIFY(!w.bar()->isVisible());
        QTRY_COMPARE(filesIn(dir.path()), QStringList());
    }
    RecoveringWindow w(dir.path());
    QVERIFY(w.look());
    QVERIFY(!w.bar()->isVisible());
}

void TestRecoveryOffer::offerDoesNotHideThePhotoThatWasGiven()
{
    const QTemporaryDir dir;
    leaveWork(dir.path(), 1, 2);
    RecoveringWindow w(dir.path());
    WindowHarness &h = w.harness;
    h.window->openPaths({h.samples.at(1)});
    QVERIFY(w.look());
    QVERIFY(h.waitFor([&] { return h.session->hasDocument(); }));
    QVERIFY(w.bar()->isVisible());
    QVERIFY(h.window->canvas().isVisible());
    QVERIFY(h.window->canvas().height() > 350);
    QCOMPARE(h.session->name(), QStringLiteral("other.png"));
    h.click("restoreWork");
    QVERIFY(h.waitFor([&] { return h.workspace->count() == 2; }));
    QCOMPARE(h.workspace->at(0)->name(), QStringLiteral("other.png"));
    QVERIFY(!h.workspace->at(0)->isModified());
    QVERIFY(h.workspace->at(1)->isModified());
}

void TestRecoveryOffer::newerVersionsWorkIsSaidAndLeftAlone()
{
    const QTemporaryDir dir;
    QFile file(dir.filePath(QStringLiteral("x.journal")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(RecoveryIndex::record(RecoveryKind::Head, {},
                                     R"({"version":2,"document":1,"name":"later.png"})"));
    file.close();
    RecoveringWindow w(dir.path());
    QVERIFY(w.look());
    QVERIFY(!w.bar()->isVisible());
    auto *messages = w.harness.find<MessageBar>("messageBar");
    QVERIFY(messages->isVisible());
    QVERIFY(messages->text().contains(QStringLiteral("later.png")));
    QVERIFY(file.exists());
}

void TestRecoveryOffer::fullDiskIsSaidQuietly()
{
    const QTemporaryDir dir;
    const QString folder = dir.filePath(QStringLiteral("journals"));
    QFile inTheWay(folder);
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    RecoveringWindow w(folder);
    WindowHarness &h = w.harness;
    QVERIFY(h.open());
    QVERIFY(h.session->editor().flip(Qt::Horizontal));
    auto *messages = h.find<MessageBar>("messageBar");
    QVERIFY(h.waitFor([&] { return messages->isVisible(); }));
    QVERIFY2(messages->text().contains(folder), qPrintable(messages->text()));
    // Editing goes on, and when it works again there is nothing left to say.
    QVERIFY(h.session->editor().flip(Qt::Vertical));
    QVERIFY(inTheWay.remove());
    QVERIFY(h.waitFor([&] { return !messages->isVisible(); }));
    QVERIFY(h.waitFor([&] { return w.isKept(); }));
}

void TestRecoveryOffer::slowDiskShowsThePendingStep()
{
    const QTemporaryDir dir;
    Recovery::Options options = RecoveringWindow::options(dir.path());
    QSemaphore disk;
    options.file.device = [&disk](QFile &) -> std::unique_ptr<QIODevice> {
        disk.acquire();
        return nullptr;
    };
    RecoveringWindow w(options);
    WindowHarness &h = w.harness;
    QVERIFY(h.open());
    QVERIFY(h.session->editor().flip(Qt::Horizontal));
    auto *steps = h.find<QListWidget>("steps");
    QVERIFY(h.waitFor([&] { return steps->count() == 2 && steps->item(1)->font().italic(); }));
    QVERIFY(steps->item(1)->data(Qt::AccessibleTextRole).toString().contains(
        steps->item(1)->text()));
    disk.release(10);
    QVERIFY(h.waitFor([&] { return !steps->item(1)->font().italic(); }));
    QVERIFY(steps->item(1)->data(Qt::AccessibleTextRole).toString().isEmpty());
}

void TestRecoveryOffer::keyboardReachesEveryAnswer()
{
    const QTemporaryDir dir;
    leaveWork(dir.path(), 1, 1);
    RecoveringWindow w(dir.path());
    QVERIFY(w.look());
    for (const char *name : {"restoreWork", "keepWork", "discardWork"}) {
        auto *button = w.harness.find<QPushButton>(name);
        QVERIFY(button->focusPolicy() & Qt::TabFocus);
        QVERIFY(!button->toolTip().isEmpty());
        QVERIFY(!button->whatsThis().isEmpty());
    }
    w.harness.find<QPushButton>("discardWork")->setFocus();
    QTest::keyClick(w.harness.find<QPushButton>("discardWork"), Qt::Key_Space);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space); // a held key discards nothing
    QVERIFY(w.bar()->isVisible());
    QVERIFY(w.harness.find<QPushButton>("restoreWork")->isVisible());
    QTest::keyClick(w.harness.find<QPushButton>("keepWork"), Qt::Key_Space);
    QVERIFY(!w.bar()->isVisible());
}

QTEST_MAIN(TestRecoveryOffer)
#include "tst_recoveryoffer.moc"
