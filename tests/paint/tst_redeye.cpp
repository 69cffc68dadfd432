// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/redeye.h"

#include <QtTest>

using namespace heirloom;

namespace
{

constexpr QSize size(120, 100);

struct Eye {
    QPoint centre{60, 50};
    double radius = 12;
    double stretch = 1; ///< across
    bool hasCatchlight = true;
};

/// Skin, the white of an eye, a brown iris, a red pupil with a catchlight; a little grain.
Image face(const Eye &eye, PixelFormat format = {Channels::Rgb, Depth::F32})
{
    std::mt19937 random(5);
    Image image(size, format);
    image.fill(1);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            const double dx = (x - eye.centre.x()) / eye.stretch, dy = y - eye.centre.y();
            const double r = std::hypot(dx, dy);
            std::array<double, 3> color{0.80, 0.62, 0.54};
            if (std::hypot(dx / 2.6, dy / 1.5) < eye.radius)
                color = {0.88, 0.86, 0.85};
            if (r < 1.45 * eye.radius)
                color = {0.36, 0.26, 0.18};
            const double pupil = std::clamp(eye.radius + 0.5 - r, 0.0, 1.0);
            const std::array<double, 3> red{0.75, 0.16, 0.14};
            for (size_t c = 0; c < 3; ++c)
                color[c] += pupil * (red[c] - color[c]);
            if (eye.hasCatchlight && std::hypot(dx + 3, dy + 3) < 2.2)
                color = {0.97, 0.96, 0.95};
            for (int c = 0; c < 3; ++c)
                image.samples<float>(y)[x * format.channelCount() + c] =
                    float(color[size_t(c)] + (random() / 4294967295.0 - 0.5) * 0.02);
        }
    }
    return image;
}

const float *at(const Image &image, QPoint p)
{
    return image.constSamples<float>(p.y()) + qsizetype(p.x()) * image.format().channelCount();
}

} // namespace

class TestRedEye : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsThePupilAroundAClick_data()
    {
        QTest::addColumn<QPoint>("click");
        QTest::addColumn<double>("radius");
        for (const double radius : {3.0, 7.0, 12.0, 20.0}) {
            QTest::addRow("%g px, in the middle", radius) << QPoint(60, 50) << radius;
            QTest::addRow("%g px, on the catchlight", radius) << QPoint(57, 47) << radius;
            QTest::addRow("%g px, beside it", radius)
                << QPoint(60 + int(radius) + 4, 52) << radius;
        }
    }
    void findsThePupilAroundAClick()
    {
        QFETCH(QPoint, click);
        QFETCH(double, radius);
        Eye eye;
        eye.radius = radius;
        const auto pupil = findRedPupil(face(eye), click, 40, 8);
        QVERIFY(pupil);
        QVERIFY(std::abs(pupil->radius - radius) < 1.2);
        QVERIFY((pupil->centre - eye.centre).manhattanLength() <= 2);
        if (radius > 6) // the catchlight lies in it as a hole
            QCOMPARE(int(pupil->mask.constSamples<quint8>(47)[57]), 255);
        QCOMPARE(int(pupil->mask.constSamples<quint8>(2)[2]), 0);
    }

    void darkensThePupilAndKeepsTheCatchlight()
    {
        for (const auto channels : {Channels::Rgb, Channels::Rgba}) {
            const Image before = face({}, {channels, Depth::F32});
            const auto pupil = findRedPupil(before, {60, 50}, 40, 8);
            QVERIFY(pupil);
            const Image after = withoutRedEye(before, *pupil, 0.5);
            const float *p = at(after, {62, 54});
            QVERIFY(std::abs(p[0] - p[1]) < 0.02F && std::abs(p[1] - p[2]) < 0.02F);
            QVERIFY(p[0] < 0.15F);
            const float *light = at(after, {57, 47});
            QVERIFY(light[0] > 0.9F && light[1] > 0.9F);
            // Skin and the white of the eye, to the bit.
            for (const QPoint outside : {QPoint(5, 5), QPoint(84, 50), QPoint(60, 20)}) {
                QVERIFY(std::equal(at(before, outside),
                                   at(before, outside) + before.format().channelCount(),
                                   at(after, outside)));
            }
            // No rim is left that is redder than the iris.
            for (int y = 30; y < 70; ++y) {
                for (int x = 40; x < 80; ++x) {
                    const float *q = at(after, {x, y});
                    if (std::hypot(x - 60, y - 50) < 14)
                        QVERIFY(q[0] - std::max(q[1], q[2]) < 0.36F * std::max(q[0], 0.3F));
                }
            }
        }
    }

    void morePupilIsDarkerWithDarkness()
    {
        const Image before = face({});
        const auto pupil = findRedPupil(before, {60, 50}, 40, 8);
        QVERIFY(pupil);
        QVERIFY(at(withoutRedEye(before, *pupil, 1), {62, 54})[0] <
                at(withoutRedEye(before, *pupil, 0), {62, 54})[0]);
    }

    void saysWhenThereIsNone()
    {
        Eye eye;
        const Image picture = face(eye);
        QVERIFY(!findRedPupil(picture, {10, 90}, 40, 8)); // skin
        QVERIFY(!findRedPupil(picture, {60, 50}, 6, 8));  // larger than is looked for
        eye.stretch = 3.5;
        eye.radius = 6;
        QVERIFY(!findRedPupil(face(eye), {60, 50}, 40, 8)); // lips, not a pupil
        eye.stretch = 1;
        eye.centre = {2, 50};
        QVERIFY(!findRedPupil(face(eye), {2, 50}, 40, 8)); // cut off
        Image red(size, {Channels::Rgb, Depth::F32});
        red.fill(0);
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x)
                red.samples<float>(y)[3 * x] = 0.8F;
        }
        QVERIFY(!findRedPupil(red, {60, 50}, 40, 8)); // a red cloth
        QVERIFY(!findRedPupil(picture.converted({Channels::Gray, Depth::F32}), {60, 50}, 40, 8));
        QVERIFY(!findRedPupil(picture, {-50, 500}, 40, 8));
    }
};

QTEST_APPLESS_MAIN(TestRedEye)
#include "tst_redeye.moc"
