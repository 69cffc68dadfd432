// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/errortext.h"
#include "edit/documenteditor.h"
#include "session/project.h"
#include "ui/windowharness.h"
#include "widgets/messagebar.h"

#include <QFileDialog>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

/// Answers the dialog that asks where to save.
bool chooseFile(WindowHarness &h, const QString &path)
{
    auto *dialog = h.find<QFileDialog>("saveDialog");
    if (!dialog)
        return false;
    dialog->selectFile(path);
    QMetaObject::invokeMethod(dialog, "accept");
    return true;
}

bool isKept(const WindowHarness &h)
{
    return !h.session->isModified();
}

} // namespace

class TestSaving : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void firstSaveAsksWhereAndSuggestsTheFolderOfThePhoto();
    void nextSaveAsksNothing();
    void savedProjectOpensWithItsLayers();
    void savingIsForEachPhotoAndGoesOnInItsBackground();
    void workDuringASaveIsSavedToo();
    void photoItselfIsNeverTheTarget();
    void failureIsSaidAndTheWorkStaysUnsaved();
    void closingOffersToSave();
    void givenUpDialogSavesNothing();
};

void TestSaving::firstSaveAsksWhereAndSuggestsTheFolderOfThePhoto()
{
    WindowHarness h;
    h.write("own.png", [&] {
        QFile file(h.samples.first());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }());
    h.window->openPaths({h.folder.filePath(QStringLiteral("own.png"))});
    QVERIFY(h.waitFor([&] { return h.session->hasDocument(); }));
    QVERIFY(h.enlarge());
    h.trigger(ActionId::Save);
    auto *dialog = h.find<QFileDialog>("saveDialog");
    QVERIFY(dialog && dialog->isVisible());
    QCOMPARE(dialog->selectedFiles(), QStringList{h.folder.filePath(QStringLiteral("own.ora"))});
    QVERIFY(chooseFile(h, h.folder.filePath(QStringLiteral("chosen.ora"))));
    QVERIFY(h.waitFor([&] { return isKept(h); }));
    QVERIFY(QFileInfo::exists(h.folder.filePath(QStringLiteral("chosen.ora"))));
    QVERIFY(!h.window->isWindowModified());
    QVERIFY(h.window->windowTitle().contains(QStringLiteral("chosen.ora")));
    QVERIFY(h.find<MessageBar>("messageBar")->text().contains(QStringLiteral("chosen.ora")));
    QVERIFY(h.settings->value(setting::recentFiles)
                .contains(h.folder.filePath(QStringLiteral("chosen.ora"))));
}

void TestSaving::nextSaveAsksNothing()
{
    WindowHarness h;
    QVERIFY(h.open());
    h.trigger(ActionId::RotateLeft);
    h.trigger(ActionId::Save);
    QVERIFY(chooseFile(h, h.folder.filePath(QStringLiteral("a.ora"))));
    QVERIFY(h.waitFor([&] { return isKept(h); }));
    QVERIFY(h.waitFor([&] { return !h.find<QFileDialog>("saveDialog"); }));
    h.trigger(ActionId::RotateLeft);
    QVERIFY(h.session->isModified());
    h.trigger(ActionId::Save);
    QVERIFY(!h.find<QFileDialog>("saveDialog"));
    QVERIFY(h.waitFor([&] { return isKept(h); }));
    h.trigger(ActionId::Undo);
    QVERIFY(h.session->isModified());
    h.trigger(ActionId::Redo);
    QVERIFY(!h.session->isModified());
}

void TestSaving::savedProjectOpensWithItsLayers()
{
    WindowHarness h;
    QVERIFY(h.open());
    QVERIFY(h.enlarge());
    const QString path = h.folder.filePath(QStringLiteral("layers.ora"));
    h.trigger(ActionId::Save);
    QVERIFY(chooseFile(h, path));
    QVERIFY(h.waitFor([&] { return isKept(h); }));
    h.trigger(ActionId::Close);
    QCOMPARE(h.workspace->count(), 0);
    h.window->openPaths({path});
    QVERIFY(h.waitFor([&] { return h.session->hasDocument(); }));
    QCOMPARE(h.session->document()->stack().count(), 2);
    QCOMPARE(h.size(), QSize(96, 64));
    QVERIFY(!h.session->isModified());
    h.window->openPaths({path}); // open already
    QCOMPARE(h.workspace->count(), 1);
    // The photo that the project was made from is another thing than the project.
    h.window->openPaths({h.samples.first()});
    QVERIFY(h.waitFor([&] { return h.workspace->count() == 2; }));
}

void TestSaving::savingIsForEachPhotoAndGoesOnInItsBackground()
{
    WindowHarness h;
    h.window->openPaths(h.samples);
    QVERIFY(h.waitFor([&] { return h.workspace->count() == 2; }));
    EditorSession *first = h.workspace->at(0);
    EditorSession *second = h.workspace->at(1);
    h.trigger(ActionId::RotateLeft);
    h.trigger(ActionId::Save);
    QVERIFY(chooseFile(h, h.folder.filePath(QStringLiteral("first.ora"))));
    QVERIFY(first->isModified()); // not on disk yet, and the window is free
    h.trigger(ActionId::NextPhoto);
    QCOMPARE(h.workspace->current(), second);
    h.trigger(ActionId::FlipVertical);
    QVERIFY(h.waitFor([&] { return !first->isModified(); }));
    QVERIFY(second->isModified());
    QVERIFY(second->projectPath().isEmpty());
}

void TestSaving::workDuringASaveIsSavedToo()
{
    WindowHarness h;
    QVERIFY(h.open());
    h.trigger(ActionId::RotateLeft);
    const QString path = h.folder.filePath(QStringLiteral("a.ora"));
    h.trigger(ActionId::Save);
    QVERIFY(chooseFile(h, path));
    h.trigger(ActionId::FlipVertical); // the first save is under way
    h.trigger(ActionId::Save);
    QVERIFY(h.waitFor([&] { return isKept(h); }));
    const auto project = Project::open(path, h.workspace->tileStore(), {});
    QVERIFY(project);
    QCOMPARE(project->state.stack.at(0).transform,
             h.session->document()->stack().at(0).transform);
}

void TestSaving::photoItselfIsNeverTheTarget()
{
    WindowHarness h;
    QVERIFY(h.open());
    h.trigger(ActionId::RotateLeft);
    QFile file(h.samples.first());
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray before = file.readAll();
    QVERIFY(!h.session->saveProject(h.samples.first(), true).isValid());
    auto *bar = h.find<MessageBar>("messageBar");
    QVERIFY(bar->isVisible());
    QCOMPARE(bar->text(), errorSentence(Error(ErrorCode::OutputIsInput, {h.samples.first()})));
    file.seek(0);
    QCOMPARE(file.readAll(), before);
    QVERIFY(h.session->isModified());
}

void TestSaving::failureIsSaidAndTheWorkStaysUnsaved()
{
    WindowHarness h;
    QVERIFY(h.open());
    h.trigger(ActionId::RotateLeft);
    const QString path = h.folder.filePath(QStringLiteral("gone/a.ora"));
    QVERIFY(QDir(h.folder.path()).mkdir(QStringLiteral("gone")));
    h.trigger(ActionId::Save);
    QVERIFY(chooseFile(h, path));
    QVERIFY(h.waitFor([&] { return isKept(h); }));
    QVERIFY(QDir(h.folder.filePath(QStringLiteral("gone"))).removeRecursively());
    h.trigger(ActionId::RotateLeft);
    h.trigger(ActionId::Save);
    auto *bar = h.find<MessageBar>("messageBar");
    QVERIFY(h.waitFor([&] { return bar->isVisible() && bar->text().contains(path); }));
    QVERIFY(h.session->isModified());
    QVERIFY(!QFileInfo::exists(path));
}

void TestSaving::closingOffersToSave()
{
    WindowHarness h;
    QVERIFY(h.open());
    h.trigger(ActionId::RotateLeft);
    h.trigger(ActionId::Close);
    h.click("leaveSave");
    QVERIFY(chooseFile(h, h.folder.filePath(QStringLiteral("kept.ora"))));
    QVERIFY(h.waitFor([&] { return h.workspace->count() == 0; }));
    QVERIFY(QFileInfo::exists(h.folder.filePath(QStringLiteral("kept.ora"))));
}

void TestSaving::givenUpDialogSavesNothing()
{
    WindowHarness h;
    QVERIFY(h.open());
    h.trigger(ActionId::RotateLeft);
    h.trigger(ActionId::Save);
    auto *dialog = h.find<QFileDialog>("saveDialog");
    QVERIFY(dialog);
    dialog->reject();
    QVERIFY(h.session->isModified());
    QVERIFY(QDir(h.folder.path()).entryList({QStringLiteral("*.ora")}).isEmpty());
}

QTEST_MAIN(TestSaving)
#include "tst_saving.moc"
