// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/luma.h"
#include "operation/pictureends.h"
#include "operation/sharpen.h"
#include "support/comparison.h"
#include "support/testpictures.h"

#include <QtTest>

#include <cmath>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr PixelFormat Rgb8{Channels::Rgb, Depth::U8};

struct Done {
    Image image;
    OperationRecord record;
    QVariantMap parameters;
};

std::optional<Done> sharpened(const Image &image, const SharpenSettings &settings)
{
    auto made = Sharpen::create({image.size(), image.format(), {}}, settings, {});
    if (!made)
        return {};
    StreamedSource looked(image, 0);
    const auto parameters = (*made)->settle(looked, {});
    StreamedSource source(image, (*made)->retainedRows());
    WholeSink sink(image.size(), image.format());
    const auto record = (*made)->run(source, sink, {});
    if (!parameters || !record)
        return {};
    return Done{sink.image, *record, *parameters};
}

std::array<float, 3> colorAt(const Image &image, int x, int y)
{
    std::array<float, 3> color{};
    for (int c = 0; c < 3; ++c)
        color[size_t(c)] = float(sampleAt(image, x, y, image.format().isGray() ? 0 : c));
    return color;
}

/// Luminance in a Gaussian's window, pixel by pixel, the picture mirrored at its edges.
double around(const Image &image, int x, int y, double sigma)
{
    const auto mirrored = [](int i, int n) {
        while (i < 0 || i >= n)
            i = i < 0 ? -1 - i : 2 * n - 1 - i;
        return i;
    };
    const int reach = int(std::ceil(4 * sigma));
    double sum = 0, weight = 0;
    for (int j = -reach; j <= reach; ++j) {
        for (int i = -reach; i <= reach; ++i) {
            const auto color =
                colorAt(image, mirrored(x + i, image.width()), mirrored(y + j, image.height()));
            const double w = std::exp(-(i * i + j * j) / (2 * sigma * sigma));
            weight += w;
            sum += w * double(lum(color.data()));
        }
    }
    return sum / weight;
}

} // namespace

class TestSharpen : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void luminanceIsThatOfAPlainMask_data();
    void luminanceIsThatOfAPlainMask();
    void colorsKeepTheirDifferencesFromGrey();
    void detailBelowTheThresholdStays();
    void noiseSetsTheThreshold();
    void nothingIsDoneByAnAmountOfNothing();
    void regionGivesTheSameBytesAsTheWhole();
    void wrongParametersAreRefused_data();
    void wrongParametersAreRefused();
    void oddPicturesAreKept_data();
    void oddPicturesAreKept();
    void resultIsMadeAgainFromItsParameters();
};

void TestSharpen::luminanceIsThatOfAPlainMask_data()
{
    QTest::addColumn<PixelFormat>("format");
    QTest::addColumn<double>("radius");
    QTest::addColumn<double>("strength");
    QTest::newRow("8 bit") << Rgb8 << 1.0 << 100.0;
    QTest::newRow("fine, half") << Rgb8 << 0.4 << 50.0;
    QTest::newRow("coarse, 16 bit, alpha")
        << PixelFormat{Channels::Rgba, Depth::U16} << 3.0 << 100.0;
    QTest::newRow("grey, 16 bit") << PixelFormat{Channels::Gray, Depth::U16} << 1.5 << 100.0;
}

void TestSharpen::luminanceIsThatOfAPlainMask()
{
    QFETCH(PixelFormat, format);
    QFETCH(double, radius);
    QFETCH(double, strength);
    const Image photo = photoPicture({120, 90}, format);
    SharpenSettings settings;
    settings.amount = 120;
    settings.radius = radius;
    settings.threshold = 3;
    settings.strength = strength;
    const auto done = sharpened(photo, settings);
    QVERIFY(done);
    QCOMPARE(done->record.alteration, Alteration::AlgorithmicallyEnhanced);
    const double step = format.depth == Depth::U8 ? 1.0 / 255 : 1.0 / 65535;
    for (int y = 0; y < photo.height(); y += 3) {
        for (int x = 0; x < photo.width(); x += 3) {
            const auto was = colorAt(photo, x, y);
            const auto is = colorAt(done->image, x, y);
            const double light = double(lum(was.data()));
            const double detail = light - around(photo, x, y, radius);
            const double beyond = std::max(0.0, std::abs(detail) - 3.0 / 255);
            const double whole = std::clamp(light + 1.2 * std::copysign(beyond, detail), 0.0, 1.0);
            const double wanted = light + strength / 100 * (whole - light);
            QVERIFY2(std::abs(double(lum(is.data())) - wanted) < 1.2 * step + 2e-5,
                     qPrintable(QStringLiteral("%1, %2").arg(x).arg(y)));
            if (format.hasAlpha())
                QCOMPARE(sampleAt(done->image, x, y, 3), sampleAt(photo, x, y, 3));
        }
    }
}

void TestSharpen::colorsKeepTheirDifferencesFromGrey()
{
    const Image photo = photoPicture({120, 90}, {Channels::Rgb, Depth::U16});
    SharpenSettings settings;
    settings.amount = 150;
    settings.threshold = 0;
    const auto done = sharpened(photo, settings);
    QVERIFY(done);
    int changed = 0;
    for (int y = 0; y < photo.height(); ++y) {
        for (int x = 0; x < photo.width(); ++x) {
            const auto was = colorAt(photo, x, y);
            const auto is = colorAt(done->image, x, y);
            const auto [low, high] = std::minmax({is[0], is[1], is[2]});
            if (low <= 0 || high >= 1)
                continue; // where they would leave the range they shrink
            changed += was != is;
            QVERIFY(std::abs((is[0] - is[2]) - (was[0] - was[2])) < 4e-5);
            QVERIFY(std::abs((is[1] - is[2]) - (was[1] - was[2])) < 4e-5);
        }
    }
    QVERIFY(changed > photo.width() * photo.height() / 4);
}

void TestSharpen::detailBelowTheThresholdStays()
{
    Image flat({60, 60}, Rgb8);
    flat.fill(100);
    for (int y = 0; y < 60; ++y) {
        for (int i = 0; i < 180; ++i)
            flat.samples<quint8>(y)[i] = quint8(y % 2 ? 102 : 98);
        for (int i = 90; i < 180; ++i)
            flat.samples<quint8>(y)[i] += 80;
    }
    SharpenSettings settings;
    settings.threshold = 5;
    const auto done = sharpened(flat, settings);
    QVERIFY(done);
    for (int y = 0; y < 60; ++y) {
        for (const int x : {3, 20, 40, 57})
            QCOMPARE(colorAt(done->image, x, y), colorAt(flat, x, y));
    }
    QVERIFY(colorAt(done->image, 29, 30)[0] < colorAt(flat, 29, 30)[0]); // the edge is steeper
    QVERIFY(colorAt(done->image, 30, 30)[0] > colorAt(flat, 30, 30)[0]);
}

void TestSharpen::noiseSetsTheThreshold()
{
    QCOMPARE(Sharpen::thresholdFor(3), 0.0); // a clean picture's finest detail
    QCOMPARE(Sharpen::thresholdFor(10), 15.0);
    QCOMPARE(Sharpen::thresholdFor(70), SharpenSettings::mostThreshold);
    Image grainy = photoPicture({300, 200}, Rgb8);
    const Image noise = noisePicture(grainy.size(), Rgb8);
    for (int y = 0; y < grainy.height(); ++y) {
        for (int i = 0; i < 3 * grainy.width(); ++i) {
            quint8 &v = grainy.samples<quint8>(y)[i];
            v = quint8(std::clamp(v + (noise.constSamples<quint8>(y)[i] - 128) / 7, 0, 255));
        }
    }
    const auto done = sharpened(grainy, {});
    QVERIFY(done);
    const double threshold = done->parameters.value(QStringLiteral("threshold")).toDouble();
    const double sigma = 255 / std::sqrt(12.0) / 7;
    QVERIFY2(std::abs(threshold / (1.5 * sigma) - 1) < 0.25,
             qPrintable(QString::number(threshold)));
}

void TestSharpen::nothingIsDoneByAnAmountOfNothing()
{
    const Image photo = photoPicture({100, 80}, Rgb8);
    SharpenSettings settings;
    settings.amount = 0;
    const auto done = sharpened(photo, settings);
    QVERIFY(done);
    QVERIFY(done->image == photo);
    QCOMPARE(done->record.alteration, Alteration::None);
    QCOMPARE(done->record.warnings.size(), 1);
    settings.amount = 200;
    settings.strength = 0;
    QVERIFY(sharpened(photo, settings)->image == photo);
    settings.strength = -1;
    QVERIFY(!sharpened(photo, settings));
}

void TestSharpen::regionGivesTheSameBytesAsTheWhole()
{
    const Image photo = photoPicture({700, 600}, Rgb8);
    SharpenSettings settings;
    settings.radius = 5;
    settings.threshold = 1;
    const auto whole = sharpened(photo, settings);
    QVERIFY(whole);
    for (const bool alone : {false, true}) {
        OperationContext context;
        context.regionAlone = alone;
        auto made = Sharpen::create({photo.size(), photo.format(), {}}, settings, context);
        QVERIFY(made);
        WholeSource source(photo);
        Image parts(photo.size(), photo.format());
        parts.fill(0);
        const QRect region(490, 480, 60, 50);
        QVERIFY((*made)->runRegion(source, region, region.center(),
                                   [&](const QRect &place, const Image &pixels) {
                                       parts.paste(pixels, place.topLeft());
                                   },
                                   {}));
        QVERIFY(parts.copied(region) == whole->image.copied(region));
    }
}

void TestSharpen::wrongParametersAreRefused_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    QTest::newRow("amount") << "amount" << "301";
    QTest::newRow("amount of words") << "amount" << "much";
    QTest::newRow("radius") << "radius" << "0.1";
    QTest::newRow("no radius") << "radius" << "nan";
    QTest::newRow("threshold") << "threshold" << "51";
    QTest::newRow("threshold of words") << "threshold" << "some";
}

void TestSharpen::wrongParametersAreRefused()
{
    QFETCH(QString, key);
    QFETCH(QString, text);
    const auto settings = SharpenSettings::fromParameters({{key, text}});
    QVERIFY(!settings);
    QCOMPARE(settings.error().code, ErrorCode::BadArgument);
}

void TestSharpen::oddPicturesAreKept_data()
{
    QTest::addColumn<Image>("picture");
    QTest::newRow("one pixel") << photoPicture({1, 1}, Rgb8);
    QTest::newRow("narrow") << photoPicture({3, 400}, Rgb8);
    Image black({200, 150}, Rgb8);
    black.fill(0);
    QTest::newRow("black") << black;
    QTest::newRow("grey, alpha") << photoPicture({200, 150}, {Channels::GrayAlpha, Depth::U8});
}

void TestSharpen::oddPicturesAreKept()
{
    QFETCH(Image, picture);
    SharpenSettings settings;
    settings.radius = 10;
    const auto done = sharpened(picture, settings);
    QVERIFY(done);
    QCOMPARE(done->image.size(), picture.size());
    QCOMPARE(done->image.format(), picture.format());
    if (QByteArray(QTest::currentDataTag()) == "one pixel" ||
        QByteArray(QTest::currentDataTag()) == "black")
        QVERIFY(done->image == picture);
}

void TestSharpen::resultIsMadeAgainFromItsParameters()
{
    const Image photo = photoPicture({180, 160}, {Channels::Rgb, Depth::U16});
    const auto first = sharpened(photo, {});
    QVERIFY(first);
    const auto again = sharpened(photo, *SharpenSettings::fromParameters(first->parameters));
    QVERIFY(again);
    QVERIFY(first->image == again->image);
}

QTEST_GUILESS_MAIN(TestSharpen)
#include "tst_sharpen.moc"
