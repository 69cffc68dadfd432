// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/documenteditor.h"
#include "image/resample.h"
#include "metadata/exivreader.h"
#include "session/ailayers.h"
#include "session/enlargedexport.h"
#include "session/photofile.h"
#include "session/uprightsource.h"
#include "sessionstage.h"
#include "support/processmemory.h"
#include "support/testpictures.h"

#include <QtTest>

#include <stop_token>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr PixelFormat Rgb8{Channels::Rgb, Depth::U8};
constexpr PixelFormat Rgb16{Channels::Rgb, Depth::U16};

UpscaleSettings settingsFor(double factor, const QString &model)
{
    UpscaleSettings settings;
    settings.target = UpscaleTarget::byFactor(factor);
    settings.model = model;
    return settings;
}

Image readBack(const QString &path)
{
    auto photo = PhotoFile::open(path);
    if (!photo)
        return {};
    auto image = (*photo)->image();
    return image ? *image : Image();
}

QStringList filesIn(const QString &folder)
{
    return QDir(folder).entryList(QDir::Files | QDir::Hidden | QDir::System);
}

/// Everything in an own folder, so that what is left behind can be counted.
struct Target {
    QTemporaryDir folder;
    ExportOptions options;
    explicit Target(const char *name) { options.path = folder.filePath(QLatin1String(name)); }
    QStringList files() const { return filesIn(folder.path()); }
};

} // namespace

class TestEnlargedExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void twelveMegapixelsNeedLittleMemory(); // first: the peak is the process's
    void fileIsTheTwinOfWhatIsSeen();
    void networkGivesWhatItsLayerWould_data();
    void networkGivesWhatItsLayerWould();
    void documentStaysAsLargeAsItIs();
    void ledgerNamesBoth();
    void printStaysAsLarge();
    void limitsAreSaidBeforeWork_data();
    void limitsAreSaidBeforeWork();
    void missingModelIsAnErrorAndLeavesNothing();
    void cancelLeavesNothing();
    void brokenOffRunGoesOnFromItsTiles();
};

void TestEnlargedExport::twelveMegapixelsNeedLittleMemory()
{
    Stage stage(false);
    QVERIFY(stage.open(gradientPicture({4000, 3000}, Rgb8)));
    Target target("large.jpg");
    if (!resetPeakResident())
        QSKIP("this system does not count the peak anew");
    const qint64 before = residentBytes();
    QElapsedTimer clock;
    clock.start();
    const auto job =
        stage.session->exportTo(target.options, settingsFor(2, Upscale::twinId()));
    QCOMPARE(stage.outcome(job).kind, Outcome::Kind::Done);
    const double seconds = double(clock.elapsed()) / 1000;
    const qint64 grown = peakResidentBytes() - before;
    qInfo("4000x3000 -> 8000x6000: %.1f s, %lld MB more at the peak", seconds,
          (long long)(grown >> 20));
    auto photo = PhotoFile::open(target.options.path);
    QVERIFY(photo);
    QCOMPARE((*photo)->info().size, QSize(8000, 6000));
    // The result alone has 137 MB of pixels.
    QVERIFY2(grown < (qint64(96) << 20), qPrintable(QString::number(grown >> 20)));
}

void TestEnlargedExport::fileIsTheTwinOfWhatIsSeen()
{
    for (const PixelFormat format : {Rgb8, Rgb16, PixelFormat{Channels::Gray, Depth::U8},
                                     PixelFormat{Channels::Rgba, Depth::U8}}) {
        Stage stage(false);
        QVERIFY(stage.open(photoPicture({61, 43}, format)));
        QVERIFY(stage.session->editor().addAdjustment(
            {QStringLiteral("exposure"), {{QStringLiteral("exposure"), 0.5}}},
            QStringLiteral("x")));
        // A mask hides half of it to the byte in the enlarged file, too.
        const LayerId light = stage.session->document()->stack().at(1).id;
        Mask mask;
        mask.pixels = TiledBuffer::fromImage(gradientPicture({61, 43}, {Channels::Gray, Depth::U8}),
                                             stage.session->document()->store());
        QVERIFY(stage.session->editor().setMask(light, mask, QStringLiteral("mask")));
        const Image masked = stage.shown();
        QVERIFY(stage.session->editor().setMaskEnabled(light, false));
        QVERIFY(!(stage.shown() == masked)); // it does something
        QVERIFY(stage.session->editor().setMaskEnabled(light, true));
        QVERIFY(stage.session->editor().rotateQuarter(1));
        Target target("a.png");
        const auto job =
            stage.session->exportTo(target.options, settingsFor(3, Upscale::twinId()));
        QCOMPARE(stage.outcome(job).kind, Outcome::Kind::Done);
        const Image seen = stage.shown();
        QCOMPARE(seen.size(), QSize(43, 61));
        MemorySource source(seen, {});
        ResampledSource twin(source, QSize(129, 183));
        const auto wanted = twin.read(QRect(0, 0, 129, 183));
        QVERIFY(wanted);
        QVERIFY(readBack(target.options.path) == *wanted);
        QCOMPARE(target.files(), QStringList{QStringLiteral("a.png")});
    }
}

void TestEnlargedExport::networkGivesWhatItsLayerWould_data()
{
    QTest::addColumn<bool>("threaded");
    QTest::newRow("inline") << false;
    QTest::newRow("on the engine thread") << true;
}

void TestEnlargedExport::networkGivesWhatItsLayerWould()
{
    QFETCH(bool, threaded);
    const Image picture = photoPicture({70, 50}, Rgb8);
    Stage layered(threaded);
    layered.model->offset = 0.1f; // visibly another picture than the twin's
    QVERIFY(layered.open(picture));
    QCOMPARE(layered.outcome(layered.session->applyUpscale(settingsFor(2, scriptedId))).kind,
             Outcome::Kind::Done);

    Stage stage(threaded);
    stage.model->offset = 0.1f;
    QVERIFY(stage.open(picture));
    Target target("a.png");
    QCOMPARE(
        stage.outcome(stage.session->exportTo(target.options, settingsFor(2, scriptedId))).kind,
        Outcome::Kind::Done);
    QVERIFY(readBack(target.options.path) == layered.shown());
}

void TestEnlargedExport::documentStaysAsLargeAsItIs()
{
    Stage stage(false);
    QVERIFY(stage.open(photoPicture({30, 20}, Rgb8)));
    Target target("a.png");
    const int steps = stage.session->undoStack().count();
    const auto job = stage.session->exportTo(target.options, settingsFor(4, scriptedId));
    QCOMPARE(stage.outcome(job).kind, Outcome::Kind::Done);
    QCOMPARE(stage.session->document()->canvas().size, QSize(30, 20));
    QCOMPARE(stage.session->document()->stack().count(), 1);
    QCOMPARE(stage.session->undoStack().count(), steps);
    QCOMPARE(readBack(target.options.path).size(), QSize(120, 80));
}

void TestEnlargedExport::ledgerNamesBoth()
{
    Stage stage(false);
    QVERIFY(stage.open(photoPicture({30, 20}, Rgb8)));
    QVERIFY(stage.outcome(stage.session->applyUpscale(settingsFor(2, scriptedId))).kind ==
            Outcome::Kind::Done);
    // Also where the encoder writes the metadata before the pixels.
    for (const qint64 limit : {qint64(1) << 30, qint64(0)}) {
        Target target("a.jpg");
        target.options.patchLimit = limit;
        UpscaleSettings settings = settingsFor(2, scriptedId);
        settings.strength = 40;
        QCOMPARE(stage.outcome(stage.session->exportTo(target.options, settings)).kind,
                 Outcome::Kind::Done);
        const Metadata written = readMetadataFile(target.options.path);
        QCOMPARE(written.digitalSourceType,
                 QStringLiteral("compositeWithTrainedAlgorithmicMedia"));
        QCOMPARE(written.ledger.size(), 2);
        QCOMPARE(written.ledger.at(0).strength, 100.0);
        QCOMPARE(written.ledger.at(1).strength, 40.0);
        QCOMPARE(written.ledger.at(1).operation, Upscale::id());
    }
    Target unmarked("b.jpg");
    unmarked.options.mark = false;
    QCOMPARE(stage.outcome(stage.session->exportTo(unmarked.options, settingsFor(2, scriptedId)))
                 .kind,
             Outcome::Kind::Done);
    QVERIFY(readMetadataFile(unmarked.options.path).ledger.isEmpty());
}

void TestEnlargedExport::printStaysAsLarge()
{
    ExportPicture picture;
    picture.size = {300, 200};
    picture.resolution = {100, 100};
    const auto twice = enlargedPicture(picture, UpscaleTarget::byFactor(2));
    QVERIFY(twice);
    QCOMPARE(twice->size, QSize(600, 400));
    QCOMPARE(twice->resolution, (Resolution{200, 200}));
    const auto print = enlargedPicture(picture, UpscaleTarget::byPrint({30, 0}, 254));
    QVERIFY(print);
    QCOMPARE(print->size, QSize(3000, 2000));
    QCOMPARE(print->resolution, (Resolution{254, 254}));
}

void TestEnlargedExport::limitsAreSaidBeforeWork_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<double>("factor");
    QTest::addColumn<int>("error"); // -1: none
    const int tooLarge = int(ErrorCode::CanvasLimit);
    QTest::newRow("all that is allowed in") << QSize(20000, 15000) << 1.5 << -1;
    QTest::newRow("more in") << QSize(20000, 15001) << 1.5 << tooLarge;
    QTest::newRow("all that is allowed out") << QSize(12500, 20000) << 2.0 << -1;
    QTest::newRow("more out") << QSize(12501, 20000) << 2.0 << tooLarge;
    QTest::newRow("no factor") << QSize(100, 100) << 0.0 << int(ErrorCode::BadArgument);
}

void TestEnlargedExport::limitsAreSaidBeforeWork()
{
    QFETCH(QSize, size);
    QFETCH(double, factor);
    QFETCH(int, error);
    ExportPicture picture;
    picture.size = size;
    const auto enlarged = enlargedPicture(picture, UpscaleTarget::byFactor(factor));
    QCOMPARE(enlarged ? -1 : int(enlarged.error().code), error);
}

void TestEnlargedExport::missingModelIsAnErrorAndLeavesNothing()
{
    Stage stage(false);
    QVERIFY(stage.open(photoPicture({30, 20}, Rgb8)));
    Target target("a.png");
    const auto job = stage.session->exportTo(target.options,
                                             settingsFor(2, QStringLiteral("nobody")));
    const Outcome outcome = stage.outcome(job);
    QCOMPARE(outcome.kind, Outcome::Kind::Failed);
    QCOMPARE(outcome.error->code, ErrorCode::ModelMissing);
    QVERIFY(target.files().isEmpty());
}

void TestEnlargedExport::cancelLeavesNothing()
{
    Stage stage(true);
    QVERIFY(stage.open(photoPicture({160, 120}, Rgb8)));
    Target target("a.png");
    JobId job;
    // In the middle: the first tiles are done, and the file has its rows.
    stage.model->beforeRun = [&](int runs) {
        if (runs != 3)
            return;
        QMetaObject::invokeMethod(stage.session.get(), [&] { stage.session->cancel(job); });
        while (!stage.model->stopSeen())
            std::this_thread::yield();
    };
    job = stage.session->exportTo(target.options, settingsFor(2, scriptedId));
    QCOMPARE(stage.outcome(job).kind, Outcome::Kind::Cancelled);
    QTRY_VERIFY(target.files().isEmpty());
    QVERIFY(stage.model->runs >= 3);
    QVERIFY(!stage.session->document()->stack().isEmpty());
}

void TestEnlargedExport::brokenOffRunGoesOnFromItsTiles()
{
    Stage stage(true);
    const Image picture = photoPicture({160, 120}, Rgb8);
    QVERIFY(stage.open(picture));
    Target target("a.png");
    JobId job;
    stage.model->beforeRun = [&](int runs) {
        if (runs != 3)
            return;
        QMetaObject::invokeMethod(stage.session.get(), [&] { stage.session->cancel(job); });
        while (!stage.model->stopSeen())
            std::this_thread::yield();
    };
    job = stage.session->exportTo(target.options, settingsFor(2, scriptedId));
    QCOMPARE(stage.outcome(job).kind, Outcome::Kind::Cancelled);
    stage.model->beforeRun = {};
    const int before = stage.model->runs;
    QCOMPARE(stage.outcome(stage.session->retry(job)).kind, Outcome::Kind::Done);
    const int again = stage.model->runs - before;

    Stage fresh(true);
    QVERIFY(fresh.open(picture));
    Target other("a.png");
    QCOMPARE(fresh.outcome(fresh.session->exportTo(other.options, settingsFor(2, scriptedId))).kind,
             Outcome::Kind::Done);
    QCOMPARE(again, fresh.model->runs - 2); // the two that were finished
    QVERIFY(readBack(target.options.path) == readBack(other.options.path));
}

QTEST_GUILESS_MAIN(TestEnlargedExport)
#include "tst_enlargedexport.moc"
