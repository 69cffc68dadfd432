// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/errortext.h"
#include "inference/fakemodel.h"
#include "inference/planesio.h"
#include "inference/selftest.h"
#include "inference/tilecache.h"
#include "inference/tiledrunner.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

Planes picture(QSize size)
{
    return selfTestPicture(3, size.width(), size.height(), 5, 0.2);
}

/// One run over a picture with what came of it.
struct Ran {
    Result<TiledStatistics> result;
    PlanesSink sink;
    Planes expected;
};

Ran runOver(FakeModel &model, QSize size, TiledOptions options = {}, const Progress &progress = {})
{
    PlanesSource source(picture(size));
    Ran ran{TiledStatistics(), PlanesSink(size * model.pack().output.scale), {}};
    ModelInput whole;
    whole.image = source.planes;
    ran.expected = model.usual(whole);
    ran.result = TiledRunner(model, std::move(options)).run(source, ran.sink, progress);
    return ran;
}

} // namespace

/// The runner against a network that does what a script says.
class TestTiledRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tilesGiveTheWholePicture_data();
    void tilesGiveTheWholePicture();
    void oddSizesArePaddedToTheMultiple();
    void marginIsHandedOn();
    void bandsArriveInOrderAndComplete();
    void callersOrderIsFollowed();
    void unusableOnceIsRunAgain_data();
    void unusableOnceIsRunAgain();
    void unusableTwiceFailsAloud_data();
    void unusableTwiceFailsAloud();
    void flatResultOfFlatInputIsFine();
    void smoothedNoiseIsNoCollapse();
    void masksMayBeConstant();
    void wrongSizeFailsAloud();
    void overBudgetHalvesTilesAndSaysSo();
    void followingTilesAreHalvedAtOnce();
    void nothingFitsEndsInOutOfMemory();
    void failureIsPassedOn();
    void stopEndsTheRunBeforeTheNextTile();
    void stopInsideATileEndsTheRun();
    void yieldInsideATileRunsItAgain();
    void yieldBetweenTilesLetsTheOtherGoFirst();
    void cancelNobodyAskedForEndsInAnError();
    void sourceAndSinkErrorsEndTheRun();
    void progressCountsTiles();
    void cacheContinuesAnInterruptedRun();
    void cacheKnowsParametersAndPixels();
    void cachedRunGivesTheSameBits();
    void tileForFollowsTheBudgetOnly();
};

void TestTiledRunner::tilesGiveTheWholePicture_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("scale");
    for (int scale : {1, 2, 4})
        for (QSize size : {QSize(1, 1), QSize(32, 32), QSize(33, 70), QSize(100, 61), QSize(5, 90)})
            QTest::addRow("%dx%d x%d", size.width(), size.height(), scale) << size << scale;
}

void TestTiledRunner::tilesGiveTheWholePicture()
{
    QFETCH(QSize, size);
    QFETCH(int, scale);
    FakeModel model(fakePack(scale));
    const Ran ran = runOver(model, size);
    QVERIFY(ran.result.has_value());
    QVERIFY(ran.sink.isWhole());
    QVERIFY(ran.sink.planes == ran.expected);
    QCOMPARE(ran.result->tiles, model.calls);
}

void TestTiledRunner::oddSizesArePaddedToTheMultiple()
{
    ModelPack pack = fakePack(2);
    pack.input.multipleOf = 8;
    pack.input.minimumSide = 24;
    FakeModel model(pack);
    const Ran ran = runOver(model, QSize(75, 13));
    QVERIFY(ran.result.has_value());
    QVERIFY(ran.sink.planes == ran.expected);
    for (const QSize &size : model.sizes) {
        QCOMPARE(size.width() % 8, 0);
        QCOMPARE(size.height(), 24);
    }
}

void TestTiledRunner::marginIsHandedOn()
{
    FakeModel model(fakePack(2));
    TiledOptions options;
    options.margin = 3;
    const Ran ran = runOver(model, QSize(100, 80), options);
    QVERIFY(ran.result.has_value());
    QVERIFY(ran.sink.planes == ran.expected);
    QCOMPARE(ran.sink.widestMargin, 6);
}

void TestTiledRunner::bandsArriveInOrderAndComplete()
{
    FakeModel model(fakePack(2));
    const Ran ran = runOver(model, QSize(100, 75));
    QVERIFY(ran.result.has_value());
    QCOMPARE(int(ran.sink.bands.size()), 3);
    QCOMPARE(ran.sink.bands[0], QRect(0, 0, 200, 64));
    QCOMPARE(ran.sink.bands[2], QRect(0, 128, 200, 22));
}

void TestTiledRunner::callersOrderIsFollowed()
{
    FakeModel model;
    TiledOptions options;
    options.order = {4, 0};
    const Ran ran = runOver(model, QSize(96, 96), options);
    QVERIFY(ran.result.has_value());
    QCOMPARE(ran.result->tiles, 2);
    QCOMPARE(ran.sink.order, (std::vector<QPoint>{QPoint(32, 32), QPoint(0, 0)}));
    QVERIFY(ran.sink.bands.empty());
}

void TestTiledRunner::unusableOnceIsRunAgain_data()
{
    QTest::addColumn<int>("what");
    QTest::newRow("NaN") << 0;
    QTest::newRow("infinity") << 1;
    QTest::newRow("black") << 2;
    QTest::newRow("one grey") << 3;
}

static FakeModel::Step unusable(int what)
{
    switch (what) {
    case 0:
        return givesNan();
    case 1:
        return givesInfinity();
    case 2:
        return givesConstant(0);
    default:
        return givesConstant(0.5F);
    }
}

void TestTiledRunner::unusableOnceIsRunAgain()
{
    QFETCH(int, what);
    FakeModel model;
    model.script = {{}, unusable(what)};
    const Ran ran = runOver(model, QSize(96, 32));
    QVERIFY(ran.result.has_value());
    QCOMPARE(ran.result->retried, 1);
    QCOMPARE(model.calls, 4);
    QVERIFY(ran.sink.planes == ran.expected);
}

void TestTiledRunner::unusableTwiceFailsAloud_data()
{
    unusableOnceIsRunAgain_data();
}

void TestTiledRunner::unusableTwiceFailsAloud()
{
    QFETCH(int, what);
    FakeModel model;
    model.script = {{}, unusable(what), unusable(what)};
    const Ran ran = runOver(model, QSize(96, 32));
    QVERIFY(!ran.result.has_value());
    QCOMPARE(ran.result.error().code, ErrorCode::ModelOutputBad);
    QCOMPARE(model.calls, 3);
    QCOMPARE(ran.sink.writes, 1); // nothing of the bad tile was handed on
    QVERIFY(errorSentence(ran.result.error()).contains(QStringLiteral("fake")));
}

void TestTiledRunner::flatResultOfFlatInputIsFine()
{
    FakeModel model;
    for (float value : {0.0F, 0.4F, 1.0F}) {
        Planes flat(3, 40, 40);
        std::fill(flat.values.begin(), flat.values.end(), value);
        PlanesSource source(flat);
        PlanesSink sink(QSize(40, 40));
        const auto result = TiledRunner(model, {}).run(source, sink, {});
        QVERIFY(result.has_value());
        QCOMPARE(result->retried, 0);
    }
}

void TestTiledRunner::smoothedNoiseIsNoCollapse()
{
    // What a denoiser rightly makes of a grey wall: one colour out of strong noise.
    Planes noise(3, 40, 40);
    std::mt19937 random(3);
    for (float &value : noise.values)
        value = 0.5F + 0.2F * (float(random() % 1000) / 1000.0F - 0.5F);
    FakeModel model;
    model.always = givesConstant(0.5F);
    PlanesSource source(noise);
    PlanesSink sink(QSize(40, 40));
    const auto result = TiledRunner(model, {}).run(source, sink, {});
    QVERIFY(result.has_value());
    QCOMPARE(result->retried, 0);
}

void TestTiledRunner::masksMayBeConstant()
{
    ModelPack pack = fakePack();
    pack.output.meaning = ModelPack::Output::Meaning::Mask;
    FakeModel model(pack);
    model.always = givesConstant(0);
    QVERIFY(runOver(model, QSize(64, 64)).result.has_value());
    model.always = givesNan();
    QCOMPARE(runOver(model, QSize(64, 64)).result.error().code, ErrorCode::ModelOutputBad);
}

void TestTiledRunner::wrongSizeFailsAloud()
{
    FakeModel model;
    model.always = [](const ModelInput &, RunControl &, const FakeModel &) -> Result<Planes> {
        return Planes(3, 7, 7);
    };
    const Ran ran = runOver(model, QSize(32, 32));
    QCOMPARE(ran.result.error().code, ErrorCode::ModelOutputBad);
}

void TestTiledRunner::overBudgetHalvesTilesAndSaysSo()
{
    FakeModel model(fakePack(2));
    model.always = fitsOnly(24 * 24);
    TiledOptions options;
    options.tile = 32;
    const Ran ran = runOver(model, QSize(96, 64), options);
    QVERIFY(ran.result.has_value());
    QVERIFY(ran.sink.isWhole());
    QVERIFY(ran.sink.planes == ran.expected);
    QCOMPARE(ran.result->halved, 1);
    QCOMPARE(ran.result->smallestTile, 16);
    QCOMPARE(ran.result->tiles, 6);
}

void TestTiledRunner::followingTilesAreHalvedAtOnce()
{
    FakeModel model;
    model.always = fitsOnly(24 * 24);
    const Ran ran = runOver(model, QSize(96, 64));
    // One attempt that did not fit, then four pieces of each of six tiles.
    QCOMPARE(model.calls, 1 + 6 * 4);
    QVERIFY(ran.result.has_value());
}

void TestTiledRunner::nothingFitsEndsInOutOfMemory()
{
    FakeModel model;
    model.always = fitsOnly(0);
    const Ran ran = runOver(model, QSize(96, 64));
    QCOMPARE(ran.result.error().code, ErrorCode::OutOfMemory);
    QCOMPARE(errorKind(ran.result.error().code), ErrorKind::Memory);
    QCOMPARE(ran.sink.writes, 0);
}

void TestTiledRunner::failureIsPassedOn()
{
    FakeModel model;
    model.script = {{}, fails(ErrorCode::ModelFailed)};
    const Ran ran = runOver(model, QSize(96, 64));
    QCOMPARE(ran.result.error().code, ErrorCode::ModelFailed);
    QCOMPARE(model.calls, 2);
    FakeModel again; // and the runner's next run is not the worse for it
    QVERIFY(runOver(again, QSize(96, 64)).result.has_value());
}

void TestTiledRunner::stopEndsTheRunBeforeTheNextTile()
{
    std::stop_source stop;
    FakeModel model;
    model.always = [&](const ModelInput &input, RunControl &,
                       const FakeModel &m) -> Result<Planes> {
        if (m.calls == 2)
            stop.request_stop();
        return m.usual(input);
    };
    const Ran ran = runOver(model, QSize(96, 96), {}, Progress(stop.get_token(), {}));
    QVERIFY(ran.result.error().isCancelled());
    QCOMPARE(model.calls, 2);
}

void TestTiledRunner::stopInsideATileEndsTheRun()
{
    std::stop_source stop;
    FakeModel model;
    model.script = {
        {}, [&](const ModelInput &, RunControl &control, const FakeModel &) -> Result<Planes> {
            stop.request_stop();
            if (!control.progress.stopRequested())
                return fail(ErrorCode::Internal);
            return fail(ErrorCode::Cancelled);
        }};
    const Ran ran = runOver(model, QSize(96, 96), {}, Progress(stop.get_token(), {}));
    QVERIFY(ran.result.error().isCancelled());
    QCOMPARE(model.calls, 2);
    QCOMPARE(ran.sink.writes, 1);
}

void TestTiledRunner::yieldInsideATileRunsItAgain()
{
    bool wanted = false;
    int yields = 0;
    Progress progress;
    progress.setYield([&] { return wanted; },
                      [&] {
                          ++yields;
                          wanted = false;
                      });
    FakeModel model;
    model.script = {
        {}, [&](const ModelInput &, RunControl &control, const FakeModel &) -> Result<Planes> {
            wanted = true;
            return control.progress.yieldRequested() ? fail(ErrorCode::Cancelled)
                                                     : fail(ErrorCode::Internal);
        }};
    const Ran ran = runOver(model, QSize(96, 32), {}, progress);
    QVERIFY(ran.result.has_value());
    QCOMPARE(ran.result->yielded, 1);
    QCOMPARE(ran.result->retried, 0);
    QCOMPARE(yields, 1);
    QCOMPARE(model.calls, 4);
    QVERIFY(ran.sink.planes == ran.expected);
}

void TestTiledRunner::yieldBetweenTilesLetsTheOtherGoFirst()
{
    bool wanted = false;
    std::vector<int> callsAtYield;
    FakeModel model;
    Progress progress;
    progress.setYield([&] { return wanted; },
                      [&] {
                          callsAtYield.push_back(model.calls);
                          wanted = false;
                      });
    model.always = [&](const ModelInput &input, RunControl &,
                       const FakeModel &m) -> Result<Planes> {
        wanted = m.calls == 2;
        return m.usual(input);
    };
    const Ran ran = runOver(model, QSize(96, 96), {}, progress);
    QVERIFY(ran.result.has_value());
    QCOMPARE(callsAtYield, std::vector<int>{2});
    QCOMPARE(model.calls, 9); // the finished tile was kept
}

void TestTiledRunner::cancelNobodyAskedForEndsInAnError()
{
    FakeModel model;
    model.always = fails(ErrorCode::Cancelled);
    const Ran ran = runOver(model, QSize(32, 32));
    QCOMPARE(ran.result.error().code, ErrorCode::ModelFailed);
    QVERIFY(model.calls < 10);
}

void TestTiledRunner::sourceAndSinkErrorsEndTheRun()
{
    FakeModel model;
    PlanesSource source(picture(QSize(96, 96)));
    source.failAt = 3;
    PlanesSink sink(QSize(96, 96));
    QCOMPARE(TiledRunner(model, {}).run(source, sink, {}).error().code, ErrorCode::InputDamaged);
    PlanesSource good(picture(QSize(96, 96)));
    PlanesSink full(QSize(96, 96));
    full.failAt = 2;
    QCOMPARE(TiledRunner(model, {}).run(good, full, {}).error().code, ErrorCode::DiskFull);
}

void TestTiledRunner::progressCountsTiles()
{
    std::vector<ProgressReport> reports;
    auto time = std::chrono::steady_clock::time_point();
    const Progress progress(
        {}, [&](const ProgressReport &report) { reports.push_back(report); },
        [&] { return time += std::chrono::seconds(1); });
    FakeModel model;
    QVERIFY(runOver(model, QSize(96, 64), {}, progress).result.has_value());
    QCOMPARE(int(reports.size()), 6);
    QCOMPARE(reports[1].tile, 2);
    QCOMPARE(reports[1].tiles, 6);
    QVERIFY(reports[1].remainingSeconds > 0);
    QCOMPARE(reports[5].fraction, 1.0);
}

void TestTiledRunner::cacheContinuesAnInterruptedRun()
{
    const QTemporaryDir dir;
    TileCache cache(dir.path());
    TiledOptions options;
    options.cache = &cache;
    FakeModel broken;
    broken.script.resize(4);
    broken.script.push_back(fails(ErrorCode::ModelFailed));
    QVERIFY(!runOver(broken, QSize(96, 96), options).result.has_value());

    TileCache later(dir.path());
    options.cache = &later;
    FakeModel model;
    const Ran ran = runOver(model, QSize(96, 96), options);
    QVERIFY(ran.result.has_value());
    QCOMPARE(ran.result->reused, 4);
    QCOMPARE(ran.result->tiles, 9);
    QCOMPARE(model.calls, 5);
    QVERIFY(ran.sink.planes == ran.expected);
}

void TestTiledRunner::cacheKnowsParametersAndPixels()
{
    const QTemporaryDir dir;
    TileCache cache(dir.path());
    TiledOptions options;
    options.cache = &cache;
    FakeModel model;
    QVERIFY(runOver(model, QSize(96, 96), options).result.has_value());

    ModelPack other = fakePack();
    other.sha256 = QByteArray(64, 'b');
    FakeModel otherModel(other);
    QCOMPARE(runOver(otherModel, QSize(96, 96), options).result->reused, 0);

    // One pixel changed in the middle tile's core: its neighbours' halos do not reach it.
    PlanesSource source(picture(QSize(96, 96)));
    source.planes.row(0, 48)[48] += 0.1F;
    PlanesSink sink(QSize(96, 96));
    QCOMPARE(TiledRunner(model, options).run(source, sink, {})->reused, 8);

    options.margin = 2;
    QVERIFY(runOver(model, QSize(96, 96), options).result->reused < 9);

    ModelPack sigma = fakePack();
    sigma.extraInputs.emplace_back().name = QStringLiteral("sigma");
    FakeModel sigmaModel(sigma);
    QCOMPARE(runOver(sigmaModel, QSize(96, 96), options).result->reused, 0);
}

void TestTiledRunner::cachedRunGivesTheSameBits()
{
    const QTemporaryDir dir;
    TileCache cache(dir.path());
    TiledOptions options;
    options.cache = &cache;
    FakeModel model(fakePack(2));
    const Ran first = runOver(model, QSize(90, 70), options);
    const Ran second = runOver(model, QSize(90, 70), options);
    QCOMPARE(second.result->reused, second.result->tiles);
    QVERIFY(first.sink.planes == second.sink.planes);
}

void TestTiledRunner::tileForFollowsTheBudgetOnly()
{
    ModelPack pack = fakePack();
    pack.bestTile = 256;
    pack.halo = 32;
    pack.memoryPerInputPixel = 1000;
    QCOMPARE(TiledRunner::tileFor(pack, 0, 0), 256);
    QCOMPARE(TiledRunner::tileFor(pack, 100, 1), 100);
    QCOMPARE(TiledRunner::tileFor(pack, 0, qint64(320) * 320 * 1000), 256);
    QCOMPARE(TiledRunner::tileFor(pack, 0, qint64(320) * 320 * 1000 - 1), 128);
    QCOMPARE(TiledRunner::tileFor(pack, 0, 1), 16);
}

QTEST_GUILESS_MAIN(TestTiledRunner)
#include "tst_tiledrunner.moc"
