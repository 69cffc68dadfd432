// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/lab.h"
#include "paint/dodgeburn.h"
#include "support/comparison.h"
#include "support/testpictures.h"

#include <QtTest>

using namespace heirloom;

namespace
{

const std::array ranges{ToneRange::Shadows, ToneRange::Midtones, ToneRange::Highlights};

Image pixel(float r, float g, float b)
{
    Image image({1, 1}, {Channels::Rgb, Depth::F32});
    const std::array<float, 3> values{r, g, b};
    std::copy_n(values.data(), 3, image.samples<float>(0));
    return image;
}

double lightnessOf(const Image &image)
{
    const float *p = image.constSamples<float>(0);
    return double(labFromSrgb(RgbColor{p[0], p[1], p[2]}).l);
}

} // namespace

class TestDodgeBurn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Whatever the range and exposure: darker stays darker, black and white stay.
    void tonesKeepTheirOrder()
    {
        for (const ToneRange range : ranges) {
            for (const double exposure : {-1.0, -0.4, 0.2, 1.0}) {
                const DodgeBurn how{range, exposure};
                QCOMPARE(how.toned(0), 0.0);
                QCOMPARE(how.toned(1), 1.0);
                for (int i = 0; i < 1000; ++i) {
                    const double a = how.toned(i / 1000.0), b = how.toned((i + 1) / 1000.0);
                    QVERIFY(b > a);
                    QVERIFY(exposure > 0 ? a >= i / 1000.0 : a <= i / 1000.0);
                }
            }
        }
    }

    void eachRangeMovesItsOwnTonesMost()
    {
        const std::array<float, 3> greys{0.15F, 0.47F, 0.85F};
        for (size_t r = 0; r < ranges.size(); ++r) {
            std::array<double, 3> moved{};
            for (size_t g = 0; g < greys.size(); ++g) {
                const Image before = pixel(greys[g], greys[g], greys[g]);
                moved[g] =
                    lightnessOf(dodgedOrBurned(before, {ranges[r], 0.8})) - lightnessOf(before);
                QVERIFY(moved[g] > 0);
            }
            QCOMPARE(size_t(std::max_element(moved.begin(), moved.end()) - moved.begin()), r);
        }
    }

    /// The lightness goes where toned() says, and Lab's hue stays, for every colour.
    void leadsLightnessAndKeepsHue()
    {
        for (int i = 0; i < 125; ++i) {
            const Image before = pixel(float(i % 5) / 4, float(i / 5 % 5) / 4, float(i / 25) / 4);
            for (const ToneRange range : ranges) {
                for (const double exposure : {-0.9, 0.9}) {
                    const DodgeBurn how{range, exposure};
                    const Image after = dodgedOrBurned(before, how);
                    const double wanted = 100 * how.toned(lightnessOf(before) / 100);
                    QVERIFY2(std::abs(lightnessOf(after) - wanted) < 0.3,
                             qPrintable(QStringLiteral("%1 instead of %2")
                                            .arg(lightnessOf(after))
                                            .arg(wanted)));
                    // Hue in linear light: the order and the proportions of the differences.
                    const float *p = before.constSamples<float>(0);
                    const float *q = after.constSamples<float>(0);
                    const auto hue = [](const float *v) {
                        const double r = double(srgbToLinear(v[0])), g = double(srgbToLinear(v[1])),
                                     b = double(srgbToLinear(v[2]));
                        return std::pair(std::atan2(std::sqrt(3.0) * (g - b), 2 * r - g - b),
                                         std::hypot(std::sqrt(3.0) * (g - b), 2 * r - g - b));
                    };
                    const auto [angle, strength] = hue(p);
                    const auto [newAngle, newStrength] = hue(q);
                    if (strength > 0.02 && newStrength > 0.001)
                        QVERIFY(std::abs(std::remainder(angle - newAngle, 2 * M_PI)) < 0.02);
                }
            }
        }
    }

    void nothingAtExposureZero()
    {
        const Image picture =
            test::gradientPicture({60, 40}, {Channels::Rgba, Depth::U16}).converted(
                {Channels::Rgba, Depth::F32});
        QVERIFY(test::maxDifference(dodgedOrBurned(picture, {ToneRange::Midtones, 0}), picture) <
                0.01);
    }

    void greyAndAlpha()
    {
        Image gray({2, 1}, {Channels::GrayAlpha, Depth::F32});
        gray.samples<float>(0)[0] = 0.4F;
        gray.samples<float>(0)[1] = 0.3F;
        gray.samples<float>(0)[2] = 0.4F;
        gray.samples<float>(0)[3] = 1;
        const Image after = dodgedOrBurned(gray, {ToneRange::Midtones, 0.5});
        QCOMPARE(after.constSamples<float>(0)[1], 0.3F);
        QCOMPARE(after.constSamples<float>(0)[3], 1.0F);
        const Image color = dodgedOrBurned(pixel(0.4F, 0.4F, 0.4F), {ToneRange::Midtones, 0.5});
        QVERIFY(std::abs(after.constSamples<float>(0)[0] - color.constSamples<float>(0)[0]) <
                1e-4F);
    }
};

QTEST_APPLESS_MAIN(TestDodgeBurn)
#include "tst_dodgeburn.moc"
