// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/errortext.h"
#include "recoverystage.h"
#include "session/recoveryfile.h"
#include "support/failingdevice.h"

#include <atomic>
#include <condition_variable>
#include <mutex>

using namespace heirloom;
using namespace heirloom::test;

/// What stands on the disk, and what becomes of it when the disk does not do as it should.
class TestRecoveryFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filesAreForTheirUserOnly();
    void stepIsPendingUntilItIsWritten();
    void unchangedTilesAreWrittenOnce();
    void garbageIsBounded();
    void tornTailIsCutAtEveryByte();
    void flippedBytesNeverGiveAWrongPicture();
    void fullDiskIsSaidAndTriedAgain_data();
    void fullDiskIsSaidAndTriedAgain();
    void newerJournalIsRefusedAndKept();
    void damagedJournalGetsASentenceAndStays();
    void stepCostsTheWindowLittle();
};

void TestRecoveryFile::unchangedTilesAreWrittenOnce()
{
    const QTemporaryDir dir;
    RecoveryStage stage(dir.path());
    QVERIFY(stage.openImage(noisePicture({1024, 1024}, rgb8)));
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

void TestRecoveryFile::garbageIsBounded()
{
    const QTemporaryDir dir;
    Recovery::Options options = RecoveryStage::options(dir.path());
    options.file.garbageSlack = 1'000'000;
    RecoveryStage stage(options);
    QVERIFY(stage.openImage(photoPicture({512, 512}, rgb8)));
    const LayerId layer = stage.addLayer({512, 512}, rgb8, 3);
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

void TestRecoveryFile::tornTailIsCutAtEveryByte()
{
    const QTemporaryDir dir;
    RecoveryStage stage(dir.filePath(QStringLiteral("journals")));
    QVERIFY(stage.openImage(photoPicture({16, 12}, rgb8)));
    const LayerId layer = stage.addLayer({16, 12}, rgb8, 3);
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
        writeFile(torn, whole.left(length));
        const auto work = readJournal(torn);
        QVERIFY2(work, qPrintable(QString::number(length)));
        const bool isLast = length == whole.size();
        QCOMPARE(work->index, isLast ? 2 : 1);
        QCOMPARE(stateDigest(work->steps[size_t(work->index)].state), isLast ? second : first);
        QCOMPARE(work->lost, 0);
    }
    // Nothing finished, nothing to offer; never anything else than an answer.
    for (qint64 length = 0; length < before; length += 3) {
        writeFile(torn, whole.left(length));
        auto reader = RecoveryReader::open(torn);
        QVERIFY(reader);
        if (const auto work = (*reader)->read(TileStore::create(1 << 26), {}))
            QVERIFY(work->index <= 1);
        else
            QVERIFY((*reader)->summary().isEmpty);
    }
}

void TestRecoveryFile::flippedBytesNeverGiveAWrongPicture()
{
    const QTemporaryDir dir;
    RecoveryStage stage(dir.filePath(QStringLiteral("journals")));
    QVERIFY(stage.openImage(photoPicture({16, 12}, rgb8)));
    const LayerId layer = stage.addLayer({16, 12}, rgb8, 3);
    QVERIFY(stage.settle());
    stage.stroke(layer, {5, 5, 8, 6}, 1);
    QVERIFY(stage.settle());
    QList<QByteArray> states;
    for (int i = 0; i <= 2; ++i)
        states << stateDigest(stage.history().state(i));
    const QByteArray whole = contentOf(journalIn(dir.filePath(QStringLiteral("journals"))));
    const QString flipped = dir.filePath(QStringLiteral("flipped.journal"));
    int full = 0, less = 0, none = 0;
    for (qsizetype at = 0; at < whole.size(); at += 3) {
        QByteArray bytes = whole;
        bytes[at] = char(bytes[at] ^ (1 << (at % 8)));
        writeFile(flipped, bytes);
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

void TestRecoveryFile::fullDiskIsSaidAndTriedAgain_data()
{
    QTest::addColumn<qint64>("failAt");
    QTest::addColumn<int>("code");
    for (const qint64 at : {0, 10, 5'000, 70'000})
        QTest::addRow("at byte %lld", at) << at << int(ErrorCode::RecoveryDiskFull);
    QTest::addRow("never opened") << qint64(-1) << int(ErrorCode::RecoveryNotWritten);
}

void TestRecoveryFile::fullDiskIsSaidAndTriedAgain()
{
    QFETCH(qint64, failAt);
    QFETCH(int, code);
    const QTemporaryDir dir;
    const QString journals = dir.filePath(QStringLiteral("journals"));
    std::atomic<bool> full = true;
    std::atomic<int> attempts = 0;
    Recovery::Options options = RecoveryStage::options(journals);
    options.file.writing = [&attempts] { ++attempts; };
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
        writeFile(journals, "a file where the folder should be");
    }
    RecoveryStage stage(options);
    QSignalSpy off(stage.recovery.get(), &Recovery::off);
    QSignalSpy on(stage.recovery.get(), &Recovery::on);
    QVERIFY(stage.openImage(noisePicture({256, 256}, rgb8)));
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
    const int told = attempts;
    QTRY_VERIFY(attempts >= told + 3);
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

void TestRecoveryFile::newerJournalIsRefusedAndKept()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("x.journal"));
    writeFile(path, RecoveryIndex::record(RecoveryKind::Head, {},
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

void TestRecoveryFile::damagedJournalGetsASentenceAndStays()
{
    const QTemporaryDir dir;
    {
        RecoveryStage stage(dir.path());
        QVERIFY(stage.openImage(photoPicture({300, 200}, rgb8), QStringLiteral("grandma.png")));
        QVERIFY(stage.editor().flip(Qt::Horizontal));
        stage.recovery.reset();
    }
    const QString path = journalIn(dir.path());
    QByteArray bytes = contentOf(path);
    for (qsizetype i = 300; i < bytes.size(); i += 50)
        bytes[i] = char(bytes[i] + 1);
    writeFile(path, bytes);
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

void TestRecoveryFile::stepCostsTheWindowLittle()
{
    const QTemporaryDir dir;
    RecoveryStage with(dir.path());
    const QSize size(6000, 4000);
    const Image picture = gradientPicture(size, rgb8);
    QVERIFY(with.openImage(picture));
    LayerId layer;
    for (int i = 0; i < 3; ++i) {
        Image other = picture;
        for (int y = 0; y < 4000; y += 100) {
            for (int x = 0; x < 6000; x += 100)
                other.row(y)[x * 3] = std::byte(i + 1); // no tile is another layer's
        }
        const auto pixels = TiledBuffer::fromImage(other, with.workspace.tileStore());
        layer = *with.editor().addPixels(pixels, ColorProfile::sRgb(), Transform(),
                                         QStringLiteral("layer"));
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

void TestRecoveryFile::filesAreForTheirUserOnly()
{
    const QTemporaryDir dir;
    const QString journals = dir.filePath(QStringLiteral("a/b/journals"));
    RecoveryStage stage(journals);
    QVERIFY(stage.openImage(photoPicture({300, 200}, rgb8)));
    QVERIFY(stage.editor().flip(Qt::Horizontal));
    QVERIFY(stage.settle());
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther |
                        QFile::WriteOther | QFile::ExeOther;
    QCOMPARE(QFile::permissions(journals) & others, QFile::Permissions());
    QCOMPARE(filesIn(journals).size(), 2);
    for (const QString &name : filesIn(journals))
        QCOMPARE(QFile::permissions(journals + u'/' + name) & others, QFile::Permissions());
}

void TestRecoveryFile::stepIsPendingUntilItIsWritten()
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
    QVERIFY(stage.openImage(photoPicture({300, 200}, rgb8)));
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

QTEST_GUILESS_MAIN(TestRecoveryFile)
#include "tst_recoveryfile.moc"
