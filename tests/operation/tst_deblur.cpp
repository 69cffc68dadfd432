// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/blurestimate.h"
#include "operation/deblur.h"
#include "operation/deconvolution.h"
#include "operation/pictureends.h"
#include "operation/scriptedmodels.h"
#include "support/comparison.h"
#include "support/testpictures.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <vector>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr PixelFormat Rgb8{Channels::Rgb, Depth::U8};
const QString pack = denoisePack().id;

/// Sharp shapes: what edges are measured on.
Image shapes(QSize size, PixelFormat format = Rgb8)
{
    Image image(size, {Channels::Rgb, Depth::F32});
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            const bool inside =
                std::hypot(x % 60 - 30, y % 50 - 25) < 17 || (x / 45 + y / 70) % 3 == 0;
            for (int c = 0; c < 3; ++c)
                image.samples<float>(y)[3 * x + c] = inside ? 0.75F - 0.1F * float(c) : 0.2F;
        }
    }
    return image.converted(format);
}

/// By the formula, edges repeated, in double.
Planes gaussian(const Planes &in, double sigma)
{
    const int reach = int(std::ceil(4 * sigma));
    Planes middle = in, out = in;
    const auto weight = [&](int i) { return std::exp(-i * i / (2 * sigma * sigma)); };
    double sum = 0;
    for (int i = -reach; i <= reach; ++i)
        sum += weight(i);
    const auto mirrored = [](int at, int length) {
        at = at < 0 ? -at : at;
        return at >= length ? 2 * length - 2 - at : at;
    };
    for (int pass = 0; pass < 2; ++pass) {
        const Planes &from = pass == 0 ? in : middle;
        Planes &to = pass == 0 ? middle : out;
        for (int c = 0; c < in.channels; ++c) {
            for (int y = 0; y < in.height; ++y) {
                for (int x = 0; x < in.width; ++x) {
                    double v = 0;
                    for (int i = -reach; i <= reach; ++i) {
                        v += weight(i) * (pass == 0
                                              ? from.row(c, y)[mirrored(x + i, in.width)]
                                              : from.row(c, mirrored(y + i, in.height))[x]);
                    }
                    to.row(c, y)[x] = float(v / sum);
                }
            }
        }
    }
    return out;
}

Planes planesOf(const Image &image)
{
    const Image deep = image.converted({Channels::Rgb, Depth::F32});
    Planes planes(3, image.width(), image.height());
    for (int c = 0; c < 3; ++c) {
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                planes.row(c, y)[x] = deep.constSamples<float>(y)[3 * x + c];
        }
    }
    return planes;
}

Image blurred(const Image &image, double sigma)
{
    const Planes soft = gaussian(planesOf(image), sigma);
    Image out(image.size(), {Channels::Rgb, Depth::F32});
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            for (int c = 0; c < 3; ++c)
                out.samples<float>(y)[3 * x + c] = soft.row(c, y)[x];
        }
    }
    return out.converted(image.format());
}

struct Done {
    Image image;
    OperationRecord record;
    QVariantMap parameters;
};

std::optional<Done> sharpened(const Image &image, const DeblurSettings &settings,
                              ModelProvider *models = nullptr)
{
    OperationContext context;
    context.models = models;
    auto made = Deblur::create({image.size(), image.format(), {}}, settings, context);
    if (!made)
        return {};
    WholeSource looked(image);
    StreamedSource source(image, (*made)->retainedRows());
    const auto parameters = (*made)->settle(looked, {});
    WholeSink sink(image.size(), image.format());
    const auto record = (*made)->run(source, sink, {});
    if (!parameters || !record)
        return {};
    return Done{sink.image, *record, *parameters};
}

DeblurSettings twin(std::optional<double> amount)
{
    DeblurSettings settings;
    settings.amount = amount;
    settings.model = Deblur::twinId();
    return settings;
}

} // namespace

class TestDeblur : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void blurIsMeasured_data();
    void blurIsMeasured();
    void sharpPicturesAreLeftExactlyAsTheyAre();
    void iterationMatchesThePlainWay();
    void noisierPicturesGetFewerRounds();
    void twinBringsThePictureNearer();
    void networkGetsWhatTheInverseMade();
    void networkTakesAnySizeAndDepth_data();
    void networkTakesAnySizeAndDepth();
    void regionGivesTheSameBytesAsTheWhole();
    void sixteenBitsAndAlphaAreKept();
    void missingModelIsSaidAndTheTwinUsed();
    void wrongValuesAreRefused();
    void parametersComeBack();
};

void TestDeblur::blurIsMeasured_data()
{
    QTest::addColumn<double>("sigma");
    for (const double sigma : {1.2, 1.6, 2.0, 2.5})
        QTest::addRow("%.1f", sigma) << sigma;
}

void TestDeblur::blurIsMeasured()
{
    QFETCH(double, sigma);
    const Image soft = blurred(shapes({300, 260}), sigma);
    for (const PixelFormat format :
         {Rgb8, PixelFormat{Channels::Gray, Depth::U16}, PixelFormat{Channels::Rgba, Depth::U8}}) {
        WholeSource source(soft.converted(format));
        const auto found = estimateBlur(source, 1);
        QVERIFY(found);
        QVERIFY2(std::abs(*found - sigma) <= 0.35, qPrintable(QString::number(*found)));
    }
}

void TestDeblur::sharpPicturesAreLeftExactlyAsTheyAre()
{
    Image black({200, 150}, Rgb8);
    black.fill(0);
    ScriptedProvider models;
    auto model = models.add(denoisePack());
    model->offset = 0.1F;
    for (const Image &sharp : {shapes({300, 200}), noisePicture({120, 100}, Rgb8), black,
                               photoPicture({1, 1}, Rgb8), photoPicture({200, 3}, Rgb8)}) {
        const auto done = sharpened(sharp, {}, &models);
        QVERIFY(done);
        QVERIFY2(done->image == sharp,
                 qPrintable(QStringLiteral("%1 pixels wide: %2")
                                .arg(sharp.width())
                                .arg(done->parameters.value(QStringLiteral("amount")).toDouble())));
        QCOMPARE(done->record.changedShare, 0.0);
        QCOMPARE(done->record.alteration, Alteration::None);
        QCOMPARE(done->record.warnings.size(), 1);
    }
    QCOMPARE(model->runs, 0);
}

void TestDeblur::iterationMatchesThePlainWay()
{
    const Planes seen = planesOf(photoPicture({40, 34}, Rgb8));
    const double sigma = 1.3;
    Planes guess = seen;
    for (float &v : guess.values)
        v = std::max(v, 1e-3F);
    const Planes start = guess;
    for (int i = 0; i < 5; ++i) {
        Planes ratio = gaussian(guess, sigma);
        for (size_t k = 0; k < ratio.values.size(); ++k)
            ratio.values[k] = start.values[k] / std::max(ratio.values[k], 1e-3F);
        ratio = gaussian(ratio, sigma);
        for (size_t k = 0; k < ratio.values.size(); ++k)
            guess.values[k] *= ratio.values[k];
    }
    Planes ours = seen;
    QVERIFY(richardsonLucy(ours, sigma, 5));
    for (size_t k = 0; k < ours.values.size(); ++k)
        QVERIFY(std::abs(ours.values[k] - std::clamp(guess.values[k], 0.0F, 1.0F)) < 0.01);
}

void TestDeblur::noisierPicturesGetFewerRounds()
{
    QVERIFY(richardsonLucyRounds(1) >= 20);
    QVERIFY(richardsonLucyRounds(20) < richardsonLucyRounds(3) / 3);
    QVERIFY(richardsonLucyRounds(75) >= 1);
}

void TestDeblur::twinBringsThePictureNearer()
{
    const Image clean = shapes({260, 220});
    const Image soft = blurred(clean, 1.5);
    const auto done = sharpened(soft, twin({}));
    QVERIFY(done);
    QVERIFY2(psnr(done->image, clean) > psnr(soft, clean) + 2,
             qPrintable(QStringLiteral("%1 from %2")
                            .arg(psnr(done->image, clean))
                            .arg(psnr(soft, clean))));
    QCOMPARE(done->record.method, Deblur::twinId());
    QVERIFY(done->record.modelId.isEmpty());
    QVERIFY(std::abs(done->parameters.value(QStringLiteral("amount")).toDouble() - 50) < 12);
}

void TestDeblur::networkGetsWhatTheInverseMade()
{
    ScriptedProvider models;
    auto model = models.add(denoisePack()); // gives back what it gets
    std::vector<double> sigmas;
    model->beforeRun = [&](int) {
        sigmas.push_back(model->scalars.value(QStringLiteral("sigma")));
    };
    DeblurSettings settings;
    settings.amount = 50;
    settings.noise = 10;
    const Image clean = shapes({200, 160});
    const Image soft = blurred(clean, 1.5);
    const auto learned = sharpened(soft, settings, &models);
    QVERIFY(learned);
    QCOMPARE(learned->record.modelId, pack);
    QVERIFY(psnr(learned->image, clean) > psnr(soft, clean) + 1.5);
    QCOMPARE(model->runs, 2 * learned->record.tiles);
    for (size_t i = 0; i < sigmas.size(); i += 2) {
        QVERIFY(sigmas[i + 1] > 10.0 / 255);
        QVERIFY(sigmas[i] > sigmas[i + 1]); // at half size, where little is lost by it
    }
}

void TestDeblur::networkTakesAnySizeAndDepth_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("depth");
    for (const QSize size : {QSize(1, 1), QSize(3, 200), QSize(2, 2), QSize(131, 97)}) {
        for (const Depth depth : {Depth::U8, Depth::U16}) {
            QTest::addRow("%d x %d, %d", size.width(), size.height(), int(depth))
                << size << int(depth);
        }
    }
}

void TestDeblur::networkTakesAnySizeAndDepth()
{
    QFETCH(QSize, size);
    QFETCH(int, depth);
    ScriptedProvider models;
    models.add(denoisePack());
    DeblurSettings settings;
    settings.amount = 50;
    settings.noise = 2;
    const PixelFormat format{Channels::Rgb, Depth(depth)};
    const auto done = sharpened(photoPicture(size, format), settings, &models);
    QVERIFY(done);
    QCOMPARE(done->image.size(), size);
    Image flat(size, format); // what has no edges stays as it is, up to its rim
    flat.fill(0.4);
    const auto still = sharpened(flat, settings, &models);
    QVERIFY(still);
    QVERIFY(psnr(still->image, flat) > 60);
}

void TestDeblur::regionGivesTheSameBytesAsTheWhole()
{
    DeblurSettings settings = twin(45.0);
    settings.noise = 2;
    const Image image = photoPicture({390, 330}, Rgb8);
    const auto whole = sharpened(image, settings);
    QVERIFY(whole);
    auto made = Deblur::create({image.size(), image.format(), {}}, settings, {});
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

void TestDeblur::sixteenBitsAndAlphaAreKept()
{
    for (const PixelFormat format :
         {PixelFormat{Channels::Rgba, Depth::U16}, PixelFormat{Channels::GrayAlpha, Depth::U8}}) {
        const Image image = photoPicture({90, 70}, format);
        DeblurSettings settings = twin(40.0);
        settings.noise = 2;
        const auto done = sharpened(image, settings);
        QVERIFY(done);
        QVERIFY(!(done->image == image));
        for (int y = 0; y < 70; y += 3) {
            for (int x = 0; x < 90; ++x)
                QCOMPARE(sampleAt(done->image, x, y, format.colorCount()),
                         sampleAt(image, x, y, format.colorCount()));
        }
    }
}

void TestDeblur::missingModelIsSaidAndTheTwinUsed()
{
    const Image image = photoPicture({60, 50}, Rgb8);
    DeblurSettings settings;
    settings.amount = 40;
    const auto none = sharpened(image, settings);
    QVERIFY(none);
    QCOMPARE(none->record.method, Deblur::twinId());
    QCOMPARE(none->record.warnings.size(), 1);
    settings.model = pack; // asked for by name: it must run
    QVERIFY(!sharpened(image, settings));
}

void TestDeblur::wrongValuesAreRefused()
{
    for (const char *key : {"amount", "noise"}) {
        for (const QVariant &value :
             {QVariant(-1), QVariant(101), QVariant(QStringLiteral("bad"))}) {
            const auto settings =
                DeblurSettings::fromParameters({{QString::fromLatin1(key), value}});
            QVERIFY(!settings);
            QCOMPARE(settings.error().code, ErrorCode::BadArgument);
        }
    }
}

void TestDeblur::parametersComeBack()
{
    DeblurSettings both = twin(12.5);
    both.noise = 3;
    for (const DeblurSettings &settings : {twin({}), both, DeblurSettings()})
        QVERIFY(*DeblurSettings::fromParameters(settings.toParameters()) == settings);
}

QTEST_GUILESS_MAIN(TestDeblur)
#include "tst_deblur.moc"
