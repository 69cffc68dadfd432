// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/deartifact.h"
#include "operation/jpegestimate.h"
#include "operation/pictureends.h"
#include "operation/scriptedmodels.h"
#include "operation/shifteddct.h"
#include "support/comparison.h"
#include "support/testpictures.h"

#include <QBuffer>
#include <QImage>
#include <QtTest>

#include <array>
#include <cmath>
#include <cstring>
#include <numbers>
#include <vector>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr PixelFormat Rgb8{Channels::Rgb, Depth::U8};
const QString pack = denoisePack().id;

/// Through libjpeg by way of Qt.
Image compressed(const Image &image, int quality)
{
    QImage picture(image.width(), image.height(), QImage::Format_RGB888);
    for (int y = 0; y < image.height(); ++y)
        std::memcpy(picture.scanLine(y), image.constRow(y), size_t(image.width()) * 3);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    picture.save(&buffer, "JPG", quality);
    const QImage back = QImage::fromData(bytes, "JPG").convertToFormat(QImage::Format_RGB888);
    Image result(image.size(), Rgb8);
    for (int y = 0; y < image.height(); ++y)
        std::memcpy(result.row(y), back.constScanLine(y), size_t(image.width()) * 3);
    return result;
}

struct Done {
    Image image;
    OperationRecord record;
    QVariantMap parameters;
};

std::optional<Done> cleaned(const Image &image, const DeartifactSettings &settings,
                            ModelProvider *models = nullptr)
{
    OperationContext context;
    context.models = models;
    auto made = Deartifact::create({image.size(), image.format(), {}}, settings, context);
    if (!made)
        return {};
    StreamedSource looked(image, 64);
    StreamedSource source(image, (*made)->retainedRows());
    const auto parameters = (*made)->settle(looked, {});
    WholeSink sink(image.size(), image.format());
    const auto record = (*made)->run(source, sink, {});
    if (!parameters || !record)
        return {};
    return Done{sink.image, *record, *parameters};
}

DeartifactSettings twin(std::optional<int> quality)
{
    DeartifactSettings settings;
    settings.quality = quality;
    settings.model = Deartifact::twinId();
    return settings;
}

} // namespace

class TestDeartifact : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void qualityIsMeasured_data();
    void qualityIsMeasured();
    void cropsAreMeasuredToo();
    void picturesWithoutTracesAreLeftAlone();
    void twinMatchesThePlainWay();
    void twinBringsThePictureNearer();
    void strongerCompressionAsksForMore();
    void networkGetsTheSigmaOfTheQuality();
    void regionGivesTheSameBytesAsTheWhole();
    void sixteenBitsAndAlphaAreKept();
    void missingModelIsSaidAndTheTwinUsed();
    void wrongValuesAreRefused();
    void parametersComeBack();
};

void TestDeartifact::qualityIsMeasured_data()
{
    QTest::addColumn<int>("quality");
    for (const int quality : {5, 10, 20, 40, 60, 75, 85})
        QTest::addRow("%d", quality) << quality;
}

void TestDeartifact::qualityIsMeasured()
{
    QFETCH(int, quality);
    const Image bad = compressed(photoPicture({500, 400}, Rgb8), quality);
    for (const PixelFormat format : {Rgb8, PixelFormat{Channels::Rgba, Depth::U16}}) {
        WholeSource source(bad.converted(format));
        const auto found = estimateJpegQuality(source);
        QVERIFY(found);
        QVERIFY(*found);
        QVERIFY2(std::abs(**found - quality) <= 2, qPrintable(QString::number(**found)));
    }
}

void TestDeartifact::cropsAreMeasuredToo()
{
    const Image bad = compressed(photoPicture({500, 400}, Rgb8), 20);
    WholeSource source(bad.copied(QRect(3, 5, 441, 380)));
    const auto found = estimateJpegQuality(source);
    QVERIFY(found && *found);
    QVERIFY2(std::abs(**found - 20) <= 2, qPrintable(QString::number(**found)));
}

void TestDeartifact::picturesWithoutTracesAreLeftAlone()
{
    Image black({200, 150}, Rgb8);
    black.fill(0);
    ScriptedProvider models;
    auto model = models.add(denoisePack());
    model->offset = 0.1F;
    for (const Image &clean :
         {photoPicture({300, 200}, Rgb8), noisePicture({120, 100}, Rgb8), black,
          photoPicture({1, 1}, Rgb8), photoPicture({9, 300}, Rgb8),
          photoPicture({200, 200}, {Channels::Gray, Depth::U16})}) {
        const auto done = cleaned(clean, {}, &models);
        QVERIFY(done);
        QVERIFY(done->image == clean);
        QCOMPARE(done->record.changedShare, 0.0);
        QCOMPARE(done->record.alteration, Alteration::None);
        QCOMPARE(done->record.warnings.size(), 1);
    }
    QCOMPARE(model->runs, 0);
}

/// Every block at every second pixel, transformed by the formula, in double.
void TestDeartifact::twinMatchesThePlainWay()
{
    const int width = 22, height = 18, pad = 8;
    const double sigma = 0.08, threshold = 1.2 * sigma;
    ModelInput input;
    input.image = Planes(3, width, height);
    for (size_t i = 0; i < input.image.values.size(); ++i)
        input.image.values[i] = float((i * 7919) % 256) / 255;
    input.scalars = {{QStringLiteral("sigma"), sigma}};
    RunControl control;
    const auto ours = ShiftedDct().run(input, control);
    QVERIFY(ours);
    std::array<std::array<double, 8>, 8> basis{};
    for (int k = 0; k < 8; ++k) {
        for (int n = 0; n < 8; ++n)
            basis[k][n] = std::sqrt((k == 0 ? 1.0 : 2.0) / 8) *
                          std::cos(std::numbers::pi * (2 * n + 1) * k / 16);
    }
    const auto mirrored = [](int at, int length) {
        return at < 0 ? -at - 1 : at >= length ? 2 * length - at - 1 : at;
    };
    std::vector<double> sum(size_t((width + 2 * pad) * (height + 2 * pad))), count(sum.size());
    for (int y = 0; y + 8 <= height + 2 * pad; y += 2) {
        for (int x = 0; x + 8 <= width + 2 * pad; x += 2) {
            double values[8][8], coefficients[8][8];
            for (int v = 0; v < 8; ++v) {
                for (int u = 0; u < 8; ++u)
                    values[v][u] = double(input.image.row(1, mirrored(y + v - pad, height))
                                              [mirrored(x + u - pad, width)]);
            }
            for (int k = 0; k < 8; ++k) {
                for (int l = 0; l < 8; ++l) {
                    double c = 0;
                    for (int v = 0; v < 8; ++v) {
                        for (int u = 0; u < 8; ++u)
                            c += basis[k][v] * basis[l][u] * values[v][u];
                    }
                    coefficients[k][l] = (k + l > 0 && std::abs(c) < threshold) ? 0 : c;
                }
            }
            for (int v = 0; v < 8; ++v) {
                for (int u = 0; u < 8; ++u) {
                    double value = 0;
                    for (int k = 0; k < 8; ++k) {
                        for (int l = 0; l < 8; ++l)
                            value += basis[k][v] * basis[l][u] * coefficients[k][l];
                    }
                    const size_t at = size_t(y + v) * (width + 2 * pad) + x + u;
                    sum[at] += value;
                    count[at] += 1;
                }
            }
        }
    }
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const size_t at = size_t(y + pad) * (width + 2 * pad) + x + pad;
            QVERIFY(std::abs(ours->row(1, y)[x] - sum[at] / count[at]) < 1e-3);
        }
    }
}

void TestDeartifact::twinBringsThePictureNearer()
{
    const Image clean = photoPicture({320, 240}, Rgb8);
    for (const int quality : {10, 20}) {
        const Image bad = compressed(clean, quality);
        const auto done = cleaned(bad, twin({}));
        QVERIFY(done);
        QVERIFY2(psnr(done->image, clean) > psnr(bad, clean) + 0.1,
                 qPrintable(QStringLiteral("%1 from %2")
                                .arg(psnr(done->image, clean))
                                .arg(psnr(bad, clean))));
        QCOMPARE(done->record.method, Deartifact::twinId());
        QVERIFY(std::abs(done->record.parameters.value(QStringLiteral("quality")).toInt() -
                         quality) <= 2);
    }
}

void TestDeartifact::strongerCompressionAsksForMore()
{
    for (int quality = 2; quality < Deartifact::cleanQuality; ++quality)
        QVERIFY(Deartifact::sigmaFor(quality) <= Deartifact::sigmaFor(quality - 1));
    QVERIFY(Deartifact::sigmaFor(10) > 20);
}

void TestDeartifact::networkGetsTheSigmaOfTheQuality()
{
    ScriptedProvider models;
    auto model = models.add(denoisePack());
    DeartifactSettings settings;
    settings.quality = 10;
    const auto done = cleaned(photoPicture({60, 50}, Rgb8), settings, &models);
    QVERIFY(done);
    QCOMPARE(model->scalars.value(QStringLiteral("sigma")), Deartifact::sigmaFor(10) / 255);
    QCOMPARE(done->record.modelId, pack);
    QCOMPARE(done->record.operation, Deartifact::id());
    QCOMPARE(done->record.alteration, Alteration::AlgorithmicallyEnhanced);
}

void TestDeartifact::regionGivesTheSameBytesAsTheWhole()
{
    const Image image = compressed(photoPicture({390, 330}, Rgb8), 15);
    const auto whole = cleaned(image, twin(15));
    QVERIFY(whole);
    auto made = Deartifact::create({image.size(), image.format(), {}}, twin(15), {});
    QVERIFY(made);
    WholeSource source(image);
    const QRect region(200, 180, 90, 100);
    QRegion covered;
    QVERIFY((*made)->runRegion(
        source, region, region.center(),
        [&](const QRect &place, const Image &pixels) {
            QVERIFY(pixels == whole->image.copied(place));
            covered += place;
        },
        {}));
    QVERIFY(QRegion(region).subtracted(covered).isEmpty());
}

void TestDeartifact::sixteenBitsAndAlphaAreKept()
{
    ScriptedProvider models;
    models.add(denoisePack()); // gives back what it gets
    for (const PixelFormat format :
         {PixelFormat{Channels::Rgba, Depth::U16}, PixelFormat{Channels::Gray, Depth::U8}}) {
        const Image image = photoPicture({90, 70}, format);
        DeartifactSettings settings;
        settings.quality = 20;
        const auto done = cleaned(image, settings, &models);
        QVERIFY(done);
        QVERIFY(maxDifference(done->image, image) < 0.01);
    }
}

void TestDeartifact::missingModelIsSaidAndTheTwinUsed()
{
    const Image image = photoPicture({60, 50}, Rgb8);
    DeartifactSettings settings;
    settings.quality = 20;
    const auto none = cleaned(image, settings);
    QVERIFY(none);
    QCOMPARE(none->record.method, Deartifact::twinId());
    QCOMPARE(none->record.warnings.size(), 1);
    settings.model = pack; // asked for by name: it must run
    QVERIFY(!cleaned(image, settings));
}

void TestDeartifact::wrongValuesAreRefused()
{
    const QString quality = QStringLiteral("quality");
    for (const QVariant &value : {QVariant(0), QVariant(101), QVariant(QStringLiteral("bad"))}) {
        const auto settings = DeartifactSettings::fromParameters({{quality, value}});
        QVERIFY(!settings);
        QCOMPARE(settings.error().code, ErrorCode::BadArgument);
    }
}

void TestDeartifact::parametersComeBack()
{
    for (const DeartifactSettings &settings : {twin({}), twin(12), DeartifactSettings()})
        QVERIFY(*DeartifactSettings::fromParameters(settings.toParameters()) == settings);
}

QTEST_GUILESS_MAIN(TestDeartifact)
#include "tst_deartifact.moc"
