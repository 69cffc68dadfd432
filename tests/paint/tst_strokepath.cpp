// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/strokepath.h"

#include <QLineF>
#include <QtTest>

#include <cmath>

using namespace heirloom;

namespace
{

Brush brush(double size, double spacing, double smoothing)
{
    Brush b;
    b.setSize(size);
    b.setSpacing(spacing);
    b.setSmoothing(smoothing);
    return b;
}

void append(std::vector<Dab> &all, const std::vector<Dab> &more)
{
    all.insert(all.end(), more.begin(), more.end());
}

double farthest(const std::vector<Dab> &dabs)
{
    double most = 0;
    for (size_t i = 1; i < dabs.size(); ++i)
        most = std::max(most, QLineF(dabs[i - 1].centre, dabs[i].centre).length());
    return most;
}

} // namespace

class TestStrokePath : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFastHandLeavesNoGaps_data()
    {
        QTest::addColumn<double>("size");
        QTest::addColumn<double>("smoothing");
        for (const double size : {1.0, 5.0, 60.0, 200.0}) {
            for (const double smoothing : {0.0, 0.3, 1.0})
                QTest::addRow("%.0f px, smoothing %.1f", size, smoothing) << size << smoothing;
        }
    }
    void aFastHandLeavesNoGaps()
    {
        QFETCH(double, size);
        QFETCH(double, smoothing);
        // 5,000 px/s on a winding way, an event every 8 ms.
        StrokePath path(brush(size, 0.1, smoothing));
        std::vector<Dab> dabs;
        const auto at = [](int i) {
            const double s = i * 40.0;
            return QPointF(s * 0.8 + 60 * std::sin(s / 90), 300 + 150 * std::sin(s / 130));
        };
        append(dabs, path.begin(at(0), 1));
        for (int i = 1; i < 60; ++i)
            append(dabs, path.moveTo(at(i), 1));
        append(dabs, path.end());
        const double step = std::max(0.5, size * 0.1);
        QVERIFY2(farthest(dabs) <= step * 1.0001, qPrintable(QString::number(farthest(dabs))));
        QCOMPARE(dabs.front().centre, at(0));
        QVERIFY(QLineF(dabs.back().centre, at(59)).length() <= step);
    }

    void dabsAreEvenlySpacedHoweverTheEventsCome()
    {
        const Brush b = brush(20, 0.25, 0);
        StrokePath once(b), often(b);
        std::vector<Dab> few = once.begin({0, 0}, 1), many = often.begin({0, 0}, 1);
        append(few, once.moveTo({333, 0}, 1));
        for (int x = 1; x <= 333; ++x)
            append(many, often.moveTo({double(x), 0}, 1));
        QCOMPARE(few.size(), size_t(67));
        QCOMPARE(many.size(), few.size());
        for (size_t i = 0; i < few.size(); ++i) {
            QVERIFY(std::abs(few[i].centre.x() - 5.0 * double(i)) < 1e-6);
            QVERIFY(QLineF(few[i].centre, many[i].centre).length() < 1e-6);
        }
    }

    void aStraightLineIsStraightWhateverTheSmoothing()
    {
        StrokePath path(brush(8, 0.2, 1));
        std::vector<Dab> dabs = path.begin({10, 10}, 1);
        append(dabs, path.lineTo({110, 60}, 1));
        for (const Dab &dab : dabs)
            QVERIFY(std::abs((dab.centre.x() - 10) / 2 - (dab.centre.y() - 10)) < 1e-9);
        QVERIFY(QLineF(dabs.back().centre, QPointF(110, 60)).length() <= 1.6);
        QVERIFY(path.end().size() <= 1);
    }

    void pressureRunsFromOneEventToTheNext()
    {
        Brush b = brush(40, 0.1, 0);
        b.setPressesOpacity(true);
        StrokePath path(b);
        std::vector<Dab> dabs = path.begin({0, 0}, 0.2);
        append(dabs, path.moveTo({400, 0}, 1));
        for (size_t i = 1; i < dabs.size(); ++i) {
            QVERIFY(dabs[i].diameter > dabs[i - 1].diameter);
            const double pressure = 0.2 + 0.8 * dabs[i].centre.x() / 400;
            QVERIFY(std::abs(dabs[i].opacity - pressure) < 1e-9);
            QVERIFY(dabs[i].centre.x() - dabs[i - 1].centre.x() <= dabs[i].diameter * 0.1 + 1e-9);
        }
    }

    void smoothingTakesTremorAway()
    {
        double roughness[2];
        for (const int smooth : {0, 1}) {
            StrokePath path(brush(4, 0.25, smooth * 0.8));
            std::vector<Dab> dabs = path.begin({0, 100}, 1);
            for (int i = 1; i < 100; ++i)
                append(dabs, path.moveTo({i * 5.0, 100.0 + (i % 2 ? 3 : -3)}, 1));
            append(dabs, path.end());
            double sum = 0;
            for (const Dab &dab : dabs)
                sum += std::abs(dab.centre.y() - 100);
            roughness[smooth] = sum / double(dabs.size());
        }
        QVERIFY(roughness[1] < roughness[0] / 3);
    }

    void standingStillAddsNothing()
    {
        for (const double smoothing : {0.0, 0.5}) {
            StrokePath path(brush(30, 0.1, smoothing));
            QCOMPARE(path.begin({5, 5}, 1).size(), size_t(1));
            for (int i = 0; i < 10; ++i)
                QCOMPARE(path.moveTo({5, 5}, 1).size(), size_t(0));
            QCOMPARE(path.end().size(), size_t(0));
        }
    }
};

QTEST_GUILESS_MAIN(TestStrokePath)
#include "tst_strokepath.moc"
