// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/windowharness.h"
#include "widgets/messagebar.h"
#include "widgets/picturetile.h"

#include <QFileDialog>
#include <QStandardPaths>

using namespace heirloom;
using namespace heirloom::test;

/// What a person does who has never seen the program.
class TestFirstUse : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }
    void twoClicksToAResultAndAThirdSavesIt();
    void savingAgainReplacesNothing();
    void enlargeOnTheStartPageAsksForAPhotoAndShowsTheTool();
    void missingRecentPhotosAreGreyAndTheListCanBeCleared();
};

void TestFirstUse::twoClicksToAResultAndAThirdSavesIt()
{
    WindowHarness h;
    const QFileInfo folder(h.folder.path());
    const QStringList before = QDir(h.folder.path()).entryList(QDir::Files);
    // First click: the sample on the start page.
    QTest::mouseClick(h.window->findChildren<PictureTile *>().first(), Qt::LeftButton);
    QVERIFY(h.waitFor([&] { return h.session->hasDocument(); }));
    // Second: the one marked button.
    h.click("applyButton");
    QVERIFY(h.waitFor([&] { return h.size() == QSize(96, 64); }));
    QVERIFY(h.fast->runs > 0);
    // Third: the marked button is now the one that saves.
    h.click("exportNowButton");
    QVERIFY(h.waitFor([&] { return !h.session->isModified(); }));
    // The sample belongs to the program, so nothing appears beside it.
    QStringList after = QDir(h.folder.path()).entryList(QDir::Files);
    after.removeAll(QStringLiteral("settings.ini"));
    QStringList expected = before;
    expected.removeAll(QStringLiteral("settings.ini"));
    QCOMPARE(after, expected);
    const QString told = h.find<MessageBar>("messageBar")->text();
    QVERIFY2(told.contains(QStringLiteral("sample_restored")), qPrintable(told));
    const QDir pictures(QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
    const QStringList written = (pictures.exists() ? pictures : QDir::home())
                                    .entryList({QStringLiteral("sample_restored*.png")});
    QVERIFY(!written.isEmpty());
    bool found = false;
    for (const QString &name : written) {
        const QString path = (pictures.exists() ? pictures : QDir::home()).filePath(name);
        if (told.contains(path)) {
            QCOMPARE(QImage(path).size(), QSize(96, 64));
            found = QFile::remove(path);
        }
    }
    QVERIFY(found);
}

void TestFirstUse::savingAgainReplacesNothing()
{
    WindowHarness h;
    const QString photo = h.folder.filePath(QStringLiteral("own.png"));
    WindowHarness::picture({48, 32}).save(photo);
    h.window->openPaths({photo});
    QVERIFY(h.waitFor([&] { return h.session->hasDocument(); }));
    QVERIFY(h.enlarge());
    for (const char *name : {"own_restored.png", "own_restored-2.png"}) {
        h.click("exportNowButton");
        const QString path = h.folder.filePath(QLatin1String(name));
        QVERIFY2(h.waitFor([&] { return QFileInfo::exists(path); }), name);
        QVERIFY(h.waitFor([&] { return h.worker.isIdle(); }));
    }
    QCOMPARE(QImage(photo),
             WindowHarness::picture({48, 32}).convertToFormat(QImage(photo).format()));
}

void TestFirstUse::enlargeOnTheStartPageAsksForAPhotoAndShowsTheTool()
{
    WindowHarness h;
    h.click("start_enlarge");
    auto *dialog = h.window->findChild<QFileDialog *>();
    QVERIFY(dialog && dialog->isVisible());
    Q_EMIT dialog->filesSelected({h.samples.first()});
    QVERIFY(h.waitFor([&] { return h.session->hasDocument(); }));
    QVERIFY(h.find<QWidget>("enlargePanel")->isVisible());
}

void TestFirstUse::missingRecentPhotosAreGreyAndTheListCanBeCleared()
{
    WindowHarness h;
    const QString gone = h.folder.filePath(QStringLiteral("gone.png"));
    WindowHarness::picture({48, 32}).save(gone);
    h.window->openPaths({gone});
    QVERIFY(h.waitFor([&] { return h.session->hasDocument(); }));
    h.trigger(ActionId::Close);
    QVERIFY(QFile::remove(gone));
    h.settings->set(setting::recentFiles, QStringList{gone, h.samples.first()});
    h.window->openPaths({h.samples.last()}); // the list is shown anew
    QVERIFY(h.waitFor([&] { return h.session->hasDocument(); }));
    h.trigger(ActionId::Close);
    PictureTile *missing = nullptr;
    QVERIFY(h.waitFor([&] {
        for (PictureTile *tile : h.window->findChildren<PictureTile *>()) {
            if (tile->path() == gone && tile->isVisible())
                missing = tile;
        }
        return missing;
    }));
    QVERIFY(!missing->isEnabled());
    for (QAbstractButton *button :
         h.find<QWidget>("startPage")->findChildren<QAbstractButton *>()) {
        if (button->isVisible() && button->objectName() == QLatin1String("clearRecent"))
            button->click();
    }
    QVERIFY(h.settings->value(setting::recentFiles).isEmpty());
}

QTEST_MAIN(TestFirstUse)
#include "tst_firstuse.moc"
