// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/colormanagement.h"
#include "image/lab.h"
#include "image/randomimage.h"

#include <QtTest>

#include <thread>

using namespace heirloom;

class TestColorManagement : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void defaultIsSrgb()
    {
        QVERIFY(ColorProfile().isSrgb());
        QCOMPARE(ColorProfile().description(), QStringLiteral("sRGB"));
        QVERIFY(!ColorProfile::displayP3().isSrgb());
        QVERIFY(!ColorProfile::adobeRgb().isSrgb());
        QVERIFY(ColorProfile() != ColorProfile::displayP3());
    }

    void bytesAreUnderstoodAgain()
    {
        for (const ColorProfile &profile :
             {ColorProfile::sRgb(), ColorProfile::displayP3(), ColorProfile::adobeRgb(),
              ColorProfile::graySrgb(), ColorProfile::linearSrgb()}) {
            const auto again = ColorProfile::fromIcc(profile.icc());
            QVERIFY(again);
            QCOMPARE(again->icc(), profile.icc());
            QCOMPARE(again->description(), profile.description());
            QCOMPARE(again->isSrgb(), profile.isSrgb());
            QCOMPARE(int(again->model()), int(profile.model()));
        }
    }

    void hostileBytesAreNoProfile()
    {
        QVERIFY(!ColorProfile::fromIcc({}));
        QVERIFY(!ColorProfile::fromIcc(QByteArray(5000, 'x')));
        std::mt19937 random(1);
        const QByteArray good = ColorProfile::displayP3().icc();
        for (int i = 0; i < 400; ++i) {
            QByteArray bad = good.left(i % 3 ? good.size() : int(random() % quint32(good.size())));
            for (int k = 0; k < 1 + i % 20 && !bad.isEmpty(); ++k)
                bad[qsizetype(random() % quint32(bad.size()))] = char(random());
            if (const auto profile = ColorProfile::fromIcc(bad)) {
                // Still one? Then it must be usable.
                const PixelFormat format{
                    profile->model() == ColorProfile::Model::Gray ? Channels::Gray : Channels::Rgb,
                    Depth::U8};
                if (profile->fits(format))
                    QVERIFY(ColorTransform::create(*profile, format, ColorProfile::sRgb(),
                                                   {Channels::Rgb, Depth::U8}));
            }
        }
    }

    void equalProfilesCopyTheBytes()
    {
        std::mt19937 random(2);
        for (const PixelFormat format : allFormats()) {
            const ColorProfile profile = ColorProfile::forUntagged(format);
            const auto transform = ColorTransform::create(profile, format, profile, format);
            QVERIFY(transform && transform->isIdentity());
            const Image image = randomImage({33, 7}, format, random);
            QCOMPARE(transform->apply(image), image);
        }
    }

    /// P3 to sRGB against the matrices of the two standards; profiles hold theirs in 16.16 fixed
    /// point, so that wide depths are compared in linear light.
    void p3ToSrgbEqualsTheDefinition_data()
    {
        QTest::addColumn<PixelFormat>("format");
        QTest::addColumn<double>("tolerance");
        QTest::newRow("8") << PixelFormat{Channels::Rgb, Depth::U8} << 1.01 / 255;
        QTest::newRow("16") << PixelFormat{Channels::Rgba, Depth::U16} << 8e-5;
        QTest::newRow("float") << PixelFormat{Channels::Rgb, Depth::F32} << 8e-5;
    }
    void p3ToSrgbEqualsTheDefinition()
    {
        QFETCH(PixelFormat, format);
        QFETCH(double, tolerance);
        std::mt19937 random(3);
        const Image image = randomImage({200, 10}, format, random);
        const auto transform =
            ColorTransform::create(ColorProfile::displayP3(), format, ColorProfile::sRgb(), format);
        QVERIFY(transform);
        const Image got = transform->apply(image);
        // Linear P3 to linear sRGB (both D65), CSS Color 4 section 10.
        const double m[3][3] = {{1.2249401762805587, -0.2249404646646140, 0},
                                {-0.0420569547096881, 1.0420571634680000, 0},
                                {-0.0196375545903344, -0.0786360454954800, 1.0982735943000000}};
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                double linear[3];
                for (int c = 0; c < 3; ++c)
                    linear[c] = double(srgbToLinear(float(unitSample(image, x, y, c))));
                for (int c = 0; c < 3; ++c) {
                    double wanted = double(linearToSrgb(
                        float(m[c][0] * linear[0] + m[c][1] * linear[1] + m[c][2] * linear[2])));
                    if (format.depth != Depth::F32)
                        wanted = std::clamp(wanted, 0.0, 1.0);
                    const double v = unitSample(got, x, y, c);
                    const bool linearly = format.depth != Depth::U8;
                    const double error = linearly ? std::abs(double(srgbToLinear(float(v))) -
                                                             double(srgbToLinear(float(wanted))))
                                                  : std::abs(v - wanted);
                    // Far outside the gamut the two ways to extend the curve differ.
                    if (wanted > 0.02)
                        QVERIFY2(error <= tolerance,
                                 qPrintable(QStringLiteral("%1 instead of %2").arg(v).arg(wanted)));
                }
                if (format.hasAlpha())
                    QCOMPARE(unitSample(got, x, y, 3), unitSample(image, x, y, 3));
            }
        }
    }

    void grayBecomesEqualChannels()
    {
        std::mt19937 random(4);
        for (const Depth depth : {Depth::U8, Depth::U16}) {
            const Image image = randomImage({256, 4}, {Channels::Gray, depth}, random);
            const auto transform =
                ColorTransform::create(ColorProfile::graySrgb(), image.format(),
                                       ColorProfile::sRgb(), {Channels::Rgba, depth});
            QVERIFY(transform);
            const Image got = transform->apply(image);
            QVERIFY(largestDifference(got, image.converted({Channels::Rgba, depth})) <=
                    1.01 / (depth == Depth::U8 ? 255 : 6553));
        }
    }

    void profilesThatDoNotFitAreRefused()
    {
        const PixelFormat gray{Channels::Gray, Depth::U8}, rgb{Channels::Rgb, Depth::U8};
        QVERIFY(!ColorTransform::create(ColorProfile::sRgb(), gray, ColorProfile::sRgb(), rgb));
        QVERIFY(!ColorTransform::create(ColorProfile::sRgb(), rgb, ColorProfile::graySrgb(), rgb));
        QVERIFY(!ColorTransform::fromForeign(ColorTransform::Foreign::Cmyk8, ColorProfile::sRgb(),
                                             ColorProfile::sRgb(), rgb));
    }

    void labRowsBecomeTheirColours()
    {
        const auto transform = ColorTransform::fromForeign(
            ColorTransform::Foreign::Lab8, {}, ColorProfile::sRgb(), {Channels::Rgba, Depth::U8});
        QVERIFY(transform);
        const quint8 lab[] = {255, 128, 128, 0, 128, 128};
        quint8 out[8] = {};
        transform->apply(lab, out, 2);
        for (int c = 0; c < 4; ++c)
            QVERIFY(int(out[c]) >= 254);
        for (int c = 4; c < 7; ++c)
            QVERIFY(int(out[c]) <= 1);
        QCOMPARE(int(out[7]), 255);
    }

    void oneTransformServesManyThreads()
    {
        std::mt19937 random(5);
        ColorTransformCache cache;
        const PixelFormat format{Channels::Rgb, Depth::U8};
        const Image image = randomImage({400, 50}, format, random);
        const Image wanted =
            cache.get(ColorProfile::adobeRgb(), format, ColorProfile::sRgb(), format)->apply(image);
        std::atomic<int> wrong = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                const auto transform =
                    cache.get(ColorProfile::adobeRgb(), format, ColorProfile::sRgb(), format);
                for (int k = 0; k < 20; ++k)
                    wrong += transform->apply(image) != wanted;
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(wrong.load(), 0);
    }
};

QTEST_APPLESS_MAIN(TestColorManagement)
#include "tst_colormanagement.moc"
