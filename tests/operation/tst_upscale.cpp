// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Longer than most: one class, many cases.
#include "image/colormanagement.h"
#include "image/resample.h"
#include "operation/pictureends.h"
#include "operation/scriptedmodels.h"
#include "operation/upscale.h"
#include "support/comparison.h"
#include "support/testpictures.h"

#include <QtTest>

#include <stop_token>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr PixelFormat Rgb8{Channels::Rgb, Depth::U8};
constexpr PixelFormat Rgb16{Channels::Rgb, Depth::U16};
constexpr PixelFormat Rgba8{Channels::Rgba, Depth::U8};

const QString packId = QStringLiteral("scripted");

UpscaleSettings settingsFor(const UpscaleTarget &target, double strength = 100)
{
    UpscaleSettings settings;
    settings.target = target;
    settings.model = packId;
    settings.strength = strength;
    return settings;
}

/// Slow and plain: every pixel 4 x 4 times.
Image replicated(const Image &image)
{
    Image out(image.size() * 4, image.format());
    const int bytes = image.format().bytesPerPixel();
    for (int y = 0; y < out.height(); ++y) {
        for (int x = 0; x < out.width(); ++x)
            std::memcpy(out.row(y) + qsizetype(x) * bytes,
                        image.constRow(y / 4) + qsizetype(x / 4) * bytes, size_t(bytes));
    }
    return out;
}

struct Run {
    Image image;
    OperationRecord record;
};

Result<Run> upscaled(const Image &image, const UpscaleSettings &settings, ModelProvider *models,
                     const QByteArray &icc = {}, int tile = 0, const Progress &progress = {})
{
    OperationContext context;
    context.models = models;
    context.tile = tile;
    auto upscale = Upscale::create(image.size(), image.format(), icc, settings, context);
    if (!upscale)
        return fail(upscale.error());
    WholeSource source(image, icc);
    WholeSink sink((*upscale)->plan().target, image.format());
    auto record = (*upscale)->run(source, sink, progress);
    if (!record)
        return fail(record.error());
    if (sink.next != sink.image.height())
        return fail(ErrorCode::Internal, {QStringLiteral("rows are missing")});
    return Run{sink.image, *record};
}

} // namespace

class TestUpscale : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fourTimesIsTheModelsOutput_data();
    void fourTimesIsTheModelsOutput();
    void smallerFactorsAreReducedByArea_data();
    void smallerFactorsAreReducedByArea();
    void tilesDoNotShow_data();
    void tilesDoNotShow();
    void targetsKeepProportions_data();
    void targetsKeepProportions();
    void impossibleTargetsAreRefused();
    void resolutionFollowsTheSize();
    void grayStaysGray();
    void alphaGoesBesideByLanczos();
    void sixteenBitsKeepTheirPrecision();
    void wideGamutStays();
    void modelGetsSrgbOnly();
    void strengthZeroIsTheTwinExactly();
    void strengthBlendsRoundedResults();
    void streamingGivesTheSameBytes();
    void regionGivesTheSameBytes();
    void regionBeginsAtItsCentre();
    void cancelStopsInTheMiddle();
    void noModelMeansTheNamedTwin();
    void namedModelThatIsMissingIsAnError();
    void namedModelThatDoesNotLoadIsAnError();
    void unnamedModelThatDoesNotLoadGivesWay();
    void reductionUsesNoModel();
    void planningLoadsNothing();
    void recordSaysWhatWasDone();
};

void TestUpscale::fourTimesIsTheModelsOutput_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("1x1") << QSize(1, 1);
    QTest::newRow("1x40") << QSize(1, 40);
    QTest::newRow("7x13") << QSize(7, 13);
    QTest::newRow("16x16") << QSize(16, 16);
    QTest::newRow("17x33") << QSize(17, 33);
    QTest::newRow("100x61") << QSize(100, 61);
}

void TestUpscale::fourTimesIsTheModelsOutput()
{
    QFETCH(QSize, size);
    ScriptedProvider models;
    models.add(scriptedPack(packId));
    const Image image = photoPicture(size, Rgb8, 3);
    const auto run = upscaled(image, settingsFor(UpscaleTarget::byFactor(4)), &models);
    QVERIFY(run);
    QVERIFY(run->image == replicated(image));
}

void TestUpscale::smallerFactorsAreReducedByArea_data()
{
    QTest::addColumn<double>("factor");
    QTest::newRow("2") << 2.0;
    QTest::newRow("3") << 3.0;
    QTest::newRow("1.7") << 1.7;
    QTest::newRow("1") << 1.0;
}

void TestUpscale::smallerFactorsAreReducedByArea()
{
    QFETCH(double, factor);
    ScriptedProvider models;
    models.add(scriptedPack(packId));
    const Image image = photoPicture({45, 38}, Rgb16, 4);
    const auto run = upscaled(image, settingsFor(UpscaleTarget::byFactor(factor)), &models);
    QVERIFY(run);
    const QSize size(int(std::lround(45 * factor)), int(std::lround(38 * factor)));
    QCOMPARE(run->image.size(), size);
    const Image expected = resampled(replicated(image), size);
    // 16-bit steps: the reference rounds what the tiles leave in float.
    QVERIFY(maxDifference(run->image, expected) <= 2.0 / 257);
}

void TestUpscale::tilesDoNotShow_data()
{
    QTest::addColumn<QSize>("target");
    QTest::newRow("x4") << QSize(240, 0);
    QTest::newRow("x3") << QSize(180, 0);
    QTest::newRow("x2") << QSize(120, 0);
    QTest::newRow("x3.28") << QSize(197, 0);
    QTest::newRow("x1.05") << QSize(63, 0);
    QTest::newRow("x5.5") << QSize(331, 0);
    QTest::newRow("x9") << QSize(541, 0);
}

void TestUpscale::tilesDoNotShow()
{
    QFETCH(QSize, target);
    ScriptedProvider models;
    models.add(scriptedPack(packId));
    const Image image = photoPicture({60, 47}, Rgba8, 5);
    const auto settings = settingsFor(UpscaleTarget::byPixels(target), 70);
    const auto tiled = upscaled(image, settings, &models, {}, 16);
    const auto whole = upscaled(image, settings, &models, {}, 1000);
    QVERIFY(tiled && whole);
    QCOMPARE(whole->record.tiles, 1);
    QVERIFY(tiled->record.tiles > 4);
    QVERIFY(tiled->image == whole->image);
}

void TestUpscale::targetsKeepProportions_data()
{
    QTest::addColumn<QSize>("source");
    QTest::addColumn<UpscaleTarget>("target");
    QTest::addColumn<QSize>("expected");
    const QSize photo(600, 400);
    QTest::newRow("factor") << photo << UpscaleTarget::byFactor(3) << QSize(1800, 1200);
    QTest::newRow("width") << photo << UpscaleTarget::byPixels({1500, 0}) << QSize(1500, 1000);
    QTest::newRow("height") << photo << UpscaleTarget::byPixels({0, 999}) << QSize(1499, 999);
    QTest::newRow("inside") << photo << UpscaleTarget::byPixels({1500, 900}) << QSize(1350, 900);
    QTest::newRow("print") << photo << UpscaleTarget::byPrint({30, 20}, 300) << QSize(3543, 2362);
    QTest::newRow("print, other shape")
        << photo << UpscaleTarget::byPrint({20, 20}, 254) << QSize(2000, 1333);
    QTest::newRow("print, width only")
        << photo << UpscaleTarget::byPrint({10, 0}, 254) << QSize(1000, 667);
    QTest::newRow("thin") << QSize(1000, 1) << UpscaleTarget::byPixels({2000, 0}) << QSize(2000, 2);
}

void TestUpscale::targetsKeepProportions()
{
    QFETCH(QSize, source);
    QFETCH(UpscaleTarget, target);
    QFETCH(QSize, expected);
    const auto size = target.sizeFor(source);
    QVERIFY(size);
    QCOMPARE(*size, expected);
}

void TestUpscale::impossibleTargetsAreRefused()
{
    const QSize photo(600, 400);
    for (const UpscaleTarget &target :
         {UpscaleTarget::byFactor(0), UpscaleTarget::byFactor(17),
          UpscaleTarget::byFactor(std::nan("")), UpscaleTarget::byPixels({0, 0}),
          UpscaleTarget::byPixels({-5, -5}), UpscaleTarget::byPixels({300000, 0}),
          UpscaleTarget::byPrint({0, 0}, 300), UpscaleTarget::byPrint({30, 20}, 0)}) {
        const auto size = target.sizeFor(photo);
        QVERIFY(!size);
        QCOMPARE(size.error().code, ErrorCode::BadArgument);
    }
}

void TestUpscale::resolutionFollowsTheSize()
{
    const QSize photo(600, 400);
    const Resolution scan{150, 100};
    QCOMPARE(UpscaleTarget::byFactor(2).resolutionFor(photo, scan), (Resolution{300, 200}));
    QCOMPARE(UpscaleTarget::byPrint({30, 20}, 240).resolutionFor(photo, scan),
             (Resolution{240, 240}));
    QVERIFY(!UpscaleTarget::byFactor(2).resolutionFor(photo, {}).isValid());
}

void TestUpscale::grayStaysGray()
{
    for (const Depth depth : {Depth::U8, Depth::U16}) {
        for (const Channels channels : {Channels::Gray, Channels::GrayAlpha}) {
            ScriptedProvider models;
            models.add(scriptedPack(packId));
            Image image = gradientPicture({23, 19}, {channels, depth});
            const auto run = upscaled(image, settingsFor(UpscaleTarget::byFactor(4)), &models);
            QVERIFY(run);
            QCOMPARE(run->image.format(), image.format());
            const Image grays = run->image.converted({Channels::Gray, depth});
            const Image expected = replicated(image.converted({Channels::Gray, depth}));
            QVERIFY(maxDifference(grays, expected) <= (depth == Depth::U8 ? 0.01 : 4.0 / 257));
        }
    }
}

void TestUpscale::alphaGoesBesideByLanczos()
{
    ScriptedProvider models;
    models.add(scriptedPack(packId));
    const Image image = gradientPicture({33, 21}, Rgba8);
    const auto run = upscaled(image, settingsFor(UpscaleTarget::byFactor(4)), &models);
    QVERIFY(run);
    const Image twin = resampled(image, image.size() * 4);
    for (int y = 0; y < twin.height(); ++y) {
        for (int x = 0; x < twin.width(); ++x)
            QCOMPARE(int(run->image.constSamples<quint8>(y)[4 * x + 3]),
                     int(twin.constSamples<quint8>(y)[4 * x + 3]));
    }
}

void TestUpscale::sixteenBitsKeepTheirPrecision()
{
    ScriptedProvider models;
    models.add(scriptedPack(packId));
    const Image image = noisePicture({40, 30}, Rgb16, 7);
    const auto run = upscaled(image, settingsFor(UpscaleTarget::byFactor(4)), &models);
    QVERIFY(run);
    QVERIFY(run->image == replicated(image));
}

void TestUpscale::wideGamutStays()
{
    ScriptedProvider models;
    models.add(scriptedPack(packId));
    const QByteArray p3 = ColorProfile::displayP3().icc();
    // A red that sRGB does not have, in a flat picture: the network's clipping must not show.
    Image image({40, 30}, Rgb16);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            image.samples<quint16>(y)[3 * x] = 65000;
            image.samples<quint16>(y)[3 * x + 1] = 900;
            image.samples<quint16>(y)[3 * x + 2] = 2000;
        }
    }
    const auto run = upscaled(image, settingsFor(UpscaleTarget::byFactor(4)), &models, p3);
    QVERIFY(run);
    QVERIFY(maxDifference(run->image, replicated(image)) <= 4.0 / 257);
}

void TestUpscale::modelGetsSrgbOnly()
{
    ScriptedProvider models;
    const auto model = models.add(scriptedPack(packId));
    const Image image = noisePicture({40, 30}, Rgb8, 8);
    QVERIFY(upscaled(image, settingsFor(UpscaleTarget::byFactor(4)), &models,
                     ColorProfile::displayP3().icc()));
    QVERIFY(model->lowest >= 0);
    QVERIFY(model->highest <= 1);
    QVERIFY(model->highest > model->lowest);
}

void TestUpscale::strengthZeroIsTheTwinExactly()
{
    for (const double factor : {2.0, 3.0, 4.0, 5.5}) {
        ScriptedProvider models;
        const auto model = models.add(scriptedPack(packId));
        const Image image = photoPicture({31, 26}, Rgba8, 9);
        const auto run = upscaled(image, settingsFor(UpscaleTarget::byFactor(factor), 0), &models);
        QVERIFY(run);
        QCOMPARE(model->runs, 0);
        QCOMPARE(run->record.method, QStringLiteral("lanczos"));
        QVERIFY(run->image == resampled(image, run->image.size()));
    }
}

void TestUpscale::strengthBlendsRoundedResults()
{
    ScriptedProvider models;
    models.add(scriptedPack(packId));
    const Image image = photoPicture({31, 26}, Rgb8, 9);
    const auto full = upscaled(image, settingsFor(UpscaleTarget::byFactor(4)), &models);
    const auto half = upscaled(image, settingsFor(UpscaleTarget::byFactor(4), 50), &models);
    QVERIFY(full && half);
    const Image twin = resampled(image, image.size() * 4);
    for (int y = 0; y < twin.height(); ++y) {
        for (int i = 0; i < twin.width() * 3; ++i) {
            const double a = twin.constSamples<quint8>(y)[i];
            const double b = full->image.constSamples<quint8>(y)[i];
            QVERIFY(std::abs(half->image.constSamples<quint8>(y)[i] - (a + b) / 2) <= 0.5);
        }
    }
    QCOMPARE(half->record.strength, 50.0);
}

void TestUpscale::streamingGivesTheSameBytes()
{
    ScriptedProvider models;
    models.add(scriptedPack(packId));
    const Image image = photoPicture({70, 111}, Rgb8, 10);
    for (const QString &model : {packId, Upscale::twinId()}) {
        for (const double factor : {2.0, 3.3, 4.0}) {
            OperationContext context;
            context.models = &models;
            UpscaleSettings settings = settingsFor(UpscaleTarget::byFactor(factor), 80);
            settings.model = model;
            auto upscale = Upscale::create(image.size(), image.format(), {}, settings, context);
            QVERIFY(upscale);
            StreamedSource streamed(image, (*upscale)->retainedRows());
            WholeSink sink((*upscale)->plan().target, image.format());
            const auto record = (*upscale)->run(streamed, sink);
            QVERIFY2(record, qPrintable(record ? QString() : record.error().arguments.join(u' ')));
            const auto whole = upscaled(image, settings, &models);
            QVERIFY(whole);
            QVERIFY(sink.image == whole->image);
        }
    }
}

void TestUpscale::regionGivesTheSameBytes()
{
    std::mt19937 random(11);
    ScriptedProvider models;
    models.add(scriptedPack(packId));
    const Image image = photoPicture({90, 75}, Rgba8, 11);
    for (int round = 0; round < 12; ++round) {
        const double factor = 1 + double(random() % 500) / 100;
        UpscaleSettings settings = settingsFor(UpscaleTarget::byFactor(factor), 60);
        if (round % 4 == 3)
            settings.model = Upscale::twinId();
        OperationContext context;
        context.models = &models;
        context.regionAlone = round % 2;
        auto upscale = Upscale::create(image.size(), image.format(), {}, settings, context);
        QVERIFY(upscale);
        const QSize target = (*upscale)->plan().target;
        const QRect region =
            QRect(int(random() % target.width()), int(random() % target.height()), 60, 40) &
            QRect(QPoint(0, 0), target);
        Image got(target, image.format());
        got.fill(0);
        QRegion covered;
        WholeSource source(image);
        QVERIFY((*upscale)->runRegion(source, region, region.center(),
                                      [&](const QRect &place, const Image &pixels) {
                                          QCOMPARE(pixels.size(), place.size());
                                          got.paste(pixels, place.topLeft());
                                          covered += place;
                                      }));
        QVERIFY(QRegion(region).subtracted(covered).isEmpty());
        if (context.regionAlone) // a source pixel more on each side, at most
            QVERIFY(region.adjusted(-20, -20, 20, 20).contains(covered.boundingRect()));
        const auto whole = upscaled(image, settings, &models);
        QVERIFY(whole);
        QVERIFY(got.copied(region) == whole->image.copied(region));
    }
}

void TestUpscale::regionBeginsAtItsCentre()
{
    ScriptedProvider models;
    models.add(scriptedPack(packId));
    const Image image = photoPicture({96, 96}, Rgb8, 12);
    OperationContext context;
    context.models = &models;
    auto upscale = Upscale::create(image.size(), image.format(), {},
                                   settingsFor(UpscaleTarget::byFactor(4)), context);
    QVERIFY(upscale);
    QList<QRect> places;
    WholeSource source(image);
    const QPoint centre(200, 140);
    QVERIFY((*upscale)->runRegion(source, QRect(0, 0, 384, 384), centre,
                                  [&](const QRect &place, const Image &) { places += place; }));
    QCOMPARE(places.size(), 36);
    QVERIFY(places.first().contains(centre));
    QVERIFY(QLineF(places.last().center(), centre).length() >
            QLineF(places.first().center(), centre).length());
}

void TestUpscale::cancelStopsInTheMiddle()
{
    ScriptedProvider models;
    const auto model = models.add(scriptedPack(packId));
    std::stop_source stop;
    model->beforeRun = [&](int run) {
        if (run == 7)
            stop.request_stop();
    };
    const auto run = upscaled(photoPicture({96, 96}, Rgb8), settingsFor(UpscaleTarget::byFactor(4)),
                              &models, {}, 0, Progress(stop.get_token(), {}));
    QVERIFY(!run);
    QVERIFY(run.error().isCancelled());
    QCOMPARE(model->runs, 7);
}

void TestUpscale::noModelMeansTheNamedTwin()
{
    ScriptedProvider none;
    const Image image = photoPicture({31, 26}, Rgb16, 13);
    UpscaleSettings settings = settingsFor(UpscaleTarget::byFactor(2));
    settings.model.clear();
    for (ModelProvider *models : {static_cast<ModelProvider *>(&none), (ModelProvider *)nullptr}) {
        const auto run = upscaled(image, settings, models);
        QVERIFY(run);
        QCOMPARE(run->record.method, QStringLiteral("lanczos"));
        QCOMPARE(run->record.warnings.size(), 1);
        QVERIFY(run->record.modelId.isEmpty());
        QCOMPARE(run->record.alteration, Alteration::AlgorithmicallyEnhanced);
        QVERIFY(run->image == resampled(image, image.size() * 2));
    }
    settings.model = Upscale::twinId();
    const auto asked = upscaled(image, settings, nullptr);
    QVERIFY(asked);
    QVERIFY(asked->record.warnings.isEmpty());
}

void TestUpscale::namedModelThatIsMissingIsAnError()
{
    ScriptedProvider none;
    const auto run =
        upscaled(photoPicture({9, 9}, Rgb8), settingsFor(UpscaleTarget::byFactor(2)), &none);
    QVERIFY(!run);
    QCOMPARE(run.error().code, ErrorCode::ModelMissing);
    const auto without =
        upscaled(photoPicture({9, 9}, Rgb8), settingsFor(UpscaleTarget::byFactor(2)), nullptr);
    QVERIFY(!without);
    QCOMPARE(without.error().code, ErrorCode::ModelMissing);
}

void TestUpscale::namedModelThatDoesNotLoadIsAnError()
{
    ScriptedProvider models;
    models.add(scriptedPack(packId), false);
    const auto run =
        upscaled(photoPicture({9, 9}, Rgb8), settingsFor(UpscaleTarget::byFactor(2)), &models);
    QVERIFY(!run);
    QCOMPARE(run.error().code, ErrorCode::ModelDamaged);
}

void TestUpscale::unnamedModelThatDoesNotLoadGivesWay()
{
    UpscaleSettings settings = settingsFor(UpscaleTarget::byFactor(4));
    settings.model.clear();
    const Image image = photoPicture({20, 20}, Rgb8);
    ScriptedProvider models;
    models.add(scriptedPack(QStringLiteral("realesrgan-general-x4v3")), false);
    const auto twin = upscaled(image, settings, &models);
    QVERIFY(twin);
    QCOMPARE(twin->record.method, QStringLiteral("lanczos"));
    QCOMPARE(twin->record.warnings.size(), 1);

    models.add(scriptedPack(QStringLiteral("realesrgan-x4plus")));
    const auto other = upscaled(image, settings, &models);
    QVERIFY(other);
    QCOMPARE(other->record.method, QStringLiteral("realesrgan-x4plus"));
    QCOMPARE(other->record.warnings.size(), 1);
}

void TestUpscale::reductionUsesNoModel()
{
    ScriptedProvider models;
    const auto model = models.add(scriptedPack(packId));
    const Image image = photoPicture({64, 48}, Rgb8);
    const auto run = upscaled(image, settingsFor(UpscaleTarget::byPixels({32, 0})), &models);
    QVERIFY(run);
    QCOMPARE(model->runs, 0);
    QCOMPARE(run->record.method, QStringLiteral("area"));
    QCOMPARE(run->record.warnings.size(), 1);
    QVERIFY(run->image == resampled(image, {32, 24}));
}

void TestUpscale::planningLoadsNothing()
{
    ScriptedProvider models;
    models.add(scriptedPack(packId));
    OperationContext context;
    context.models = &models;
    const auto plan =
        planUpscale({100, 50}, Rgb8, {}, settingsFor(UpscaleTarget::byFactor(2)), context);
    QVERIFY(plan);
    QCOMPARE(models.loads, 0);
    QCOMPARE(plan->target, QSize(200, 100));
    QVERIFY(plan->isLearned());
    QCOMPARE(plan->tile, 16);
    QVERIFY(plan->tiles() >= 6 * 3);
    QVERIFY(plan->modelPixels > 100 * 50);
}

void TestUpscale::recordSaysWhatWasDone()
{
    ScriptedProvider models;
    models.add(scriptedPack(packId));
    const auto run = upscaled(photoPicture({40, 40}, Rgb8),
                              settingsFor(UpscaleTarget::byFactor(2), 75), &models);
    QVERIFY(run);
    const OperationRecord &record = run->record;
    QCOMPARE(record.operation, QStringLiteral("upscale"));
    QCOMPARE(record.method, packId);
    QCOMPARE(record.modelId, packId);
    QCOMPARE(record.modelVersion, QStringLiteral("1.2.3"));
    QCOMPARE(record.modelSha256, QString(64, u'a'));
    QCOMPARE(record.strength, 75.0);
    QCOMPARE(record.alteration, Alteration::CompositeWithTrainedAlgorithmicMedia);
    QVERIFY(record.tiles > 1);
    QCOMPARE(record.tilesReused, 0);
}

QTEST_GUILESS_MAIN(TestUpscale)
#include "tst_upscale.moc"
