// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/denoise.h"
#include "operation/noiseestimate.h"
#include "operation/pictureends.h"
#include "operation/scriptedmodels.h"
#include "support/comparison.h"
#include "support/testpictures.h"

#include <QtTest>

#include <array>
#include <random>
#include <vector>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr PixelFormat Rgb8{Channels::Rgb, Depth::U8};
const QString pack = denoisePack().id;

struct Done {
    Image image;
    OperationRecord record;
    QVariantMap parameters;
};

/// The whole picture through an operation.
std::optional<Done> denoised(const Image &image, const DenoiseSettings &settings,
                             ModelProvider *models = nullptr)
{
    OperationContext context;
    context.models = models;
    auto made = Denoise::create({image.size(), image.format(), {}}, settings, context);
    if (!made)
        return {};
    // Both are read as files are: from top to bottom, once.
    StreamedSource looked(image, 0);
    StreamedSource source(image, (*made)->retainedRows());
    const auto parameters = (*made)->settle(looked, {});
    WholeSink sink(image.size(), image.format());
    const auto record = (*made)->run(source, sink, {});
    if (!parameters || !record)
        return {};
    return Done{sink.image, *record, *parameters};
}

DenoiseSettings twin(std::optional<double> sigma)
{
    DenoiseSettings settings;
    settings.sigma = sigma;
    settings.model = Denoise::twinId();
    return settings;
}

/// Smooth shapes without texture, and the same with Gaussian noise (steps of 1/255).
Image smooth(QSize size, PixelFormat format)
{
    Image image(size, {Channels::Rgb, Depth::F32});
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            for (int c = 0; c < 3; ++c)
                image.samples<float>(y)[3 * x + c] =
                    float(0.5 + 0.2 * std::sin(x * 0.02 + c) + 0.15 * std::cos(y * 0.03));
        }
    }
    return image.converted({Channels::Rgb, format.depth}).converted(format);
}

Image noisy(const Image &image, double sigma, bool alsoAlpha = false)
{
    std::mt19937 random(7);
    std::normal_distribution<float> normal(0, float(sigma / 255));
    Image out = image.converted(image.format().withDepth(Depth::F32));
    const int channels = image.format().channelCount();
    const int colors = alsoAlpha ? channels : image.format().colorCount();
    for (int y = 0; y < out.height(); ++y) {
        for (int x = 0; x < out.width(); ++x) {
            for (int c = 0; c < colors; ++c)
                out.samples<float>(y)[x * channels + c] += normal(random);
        }
    }
    return out.converted(image.format());
}

/// The same noise in all colours, its neighbours averaged as grain's clumps are.
Image grainy(const Image &image, double sigma)
{
    const int width = image.width();
    const int height = image.height();
    constexpr std::array kernel = {0.028, 0.228, 0.488, 0.228, 0.028}; // Gaussian, sigma 0.8
    std::mt19937 random(11);
    std::normal_distribution<double> normal(0, 1);
    std::vector<double> white(size_t(width + 4) * size_t(height + 4));
    for (double &v : white)
        v = normal(random);
    double sumOfSquares = 0;
    for (const double a : kernel) {
        for (const double b : kernel)
            sumOfSquares += a * b * a * b;
    }
    Image out = image.converted(image.format().withDepth(Depth::F32));
    const int channels = out.format().channelCount();
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            double sum = 0;
            for (int v = 0; v < 5; ++v) {
                for (int u = 0; u < 5; ++u)
                    sum += kernel[size_t(v)] * kernel[size_t(u)] *
                           white[size_t(y + v) * size_t(width + 4) + size_t(x + u)];
            }
            for (int c = 0; c < channels; ++c) {
                out.samples<float>(y)[x * channels + c] +=
                    float(sum * sigma / 255 / std::sqrt(sumOfSquares));
            }
        }
    }
    return out.converted(image.format());
}

} // namespace

class TestDenoise : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noiseIsMeasured_data();
    void noiseIsMeasured();
    void grainIsToldFromWhiteNoise_data();
    void grainIsToldFromWhiteNoise();
    void grainIsFoundBetweenTexture();
    void clippedNoiseIsMeasuredWhereItIsWhole();
    void noiseIsMeasuredThoughAllBlocksClip();
    void grainIsRemovedAtTwoSizes();
    void twinRemovesNoise_data();
    void twinRemovesNoise();
    void cleanPictureIsLeftExactlyAsItIs();
    void regionGivesTheSameBytesAsTheWhole_data();
    void regionGivesTheSameBytesAsTheWhole();
    void networkGetsSigmaAsAShare();
    void sixteenBitsAndAlphaAreKept();
    void strengthMixesWithThePicture();
    void missingModelIsSaidAndTheTwinUsed();
    void wrongValuesAreRefused();
    void parametersComeBack();
};

void TestDenoise::noiseIsMeasured_data()
{
    QTest::addColumn<double>("sigma");
    for (const double sigma : {0.0, 5.0, 15.0, 25.0, 50.0})
        QTest::addRow("%.0f", sigma) << sigma;
}

void TestDenoise::noiseIsMeasured()
{
    QFETCH(double, sigma);
    for (const PixelFormat format :
         {Rgb8, PixelFormat{Channels::Rgb, Depth::U16}, PixelFormat{Channels::Gray, Depth::U8}}) {
        const Image image = noisy(smooth({400, 300}, format), sigma);
        WholeSource source(image);
        const auto found = estimateNoise(source);
        QVERIFY(found);
        QVERIFY2(std::abs(found->sigma - sigma) <= 0.6 + 0.12 * sigma,
                 qPrintable(QString::number(found->sigma)));
        QVERIFY(!found->isCorrelated());
    }
}

void TestDenoise::grainIsToldFromWhiteNoise_data()
{
    QTest::addColumn<double>("sigma");
    QTest::addColumn<bool>("found");
    for (const double sigma : {2.0, 4.0})
        QTest::addRow("%.0f", sigma) << sigma << false;
    for (const double sigma : {9.0, 14.0, 20.0})
        QTest::addRow("%.0f", sigma) << sigma << true;
}

void TestDenoise::grainIsToldFromWhiteNoise()
{
    QFETCH(double, sigma);
    QFETCH(bool, found);
    for (const PixelFormat format : {Rgb8, PixelFormat{Channels::Gray, Depth::U16}}) {
        WholeSource source(grainy(smooth({400, 300}, format), sigma));
        const auto noise = estimateNoise(source);
        QVERIFY(noise);
        QCOMPARE(noise->isCorrelated(), found);
        if (found) {
            QVERIFY2(std::abs(noise->grain - sigma) <= 0.25 * sigma,
                     qPrintable(QString::number(noise->grain)));
            QCOMPARE(noise->strength(), noise->grain);
        }
    }
}

/// A picture full of texture but for a strip, narrower than the blocks that are looked at first.
void TestDenoise::grainIsFoundBetweenTexture()
{
    const Image plain = smooth({400, 300}, Rgb8);
    Image textured = noisy(grainy(plain, 20), 5);
    for (int y = 0; y < plain.height(); ++y)
        std::copy_n(plain.constSamples<quint8>(y) + 3 * 30, 3 * 40,
                    textured.samples<quint8>(y) + 3 * 30);
    WholeSource clean(textured);
    const auto none = estimateNoise(clean);
    QVERIFY(none);
    QVERIFY2(!none->isCorrelated(), qPrintable(QString::number(none->grain)));
    const double sigma = 12;
    WholeSource source(grainy(textured, sigma));
    const auto noise = estimateNoise(source);
    QVERIFY(noise);
    QVERIFY2(std::abs(noise->grain - sigma) <= 0.25 * sigma,
             qPrintable(QString::number(noise->grain)));
}

/// Half of the picture is so dark that most of its noise is cut off.
void TestDenoise::clippedNoiseIsMeasuredWhereItIsWhole()
{
    Image clean = smooth({512, 384}, Rgb8);
    for (int y = 0; y < clean.height(); ++y)
        std::fill_n(clean.samples<quint8>(y), 3 * 300, quint8(14));
    const double sigma = 40;
    WholeSource source(noisy(clean, sigma));
    const auto noise = estimateNoise(source);
    QVERIFY(noise);
    QVERIFY2(std::abs(noise->sigma - sigma) <= 0.12 * sigma,
             qPrintable(QString::number(noise->sigma)));
}

void TestDenoise::noiseIsMeasuredThoughAllBlocksClip()
{
    Image dark({256, 192}, Rgb8);
    dark.fill(30);
    WholeSource source(noisy(dark, 30));
    const auto noise = estimateNoise(source);
    QVERIFY(noise);
    QVERIFY2(noise->sigma > 15 && noise->sigma < 30, qPrintable(QString::number(noise->sigma)));
}

void TestDenoise::grainIsRemovedAtTwoSizes()
{
    ScriptedProvider models;
    auto model = models.add(denoisePack()); // gives back what it gets
    QList<std::pair<int, double>> runs;
    model->beforeRun = [&](int) {
        runs += {model->inputSize.width(), model->scalars.value(QStringLiteral("sigma"))};
    };
    const Image image = grainy(smooth({128, 96}, Rgb8), 15);
    DenoiseSettings settings;
    const auto done = denoised(image, settings, &models);
    QVERIFY(done);
    QVERIFY(done->parameters.value(QStringLiteral("correlated")).toBool());
    QVERIFY(done->record.parameters.value(QStringLiteral("correlated")).toBool());
    QCOMPARE(done->record.method, pack);
    QCOMPARE(done->record.warnings.size(), 1);
    QVERIFY(maxDifference(done->image, image) < 0.01); // no change at half size is none at all
    QVERIFY(runs.size() >= 2);
    QCOMPARE(runs.at(1).first, 2 * runs.at(0).first);
    QVERIFY(runs.at(0).second > runs.at(1).second);
    // What was found out gives the same again, region by region.
    const auto again = denoised(image, *DenoiseSettings::fromParameters(done->parameters), &models);
    QVERIFY(again);
    QVERIFY(again->image == done->image);
    const auto classical = denoised(image, twin({}));
    QVERIFY(classical);
    QCOMPARE(classical->record.method, Denoise::twinId());
    QVERIFY(psnr(classical->image, smooth({128, 96}, Rgb8)) >
            psnr(image, smooth({128, 96}, Rgb8)) + 2);
}

void TestDenoise::twinRemovesNoise_data()
{
    QTest::addColumn<double>("sigma");
    for (const double sigma : {8.0, 15.0, 30.0})
        QTest::addRow("%.0f", sigma) << sigma;
}

void TestDenoise::twinRemovesNoise()
{
    QFETCH(double, sigma);
    const Image clean = smooth({200, 160}, Rgb8);
    const Image bad = noisy(clean, sigma);
    const auto done = denoised(bad, twin({}));
    QVERIFY(done);
    QVERIFY2(psnr(done->image, clean) > psnr(bad, clean) + 3,
             qPrintable(QStringLiteral("%1 from %2")
                            .arg(psnr(done->image, clean))
                            .arg(psnr(bad, clean))));
    QCOMPARE(done->record.method, Denoise::twinId());
    QCOMPARE(done->record.alteration, Alteration::AlgorithmicallyEnhanced);
    QVERIFY(done->record.modelId.isEmpty());
    QVERIFY(std::abs(done->parameters.value(QStringLiteral("sigma")).toDouble() - sigma) <
            0.2 * sigma);
}

void TestDenoise::cleanPictureIsLeftExactlyAsItIs()
{
    const Image clean = smooth({200, 160}, Rgb8);
    const auto done = denoised(clean, twin({}));
    QVERIFY(done);
    QVERIFY(done->image == clean);
    QCOMPARE(done->record.changedShare, 0.0);
    QCOMPARE(done->record.alteration, Alteration::None);
    QCOMPARE(done->record.warnings.size(), 1);
}

void TestDenoise::regionGivesTheSameBytesAsTheWhole_data()
{
    QTest::addColumn<bool>("learned");
    QTest::addColumn<QRect>("region");
    for (const bool learned : {true, false}) {
        for (const QRect &r :
             {QRect(100, 90, 150, 140), QRect(0, 0, 20, 20), QRect(300, 250, 90, 80)})
            QTest::addRow("%s at %d", learned ? "network" : "twin", r.left()) << learned << r;
    }
}

void TestDenoise::regionGivesTheSameBytesAsTheWhole()
{
    QFETCH(bool, learned);
    QFETCH(QRect, region);
    ScriptedProvider models;
    models.add(denoisePack())->offset = 0.05F;
    const Image image = noisy(smooth({390, 330}, Rgb8), 12);
    DenoiseSettings settings = twin(12.0);
    if (learned)
        settings.model = pack;
    settings.isCorrelated = learned && region.left() == 100;
    const auto whole = denoised(image, settings, &models);
    QVERIFY(whole);
    for (const bool alone : {false, true}) {
        OperationContext context;
        context.models = &models;
        context.regionAlone = alone;
        auto made = Denoise::create({image.size(), image.format(), {}}, settings, context);
        QVERIFY(made);
        WholeSource source(image);
        QRegion covered;
        const auto done = (*made)->runRegion(
            source, region, region.center(),
            [&](const QRect &place, const Image &pixels) {
                QVERIFY(pixels == whole->image.copied(place));
                covered += place;
            },
            {});
        QVERIFY(done);
        const QRegion wanted = QRegion(region) & QRegion(0, 0, 390, 330);
        QVERIFY(wanted.subtracted(covered).isEmpty());
        if (alone)
            QVERIFY(covered.subtracted(wanted).isEmpty());
    }
}

void TestDenoise::networkGetsSigmaAsAShare()
{
    ScriptedProvider models;
    auto model = models.add(denoisePack());
    DenoiseSettings settings;
    settings.sigma = 25.5;
    const auto done = denoised(smooth({60, 50}, Rgb8), settings, &models);
    QVERIFY(done);
    QCOMPARE(model->scalars.value(QStringLiteral("sigma")), 0.1);
    QCOMPARE(done->record.modelId, pack);
    QCOMPARE(done->record.method, pack);
}

void TestDenoise::sixteenBitsAndAlphaAreKept()
{
    ScriptedProvider models;
    models.add(denoisePack()); // gives back what it gets
    for (const PixelFormat format :
         {PixelFormat{Channels::Rgb, Depth::U16}, PixelFormat{Channels::Rgba, Depth::U16},
          PixelFormat{Channels::Rgba, Depth::U8}, PixelFormat{Channels::Gray, Depth::U8}}) {
        const Image image = photoPicture({90, 70}, format);
        DenoiseSettings settings;
        settings.sigma = 10;
        const auto done = denoised(image, settings, &models);
        QVERIFY(done);
        QVERIFY2(maxDifference(done->image, image) < 0.01,
                 qPrintable(QString::number(maxDifference(done->image, image))));
    }
    // The twin has 8 bits inside and does not bring them out.
    const Image deep = smooth({120, 100}, {Channels::Rgb, Depth::U16});
    const auto twinDone = denoised(deep, twin(0.1));
    QVERIFY(twinDone);
    QVERIFY(psnr(twinDone->image, deep) > 45);
    QSet<quint16> levels;
    for (int y = 0; y < deep.height(); ++y) {
        for (int x = 0; x < deep.width(); ++x)
            levels.insert(twinDone->image.constSamples<quint16>(y)[3 * x]);
    }
    QVERIFY2(levels.size() > 1000, qPrintable(QString::number(levels.size())));
}

void TestDenoise::strengthMixesWithThePicture()
{
    const Image image = noisy(smooth({100, 80}, Rgb8), 20);
    const auto full = denoised(image, twin(20.0));
    DenoiseSettings half = twin(20.0);
    half.strength = 50;
    const auto mixed = denoised(image, half);
    half.strength = 0;
    const auto none = denoised(image, half);
    QVERIFY(full && mixed && none);
    QVERIFY(none->image == image);
    for (int y = 0; y < image.height(); y += 7) {
        for (int x = 0; x < image.width(); x += 5) {
            const double between = (sampleAt(image, x, y, 1) + sampleAt(full->image, x, y, 1)) / 2;
            QVERIFY(std::abs(sampleAt(mixed->image, x, y, 1) - between) <= 0.51 / 255);
        }
    }
}

void TestDenoise::missingModelIsSaidAndTheTwinUsed()
{
    const Image image = noisy(smooth({60, 50}, Rgb8), 20);
    DenoiseSettings settings;
    settings.sigma = 20;
    const auto none = denoised(image, settings);
    QVERIFY(none);
    QCOMPARE(none->record.method, Denoise::twinId());
    QCOMPARE(none->record.warnings.size(), 1);
    ScriptedProvider damaged;
    damaged.add(denoisePack(), false);
    const auto fallen = denoised(image, settings, &damaged);
    QVERIFY(fallen);
    QCOMPARE(fallen->record.method, Denoise::twinId());
    QCOMPARE(fallen->record.warnings.size(), 1);
    settings.model = pack; // asked for by name: it must run
    QVERIFY(!denoised(image, settings, &damaged));
    QVERIFY(!denoised(image, settings));
}

void TestDenoise::wrongValuesAreRefused()
{
    for (const QVariant &sigma : {QVariant(-1), QVariant(75.5), QVariant(QStringLiteral("much"))}) {
        const auto settings = DenoiseSettings::fromParameters({{QStringLiteral("sigma"), sigma}});
        QVERIFY(!settings);
        QCOMPARE(settings.error().code, ErrorCode::BadArgument);
    }
}

void TestDenoise::parametersComeBack()
{
    DenoiseSettings grain = twin(9);
    grain.isCorrelated = true;
    for (const DenoiseSettings &settings : {twin({}), twin(12.5), DenoiseSettings(), grain})
        QVERIFY(*DenoiseSettings::fromParameters(settings.toParameters()) == settings);
}

QTEST_GUILESS_MAIN(TestDenoise)
#include "tst_denoise.moc"
