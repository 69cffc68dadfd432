// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/localdetail.h"
#include "support/comparison.h"
#include "support/testpictures.h"

#include <QtTest>

using namespace heirloom;

namespace
{

constexpr QSize size(48, 40);

double at(const Image &image, int x, int y, int c)
{
    const int channels = image.format().channelCount();
    return double(image.constSamples<float>(std::clamp(y, 0, image.height() - 1))
                      [std::clamp(x, 0, image.width() - 1) * channels + c]);
}

/// Straight from the definition, in two dimensions.
double plainBlur(const Image &image, int x, int y, double sigma,
                 const std::function<double(int, int)> &value)
{
    Q_UNUSED(image)
    const int reach = int(std::ceil(3 * sigma));
    double sum = 0, weights = 0;
    for (int dy = -reach; dy <= reach; ++dy) {
        for (int dx = -reach; dx <= reach; ++dx) {
            const double w = std::exp(-0.5 * (dx * dx + dy * dy) / (sigma * sigma));
            sum += w * value(x + dx, y + dy);
            weights += w;
        }
    }
    return sum / weights;
}

} // namespace

class TestLocalDetail : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void blurEqualsThePlainOne_data()
    {
        QTest::addColumn<Channels>("channels");
        QTest::addColumn<double>("radius");
        for (const auto channels :
             {Channels::Gray, Channels::GrayAlpha, Channels::Rgb, Channels::Rgba}) {
            for (const double radius : {0.5, 1.5, 4.0})
                QTest::addRow("%d channels, %g px", int(channels), radius) << channels << radius;
        }
    }
    void blurEqualsThePlainOne()
    {
        QFETCH(Channels, channels);
        QFETCH(double, radius);
        const PixelFormat format{channels, Depth::F32};
        const Image picture = test::noisePicture(size, format, 4);
        const Image soft = withLocalDetail(picture, {LocalDetail::Kind::Blur, 1, radius});
        const int colors = format.colorCount();
        for (int y = 0; y < size.height(); y += 3) {
            for (int x = 0; x < size.width(); ++x) {
                const auto alpha = [&](int u, int v) {
                    return format.hasAlpha() ? at(picture, u, v, colors) : 1.0;
                };
                const double a = plainBlur(picture, x, y, radius, alpha);
                for (int c = 0; c < colors; ++c) {
                    const double wanted = plainBlur(picture, x, y, radius,
                                                    [&](int u, int v) {
                                                        return at(picture, u, v, c) * alpha(u, v);
                                                    }) /
                                          a;
                    QVERIFY(std::abs(at(soft, x, y, c) - wanted) < 1e-4);
                }
                if (format.hasAlpha())
                    QVERIFY(std::abs(at(soft, x, y, colors) - a) < 1e-4);
            }
        }
    }

    void sharpeningRaisesDetailAndShiftsNoColour()
    {
        const PixelFormat format{Channels::Rgb, Depth::F32};
        const Image picture = test::photoPicture({120, 90}, format);
        const Image sharp = withLocalDetail(picture, {LocalDetail::Kind::Sharpen, 1.0, 1.5});
        double before = 0, after = 0;
        for (int y = 0; y < 90; ++y) {
            for (int x = 1; x < 120; ++x) {
                before += std::pow(at(picture, x, y, 1) - at(picture, x - 1, y, 1), 2);
                after += std::pow(at(sharp, x, y, 1) - at(sharp, x - 1, y, 1), 2);
                for (int c = 1; c < 3; ++c)
                    QVERIFY(std::abs((at(sharp, x, y, c) - at(sharp, x, y, 0)) -
                                     (at(picture, x, y, c) - at(picture, x, y, 0))) < 1e-5);
            }
        }
        QVERIFY(after > 1.15 * before);
    }

    /// A step stays a step: whatever the amount it passes its two sides by a tenth at most.
    void halosAreLimited()
    {
        Image step({60, 10}, {Channels::Gray, Depth::F32});
        for (int y = 0; y < 10; ++y) {
            for (int x = 0; x < 60; ++x)
                step.samples<float>(y)[x] = x < 30 ? 0.3F : 0.7F;
        }
        const Image sharp = withLocalDetail(step, {LocalDetail::Kind::Sharpen, 3, 4});
        double least = 1, most = 0;
        for (int x = 0; x < 60; ++x) {
            least = std::min(least, at(sharp, x, 5, 0));
            most = std::max(most, at(sharp, x, 5, 0));
        }
        QVERIFY(least > 0.3 - 0.0401 && least < 0.299);
        QVERIFY(most < 0.7 + 0.0401 && most > 0.701);
    }

    /// The part that lies reach() pixels inside depends on nothing beyond.
    void reachIsEnough()
    {
        const Image picture = test::noisePicture({90, 80}, {Channels::Rgb, Depth::F32}, 1);
        for (const auto kind : {LocalDetail::Kind::Sharpen, LocalDetail::Kind::Blur}) {
            const LocalDetail how{kind, 1, 2.3};
            const Image whole = withLocalDetail(picture, how);
            const QRect part(20, 15, 60, 50);
            const Image cut = withLocalDetail(picture.copied(part), how);
            const QRect inner =
                QRect(QPoint(0, 0), part.size())
                    .adjusted(how.reach(), how.reach(), -how.reach(), -how.reach());
            QVERIFY(!inner.isEmpty());
            QVERIFY(cut.copied(inner) == whole.copied(inner.translated(part.topLeft())));
        }
    }
};

QTEST_APPLESS_MAIN(TestLocalDetail)
#include "tst_localdetail.moc"
