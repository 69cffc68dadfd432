// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/viewport.h"

#include <QtTest>

#include <random>

using namespace heirloom;

class TestViewport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void zoomKeepsThePointUnderTheCursor();
    void scaleStaysBetweenOnePercentAndThirtyTwoTimes();
    void fitShowsTheWholePicture();
    void fitFollowsTheWindowUntilItIsZoomed();
    void pictureBeginsOnAWholeDevicePixel();
    void pictureCannotBeLost();
    void grownPictureShowsTheSamePart();
    void visiblePixelsAreThoseOnTheScreen();
    void stepsGoUpAndDownTheSameLadder();
};

void TestViewport::zoomKeepsThePointUnderTheCursor()
{
    std::mt19937 random(11);
    const auto number = [&random](double from, double to) {
        return std::uniform_real_distribution<double>(from, to)(random);
    };
    for (int i = 0; i < 500; ++i) {
        Viewport v;
        v.setViewSize({1200, 800});
        v.setPictureSize({3000, 2000});
        v.zoomAtCenter(number(0.5, 8));
        v.centerOn({number(600, 2400), number(400, 1600)});
        const QPointF device(number(0, 1200), number(0, 800));
        const QPointF before = v.toPicture(device);
        if (!QRectF(0, 0, 3000, 2000).contains(before))
            continue;
        // Zooming in can never meet the picture's edge, which would stop it.
        v.zoomAt(device, v.scale() * number(1, 4));
        const QPointF after = v.toDevice(before);
        // The picture begins on whole pixels, so half a pixel is the best that can be had.
        QVERIFY2(QLineF(after, device).length() <= 0.75, qPrintable(QString::number(i)));
    }
}

void TestViewport::scaleStaysBetweenOnePercentAndThirtyTwoTimes()
{
    Viewport v;
    v.setViewSize({500, 500});
    v.setPictureSize({100, 100});
    v.zoomAtCenter(1e9);
    QCOMPARE(v.scale(), 32.0);
    v.zoomAtCenter(1e-9);
    QCOMPARE(v.scale(), 0.01);
}

void TestViewport::fitShowsTheWholePicture()
{
    Viewport v;
    v.setViewSize({800, 600});
    v.setPictureSize({4000, 2000});
    v.fit();
    QCOMPARE(v.scale(), (800.0 - 2 * Viewport::fitMargin) / 4000);
    QCOMPARE(v.visiblePixels(), QRect(0, 0, 4000, 2000));
    const QRectF place = v.toDevice(QRectF(0, 0, 4000, 2000));
    QVERIFY(QRectF(0, 0, 800, 600).contains(place));
    QVERIFY(std::abs(place.center().y() - 300) <= 1);
}

void TestViewport::fitFollowsTheWindowUntilItIsZoomed()
{
    Viewport v;
    v.setViewSize({240, 180}); // too small for margins
    v.setPictureSize({480, 360});
    v.fit();
    QCOMPARE(v.scale(), 0.5);
    v.setViewSize({120, 90});
    QCOMPARE(v.scale(), 0.25);
    v.zoomAtCenter(1);
    v.setViewSize({800, 600});
    QCOMPARE(v.scale(), 1.0);
    QVERIFY(!v.isFitting());
}

void TestViewport::pictureBeginsOnAWholeDevicePixel()
{
    std::mt19937 random(5);
    for (int i = 0; i < 200; ++i) {
        Viewport v;
        v.setViewSize({int(random() % 900) + 100, int(random() % 900) + 100});
        v.setPictureSize({int(random() % 5000) + 1, int(random() % 5000) + 1});
        v.zoomAtCenter(0.1 + random() % 1000 / 100.0);
        v.panBy({double(random() % 1000) / 7, double(random() % 1000) / 7});
        const QPointF corner = v.toDevice(QPointF(0, 0));
        QCOMPARE(corner.x(), std::round(corner.x()));
        QCOMPARE(corner.y(), std::round(corner.y()));
    }
}

void TestViewport::pictureCannotBeLost()
{
    Viewport v;
    v.setViewSize({800, 600});
    v.setPictureSize({1000, 1000});
    v.zoomAtCenter(1);
    v.panBy({1e6, -1e6});
    QVERIFY(!v.visiblePixels().isEmpty());
    QCOMPARE(v.center(), QPointF(0, 1000));
}

void TestViewport::grownPictureShowsTheSamePart()
{
    Viewport v;
    v.setViewSize({800, 600});
    v.setPictureSize({1000, 800});
    v.zoomAtCenter(2);
    v.centerOn({300, 500});
    v.pictureGrew({4000, 3200});
    QCOMPARE(v.scale(), 0.5);
    QCOMPARE(v.center(), QPointF(1200, 2000));
}

void TestViewport::visiblePixelsAreThoseOnTheScreen()
{
    Viewport v;
    v.setViewSize({100, 100});
    v.setPictureSize({1000, 1000});
    v.zoomAtCenter(1);
    v.centerOn({500, 500});
    QCOMPARE(v.visiblePixels(), QRect(450, 450, 100, 100));
}

void TestViewport::stepsGoUpAndDownTheSameLadder()
{
    QCOMPARE(Viewport::nextStep(1, true), 1.5);
    QCOMPARE(Viewport::nextStep(1.5, false), 1.0);
    QCOMPARE(Viewport::nextStep(2.0 / 3, true), 1.0);
    QCOMPARE(Viewport::nextStep(32, true), 32.0);
    QCOMPARE(Viewport::nextStep(0.01, false), 0.01);
    double scale = 0.01;
    int steps = 0;
    while (scale < 32) {
        const double next = Viewport::nextStep(scale, true);
        QVERIFY(next > scale);
        QCOMPARE(Viewport::nextStep(next, false), scale);
        scale = next;
        QVERIFY(++steps < 50);
    }
}

QTEST_GUILESS_MAIN(TestViewport)
#include "tst_viewport.moc"
