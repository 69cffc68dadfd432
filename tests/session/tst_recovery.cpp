// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/errortext.h"
#include "recoverystage.h"
#include "richdocument.h"
#include "session/project.h"
#include "session/recoveryfile.h"
#include "support/failingdevice.h"

#include <atomic>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr PixelFormat rgb{Channels::Rgb, Depth::U8};

QStringList filesIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::Files | QDir::Hidden, QDir::Name);
}

QString journalIn(const QString &folder)
{
    const QStringList names = QDir(folder).entryList({QStringLiteral("*.journal")}, QDir::Files);
    return names.size() == 1 ? folder + u'/' + names.first() : QString();
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QString writePhoto(const QString &path, QSize size = {300, 200})
{
    QImage image(size, QImage::Format_RGB888);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            image.setPixelColor(x, y, QColor(x % 256, y % 256, (x * y) % 256));
    }
    image.save(path);
    return path;
}

/// The texts and digests of all states.
QList<QByteArray> allStates(History &history)
{
    QList<QByteArray> states;
    for (int i = 0; i <= history.count(); ++i)
        states << history.text(i).toUtf8() + ' ' + stateDigest(history.state(i));
    return states;
}

Result<RecoveredWork> readJournal(const QString &path)
{
    auto reader = RecoveryReader::open(path);
    if (!reader)
        return fail(reader.error());
    return (*reader)->read(TileStore::create(qint64(256) << 20), {});
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
    void filesAreForTheirUserOnly();
    void journalOfTheLivingIsNotTouched();
    void notNowIsOfferedAgainAndDiscardIsNot();
    void recoveredWorkGoesOnInItsJournal();
    void unchangedTilesAreWrittenOnce();
    void garbageIsBounded();
    void tornTailIsCutAtEveryByte();
    void flippedBytesNeverGiveAWrongPicture();
    void fullDiskIsSaidAndTriedAgain_data();
    void fullDiskIsSaidAndTriedAgain();
    void newerJournalIsRefusedAndKept();
    void damagedJournalGetsASentenceAndStays();
    void stepIsPendingUntilItIsWritten();
    void stepCostsTheWindowLittle();
};

void TestRecovery::workComesBackToTheBit()
{
    const QTemporaryDir dir;
    RecoveryStage before(dir.filePath(QStringLiteral("journals")));
    QVERIFY(before.open(writePhoto(dir.filePath(QStringLiteral("photo.png")))));
    const LayerId layer = before.addLayer({280, 190}, rgb, 3);
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
    QVERIFY(before.openImage(photoPicture({300, 200}, rgb)));
    const LayerId layer = before.addLayer({300, 200}, rgb, 3);
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
    QVERIFY(before.openImage(photoPicture({100, 100}, rgb)));
    const LayerId layer = before.addLayer({100, 100}, rgb, 3);
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
    QVERIFY(before.openImage(photoPicture({100, 100}, rgb)));
    const LayerId layer = before.addLayer({100, 100}, rgb, 3);
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

    const LayerId layer = before.addLayer({100, 100}, rgb, 3);
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
    write(changed, QByteArray(100, 'x'));
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
    const LayerId layer = before.addLayer({100, 100}, rgb, 3);
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
    const LayerId layer = before.addLayer({100, 100}, rgb, 3);
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
    before.addLayer({100, 100}, rgb, 3);
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
        QVERIFY(stage.openImage(photoPicture({300, 200}, rgb)));
        QVERIFY(stage.openImage(photoPicture({400, 300}, rgb)));
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
        QVERIFY(stage.openImage(photoPicture({300, 200}, rgb)));
        QVERIFY(stage.openImage(photoPicture({300, 200}, rgb)));
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
    QVERIFY(stage.openImage(photoPicture({300, 200}, rgb)));
    stage.document().setActiveLayer(stage.original());
    QVERIFY(stage.settle());
    QCOMPARE(stage.look(), 0);
    QVERIFY(!QFileInfo::exists(dir.filePath(QStringLiteral("journals"))));
}

void TestRecovery::filesAreForTheirUserOnly()
{
    const QTemporaryDir dir;
    const QString journals = dir.filePath(QStringLiteral("a/b/journals"));
    RecoveryStage stage(journals);
    QVERIFY(stage.openImage(photoPicture({300, 200}, rgb)));
    QVERIFY(stage.editor().flip(Qt::Horizontal));
    QVERIFY(stage.settle());
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther |
                        QFile::WriteOther | QFile::ExeOther;
    QCOMPARE(QFile::permissions(journals) & others, QFile::Permissions());
    QCOMPARE(filesIn(journals).size(), 2);
    for (const QString &name : filesIn(journals))
        QCOMPARE(QFile::permissions(journals + u'/' + name) & others, QFile::Permissions());
}

void TestRecovery::journalOfTheLivingIsNotTouched()
{
    const QTemporaryDir dir;
    RecoveryStage first(dir.path());
    QVERIFY(first.openImage(photoPicture({300, 200}, rgb)));
    QVERIFY(first.editor().flip(Qt::Horizontal));
    QVERIFY(first.settle());
    RecoveryStage second(dir.path());
    QCOMPARE(second.look(), 0);
    QVERIFY(second.openImage(photoPicture({300, 200}, rgb)));
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
        QVERIFY(stage.openImage(photoPicture({300, 200}, rgb)));
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
            QVERIFY(stage.openImage(photoPicture({600, 500}, rgb)));
            stage.addLayer({600, 500}, rgb, 3);
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

void TestRecovery::unchangedTilesAreWrittenOnce()
{
    const QTemporaryDir dir;
    RecoveryStage stage(dir.path());
    QVERIFY(stage.openImage(noisePicture({1024, 1024}, rgb)));
    QVERIFY(stage.editor().flip(Qt::Horizontal));
    QVERIFY(stage.settle());
    const qint64 first = QFileInfo(journalIn(dir.path())).size();
    QVERIFY(first > 3'000'000); // noise does not compress
    const auto copy = stage.editor().duplicate(stage.original());
    QVERIFY(copy);
    QVERIFY(stage.settle());
    QVERIFY(QFileInfo(journalIn(dir.path())).size() - first < 10'000);
    stage.stroke(*copy, {300, 300, 10, 10}, 1); // inside one tile
    QVERIFY(stage.settle());
    const qint64 grown = QFileInfo(journalIn(dir.path())).size() - first;
    QVERIFY2(grown > 150'000 && grown < 250'000, qPrintable(QString::number(grown)));
}

void TestRecovery::garbageIsBounded()
{
    const QTemporaryDir dir;
    Recovery::Options options = RecoveryStage::options(dir.path());
    options.file.garbageSlack = 1'000'000;
    RecoveryStage stage(options);
    QVERIFY(stage.openImage(photoPicture({512, 512}, rgb)));
    const LayerId layer = stage.addLayer({512, 512}, rgb, 3);
    qint64 largest = 0;
    bool shrank = false;
    qint64 last = 0;
    for (quint32 i = 0; i < 60; ++i) {
        stage.stroke(layer, {0, 0, 512, 512}, i);
        QVERIFY(stage.settle());
        const qint64 size = QFileInfo(journalIn(dir.path())).size();
        largest = std::max(largest, size);
        shrank = shrank || size < last;
        last = size;
        if (i < 59)
            stage.session()->undoStack().undo(); // and the stroke is garbage at the next one
    }
    QVERIFY(shrank);
    // Two states of noise and one photo are alive at most: 60 strokes would be 47 MB.
    QVERIFY2(largest < 12'000'000, qPrintable(QString::number(largest)));
    const auto work = readJournal(journalIn(dir.path()));
    QVERIFY(work);
    QCOMPARE(work->lost, 0);
    QCOMPARE(work->steps.size(), size_t(3));
    QCOMPARE(stateDigest(work->steps[2].state), stateDigest(stage.document().snapshot()));
    QCOMPARE(stateDigest(work->steps[0].state), stateDigest(stage.history().state(0)));
    QVERIFY(!QFile::exists(journalIn(dir.path()) + QStringLiteral(".new")));
}

void TestRecovery::tornTailIsCutAtEveryByte()
{
    const QTemporaryDir dir;
    RecoveryStage stage(dir.filePath(QStringLiteral("journals")));
    QVERIFY(stage.openImage(photoPicture({16, 12}, rgb)));
    const LayerId layer = stage.addLayer({16, 12}, rgb, 3);
    QVERIFY(stage.settle());
    const QString journal = journalIn(dir.filePath(QStringLiteral("journals")));
    const QByteArray first = stateDigest(stage.document().snapshot());
    const qint64 before = QFileInfo(journal).size();
    stage.stroke(layer, {5, 5, 8, 6}, 1);
    QVERIFY(stage.settle());
    const QByteArray second = stateDigest(stage.document().snapshot());
    const QByteArray whole = contentOf(journal);
    QVERIFY(whole.size() > before);
    const QString torn = dir.filePath(QStringLiteral("torn.journal"));
    // Every record of the last step: tile, table, state, and the one that makes it the present.
    for (qint64 length = before; length <= whole.size(); ++length) {
        write(torn, whole.left(length));
        const auto work = readJournal(torn);
        QVERIFY2(work, qPrintable(QString::number(length)));
        const bool isLast = length == whole.size();
        QCOMPARE(work->index, isLast ? 2 : 1);
        QCOMPARE(stateDigest(work->steps[size_t(work->index)].state), isLast ? second : first);
        QCOMPARE(work->lost, 0);
    }
    // Nothing finished, nothing to offer; never anything else than an answer.
    for (qint64 length = 0; length < before; length += 3) {
        write(torn, whole.left(length));
        auto reader = RecoveryReader::open(torn);
        QVERIFY(reader);
        if (const auto work = (*reader)->read(TileStore::create(1 << 26), {}))
            QVERIFY(work->index <= 1);
        else
            QVERIFY((*reader)->summary().isEmpty);
    }
}

void TestRecovery::flippedBytesNeverGiveAWrongPicture()
{
    const QTemporaryDir dir;
    RecoveryStage stage(dir.filePath(QStringLiteral("journals")));
    QVERIFY(stage.openImage(photoPicture({16, 12}, rgb)));
    const LayerId layer = stage.addLayer({16, 12}, rgb, 3);
    QVERIFY(stage.settle());
    stage.stroke(layer, {5, 5, 8, 6}, 1);
    QVERIFY(stage.settle());
    QList<QByteArray> states;
    for (int i = 0; i <= 2; ++i)
        states << stateDigest(stage.history().state(i));
    const QByteArray whole = contentOf(journalIn(dir.filePath(QStringLiteral("journals"))));
    const QString flipped = dir.filePath(QStringLiteral("flipped.journal"));
    int full = 0, less = 0, none = 0;
    for (qsizetype at = 0; at < whole.size(); ++at) {
        QByteArray bytes = whole;
        bytes[at] = char(bytes[at] ^ (1 << (at % 8)));
        write(flipped, bytes);
        const auto work = readJournal(flipped);
        if (!work) {
            QCOMPARE(work.error().code, ErrorCode::RecoveryDamaged);
            ++none;
            continue;
        }
        for (const History::Step &step : work->steps)
            QVERIFY2(states.contains(stateDigest(step.state)), qPrintable(QString::number(at)));
        (work->index == 2 && work->steps.size() == 3 ? full : less) += 1;
        if (work->steps.size() == 3)
            QCOMPARE(stateDigest(work->steps[2].state), states[2]);
    }
    // What is behind the damage is still found, and so is what was before it.
    QVERIFY(full > 0);
    QVERIFY(less > 0);
    QVERIFY(full + less > none);
}

void TestRecovery::fullDiskIsSaidAndTriedAgain_data()
{
    QTest::addColumn<qint64>("failAt");
    QTest::addColumn<int>("code");
    for (const qint64 at : {0, 10, 5'000, 70'000})
        QTest::addRow("at byte %lld", at) << at << int(ErrorCode::RecoveryDiskFull);
    QTest::addRow("never opened") << qint64(-1) << int(ErrorCode::RecoveryNotWritten);
}

void TestRecovery::fullDiskIsSaidAndTriedAgain()
{
    QFETCH(qint64, failAt);
    QFETCH(int, code);
    const QTemporaryDir dir;
    const QString journals = dir.filePath(QStringLiteral("journals"));
    std::atomic<bool> full = true;
    Recovery::Options options = RecoveryStage::options(journals);
    struct Failing : QIODevice {
        Failing(QFile &file, qint64 at, std::atomic<bool> &isFull)
            : m_file(file)
            , m_failing(file, at)
            , m_isFull(isFull)
        {
            open(QIODevice::ReadWrite | QIODevice::Unbuffered);
        }
        qint64 readData(char *data, qint64 size) override { return m_file.read(data, size); }
        qint64 writeData(const char *data, qint64 size) override
        {
            m_failing.seek(pos());
            return m_isFull ? m_failing.write(data, size) : m_file.write(data, size);
        }
        QFile &m_file;
        FailingDevice m_failing;
        std::atomic<bool> &m_isFull;
    };
    if (failAt >= 0) {
        options.file.device = [failAt, &full](QFile &file) {
            return std::make_unique<Failing>(file, failAt, full);
        };
    } else {
        write(journals, "a file where the folder should be");
    }
    RecoveryStage stage(options);
    QSignalSpy off(stage.recovery.get(), &Recovery::off);
    QSignalSpy on(stage.recovery.get(), &Recovery::on);
    QVERIFY(stage.openImage(noisePicture({256, 256}, rgb)));
    QVERIFY(stage.editor().flip(Qt::Horizontal));
    QTRY_COMPARE(off.count(), 1);
    const auto error = off.first().first().value<Error>();
    QCOMPARE(int(error.code), code);
    QVERIFY(errorSentence(error).contains(failAt >= 0 ? journals : dir.path()));
    // Editing goes on, the history shows it, and nobody is told twice.
    const auto layer = stage.editor().duplicate(stage.original());
    QVERIFY(layer);
    stage.stroke(*layer, {5, 5, 40, 10}, 1);
    QVERIFY(stage.history().isPending(3));
    QTest::qWait(200); // several attempts
    QCOMPARE(off.count(), 1);
    QCOMPARE(on.count(), 0);
    // What is there is whole at any moment.
    if (!journalIn(journals).isEmpty()) {
        const auto reader = RecoveryReader::open(journalIn(journals));
        QVERIFY(reader);
        QVERIFY((*reader)->summary().isEmpty);
        QCOMPARE((*reader)->verified().end(), QFileInfo(journalIn(journals)).size());
    }

    full = false;
    if (failAt < 0)
        QFile::remove(journals);
    QTRY_COMPARE(on.count(), 1);
    QVERIFY(stage.settle());
    QVERIFY(!stage.history().isPending(3));
    const auto work = readJournal(journalIn(journals));
    QVERIFY(work);
    QCOMPARE(work->steps.size(), size_t(4));
    for (size_t i = 0; i < 4; ++i)
        QCOMPARE(stateDigest(work->steps[i].state), stateDigest(stage.history().state(int(i))));
}

void TestRecovery::newerJournalIsRefusedAndKept()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("x.journal"));
    write(path, RecoveryIndex::record(RecoveryKind::Head, {},
                                      R"({"version":2,"document":1,"name":"later.png"})") +
                    RecoveryIndex::record(RecoveryKind(99), "key", "what nobody knows yet"));
    RecoveryStage stage(dir.path());
    QCOMPARE(stage.look(), 1);
    QVERIFY(stage.recovery->summary(0).isNewer);
    QSignalSpy failed(&stage.workspace, &Workspace::openFailed);
    stage.recovery->restoreAll();
    QVERIFY(failed.wait(20000));
    const auto error = failed.first().at(1).value<Error>();
    QCOMPARE(error.code, ErrorCode::RecoveryNewer);
    QVERIFY(errorSentence(error).contains(QStringLiteral("later.png")));
    QVERIFY(QFile::exists(path));
    QTRY_COMPARE(stage.look(), 1);
    QCOMPARE(stage.recovery->takeNewer(), QStringList{QStringLiteral("later.png")});
    QCOMPARE(stage.recovery->count(), 0);
    QVERIFY(QFile::exists(path));
}

void TestRecovery::damagedJournalGetsASentenceAndStays()
{
    const QTemporaryDir dir;
    {
        RecoveryStage stage(dir.path());
        QVERIFY(stage.openImage(photoPicture({300, 200}, rgb), QStringLiteral("grandma.png")));
        QVERIFY(stage.editor().flip(Qt::Horizontal));
        stage.recovery.reset();
    }
    const QString path = journalIn(dir.path());
    QByteArray bytes = contentOf(path);
    for (qsizetype i = 300; i < bytes.size(); i += 50)
        bytes[i] = char(bytes[i] + 1);
    write(path, bytes);
    RecoveryStage stage(dir.path());
    QCOMPARE(stage.look(), 1);
    QSignalSpy failed(&stage.workspace, &Workspace::openFailed);
    stage.recovery->restoreAll();
    QVERIFY(failed.wait(20000));
    const auto error = failed.first().at(1).value<Error>();
    QCOMPARE(error.code, ErrorCode::RecoveryDamaged);
    QVERIFY(errorSentence(error).contains(QStringLiteral("grandma.png")));
    QCOMPARE(contentOf(path), bytes);
    QTRY_COMPARE(stage.look(), 1);
    stage.recovery->discardAll();
    QTRY_VERIFY(!QFile::exists(path));
}

void TestRecovery::stepIsPendingUntilItIsWritten()
{
    const QTemporaryDir dir;
    struct Gate {
        std::mutex mutex;
        std::condition_variable opened;
        bool isOpen = false;
    } gate;
    Recovery::Options options = RecoveryStage::options(dir.path());
    options.file.device = [&gate](QFile &) -> std::unique_ptr<QIODevice> {
        std::unique_lock lock(gate.mutex);
        gate.opened.wait(lock, [&gate] { return gate.isOpen; });
        return nullptr;
    };
    RecoveryStage stage(options);
    QVERIFY(stage.openImage(photoPicture({300, 200}, rgb)));
    QVERIFY(!stage.history().isPending(0));
    QSignalSpy changed(&stage.history(), &History::pendingChanged);
    QVERIFY(stage.editor().flip(Qt::Horizontal));
    QVERIFY(stage.editor().flip(Qt::Vertical));
    QVERIFY(stage.history().isPending(1));
    QVERIFY(stage.history().isPending(2));
    QCOMPARE(changed.count(), 2);
    {
        const std::scoped_lock lock(gate.mutex);
        gate.isOpen = true;
    }
    gate.opened.notify_all();
    QVERIFY(stage.settle());
    for (int i = 0; i <= 2; ++i)
        QVERIFY(!stage.history().isPending(i));
    QVERIFY(changed.count() >= 3);
    // Work that was recovered is on the disk already.
    QCOMPARE(readJournal(journalIn(dir.path()))->steps.size(), size_t(3));
}

void TestRecovery::stepCostsTheWindowLittle()
{
    const QTemporaryDir dir;
    RecoveryStage with(dir.path());
    const QSize size(6000, 4000);
    const Image picture = gradientPicture(size, rgb);
    QVERIFY(with.openImage(picture));
    LayerId layer;
    for (int i = 0; i < 3; ++i) {
        Image other = picture;
        for (int y = 0; y < 4000; y += 100) {
            for (int x = 0; x < 6000; x += 100)
                other.row(y)[x * 3] = std::byte(i + 1); // no tile is another layer's
        }
        layer = *with.editor().addPixels(TiledBuffer::fromImage(other, with.workspace.tileStore()),
                                         ColorProfile::sRgb(), Transform(), QStringLiteral("layer"));
    }
    QVERIFY(with.editor().addAdjustment(
        {QStringLiteral("exposure"), {{QStringLiteral("exposure"), 0.5}}},
        QStringLiteral("light")));
    QCOMPARE(with.document().stack().count(), 5);
    QElapsedTimer first;
    first.start();
    QVERIFY(with.settle());
    qInfo("five layers of 24 megapixels on the disk after %lld ms, %lld MB", first.elapsed(),
          QFileInfo(journalIn(dir.path())).size() >> 20);
    // What a step costs with the journal and, after it was taken away, without.
    const auto median = [&] {
        QList<qint64> times;
        for (int i = 0; i < 41; ++i) {
            const Snapshot before = with.document().snapshot();
            with.document().setOpacity(layer, 0.2 + i * 0.01);
            QElapsedTimer timer;
            timer.start();
            with.history().record(QStringLiteral("Opacity"), before);
            times << timer.nsecsElapsed();
        }
        std::sort(times.begin(), times.end());
        return double(times[20]) / 1e6;
    };
    const double journalled = median();
    QVERIFY(with.settle());
    with.recovery.reset();
    const double plain = median();
    qInfo("a step of a 24-megapixel document with five layers: %.3f ms with the journal, %.3f ms "
          "without",
          journalled, plain);
    QVERIFY(journalled < 5);
}

QTEST_GUILESS_MAIN(TestRecovery)
#include "tst_recovery.moc"
