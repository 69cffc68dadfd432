// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recoverystage.h"
#include "richdocument.h"
#include "session/project.h"

using namespace heirloom;
using namespace heirloom::test;

namespace
{

/// The texts and digests of all states.
QList<QByteArray> allStates(History &history)
{
    QList<QByteArray> states;
    for (int i = 0; i <= history.count(); ++i)
        states << history.text(i).toUtf8() + ' ' + stateDigest(history.state(i));
    return states;
}

} // namespace

class TestRecovery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void workComesBackToTheBit();
    void everyKindOfLayerComesBack();
    void undoWorksAfterRecovery();
    void undoMovesThePresentState();
    void mergedStepIsItsLastValue();
    void wordsAndNamedStatesComeBack();
    void photoWhoseFileVanishedComesBackWithItsFile();
    void projectsPathComesBack();
    void savedProjectIsNotOffered();
    void exportedWorkIsOfferedAllTheSame();
    void closingLeavesNothingBehind();
    void onlyLookingWritesNothing();
    void journalOfTheLivingIsNotTouched();
    void notNowIsOfferedAgainAndDiscardIsNot();
    void recoveredWorkGoesOnInItsJournal();
};

void TestRecovery::workComesBackToTheBit()
{
    const QTemporaryDir dir;
    RecoveryStage before(dir.filePath(QStringLiteral("journals")));
    QVERIFY(before.open(writePhoto(dir.filePath(QStringLiteral("photo.png")))));
    const LayerId layer = before.addLayer({280, 190}, rgb8, 3);
    before.stroke(layer, {20, 30, 50, 40}, 4);
    QVERIFY(before.editor().setOpacity(layer, 0.6));
    QVERIFY(before.editor().rotateQuarter(1));
    QVERIFY(before.settle());
    copyFolder(dir.filePath(QStringLiteral("journals")), dir.filePath(QStringLiteral("left")));

    RecoveryStage after(dir.filePath(QStringLiteral("left")));
    QCOMPARE(after.look(), 1);
    const RecoverySummary &summary = after.recovery->summary(0);
    QCOMPARE(summary.name, QStringLiteral("photo.png"));
    QCOMPARE(summary.steps, 4);
    QVERIFY(qAbs(summary.time.secsTo(QDateTime::currentDateTimeUtc())) < 60);
    QVERIFY(after.restore());
    QCOMPARE(allStates(after.history()), allStates(before.history()));
    QCOMPARE(after.history().index(), 4);
    QVERIFY(after.session()->isModified());
    QCOMPARE(after.session()->path(), before.session()->path());
    QCOMPARE(after.session()->sourceInfo().size, before.session()->sourceInfo().size);
    QCOMPARE(stateDigest(after.document().snapshot()), stateDigest(before.document().snapshot()));
}

void TestRecovery::everyKindOfLayerComesBack()
{
    for (const Depth depth : {Depth::U8, Depth::U16}) {
        const QTemporaryDir dir;
        RecoveryStage before(dir.path());
        RichOptions rich;
        rich.format.depth = depth;
        const Snapshot state = richDocument(before.workspace.tileStore(), rich);
        QVERIFY(before.openImage(state.stack.at(0).pixels.toImage()));
        const Snapshot first = before.document().snapshot();
        before.document().restore(state);
        before.history().record(QStringLiteral("All at once"), first);
        QVERIFY(before.settle());
        const auto work = readJournal(journalIn(dir.path()));
        QVERIFY(work);
        QCOMPARE(work->steps.size(), size_t(2));
        QCOMPARE(stateDigest(work->steps[1].state), stateDigest(state));
        QVERIFY(work->photo.pixels == state.stack.at(0).pixels);
    }
}

void TestRecovery::undoWorksAfterRecovery()
{
    const QTemporaryDir dir;
    RecoveryStage before(dir.filePath(QStringLiteral("journals")));
    QVERIFY(before.openImage(photoPicture({300, 200}, rgb8)));
    const LayerId layer = before.addLayer({300, 200}, rgb8, 3);
    for (quint32 i = 0; i < 5; ++i)
        before.stroke(layer, {int(i) * 20, 30, 50, 40}, i);
    QVERIFY(before.settle());
    const auto states = allStates(before.history());
    copyFolder(dir.filePath(QStringLiteral("journals")), dir.filePath(QStringLiteral("left")));

    RecoveryStage after(dir.filePath(QStringLiteral("left")));
    QCOMPARE(after.look(), 1);
    QVERIFY(after.restore());
    QUndoStack &stack = after.session()->undoStack();
    for (int i = after.history().count(); i >= 0; --i) {
        QCOMPARE(after.history().text(i).toUtf8() + ' ' +
                     stateDigest(after.document().snapshot()),
                 states[i]);
        stack.undo();
    }
    QVERIFY(!stack.canUndo());
    while (stack.canRedo())
        stack.redo();
    QCOMPARE(stateDigest(after.document().snapshot()), stateDigest(before.document().snapshot()));
    // States share what did not change between them, as they did before.
    QCOMPARE(after.history().bytes(), before.history().bytes());
}

void TestRecovery::undoMovesThePresentState()
{
    const QTemporaryDir dir;
    RecoveryStage before(dir.path());
    QVERIFY(before.openImage(photoPicture({100, 100}, rgb8)));
    const LayerId layer = before.addLayer({100, 100}, rgb8, 3);
    before.stroke(layer, {10, 10, 20, 20}, 1);
    before.stroke(layer, {40, 40, 20, 20}, 2);
    before.session()->undoStack().undo();
    before.session()->undoStack().undo();
    QVERIFY(before.settle());
    auto work = readJournal(journalIn(dir.path()));
    QVERIFY(work);
    QCOMPARE(work->index, 1);
    QCOMPARE(work->steps.size(), size_t(4)); // what was undone can be redone
    QCOMPARE(stateDigest(work->steps[1].state), stateDigest(before.document().snapshot()));

    before.session()->undoStack().redo();
    QVERIFY(before.settle());
    QCOMPARE(readJournal(journalIn(dir.path()))->index, 2);

    // Another way from here: as many steps as before, but the last one is new.
    before.stroke(layer, {60, 60, 20, 20}, 3);
    QVERIFY(before.settle());
    work = readJournal(journalIn(dir.path()));
    QCOMPARE(work->steps.size(), size_t(4));
    QCOMPARE(work->index, 3);
    QCOMPARE(stateDigest(work->steps[3].state), stateDigest(before.document().snapshot()));
}

void TestRecovery::mergedStepIsItsLastValue()
{
    const QTemporaryDir dir;
    RecoveryStage before(dir.path());
    QVERIFY(before.openImage(photoPicture({100, 100}, rgb8)));
    const LayerId layer = before.addLayer({100, 100}, rgb8, 3);
    for (int i = 1; i <= 30; ++i) {
        QVERIFY(before.editor().setOpacity(layer, i / 100.0));
        if (i % 7 == 0)
            QVERIFY(before.settle()); // some of the values in between reach the disk, some do not
    }
    QVERIFY(before.settle());
    auto work = readJournal(journalIn(dir.path()));
    QVERIFY(work);
    QCOMPARE(work->steps.size(), size_t(3));
    QCOMPARE(work->steps[2].state.stack.find(layer)->opacity, 0.3);
    // A drag back to where it began is no step at all.
    QVERIFY(before.editor().setOpacity(layer, 1));
    QVERIFY(before.settle());
    work = readJournal(journalIn(dir.path()));
    QCOMPARE(work->steps.size(), size_t(before.history().count() + 1));
    QCOMPARE(work->steps.size(), size_t(2));
    QCOMPARE(work->index, 1);
}

void TestRecovery::wordsAndNamedStatesComeBack()
{
    const QTemporaryDir dir;
    RecoveryStage before(dir.filePath(QStringLiteral("journals")));
    QVERIFY(before.open(writePhoto(dir.filePath(QStringLiteral("photo.png")))));
    MetadataEdits words = before.session()->metadataEdits();
    words.caption = QStringLiteral("Großmutter in Odessa");
    words.people = QStringList{QStringLiteral("Anna"), QStringLiteral("Лев")};
    words.date = QStringLiteral("about 1935");
    before.session()->setMetadataEdits(words); // without any step
    QVERIFY(before.settle());
    auto work = readJournal(journalIn(dir.filePath(QStringLiteral("journals"))));
    QVERIFY(work);
    QCOMPARE(work->words, words);
    QCOMPARE(work->steps.size(), size_t(1));

    const LayerId layer = before.addLayer({100, 100}, rgb8, 3);
    before.history().addSnapshot(QStringLiteral("first"));
    before.stroke(layer, {10, 10, 20, 20}, 1);
    before.history().addSnapshot(QStringLiteral("second"));
    before.history().renameSnapshot(0, QStringLiteral("renamed"));
    QVERIFY(before.settle());
    copyFolder(dir.filePath(QStringLiteral("journals")), dir.filePath(QStringLiteral("left")));

    RecoveryStage after(dir.filePath(QStringLiteral("left")));
    QCOMPARE(after.look(), 1);
    QVERIFY(after.restore());
    QCOMPARE(after.session()->metadataEdits(), words);
    const auto &named = after.history().snapshots();
    QCOMPARE(named.size(), size_t(2));
    for (size_t i = 0; i < 2; ++i) {
        QCOMPARE(named[i].name, before.history().snapshots()[i].name);
        QCOMPARE(stateDigest(named[i]), stateDigest(before.history().snapshots()[i]));
    }
    after.history().removeSnapshot(1);
    QVERIFY(after.settle());
    QCOMPARE(readJournal(journalIn(dir.filePath(QStringLiteral("left"))))->snapshots.size(),
             size_t(1));
}

void TestRecovery::photoWhoseFileVanishedComesBackWithItsFile()
{
    const QTemporaryDir dir;
    const QString photo = writePhoto(dir.filePath(QStringLiteral("photo.png")));
    const QByteArray bytes = contentOf(photo);
    RecoveryStage before(dir.filePath(QStringLiteral("journals")));
    QVERIFY(before.open(photo));
    QVERIFY(before.editor().flip(Qt::Horizontal));
    QVERIFY(QFile::remove(photo)); // possibly before the journal has read it
    QVERIFY(before.settle());
    copyFolder(dir.filePath(QStringLiteral("journals")), dir.filePath(QStringLiteral("left")));

    RecoveryStage after(dir.filePath(QStringLiteral("left")));
    QCOMPARE(after.look(), 1);
    QVERIFY(after.restore());
    QCOMPARE(after.session()->photo().original->bytes(), bytes);
    QCOMPARE(after.session()->path(), photo);
    QCOMPARE(stateDigest(after.document().snapshot()), stateDigest(before.document().snapshot()));

    // A file that was written over since it was opened is not what the picture came from: its
    // pixels are kept, without the file.
    const QString changed = writePhoto(dir.filePath(QStringLiteral("changed.png")));
    RecoveryStage other(dir.filePath(QStringLiteral("other")));
    QVERIFY(other.open(changed));
    writeFile(changed, QByteArray(100, 'x'));
    QVERIFY(other.editor().flip(Qt::Vertical));
    QVERIFY(other.settle());
    const auto work = readJournal(journalIn(dir.filePath(QStringLiteral("other"))));
    QVERIFY(work);
    QVERIFY(!work->photo.original);
    QCOMPARE(stateDigest(work->steps[1].state), stateDigest(other.document().snapshot()));
}

void TestRecovery::projectsPathComesBack()
{
    const QTemporaryDir dir;
    RecoveryStage before(dir.filePath(QStringLiteral("journals")));
    QVERIFY(before.open(writePhoto(dir.filePath(QStringLiteral("photo.png")))));
    const LayerId layer = before.addLayer({100, 100}, rgb8, 3);
    const QString project = dir.filePath(QStringLiteral("work.ora"));
    QSignalSpy saved(before.session(), &EditorSession::saved);
    before.session()->saveProject(project);
    QVERIFY(saved.wait(20000));
    before.stroke(layer, {10, 10, 20, 20}, 1);
    QVERIFY(before.settle());
    copyFolder(dir.filePath(QStringLiteral("journals")), dir.filePath(QStringLiteral("left")));

    RecoveryStage after(dir.filePath(QStringLiteral("left")));
    QCOMPARE(after.look(), 1);
    QCOMPARE(after.recovery->summary(0).projectPath, project);
    QVERIFY(after.restore());
    QCOMPARE(after.session()->projectPath(), project);
    QVERIFY(after.session()->isModified());
    QSignalSpy again(after.session(), &EditorSession::saved);
    after.session()->saveProject(project);
    QVERIFY(again.wait(20000));
    QVERIFY(!after.session()->isModified());
    const auto opened = Project::open(project, after.workspace.tileStore(), {});
    QVERIFY(opened);
    QCOMPARE(stateDigest(opened->state), stateDigest(before.document().snapshot()));
}

void TestRecovery::savedProjectIsNotOffered()
{
    const QTemporaryDir dir;
    RecoveryStage before(dir.filePath(QStringLiteral("journals")));
    QVERIFY(before.open(writePhoto(dir.filePath(QStringLiteral("photo.png")))));
    const LayerId layer = before.addLayer({100, 100}, rgb8, 3);
    QSignalSpy saved(before.session(), &EditorSession::saved);
    before.session()->saveProject(dir.filePath(QStringLiteral("work.ora")));
    QVERIFY(saved.wait(20000));
    QVERIFY(before.settle());
    const QString left = dir.filePath(QStringLiteral("left"));
    copyFolder(dir.filePath(QStringLiteral("journals")), left);
    {
        RecoveryStage after(left);
        QCOMPARE(after.look(), 0);
        QCOMPARE(filesIn(left), QStringList());
    }
    {
        // Unless the project has gone since.
        copyFolder(dir.filePath(QStringLiteral("journals")), left);
        QVERIFY(QFile::rename(dir.filePath(QStringLiteral("work.ora")),
                              dir.filePath(QStringLiteral("gone.ora"))));
        RecoveryStage after(left);
        QCOMPARE(after.look(), 1);
        after.recovery->discardAll();
        QTRY_COMPARE(filesIn(left), QStringList());
        QVERIFY(QFile::rename(dir.filePath(QStringLiteral("gone.ora")),
                              dir.filePath(QStringLiteral("work.ora"))));
    }
    before.stroke(layer, {10, 10, 20, 20}, 1);
    QVERIFY(before.settle());
    copyFolder(dir.filePath(QStringLiteral("journals")), left);
    RecoveryStage after(left);
    QCOMPARE(after.look(), 1);
}

void TestRecovery::exportedWorkIsOfferedAllTheSame()
{
    const QTemporaryDir dir;
    RecoveryStage before(dir.filePath(QStringLiteral("journals")));
    QVERIFY(before.open(writePhoto(dir.filePath(QStringLiteral("photo.png")))));
    before.addLayer({100, 100}, rgb8, 3);
    ExportOptions options;
    options.path = dir.filePath(QStringLiteral("flat.png"));
    QSignalSpy exported(before.session(), &EditorSession::exported);
    before.session()->exportTo(options);
    QVERIFY(exported.wait(20000));
    QVERIFY(!before.session()->isModified());
    QVERIFY(before.settle());
    copyFolder(dir.filePath(QStringLiteral("journals")), dir.filePath(QStringLiteral("left")));
    RecoveryStage after(dir.filePath(QStringLiteral("left")));
    QCOMPARE(after.look(), 1); // a flat picture has no layers
}

void TestRecovery::closingLeavesNothingBehind()
{
    const QTemporaryDir dir;
    const QString journals = dir.filePath(QStringLiteral("journals"));
    {
        RecoveryStage stage(journals);
        QVERIFY(stage.openImage(photoPicture({300, 200}, rgb8)));
        QVERIFY(stage.openImage(photoPicture({400, 300}, rgb8)));
        for (const int i : {0, 1}) {
            QVERIFY(stage.editor(i).flip(Qt::Horizontal));
            QVERIFY(stage.settle(i));
        }
        QCOMPARE(filesIn(journals).size(), 4); // a lock beside each
        stage.workspace.close(stage.session(0));
        QTRY_COMPARE(filesIn(journals).size(), 2);
        // Also when it is closed while it is being written.
        QVERIFY(stage.editor().flip(Qt::Vertical));
        stage.workspace.close(stage.session(0));
    }
    QCOMPARE(filesIn(journals), QStringList());
    {
        // A program that ends without closing its photos keeps what is not saved.
        RecoveryStage stage(journals);
        QVERIFY(stage.openImage(photoPicture({300, 200}, rgb8)));
        QVERIFY(stage.openImage(photoPicture({300, 200}, rgb8)));
        QVERIFY(stage.editor(1).flip(Qt::Horizontal));
        stage.recovery.reset();
    }
    QCOMPARE(filesIn(journals).size(), 1);
    QVERIFY(readJournal(journalIn(journals)));
}

void TestRecovery::onlyLookingWritesNothing()
{
    const QTemporaryDir dir;
    RecoveryStage stage(dir.filePath(QStringLiteral("journals")));
    QVERIFY(stage.openImage(photoPicture({300, 200}, rgb8)));
    stage.document().setActiveLayer(stage.original());
    QVERIFY(stage.settle());
    QCOMPARE(stage.look(), 0);
    QVERIFY(!QFileInfo::exists(dir.filePath(QStringLiteral("journals"))));
}

void TestRecovery::journalOfTheLivingIsNotTouched()
{
    const QTemporaryDir dir;
    RecoveryStage first(dir.path());
    QVERIFY(first.openImage(photoPicture({300, 200}, rgb8)));
    QVERIFY(first.editor().flip(Qt::Horizontal));
    QVERIFY(first.settle());
    RecoveryStage second(dir.path());
    QCOMPARE(second.look(), 0);
    QVERIFY(second.openImage(photoPicture({300, 200}, rgb8)));
    QVERIFY(second.editor().flip(Qt::Vertical));
    QVERIFY(second.settle());
    QCOMPARE(first.look(), 0);
    QVERIFY(first.editor().flip(Qt::Vertical));
    QVERIFY(first.settle());
    second.workspace.close(second.session());
    second.recovery.reset();
    const auto work = readJournal(journalIn(dir.path()));
    QVERIFY(work);
    QCOMPARE(stateDigest(work->steps[size_t(work->index)].state),
             stateDigest(first.document().snapshot()));

    // What one program offers, another one does not.
    first.recovery.reset();
    RecoveryStage third(dir.path()), fourth(dir.path());
    QCOMPARE(third.look(), 1);
    QCOMPARE(fourth.look(), 0);
    third.recovery->keepAll();
    QCOMPARE(fourth.look(), 1);
}

void TestRecovery::notNowIsOfferedAgainAndDiscardIsNot()
{
    const QTemporaryDir dir;
    {
        RecoveryStage stage(dir.path());
        QVERIFY(stage.openImage(photoPicture({300, 200}, rgb8)));
        QVERIFY(stage.editor().flip(Qt::Horizontal));
        stage.recovery.reset();
    }
    for (int i = 0; i < 3; ++i) {
        RecoveryStage stage(dir.path());
        QCOMPARE(stage.look(), 1);
        if (i > 0)
            stage.recovery->keepAll();
        QCOMPARE(stage.recovery->count(), i > 0 ? 0 : 1); // not answered is kept too
    }
    {
        RecoveryStage stage(dir.path());
        QCOMPARE(stage.look(), 1);
        stage.recovery->discardAll();
        QCOMPARE(stage.recovery->count(), 0);
    }
    QCOMPARE(filesIn(dir.path()), QStringList());
}

void TestRecovery::recoveredWorkGoesOnInItsJournal()
{
    const QTemporaryDir dir;
    QByteArray expected;
    int steps = 0;
    for (int life = 0; life < 4; ++life) {
        RecoveryStage stage(dir.path());
        if (life == 0) {
            QVERIFY(stage.openImage(photoPicture({600, 500}, rgb8)));
            stage.addLayer({600, 500}, rgb8, 3);
        } else {
            QCOMPARE(stage.look(), 1);
            QVERIFY(stage.restore());
            QCOMPARE(stateDigest(stage.document().snapshot()), expected);
            QCOMPARE(stage.history().count(), steps);
        }
        const QString journal = journalIn(dir.path());
        const qint64 before = journal.isEmpty() ? 0 : QFileInfo(journal).size();
        const LayerId layer = stage.document().stack().at(1).id;
        stage.stroke(layer, {life * 50, 20, 40, 40}, quint32(life));
        QVERIFY(stage.settle());
        if (life > 0) // pixels that are there are not written again
            QVERIFY(QFileInfo(journal).size() - before < 250 * 1024);
        expected = stateDigest(stage.document().snapshot());
        steps = stage.history().count();
        stage.recovery.reset();
        QVERIFY(!journalIn(dir.path()).isEmpty());
        // A crash in the middle of the next record.
        QFile file(journalIn(dir.path()));
        QVERIFY(file.open(QIODevice::Append));
        file.write("HlRj\6\0\0\0torn");
    }
}

QTEST_GUILESS_MAIN(TestRecovery)
#include "tst_recovery.moc"
