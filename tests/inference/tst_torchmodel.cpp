// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/errortext.h"
#include "inference/modelbackendloader.h"
#include "inference/packfiles.h"
#include "inference/planesio.h"
#include "inference/selftest.h"
#include "support/processmemory.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <semaphore>
#include <thread>

using namespace heirloom;
using namespace heirloom::test;
using Clock = std::chrono::steady_clock;

namespace
{

ModelFile tiny(const char *id)
{
    return packFile(QStringLiteral(HEIRLOOM_TINY_MODELS "/") + QLatin1String(id));
}

double seconds(Clock::duration d)
{
    return std::chrono::duration<double>(d).count();
}

} // namespace

/// The plugin with tiny networks that are always there, and with the real packs of the build tree
/// where they were fetched.
class TestTorchModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void missingPluginIsASentence();
    void fileThatIsNoPluginIsASentence();
    void nothingIsLoadedBeforeTheFirstUse();
    void computesWhatTheNetworkSays();
    void planesAndScalarsArrive();
    void halfWeightsBecomeFloat();
    void misfittingInputFailsAndLeavesTheModelUsable();
    void damagedBytesAreDamaged();
    void graphWalkRefusesWhatTheScanDidNotSee();
    void anySizeAfterAnyOther();
    void sameInputGivesTheSameBits();
    void budgetEndsThePassAndIsMeasured();
    void runnerHalvesTilesOverTheBudget();
    void nanEndsInModelOutputBad();
    void foldingNetworkRunsOnOddSizes();
    void yieldEndsThePass();
    void stopInsideAPassTwentyTimes_data();
    void stopInsideAPassTwentyTimes();
    void realPackPassesItsSelfTest_data();
    void realPackPassesItsSelfTest();

private:
    Result<std::unique_ptr<Model>> load(const ModelFile &file) { return m_loader->load(file); }

    std::unique_ptr<ModelBackendLoader> m_loader;
};

void TestTorchModel::initTestCase()
{
    m_loader = std::make_unique<ModelBackendLoader>(
        QStringList{QStringLiteral(HEIRLOOM_BINARY_DIR "/bin/heirloom-plugins")});
    m_loader->setThreads(2);
}

void TestTorchModel::missingPluginIsASentence()
{
    const QTemporaryDir dir;
    ModelBackendLoader loader({dir.path()});
    const auto model = loader.load(tiny("tiny-double"));
    QVERIFY(!model.has_value());
    QCOMPARE(model.error().code, ErrorCode::EngineMissing);
    QVERIFY(!errorSentence(model.error()).isEmpty());
    QVERIFY(loader.name().isEmpty());
}

void TestTorchModel::fileThatIsNoPluginIsASentence()
{
    const QTemporaryDir dir;
    QFile file(dir.filePath(QStringLiteral("heirloom-torch.so")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("no plugin");
    file.close();
    ModelBackendLoader loader({dir.path()});
    const auto model = loader.load(tiny("tiny-double"));
    QVERIFY(!model.has_value());
    QCOMPARE(model.error().code, ErrorCode::EngineMissing);
    QVERIFY(!model.error().arguments.value(0).isEmpty());
}

void TestTorchModel::nothingIsLoadedBeforeTheFirstUse()
{
    QVERIFY(!m_loader->isLoaded());
    QVERIFY(!contentOf(QStringLiteral("/proc/self/maps")).contains("libtorch"));
    QVERIFY(load(tiny("tiny-double")).has_value());
    QVERIFY(m_loader->isLoaded());
    QVERIFY(m_loader->name().startsWith(QStringLiteral("LibTorch ")));
}

void TestTorchModel::computesWhatTheNetworkSays()
{
    const auto model = load(tiny("tiny-double"));
    QVERIFY(model.has_value());
    const ModelInput input = testInput(37, 21);
    RunControl control;
    const auto output = (*model)->run(input, control);
    QVERIFY(output.has_value());
    QCOMPARE(output->size(), QSize(74, 42));
    for (int c = 0; c < 3; ++c)
        for (int y = 0; y < 42; ++y)
            for (int x = 0; x < 74; ++x)
                QCOMPARE(output->row(c, y)[x], input.image.row(c, y / 2)[x / 2]);
}

void TestTorchModel::planesAndScalarsArrive()
{
    const auto model = load(tiny("tiny-mask"));
    QVERIFY(model.has_value());
    ModelInput input = testInput(16, 12);
    Planes mask(1, 16, 12);
    mask.row(0, 3)[5] = 1;
    input.planes.insert(QStringLiteral("mask"), mask);
    RunControl control;
    for (double strength : {0.25, 0.5}) {
        if (strength != 0.5) // the pack's default
            input.scalars.insert(QStringLiteral("strength"), strength);
        else
            input.scalars.clear();
        const auto output = (*model)->run(input, control);
        QVERIFY(output.has_value());
        QCOMPARE(output->row(1, 3)[5], float(strength));
        QCOMPARE(output->row(1, 3)[6], input.image.row(1, 3)[6]);
    }
}

void TestTorchModel::halfWeightsBecomeFloat()
{
    ModelFile file = tiny("tiny-heavy");
    file.pack.halfWeights = true; // converting is harmless where nothing is half
    const auto model = load(file);
    QVERIFY(model.has_value());
    RunControl control;
    QVERIFY((*model)->run(testInput(20, 20), control).has_value());
}

void TestTorchModel::misfittingInputFailsAndLeavesTheModelUsable()
{
    const auto model = load(tiny("tiny-mask"));
    QVERIFY(model.has_value());
    RunControl control;
    ModelInput good = testInput(16, 12);
    good.planes.insert(QStringLiteral("mask"), Planes(1, 16, 12));

    ModelInput bad = good;
    bad.planes.clear();
    QCOMPARE((*model)->run(bad, control).error().code, ErrorCode::ModelFailed);
    bad = good;
    bad.planes[QStringLiteral("mask")] = Planes(1, 16, 11);
    QCOMPARE((*model)->run(bad, control).error().code, ErrorCode::ModelFailed);
    bad = good;
    bad.scalars.insert(QStringLiteral("strength"), 7);
    QCOMPARE((*model)->run(bad, control).error().code, ErrorCode::ModelFailed);
    bad = good;
    bad.image = Planes(1, 16, 12);
    QCOMPARE((*model)->run(bad, control).error().code, ErrorCode::ModelFailed);
    bad.image = Planes(3, 0, 0);
    QCOMPARE((*model)->run(bad, control).error().code, ErrorCode::ModelFailed);
    QVERIFY((*model)->run(good, control).has_value());
}

void TestTorchModel::damagedBytesAreDamaged()
{
    ModelFile file = tiny("tiny-double");
    const QByteArray good = file.bytes;
    for (const QByteArray &bytes :
         {QByteArray(), QByteArray("hello"), good.first(good.size() / 2)}) {
        file.bytes = bytes;
        const auto model = load(file);
        QVERIFY(!model.has_value());
        QCOMPARE(model.error().code, ErrorCode::ModelDamaged);
    }
    file.bytes = good;
    QVERIFY(load(file).has_value());
}

void TestTorchModel::graphWalkRefusesWhatTheScanDidNotSee()
{
    const auto model = load(tiny("tiny-forbidden")); // goes past the store and its scan
    QVERIFY(!model.has_value());
    QCOMPARE(model.error().code, ErrorCode::ModelRefused);
    QVERIFY(model.error().arguments[1].contains(QStringLiteral("aten::erfinv")));
}

void TestTorchModel::anySizeAfterAnyOther()
{
    const auto model = load(tiny("tiny-double"));
    QVERIFY(model.has_value());
    RunControl control;
    for (const QSize &size :
         {QSize(1, 7), QSize(64, 64), QSize(3, 50), QSize(64, 64), QSize(1, 1)}) {
        const auto output = (*model)->run(testInput(size.width(), size.height()), control);
        QVERIFY(output.has_value());
        QCOMPARE(output->size(), size * 2);
    }
}

void TestTorchModel::sameInputGivesTheSameBits()
{
    const auto model = load(tiny("tiny-heavy"));
    const auto again = load(tiny("tiny-heavy"));
    QVERIFY(model.has_value() && again.has_value());
    RunControl control;
    const auto first = (*model)->run(testInput(50, 40), control);
    const auto second = (*model)->run(testInput(50, 40), control);
    const auto third = (*again)->run(testInput(50, 40), control);
    QVERIFY(first.has_value() && second.has_value() && third.has_value());
    QVERIFY(*first == *second);
    QVERIFY(*first == *third);
}

void TestTorchModel::budgetEndsThePassAndIsMeasured()
{
    const auto model = load(tiny("tiny-heavy"));
    QVERIFY(model.has_value());
    RunControl free;
    const auto expected = (*model)->run(testInput(96, 96), free);
    QVERIFY(expected.has_value());
    const qint64 peak = free.peakBytes;
    QVERIFY(peak >= 2 * 64 * 96 * 96 * 4); // a layer's input and output at least
    QVERIFY(peak < 40 * 64 * 96 * 96 * 4); // and not all layers

    RunControl tight;
    tight.budgetBytes = peak - 1000;
    const auto refused = (*model)->run(testInput(96, 96), tight);
    QVERIFY(!refused.has_value());
    QCOMPARE(refused.error().code, ErrorCode::OutOfMemory);
    QVERIFY(tight.peakBytes <= tight.budgetBytes);

    RunControl enough;
    enough.budgetBytes = peak;
    const auto output = (*model)->run(testInput(96, 96), enough);
    QVERIFY(output.has_value());
    QVERIFY(*output == *expected);
    QCOMPARE(qint64(enough.peakBytes), peak);
}

void TestTorchModel::runnerHalvesTilesOverTheBudget()
{
    const auto model = load(tiny("tiny-double"));
    QVERIFY(model.has_value());
    const ModelInput input = testInput(100, 70);
    RunControl free;
    const auto whole = (*model)->run(input, free);
    RunControl one;
    QVERIFY((*model)->run(testInput(72, 72), one).has_value());

    TiledOptions options;
    options.tile = 64;
    options.budgetBytes = one.peakBytes / 2;
    PlanesSource source(input.image);
    PlanesSink sink(QSize(200, 140));
    const auto result = TiledRunner(**model, options).run(source, sink, {});
    QVERIFY(result.has_value());
    QVERIFY(result->halved >= 1);
    QVERIFY(result->smallestTile < 64);
    QVERIFY(result->peakBytes <= options.budgetBytes);
    QVERIFY(sink.isWhole());
    QVERIFY(sink.planes == *whole);

    options.budgetBytes = 1000;
    PlanesSink none(QSize(200, 140));
    QCOMPARE(TiledRunner(**model, options).run(source, none, {}).error().code,
             ErrorCode::OutOfMemory);
}

void TestTorchModel::nanEndsInModelOutputBad()
{
    const auto model = load(tiny("tiny-nan"));
    QVERIFY(model.has_value());
    PlanesSource source(testInput(40, 40).image);
    PlanesSink sink(QSize(40, 40));
    const auto result = TiledRunner(**model, {}).run(source, sink, {});
    QVERIFY(!result.has_value());
    QCOMPARE(result.error().code, ErrorCode::ModelOutputBad);
    QCOMPARE(sink.writes, 0);
}

void TestTorchModel::foldingNetworkRunsOnOddSizes()
{
    const auto model = load(tiny("tiny-fold"));
    QVERIFY(model.has_value());
    const Planes image = testInput(77, 51).image;
    TiledOptions options;
    options.tile = 21;
    options.halo = 3;
    PlanesSource source(image);
    PlanesSink sink(QSize(77, 51));
    QVERIFY(TiledRunner(**model, options).run(source, sink, {}).has_value());
    QVERIFY(sink.planes == image);
}

void TestTorchModel::yieldEndsThePass()
{
    const auto model = load(tiny("tiny-heavy"));
    QVERIFY(model.has_value());
    int looks = 0;
    bool wanted = true;
    RunControl control;
    control.progress.setYield([&] { return wanted && ++looks > 20; }, {});
    const auto result = (*model)->run(testInput(64, 64), control);
    QVERIFY(!result.has_value());
    QVERIFY(result.error().isCancelled());
    QCOMPARE(looks, 21); // at once, not at the end
    wanted = false;
    QVERIFY((*model)->run(testInput(64, 64), control).has_value());
}

void TestTorchModel::stopInsideAPassTwentyTimes_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<int>("side");
    QTest::newRow("tiny") << QStringLiteral(HEIRLOOM_TINY_MODELS "/tiny-heavy") << 96;
    const QString real = QStringLiteral(HEIRLOOM_BINARY_DIR "/models/realesrgan-x4plus");
    if (QFile::exists(real + QStringLiteral("/realesrgan-x4plus.pt")))
        QTest::newRow("x4plus") << real << 48;
}

/// The stop comes from another thread at different depths of the pass. What counts is that the pass
/// ends there and not at its end, and that nothing is left behind.
void TestTorchModel::stopInsideAPassTwentyTimes()
{
    QFETCH(QString, folder);
    QFETCH(int, side);
    const auto model = load(packFile(folder));
    QVERIFY(model.has_value());
    const ModelInput input = testInput(side, side);

    int allocations = 0;
    RunControl counting;
    counting.progress.setYield(
        [&] {
            ++allocations;
            return false;
        },
        {});
    const Clock::time_point begin = Clock::now();
    const auto expected = (*model)->run(input, counting);
    const double wholePass = seconds(Clock::now() - begin);
    QVERIFY(expected.has_value());
    QVERIFY(allocations > 40);

    qint64 afterThird = 0;
    double slowest = 0;
    for (int round = 1; round <= 20; ++round) {
        std::stop_source stop;
        std::binary_semaphore reached(0);
        Clock::time_point asked;
        std::jthread canceller([&] {
            reached.acquire();
            asked = Clock::now();
            stop.request_stop();
        });
        RunControl control;
        control.progress = Progress(stop.get_token(), {});
        const int depth = allocations * round / 25;
        int seen = 0;
        control.progress.setYield(
            [&] {
                if (++seen == depth)
                    reached.release();
                return false;
            },
            {});
        const auto result = (*model)->run(input, control);
        const Clock::time_point idle = Clock::now();
        canceller.join();
        QVERIFY(!result.has_value());
        QVERIFY(result.error().isCancelled());
        QVERIFY(seen < allocations);
        slowest = std::max(slowest, seconds(idle - asked));
        if (round == 3)
            afterThird = residentBytes();
    }
    const qint64 grown = residentBytes() - afterThird;
    qInfo("a pass takes %.2f s; slowest stop %.3f s; memory grew by %.1f MB from stop 3 to 20",
          wholePass, slowest, double(grown) / 1048576);
    QVERIFY(grown <= 20 << 20);
    QVERIFY(slowest < wholePass / 2);

    RunControl control;
    const auto again = (*model)->run(input, control);
    QVERIFY(again.has_value());
    QVERIFY(*again == *expected);
}

void TestTorchModel::realPackPassesItsSelfTest_data()
{
    QTest::addColumn<QString>("folder");
    const QDir models(QStringLiteral(HEIRLOOM_BINARY_DIR "/models"));
    for (const QString &id : models.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        if (QFile::exists(models.filePath(id + QStringLiteral("/model.json"))))
            QTest::newRow(qPrintable(id)) << models.filePath(id);
    if (models.entryList(QDir::Dirs | QDir::NoDotAndDotDot).isEmpty())
        QTest::newRow("none fetched") << QString();
}

void TestTorchModel::realPackPassesItsSelfTest()
{
    QFETCH(QString, folder);
    if (folder.isEmpty())
        QSKIP("no packs in the build tree: models/fetch");
    ModelStore store({QStringLiteral(HEIRLOOM_BINARY_DIR "/models")});
    const auto file = store.open(QDir(folder).dirName());
    QVERIFY2(file.has_value(), file ? "" : qPrintable(errorSentence(file.error())));
    const auto model = load(*file);
    QVERIFY2(model.has_value(), model ? "" : qPrintable(errorSentence(model.error())));
    const auto passed = runSelfTest(**model);
    QVERIFY2(passed.has_value(), passed ? "" : qPrintable(errorSentence(passed.error())));
}

QTEST_GUILESS_MAIN(TestTorchModel)
#include "tst_torchmodel.moc"
