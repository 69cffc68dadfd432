// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/brush.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace heirloom;

class TestBrush : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingSetStaysInItsRange()
    {
        Brush brush;
        for (const double wild : {-1e9, -1.0, 1e9, std::numeric_limits<double>::infinity(),
                                  -std::numeric_limits<double>::infinity()}) {
            brush.setSize(wild);
            brush.setHardness(wild);
            brush.setOpacity(wild);
            brush.setFlow(wild);
            brush.setSpacing(wild);
            brush.setSmoothing(wild);
            brush.setPressureCurve(wild);
            const double end = wild > 0 ? 1 : 0;
            QCOMPARE(brush.size(), wild > 0 ? 2000.0 : 1.0);
            QCOMPARE(brush.hardness(), end);
            QCOMPARE(brush.opacity(), end);
            QCOMPARE(brush.flow(), end);
            QCOMPARE(brush.smoothing(), end);
            QCOMPARE(brush.spacing(), wild > 0 ? Brush::mostSpacing : Brush::leastSpacing);
            QCOMPARE(brush.pressureCurve(),
                     wild > 0 ? Brush::hardestCurve : Brush::softestCurve);
        }
    }

    void whatIsNoNumberChangesNothing()
    {
        Brush brush;
        const Brush before = brush;
        const double none = std::numeric_limits<double>::quiet_NaN();
        brush.setSize(none);
        brush.setHardness(none);
        brush.setOpacity(none);
        brush.setFlow(none);
        brush.setSpacing(none);
        brush.setSmoothing(none);
        brush.setPressureCurve(none);
        QCOMPARE(brush, before);
    }

    void sizesStepUpAndDownOnOneGrowingScale()
    {
        double size = 1;
        std::vector<double> up{size};
        while (size < Brush::largest) {
            const double next = Brush::nextSize(size, true);
            QVERIFY(next > size);
            QVERIFY2(next - size >= std::floor(up.size() > 1 ? size - up[up.size() - 2] : 1.0) ||
                         next == Brush::largest,
                     "steps grow");
            size = next;
            up.push_back(size);
        }
        QCOMPARE(up[1], 2.0);
        QVERIFY(up.size() < 80);
        for (size_t i = up.size() - 1; i > 0; --i)
            QCOMPARE(Brush::nextSize(up[i], false), up[i - 1]);
        QCOMPARE(Brush::nextSize(1, false), 1.0);
        QCOMPARE(Brush::nextSize(2000, true), 2000.0);
        QCOMPARE(Brush::nextSize(3.5, true), 4.0); // onto the scale
        QCOMPARE(Brush::nextSize(3.5, false), 3.0);
    }

    void pressureBendsSizeAndOpacityByItsCurve_data()
    {
        QTest::addColumn<double>("curve");
        QTest::addColumn<double>("pressure");
        QTest::addColumn<double>("felt");
        QTest::newRow("straight") << 1.0 << 0.5 << 0.5;
        QTest::newRow("soft") << 0.5 << 0.25 << 0.5;
        QTest::newRow("hard") << 2.0 << 0.5 << 0.25;
        QTest::newRow("none") << 2.0 << 0.0 << 0.0;
        QTest::newRow("full") << 0.5 << 1.0 << 1.0;
        QTest::newRow("beyond") << 1.0 << 7.0 << 1.0;
        QTest::newRow("below") << 1.0 << -1.0 << 0.0;
        QTest::newRow("not a number") << 1.0 << std::nan("") << 1.0;
    }
    void pressureBendsSizeAndOpacityByItsCurve()
    {
        QFETCH(double, curve);
        QFETCH(double, pressure);
        QFETCH(double, felt);
        Brush brush;
        brush.setSize(100);
        brush.setOpacity(0.8);
        brush.setPressureCurve(curve);
        brush.setPressesSize(true);
        brush.setPressesOpacity(true);
        Dab dab = brush.dab({3, 4}, pressure);
        QCOMPARE(dab.centre, QPointF(3, 4));
        QCOMPARE(dab.diameter, std::max(1.0, 100 * felt));
        QCOMPARE(dab.opacity, 0.8 * felt);
        brush.setPressesSize(false);
        brush.setPressesOpacity(false);
        dab = brush.dab({3, 4}, pressure);
        QCOMPARE(dab.diameter, 100.0);
        QCOMPARE(dab.opacity, 0.8);
    }
};

QTEST_GUILESS_MAIN(TestBrush)
#include "tst_brush.moc"
