// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/lab.h"
#include "image/luma.h"
#include "operation/pictureends.h"
#include "operation/silvering.h"
#include "support/comparison.h"
#include "support/testpictures.h"

#include <QtTest>

#include <cmath>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr PixelFormat Rgb8{Channels::Rgb, Depth::U8};

template <typename Change>
Image changed(const Image &image, const Change &change)
{
    Image deep = image.converted(image.format().withDepth(Depth::F32));
    const int step = deep.format().channelCount();
    for (int y = 0; y < deep.height(); ++y) {
        for (int x = 0; x < deep.width(); ++x)
            change(deep.samples<float>(y) + x * step, x, y);
    }
    return deep.converted(image.format());
}

/// A silver print in a tint: black, a slope to white, and a few things on it.
Image print(QSize size, PixelFormat format, double warmth)
{
    return changed(photoPicture(size, format), [&](float *pixel, int x, int) {
        const float grey = std::clamp(
            lum(pixel) * std::min(1.0F, 2 * float(x) / float(size.width())), 0.0F, 1.0F);
        const auto tint = float(warmth) * grey * (1 - grey);
        pixel[0] = grey + tint;
        pixel[1] = grey + 0.2F * tint;
        pixel[2] = grey - tint;
    });
}

/// The mirror, strongest at the lower edge and where the print is dark.
Image silvered(const Image &image, float most = 0.06F)
{
    return changed(image, [&](float *pixel, int, int y) {
        float light[3];
        for (int c = 0; c < 3; ++c)
            light[c] = srgbToLinear(pixel[c]);
        const float dark = std::max(0.0F, 1 - lum(light) / 0.15F);
        const float sheen = most * dark * float(y) / float(image.height());
        const float color[3] = {0.75F, 1.02F, 1.5F};
        for (int c = 0; c < 3; ++c)
            pixel[c] = linearToSrgb(light[c] + sheen * color[c]);
    });
}

struct Done {
    Image image;
    OperationRecord record;
    QVariantMap parameters;
};

std::optional<Done> cleaned(const Image &image, const SilveringSettings &settings = {})
{
    auto made = Silvering::create({image.size(), image.format(), {}}, settings, {});
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

const SilverSheen bluish{{0.02, 0.1}, {-0.02, -0.1}, {0.8, 1.0, 1.5}};

} // namespace

class TestSilvering : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sheenIsTakenOut_data();
    void sheenIsTakenOut();
    void nothingIsFoundWhereNothingIs_data();
    void nothingIsFoundWhereNothingIs();
    void everyPixelLosesItsOwnSheen();
    void lightsStay();
    void textComesBack();
    void wrongParametersAreRefused_data();
    void wrongParametersAreRefused();
    void regionGivesTheSameBytesAsTheWhole();
    void oddPicturesAreKept_data();
    void oddPicturesAreKept();
    void resultIsMadeAgainFromItsParameters();
};

void TestSilvering::sheenIsTakenOut_data()
{
    QTest::addColumn<PixelFormat>("format");
    QTest::addColumn<double>("warmth");
    QTest::newRow("neutral") << Rgb8 << 0.0;
    QTest::newRow("warm") << Rgb8 << 0.15;
    QTest::newRow("sepia, 16 bit, alpha") << PixelFormat{Channels::Rgba, Depth::U16} << 0.3;
}

void TestSilvering::sheenIsTakenOut()
{
    QFETCH(PixelFormat, format);
    QFETCH(double, warmth);
    const Image clean = print({300, 260}, format, warmth);
    const Image damaged = silvered(clean);
    const auto done = cleaned(damaged);
    QVERIFY(done);
    QCOMPARE(done->record.alteration, Alteration::AlgorithmicallyEnhanced);
    QVERIFY2(psnr(done->image, clean) > psnr(damaged, clean) + 5,
             qPrintable(QStringLiteral("%1 of %2; %3")
                            .arg(psnr(done->image, clean))
                            .arg(psnr(damaged, clean))
                            .arg(done->parameters.value(QStringLiteral("sheen")).toString())));
    if (format.hasAlpha()) {
        for (int y = 0; y < clean.height(); ++y) {
            for (int x = 0; x < clean.width(); ++x)
                QCOMPARE(sampleAt(done->image, x, y, 3), sampleAt(damaged, x, y, 3));
        }
    }
}

void TestSilvering::nothingIsFoundWhereNothingIs_data()
{
    QTest::addColumn<Image>("picture");
    QTest::newRow("a photo in colours") << photoPicture({300, 260}, Rgb8);
    QTest::newRow("a photo in colours with blue shadows")
        << silvered(photoPicture({300, 260}, Rgb8));
    QTest::newRow("a grey print") << print({300, 260}, Rgb8, 0);
    QTest::newRow("a sepia print") << print({300, 260}, Rgb8, 0.3);
    QTest::newRow("a blue print") << print({300, 260}, Rgb8, -0.3);
    QTest::newRow("one of reddish shadows") << changed(
        print({300, 260}, Rgb8, 0), [](float *pixel, int, int) {
            pixel[0] += 0.15F * std::max(0.0F, 0.4F - pixel[0]);
        });
    Image black({200, 150}, Rgb8);
    black.fill(0);
    QTest::newRow("black") << black;
}

void TestSilvering::nothingIsFoundWhereNothingIs()
{
    QFETCH(Image, picture);
    const auto done = cleaned(picture);
    QVERIFY(done);
    QCOMPARE(done->parameters.value(QStringLiteral("sheen")).toString(), QStringLiteral("none"));
    QVERIFY(done->image == picture);
    QCOMPARE(done->record.alteration, Alteration::None);
    QCOMPARE(done->record.warnings.size(), 1);
}

void TestSilvering::everyPixelLosesItsOwnSheen()
{
    // On even areas the averaging does nothing, and light adds up as the model says.
    for (const float grey : {0.05F, 0.15F, 0.25F}) {
        for (const float sheen : {0.005F, 0.02F}) {
            const auto red = float(bluish.red.at(double(grey)));
            const auto blue = float(bluish.blue.at(double(grey)));
            const float green = linearToSrgb(
                (srgbToLinear(grey) - 0.3F * srgbToLinear(red) - 0.11F * srgbToLinear(blue)) /
                0.59F);
            const float clean[3] = {red, green, blue};
            ModelInput input;
            input.image = Planes(3, 24, 20);
            for (int c = 0; c < 3; ++c) {
                const float light =
                    srgbToLinear(clean[c]) + sheen * float(bluish.color[size_t(c)]);
                std::fill_n(input.image.plane(c), input.image.planeSize(), linearToSrgb(light));
            }
            input.scalars = {{QStringLiteral("amount"), 1.0}};
            SheenFilter filter;
            filter.set(bluish);
            RunControl control;
            const auto out = filter.run(input, control);
            QVERIFY(out);
            for (int c = 0; c < 3; ++c)
                QVERIFY2(std::abs(out->row(c, 10)[12] - clean[c]) < 0.012F,
                         qPrintable(QStringLiteral("%1 %2: %3 of %4").arg(grey).arg(sheen)
                                        .arg(out->row(c, 10)[12]).arg(clean[c])));
        }
    }
}

void TestSilvering::lightsStay()
{
    Image light({60, 50}, Rgb8);
    light.fill(0);
    light = changed(light, [](float *pixel, int x, int) {
        pixel[0] = 0.6F + 0.005F * float(x);
        pixel[1] = pixel[0] + 0.02F;
        pixel[2] = pixel[0] + 0.09F;
    });
    SilveringSettings settings;
    settings.sheen = bluish;
    const auto done = cleaned(light, settings);
    QVERIFY(done);
    QVERIFY(done->image == light);
}

void TestSilvering::textComesBack()
{
    QCOMPARE(*SilverSheen::fromText(bluish.toText()), bluish);
    QCOMPARE(*SilverSheen::fromText(SilverSheen().toText()), SilverSheen());
    const SilveringSettings settings{60, bluish, 100};
    QCOMPARE(*SilveringSettings::fromParameters(settings.toParameters()), settings);
    QCOMPARE(*SilveringSettings::fromParameters({}), SilveringSettings());
}

void TestSilvering::wrongParametersAreRefused_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    QTest::newRow("amount") << "amount" << "101";
    QTest::newRow("amount of words") << "amount" << "much";
    QTest::newRow("amount, no number") << "amount" << "nan";
    QTest::newRow("sheen of words") << "sheen" << "blue";
    QTest::newRow("six numbers") << "sheen" << "0 0 0 0 1 1";
    QTest::newRow("not bluish") << "sheen" << "0 0 0 0 1.5 1 0.8";
    QTest::newRow("no number") << "sheen" << "0 0 0 nan 0.8 1 1.5";
}

void TestSilvering::wrongParametersAreRefused()
{
    QFETCH(QString, key);
    QFETCH(QString, text);
    const auto settings = SilveringSettings::fromParameters({{key, text}});
    QVERIFY(!settings);
    QCOMPARE(settings.error().code, ErrorCode::BadArgument);
}

void TestSilvering::regionGivesTheSameBytesAsTheWhole()
{
    const Image damaged = silvered(print({650, 560}, Rgb8, 0.1));
    SilveringSettings settings;
    settings.sheen = bluish;
    const auto whole = cleaned(damaged, settings);
    QVERIFY(whole);
    QVERIFY(whole->image != damaged);
    auto made = Silvering::create({damaged.size(), damaged.format(), {}}, settings, {});
    QVERIFY(made);
    WholeSource source(damaged);
    Image parts(damaged.size(), damaged.format());
    parts.fill(0);
    const QRect region(490, 480, 60, 50);
    QVERIFY((*made)->runRegion(source, region, region.center(),
                               [&](const QRect &place, const Image &pixels) {
                                   parts.paste(pixels, place.topLeft());
                               },
                               {}));
    QVERIFY(parts.copied(region) == whole->image.copied(region));
}

void TestSilvering::oddPicturesAreKept_data()
{
    QTest::addColumn<Image>("picture");
    QTest::newRow("one pixel") << photoPicture({1, 1}, Rgb8);
    QTest::newRow("narrow") << photoPicture({3, 400}, Rgb8);
    QTest::newRow("grey, 16 bit") << photoPicture({200, 150}, {Channels::Gray, Depth::U16});
    QTest::newRow("grey, alpha") << photoPicture({200, 150}, {Channels::GrayAlpha, Depth::U8});
}

void TestSilvering::oddPicturesAreKept()
{
    QFETCH(Image, picture);
    SilveringSettings given;
    given.sheen = bluish;
    for (const SilveringSettings &settings : {SilveringSettings(), given}) {
        const auto done = cleaned(picture, settings);
        QVERIFY(done);
        QCOMPARE(done->image.size(), picture.size());
        QCOMPARE(done->image.format(), picture.format());
    }
}

void TestSilvering::resultIsMadeAgainFromItsParameters()
{
    const Image damaged = silvered(print({200, 160}, {Channels::Rgb, Depth::U16}, 0.1));
    const auto first = cleaned(damaged);
    QVERIFY(first);
    QVERIFY(first->image != damaged);
    const auto again = cleaned(damaged, *SilveringSettings::fromParameters(first->parameters));
    QVERIFY(again);
    QVERIFY(first->image == again->image);
}

QTEST_GUILESS_MAIN(TestSilvering)
#include "tst_silvering.moc"
