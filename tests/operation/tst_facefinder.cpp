// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/facefinder.h"
#include "support/drawnface.h"
#include "support/testpictures.h"

#include <QtTest>

#include <random>

using namespace heirloom;
using namespace heirloom::test;

class TestFaceFinder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsFacesWhereTheyAre_data();
    void findsFacesWhereTheyAre();
    void findsEachOfAGroupFromTheTopDown();
    void takesNothingElseForAFace();
    void tinyPicturesHaveNone();
};

static bool isAt(const QRect &found, const QRectF &drawn)
{
    const QPointF apart = QRectF(found).center() - drawn.center();
    return std::hypot(apart.x(), apart.y()) < 0.2 * drawn.width() &&
           found.width() > 0.7 * drawn.width() && found.width() < 1.4 * drawn.width();
}

void TestFaceFinder::findsFacesWhereTheyAre_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<float>("wall");
    QTest::newRow("small") << 30 << 0.25F;
    QTest::newRow("middling") << 80 << 0.25F;
    QTest::newRow("large") << 200 << 0.25F;
    QTest::newRow("light wall") << 80 << 0.9F;
}

void TestFaceFinder::findsFacesWhereTheyAre()
{
    QVERIFY(FaceFinder::isInstalled());
    QFETCH(int, width);
    QFETCH(float, wall);
    const QRectF face(140, 90, width, width);
    const QList<QRect> found = FaceFinder().find(facesOnAWall({400, 360}, {face}, wall));
    QCOMPARE(found.size(), 1);
    QVERIFY(isAt(found[0], face));
}

void TestFaceFinder::findsEachOfAGroupFromTheTopDown()
{
    const QList<QRectF> group{{60, 40, 60, 60}, {300, 60, 60, 60}, {180, 180, 70, 70}};
    const Planes light = facesOnAWall({420, 320}, group);
    const QList<QRect> found = FaceFinder().find(light);
    QCOMPARE(found.size(), 3);
    for (int i = 0; i < 3; ++i)
        QVERIFY(isAt(found[i], group[i]));
    for (int again = 0; again < 5; ++again)
        QCOMPARE(FaceFinder().find(light), found);
}

void TestFaceFinder::takesNothingElseForAFace()
{
    std::mt19937 random(4);
    Planes noise(1, 320, 240);
    for (float &value : noise.values)
        value = float(random() % 256) / 255;
    Planes rings(1, 320, 240);
    for (int y = 0; y < rings.height; ++y) {
        for (int x = 0; x < rings.width; ++x)
            rings.row(0, y)[x] = float(0.5 + 0.5 * std::sin(std::hypot(x - 160, y - 120) / 4));
    }
    Planes upsideDown = facesOnAWall({400, 400}, {{120, 120, 120, 120}});
    std::reverse(upsideDown.values.begin(), upsideDown.values.end());
    for (const Planes &picture : {noise, rings, upsideDown, facesOnAWall({400, 300}, {})})
        QCOMPARE(FaceFinder().find(picture).size(), 0);
}

void TestFaceFinder::tinyPicturesHaveNone()
{
    for (const QSize size : {QSize(1, 1), QSize(21, 300), QSize(300, 21), QSize(22, 22)})
        QCOMPARE(FaceFinder().find(facesOnAWall(size, {})).size(), 0);
}

QTEST_GUILESS_MAIN(TestFaceFinder)
#include "tst_facefinder.moc"
