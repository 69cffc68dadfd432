// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/dab.h"

#include <QtTest>

#include <cmath>
#include <vector>

using namespace heirloom;

namespace
{

/// The mean over a pixel's area, sampled very finely where the edge may be, with everything
/// computed anew in the plainest way.
double plainCoverage(const Dab &dab, const QTransform &toCanvas, int x, int y)
{
    constexpr int n = 24;
    double sum = 0;
    for (int j = 0; j < n; ++j) {
        for (int i = 0; i < n; ++i) {
            const QPointF p = toCanvas.map(QPointF(x + (i + 0.5) / n, y + (j + 0.5) / n));
            const double r = std::hypot(p.x() - dab.centre.x(), p.y() - dab.centre.y());
            const double radius = dab.diameter / 2;
            double v = 0;
            if (r <= radius * dab.hardness)
                v = 1;
            else if (r < radius) {
                const double t = (radius - r) / (radius * (1 - dab.hardness));
                v = 3 * t * t - 2 * t * t * t;
            }
            sum += v;
        }
    }
    return sum / (n * n);
}

QTransform rotated(double degrees, double scale)
{
    QTransform t;
    t.translate(13.3, -4.1);
    t.rotate(degrees);
    t.scale(scale, scale);
    return t;
}

} // namespace

class TestDab : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPixelIsTheMeanOverItsArea_data()
    {
        QTest::addColumn<double>("diameter");
        QTest::addColumn<double>("hardness");
        QTest::addColumn<QTransform>("toCanvas");
        const std::pair<const char *, QTransform> places[] = {
            {"as it is", {}},
            {"enlarged layer", QTransform::fromScale(3.7, 3.7)},
            {"reduced layer", QTransform::fromScale(0.3, 0.3)},
            {"turned", rotated(33, 1.4)},
            {"mirrored", QTransform(-1, 0, 0, 1, 60, 0)},
            {"stretched", QTransform(2, 0.3, -0.4, 0.6, 5, 6)},
            {"perspective", QTransform(1, 0.1, 0.001, -0.05, 1.1, 0.0007, 3, 4, 1)}};
        for (const auto &[name, place] : places) {
            for (const double diameter : {1.0, 1.7, 3.0, 10.0, 30.0, 61.0}) {
                for (const double hardness : {0.0, 0.5, 0.97, 1.0})
                    QTest::addRow("%s, %.1f px, hardness %.2f", name, diameter, hardness)
                        << diameter << hardness << place;
            }
        }
    }
    void everyPixelIsTheMeanOverItsArea()
    {
        QFETCH(double, diameter);
        QFETCH(double, hardness);
        QFETCH(QTransform, toCanvas);
        for (const QPointF centre : {QPointF(50.0, 50.0), QPointF(50.37, 49.81)}) {
            if (diameter > 50 && centre.x() == 50.0)
                continue; // the reference takes its time
            const Dab dab{centre, diameter, hardness, 1, 1};
            const DabShape shape(dab, toCanvas);
            const QRect area = shape.bounds().adjusted(-2, -2, 2, 2);
            std::vector<float> row(size_t(area.width()));
            double total = 0, worst = 0;
            for (int y = area.top(); y <= area.bottom(); ++y) {
                const bool any = shape.row(y, area.left(), area.width(), row.data());
                for (int x = 0; x < area.width(); ++x) {
                    const double got = any ? row[size_t(x)] : 0;
                    const double wanted = plainCoverage(dab, toCanvas, area.left() + x, y);
                    if (!shape.bounds().contains(area.left() + x, y))
                        QCOMPARE(wanted, 0.0);
                    worst = std::max(worst, std::abs(got - wanted));
                    total += got;
                }
            }
            QVERIFY(total > 0);
            QVERIFY2(worst < 0.025, qPrintable(QString::number(worst)));
        }
    }

    void aPieceOfARowIsThatPieceOfTheRow()
    {
        const DabShape shape({{40.2, 40.9}, 50, 0.4, 1, 1}, rotated(10, 0.9));
        const QRect area = shape.bounds();
        std::vector<float> whole(size_t(area.width())), piece(7);
        for (int y = area.top(); y <= area.bottom(); ++y) {
            if (!shape.row(y, area.left(), area.width(), whole.data()))
                continue;
            for (int x = 0; x + 7 <= area.width(); x += 5) {
                const bool any = shape.row(y, area.left() + x, 7, piece.data());
                for (int i = 0; i < 7; ++i)
                    QVERIFY(std::abs((any ? piece[size_t(i)] : 0.0F) - whole[size_t(x + i)]) <
                            1e-4);
            }
        }
    }

    void theLargestBrushIsADiscToo()
    {
        for (const double hardness : {0.0, 1.0}) {
            const Dab dab{{1200, 1100}, 2000, hardness, 1, 1};
            const DabShape shape(dab, {});
            std::vector<float> row(1);
            for (const QPoint p : {QPoint(1200, 1100), QPoint(210, 1100), QPoint(1900, 1790),
                                   QPoint(1905, 1807), QPoint(2199, 1100), QPoint(1200, 101)}) {
                const bool any = shape.row(p.y(), p.x(), 1, row.data());
                QVERIFY(std::abs((any ? row[0] : 0) - plainCoverage(dab, {}, p.x(), p.y())) <
                        0.025);
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestDab)
#include "tst_dab.moc"
