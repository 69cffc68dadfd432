// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/eyeguard.h"
#include "operation/facefinder.h"
#include "support/drawnface.h"

#include <QtTest>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

const QRectF face(140, 90, 200, 200);
const QRect leftEye(198, 170, 10, 8), cheek(180, 230, 10, 8);
/// From the brow over the right eye and down the cheek.
const QRect scratch(270, 120, 3, 120);

Image picture(const Planes &light)
{
    Image image({light.width, light.height}, {Channels::Rgba, Depth::U8});
    for (int y = 0; y < light.height; ++y) {
        quint8 *out = image.samples<quint8>(y);
        for (int x = 0; x < light.width; ++x) {
            std::fill_n(out + 4 * x, 3, quint8(std::lround(light.row(0, y)[x] * 255)));
            out[4 * x + 3] = 255;
        }
    }
    return image;
}

Image marked(QSize size)
{
    Image map(size, {Channels::Gray, Depth::U8});
    map.fill(0);
    for (const QRect &r : {leftEye, cheek, scratch})
        for (int y = r.top(); y <= r.bottom(); ++y)
            std::fill_n(map.samples<quint8>(y) + r.left(), r.width(), quint8(230));
    return map;
}

int valueAt(const Image &map, QPoint at)
{
    return map.constSamples<quint8>(at.y())[at.x()];
}

} // namespace

class TestEyeGuard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatLiesInAnEyeIsTakenBackAndNothingElse()
    {
        QVERIFY(FaceFinder::isInstalled());
        const Image seen = picture(facesOnAWall({480, 400}, {face}));
        Image map = marked(seen.size());
        leaveEyesAlone(map, seen);
        QCOMPARE(valueAt(map, leftEye.center()), 0);
        Image expected = marked(seen.size());
        for (int y = leftEye.top(); y <= leftEye.bottom(); ++y)
            std::fill_n(expected.samples<quint8>(y) + leftEye.left(), leftEye.width(), quint8(0));
        QVERIFY(map == expected);
    }

    void largePicturesAreLookedAtSmall()
    {
        const int times = 3;
        const QRectF large(QPointF(140 * times, 90 * times), face.size() * times);
        const Image seen = picture(facesOnAWall({480 * times, 400 * times}, {large}));
        Image map(seen.size(), {Channels::Gray, Depth::U8});
        map.fill(0);
        const QPoint at = leftEye.center() * times;
        map.samples<quint8>(at.y())[at.x()] = 255;
        leaveEyesAlone(map, seen);
        QCOMPARE(valueAt(map, at), 0);
    }

    void withoutAFaceEverythingStays()
    {
        const Image seen = picture(facesOnAWall({480, 400}, {}));
        Image map = marked(seen.size());
        leaveEyesAlone(map, seen);
        QVERIFY(map == marked(seen.size()));
    }
};

QTEST_GUILESS_MAIN(TestEyeGuard)
#include "tst_eyeguard.moc"
