// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/colorize.h"
#include "recipe/recipelibrary.h"
#include "session/ailayers.h"
#include "session/handtone.h"
#include "session/restoration.h"
#include "sessionstage.h"
#include "support/testpictures.h"

#include <QtTest>

#include <array>
#include <random>

using namespace heirloom;
using namespace heirloom::test;

/// Steps run on a picture, as the command line does, and as layers of a document.
class TestRestoration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalsTheDocumentsLayersByteForByte_data();
    void equalsTheDocumentsLayersByteForByte();
    void greyPictureGetsColoursAsInTheDocument_data();
    void greyPictureGetsColoursAsInTheDocument();
    void recipeEqualsTheWindowsRunByteForByte_data();
    void recipeEqualsTheWindowsRunByteForByte();
    void withoutStepsThePictureIsTheSame();
    void stepThatFindsNothingLeavesThePicture();
    void failureLeavesNothing();
    void cancelEndsBetweenSteps();
    void tonesByHandAreTheWindowsAdjustments_data();
    void tonesByHandAreTheWindowsAdjustments();
    void greyHasNoWhiteBalance();
    void slidersAtZeroChangeNothing();
};

namespace
{

Image noisy(QSize size, PixelFormat format)
{
    Image image = photoPicture(size, format);
    std::mt19937 random(3);
    std::normal_distribution<double> noise(0, format.depth == Depth::U8 ? 14 : 14 * 257);
    const int samples = size.width() * format.channelCount();
    const int channels = format.channelCount();
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < samples; ++x) {
            if (format.hasAlpha() && x % channels == channels - 1)
                continue;
            if (format.depth == Depth::U8) {
                quint8 &v = image.samples<quint8>(y)[x];
                v = quint8(std::clamp(v + noise(random), 0.0, 255.0));
            } else {
                quint16 &v = image.samples<quint16>(y)[x];
                v = quint16(std::clamp(v + noise(random), 0.0, 65535.0));
            }
        }
    }
    return image;
}

/// The picture as colour film shows it, or as silver where it is grey.
Image onFilm(Image image)
{
    const PixelFormat format = image.format();
    const bool wide = format.depth == Depth::U16;
    const double unit = wide ? 257 : 1;
    constexpr std::array base{230.0, 150.0, 95.0}, contrast{0.65, 0.45, 0.28};
    for (int y = 0; y < image.height(); ++y) {
        for (int i = 0; i < image.width() * format.channelCount(); ++i) {
            const int c = i % format.channelCount();
            if (c >= format.colorCount())
                continue;
            const auto developed = [&](double v) {
                return base[size_t(c)] * unit - contrast[size_t(c)] * v;
            };
            if (wide)
                image.samples<quint16>(y)[i] = quint16(developed(image.samples<quint16>(y)[i]));
            else
                image.samples<quint8>(y)[i] = quint8(developed(image.samples<quint8>(y)[i]));
        }
    }
    return image;
}

QList<ProposedStep> cleanAndEnlarge()
{
    return {{QStringLiteral("denoise"),
             {{QStringLiteral("sigma"), 14.0}, {QStringLiteral("model"), QStringLiteral("nlm")}},
             100,
             {},
             {}},
            {QStringLiteral("upscale"),
             {{QStringLiteral("scale"), 2.0}, {QStringLiteral("model"), scriptedId}},
             100,
             {},
             {}}};
}

RestoredPicture pictureOf(const Image &image)
{
    return {TiledBuffer::fromImage(image, TileStore::create(qint64(64) << 20)), {}, {}, {}};
}

} // namespace

void TestRestoration::equalsTheDocumentsLayersByteForByte_data()
{
    QTest::addColumn<PixelFormat>("format");
    QTest::newRow("8 bit") << PixelFormat{Channels::Rgb, Depth::U8};
    QTest::newRow("16 bit") << PixelFormat{Channels::Rgb, Depth::U16};
    QTest::newRow("grey") << PixelFormat{Channels::Gray, Depth::U8};
    QTest::newRow("alpha") << PixelFormat{Channels::Rgba, Depth::U8};
}

void TestRestoration::equalsTheDocumentsLayersByteForByte()
{
    QFETCH(PixelFormat, format);
    const Image image = noisy({300, 210}, format);
    Stage stage(false);
    QVERIFY(stage.open(image));
    for (const ProposedStep &step : cleanAndEnlarge()) {
        const JobId job = stage.session->aiLayers().add(step.operation, step.parameters);
        QCOMPARE(stage.outcome(job).kind, Outcome::Kind::Done);
    }
    const auto done = restored(pictureOf(image), cleanAndEnlarge(), stage.environment);
    QVERIFY(done);
    QCOMPARE(done->records.size(), 2);
    QCOMPARE(done->pixels.size(), QSize(600, 420));
    QVERIFY(done->pixels.toImage() == stage.shown());
    QVERIFY(!(done->pixels.toImage() == image));
}

void TestRestoration::greyPictureGetsColoursAsInTheDocument_data()
{
    QTest::addColumn<PixelFormat>("format");
    QTest::addColumn<double>("strength");
    for (const double strength : {100.0, 65.0}) {
        QTest::addRow("8 bit, %.0f", strength)
            << PixelFormat{Channels::Gray, Depth::U8} << strength;
        QTest::addRow("16 bit, %.0f", strength)
            << PixelFormat{Channels::Gray, Depth::U16} << strength;
        QTest::addRow("alpha, %.0f", strength)
            << PixelFormat{Channels::GrayAlpha, Depth::U8} << strength;
    }
}

/// An operation that brings colour gets a grey picture as RGB, in either way, among others.
void TestRestoration::greyPictureGetsColoursAsInTheDocument()
{
    QFETCH(PixelFormat, format);
    QFETCH(double, strength);
    ColorizeSettings settings;
    ColorHint hint;
    hint.path = {{60, 50}};
    hint.color = qRgb(200, 70, 40);
    settings.hints.all = {hint};
    settings.model = Colorize::twinId();
    QList<ProposedStep> steps = cleanAndEnlarge();
    steps[0].strength = 80;
    steps.insert(1, {Colorize::id(), settings.toParameters(), strength, {}, {}});
    const Image image = noisy({300, 210}, format);
    Stage stage(false);
    QVERIFY(stage.open(image));
    for (const ProposedStep &step : steps) {
        AiLook look;
        look.opacity = step.strength / 100;
        const JobId job = stage.session->aiLayers().add(step.operation, step.parameters, look);
        QCOMPARE(stage.outcome(job).kind, Outcome::Kind::Done);
    }
    const auto done = restored(pictureOf(image), steps, stage.environment);
    QVERIFY(done);
    QCOMPARE(done->records.size(), 3);
    QCOMPARE(done->pixels.format(), format.asRgb());
    QVERIFY(done->pixels.toImage() == stage.shown());
    QVERIFY(!(done->pixels.toImage() ==
              done->pixels.toImage().converted(format).converted(format.asRgb())));
}

void TestRestoration::recipeEqualsTheWindowsRunByteForByte_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<PixelFormat>("format");
    for (const Recipe &recipe : shippedRecipes()) {
        for (const PixelFormat format : {PixelFormat{Channels::Rgb, Depth::U8},
                                         PixelFormat{Channels::Rgb, Depth::U16},
                                         PixelFormat{Channels::Gray, Depth::U8},
                                         PixelFormat{Channels::Rgba, Depth::U8}})
            QTest::addRow("%s, %d channels of %d bytes", qPrintable(recipe.id),
                          format.channelCount(), format.bytesPerSample())
                << recipe.id << format;
    }
}

/// Each measures the picture by itself; steps at part of their strength lie over one another.
void TestRestoration::recipeEqualsTheWindowsRunByteForByte()
{
    QFETCH(QString, name);
    QFETCH(PixelFormat, format);
    const auto recipe = findRecipe(name);
    QVERIFY(recipe);
    const Image photo = noisy({260, 180}, format);
    const Image image = name == QStringLiteral("negative") ? onFilm(photo) : photo;
    Stage stage(false);
    QVERIFY(stage.open(image));
    CompositorSource seen(stage.session->document()->snapshot(), stage.session->tileStore());
    const auto measured = measure(seen);
    QVERIFY(measured);
    const QList<ProposedStep> steps = recipe->stepsFor(*measured);
    QVERIFY(!steps.isEmpty());
    for (const ProposedStep &step : steps) {
        AiLook look;
        look.opacity = step.strength / 100;
        QCOMPARE(stage.outcome(stage.session->aiLayers().add(step.operation, step.parameters, look))
                     .kind,
                 Outcome::Kind::Done);
    }
    const RestoredPicture picture = pictureOf(image);
    RestoredSource source(picture);
    const auto again = measure(source);
    QVERIFY(again);
    QCOMPARE(recipe->stepsFor(*again), steps);
    const auto done = restored(picture, steps, stage.environment);
    QVERIFY(done);
    QVERIFY(done->pixels.toImage() == stage.shown());
    QVERIFY(!done->records.isEmpty());
}

void TestRestoration::withoutStepsThePictureIsTheSame()
{
    const Image image = photoPicture({90, 70}, {Channels::Rgb, Depth::U16});
    Stage stage(false);
    const auto done = restored(pictureOf(image), {}, stage.environment);
    QVERIFY(done);
    QVERIFY(done->pixels.toImage() == image);
    QVERIFY(done->records.isEmpty());
}

void TestRestoration::stepThatFindsNothingLeavesThePicture()
{
    Image flat({200, 200}, {Channels::Rgb, Depth::U8});
    flat.fill(120);
    Stage stage(false);
    const RestoredPicture picture = pictureOf(flat);
    const auto done =
        restored(picture, {{QStringLiteral("denoise"), {}, 100, {}, {}}}, stage.environment);
    QVERIFY(done);
    QVERIFY(done->pixels.sharesAllTilesWith(picture.pixels));
    QVERIFY(done->records.isEmpty());
    QVERIFY(!done->warnings.isEmpty()); // it says so
}

void TestRestoration::failureLeavesNothing()
{
    Stage stage(false);
    QList<ProposedStep> steps = cleanAndEnlarge();
    steps[1].parameters[QStringLiteral("model")] = QStringLiteral("missing");
    const auto done = restored(pictureOf(noisy({60, 50}, {Channels::Rgb, Depth::U8})), steps,
                               stage.environment);
    QVERIFY(!done);
    QCOMPARE(done.error().code, ErrorCode::ModelMissing);
}

void TestRestoration::cancelEndsBetweenSteps()
{
    Stage stage(false);
    std::stop_source stop;
    const Progress progress(stop.get_token(), [&](const ProgressReport &report) {
        if (report.fraction > 0.4)
            stop.request_stop();
    });
    const auto done = restored(pictureOf(noisy({300, 300}, {Channels::Rgb, Depth::U8})),
                               cleanAndEnlarge(), stage.environment, progress);
    QVERIFY(!done);
    QVERIFY(done.error().isCancelled());
}

void TestRestoration::tonesByHandAreTheWindowsAdjustments_data()
{
    QTest::addColumn<PixelFormat>("format");
    QTest::newRow("8 bit") << PixelFormat{Channels::Rgb, Depth::U8};
    QTest::newRow("16 bit and alpha") << PixelFormat{Channels::Rgba, Depth::U16};
}

void TestRestoration::tonesByHandAreTheWindowsAdjustments()
{
    QFETCH(PixelFormat, format);
    const Image image = photoPicture({300, 210}, format);
    HandTone hand;
    hand.exposure = 0.4;
    hand.contrast = 30;
    hand.saturation = -40;
    hand.temperature = 20;
    QCOMPARE(hand.adjustments().size(), 4);
    QCOMPARE(hand.toParameters().size(), 4);
    const RestoredPicture picture = pictureOf(image);
    const auto done = adjusted(picture, hand.adjustments());
    QVERIFY(done);

    Stage stage(false);
    QVERIFY(stage.open(image));
    Document &document = *stage.session->document();
    const QList<AdjustmentContent> contents = {
        {QStringLiteral("white-balance"), {{QStringLiteral("temperature"), 20.0}}},
        {QStringLiteral("exposure"), {{QStringLiteral("exposure"), 0.4}}},
        {QStringLiteral("curves"),
         {{QStringLiteral("master"),
           QVariantList{QVariantList{0, 0}, QVariantList{0.25, 0.2125}, QVariantList{0.75, 0.7875},
                        QVariantList{1, 1}}}}},
        {QStringLiteral("saturation"), {{QStringLiteral("saturation"), -40.0}}}};
    for (const AdjustmentContent &content : contents) {
        Layer layer;
        layer.kind = LayerKind::Adjustment;
        layer.adjustment = content;
        document.insertLayer(document.stack().count(), std::move(layer));
    }
    QVERIFY(done->pixels.toImage() == stage.shown());
    QVERIFY(!(done->pixels.toImage() == image));
}

void TestRestoration::greyHasNoWhiteBalance()
{
    const RestoredPicture grey = pictureOf(photoPicture({60, 50}, {Channels::Gray, Depth::U8}));
    HandTone hand;
    hand.tint = 10;
    const auto refused = adjusted(grey, hand.adjustments());
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::BadArgument);
    hand = {};
    hand.exposure = -1;
    const auto darker = adjusted(grey, hand.adjustments());
    QVERIFY(darker);
    QCOMPARE(darker->pixels.format(), grey.pixels.format());
    QVERIFY(!(darker->pixels.toImage() == grey.pixels.toImage()));
}

void TestRestoration::slidersAtZeroChangeNothing()
{
    QVERIFY(HandTone().adjustments().isEmpty());
    QVERIFY(HandTone().toParameters().isEmpty());
    const RestoredPicture picture = pictureOf(photoPicture({60, 50}, {Channels::Rgb, Depth::U8}));
    const auto done = adjusted(picture, {});
    QVERIFY(done);
    QVERIFY(done->pixels.sharesAllTilesWith(picture.pixels));
}

QTEST_GUILESS_MAIN(TestRestoration)
#include "tst_restoration.moc"
