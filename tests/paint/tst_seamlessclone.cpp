// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/seamlessclone.h"
#include "support/comparison.h"
#include "support/testpictures.h"

#include <QtTest>

using namespace heirloom;

namespace
{

constexpr QSize size(80, 70);

Image disc(QPoint centre, double radius)
{
    Image mask(size, {Channels::Gray, Depth::U8});
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            mask.samples<quint8>(y)[x] =
                std::hypot(x - centre.x(), y - centre.y()) < radius ? 255 : 0;
    }
    return mask;
}

bool isInside(const Image &mask, int x, int y)
{
    return mask.constSamples<quint8>(y)[x];
}

/// image + scale * slope, in the colours.
Image lit(const Image &image, double scale)
{
    const Image slope = test::gradientPicture(image.size(), image.format());
    Image out = image;
    const int channels = image.format().channelCount();
    for (int y = 0; y < image.height(); ++y) {
        for (int i = 0; i < image.width() * channels; ++i) {
            if (i % channels < image.format().colorCount())
                out.samples<float>(y)[i] +=
                    float(scale * double(slope.constSamples<float>(y)[i]));
        }
    }
    return out;
}

Image grain(PixelFormat format, quint32 seed)
{
    Image noise = test::noisePicture(size, format, seed);
    for (int y = 0; y < size.height(); ++y) {
        for (int i = 0; i < size.width() * format.channelCount(); ++i) {
            float &v = noise.samples<float>(y)[i];
            v = format.hasAlpha() && i % format.channelCount() == format.colorCount()
                    ? 1
                    : 0.3F + 0.2F * v;
        }
    }
    return noise;
}

} // namespace

class TestSeamlessClone : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// The same texture under a light that changes in a straight way comes out as the target's own:
    /// the difference of the two is a membrane already.
    void takesTheTargetsLight_data()
    {
        QTest::addColumn<Channels>("channels");
        QTest::addColumn<QPoint>("centre");
        for (const auto channels :
             {Channels::Gray, Channels::GrayAlpha, Channels::Rgb, Channels::Rgba}) {
            QTest::addRow("%d channels", int(channels)) << channels << QPoint(40, 35);
            QTest::addRow("%d channels, at a corner", int(channels)) << channels << QPoint(3, 66);
        }
    }
    void takesTheTargetsLight()
    {
        QFETCH(Channels, channels);
        QFETCH(QPoint, centre);
        const PixelFormat format{channels, Depth::F32};
        const Image texture = grain(format, 5);
        const Image light = lit(texture, 0.4);
        const Image mask = disc(centre, 18);
        Image target = light;
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x) {
                if (isInside(mask, x, y))
                    std::fill_n(target.samples<float>(y) + x * int(channels),
                                format.colorCount(), 1.0F);
            }
        }
        const Image healed = seamlesslyCloned(target, texture, mask);
        // At a corner the light's slope is cut off where the picture ends.
        QVERIFY(test::maxDifference(healed, light) < (centre.x() == 40 ? 1.5 : 40));
        if (centre.x() == 40)
            QVERIFY(test::psnr(healed, light) > 55);
    }

    void keepsTheSourcesTexture()
    {
        const PixelFormat format{Channels::Rgb, Depth::F32};
        Image flat(size, format);
        flat.fill(0.7);
        const Image source = grain(format, 8);
        const Image mask = disc({40, 35}, 20);
        const Image healed = seamlesslyCloned(flat, source, mask);
        for (int y = 25; y < 45; ++y) {
            for (int x = 30; x < 50; ++x) {
                const int i = 3 * x;
                const float got = healed.constSamples<float>(y)[i + 3] -
                                  healed.constSamples<float>(y)[i];
                const float wanted = source.constSamples<float>(y)[i + 3] -
                                     source.constSamples<float>(y)[i];
                QVERIFY(std::abs(got - wanted) < 0.01F);
            }
        }
    }

    void leavesTheOutsideToTheBit()
    {
        const PixelFormat format{Channels::Rgba, Depth::F32};
        const Image target = test::noisePicture(size, format, 1);
        const Image mask = disc({20, 60}, 17);
        const Image healed =
            seamlesslyCloned(target, test::noisePicture(size, format, 2), mask);
        bool changed = false;
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x) {
                const bool equal = std::equal(target.constSamples<float>(y) + 4 * x,
                                              target.constSamples<float>(y) + 4 * x + 4,
                                              healed.constSamples<float>(y) + 4 * x);
                if (isInside(mask, x, y))
                    changed = changed || !equal;
                else
                    QVERIFY(equal);
            }
        }
        QVERIFY(changed);
    }

    void transparentSurroundingsTellNothing()
    {
        const PixelFormat format{Channels::Rgba, Depth::F32};
        Image target(size, format);
        target.fill(0);
        const Image source = grain(format, 3);
        const Image mask = disc({40, 35}, 12);
        const Image healed = seamlesslyCloned(target, source, mask);
        for (int c = 0; c < 4; ++c)
            QCOMPARE(healed.constSamples<float>(35)[4 * 40 + c],
                     source.constSamples<float>(35)[4 * 40 + c]);
    }

    /// Where two pieces of source meet that differ in light, no step is left.
    void joinsPiecesWithoutAStep()
    {
        const PixelFormat format{Channels::Gray, Depth::F32};
        Image flat(size, format);
        flat.fill(0.5);
        Image source(size, format), pieces(size, {Channels::Gray, Depth::U8});
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x) {
                source.samples<float>(y)[x] = x < 40 ? 0.2F : 0.9F;
                pieces.samples<quint8>(y)[x] = x < 40 ? 1 : 2;
            }
        }
        const Image mask = disc({40, 35}, 20);
        const double step = test::maxDifference(seamlesslyCloned(flat, source, mask, pieces), flat);
        QVERIFY2(step < 0.2, qPrintable(QString::number(step)));
        QVERIFY(test::maxDifference(seamlesslyCloned(flat, source, mask), flat) > 50);
    }

    void wholePictureMaskTakesTheSource()
    {
        const PixelFormat format{Channels::Rgb, Depth::F32};
        Image mask(size, {Channels::Gray, Depth::U8});
        mask.fill(255);
        const Image source = grain(format, 3);
        QVERIFY(test::maxDifference(
                    seamlesslyCloned(test::noisePicture(size, format, 9), source, mask), source) <
                0.01);
    }
};

QTEST_APPLESS_MAIN(TestSeamlessClone)
#include "tst_seamlessclone.moc"
