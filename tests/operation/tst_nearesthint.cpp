// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/nearesthint.h"

#include "operation/hintpropagation.h"

#include <QtTest>

#include <cmath>
#include <random>

using namespace heirloom;

namespace
{

/// A hint of one cell.
void hintAt(Planes &hints, int x, int y, float u, float v, bool isGrey = false)
{
    for (int dy = 0; dy < HintCell; ++dy) {
        for (int dx = 0; dx < HintCell; ++dx) {
            const int px = x * HintCell + dx;
            const int py = y * HintCell + dy;
            hints.row(0, py)[px] = u;
            hints.row(1, py)[px] = v;
            hints.row(isGrey ? 3 : 2, py)[px] = 1;
        }
    }
}

} // namespace

/// Geodesic distances to hints.
class TestNearestHint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCellHasItsShortestWay();
    void anEdgeIsFurtherThanAFlatWayAround();
    void withoutHintsNothingIsNear();
    void insideTheSubjectNothingIsFar();
    void theSubjectsEdgeIsFar();
    void aCellThatAHintOnlyTouchesKeepsItsSide();
    void ofTwoHintsInsideTheNearerOneCounts();
};

namespace
{

/// Grey, its subject the left half: 12 of 24 cells.
constexpr int Width = 24 * HintCell;
constexpr int Height = 16 * HintCell;

Planes flat()
{
    Planes light(1, Width, Height);
    std::fill(light.values.begin(), light.values.end(), 0.5F);
    return light;
}

Planes leftHalf()
{
    Planes subject(1, Width, Height);
    for (int y = 0; y < Height; ++y)
        std::fill_n(subject.row(0, y), Width / 2, 1.0F);
    return subject;
}

} // namespace

void TestNearestHint::insideTheSubjectNothingIsFar()
{
    Planes hints(4, Width, Height);
    hintAt(hints, 2, 3, 0.2F, 0.1F);
    const NearestHint nearest = nearestHint(flat(), hints, leftHalf());
    QCOMPARE(nearest.distance.row(0, 15)[11], 0.0F);
    QCOMPARE(nearest.subject.row(0, 15)[11], 1.0F);
    QVERIFY(nearestHint(flat(), hints).distance.row(0, 15)[11] > 0.4F);
}

void TestNearestHint::theSubjectsEdgeIsFar()
{
    Planes hints(4, Width, Height);
    hintAt(hints, 2, 3, 0.2F, 0.1F);
    const NearestHint nearest = nearestHint(flat(), hints, leftHalf());
    QVERIFY(nearest.distance.row(0, 3)[12] >= 1);
    QCOMPARE(nearest.subject.row(0, 3)[12], 1.0F); // of the hint it hears of
    Planes outside(4, Width, Height);
    hintAt(outside, 20, 3, 0.2F, 0.1F);
    const NearestHint from = nearestHint(flat(), outside, leftHalf());
    QVERIFY(from.distance.row(0, 3)[12] < 0.5F);
    QVERIFY(from.distance.row(0, 3)[11] >= 1);
}

void TestNearestHint::aCellThatAHintOnlyTouchesKeepsItsSide()
{
    Planes subject(1, Width, Height); // ends inside of a cell's column
    for (int y = 0; y < Height; ++y)
        std::fill_n(subject.row(0, y), 8 * HintCell + 1, 1.0F);
    Planes hints(4, Width, Height);
    for (int y = 12; y < 16; ++y) {
        hints.row(1, y)[8 * HintCell] = 0.3F;
        hints.row(2, y)[8 * HintCell] = 1;
    }
    const NearestHint nearest = nearestHint(flat(), hints, subject);
    QCOMPARE(nearest.subject.row(0, 3)[8], 1.0F);
    QVERIFY(nearest.distance.row(0, 3)[8] > 0.7F);
    QVERIFY(nearest.distance.row(0, 3)[20] > 0.9F);
}

void TestNearestHint::ofTwoHintsInsideTheNearerOneCounts()
{
    Planes hints(4, Width, Height);
    hintAt(hints, 1, 8, 0.2F, 0.1F);
    hintAt(hints, 10, 8, -0.2F, 0.1F);
    const NearestHint nearest = nearestHint(flat(), hints, leftHalf());
    QCOMPARE(nearest.chroma.row(0, 8)[4], 0.2F);
    QCOMPARE(nearest.chroma.row(0, 8)[7], -0.2F);
    QCOMPARE(nearest.distance.row(0, 8)[4], 0.0F);
}

/// Against distances that are made shorter until none can be (Bellman and Ford).
void TestNearestHint::everyCellHasItsShortestWay()
{
    constexpr int W = 24;
    constexpr int H = 16;
    std::mt19937 random(3);
    Planes light(1, W * HintCell, H * HintCell);
    for (float &v : light.values)
        v = float(random() % 1000) / 1000;
    Planes hints(4, light.width, light.height);
    hintAt(hints, 3, 2, 0.2F, 0.1F);
    hintAt(hints, 20, 12, -0.1F, 0.3F);
    const Planes cells = cellMeans(light);
    std::vector<double> wanted(W * H, 1e9);
    wanted[3 + 2 * W] = wanted[20 + 12 * W] = 0;
    for (bool changed = true; changed;) {
        changed = false;
        for (int i = 0; i < W * H; ++i) {
            for (int j = 0; j < W * H; ++j) {
                const int dx = std::abs(i % W - j % W);
                const int dy = std::abs(i / W - j / W);
                if (dx > 1 || dy > 1)
                    continue;
                const double length =
                    wanted[size_t(j)] + std::sqrt(double(dx * dx + dy * dy)) / W +
                    2 * std::abs(double(cells.plane(0)[i]) - double(cells.plane(0)[j]));
                if (length < wanted[size_t(i)] - 1e-9) {
                    wanted[size_t(i)] = length;
                    changed = true;
                }
            }
        }
    }
    const NearestHint nearest = nearestHint(light, hints);
    for (int i = 0; i < W * H; ++i) {
        QVERIFY(std::abs(double(nearest.distance.plane(0)[i]) - wanted[size_t(i)]) < 1e-4);
        const float u = nearest.chroma.plane(0)[i];
        QVERIFY(std::abs(u - 0.2F) < 1e-5F || std::abs(u + 0.1F) < 1e-5F);
    }
}

void TestNearestHint::anEdgeIsFurtherThanAFlatWayAround()
{
    constexpr int W = 30;
    constexpr int H = 20;
    Planes light(1, W * HintCell, H * HintCell);
    for (int y = 0; y < light.height; ++y) {
        for (int x = 0; x < light.width; ++x)
            light.row(0, y)[x] = x / HintCell == 15 && y / HintCell > 3 ? 1.0F : 0.5F; // a wall
    }
    Planes hints(4, light.width, light.height);
    hintAt(hints, 13, 15, 0.2F, 0.1F);
    hintAt(hints, 29, 19, 0, 0, true); // kept grey
    const NearestHint nearest = nearestHint(light, hints);
    // Beyond the wall: around it is nearer than through it, where 0.5 is gone up and down again.
    const float around = nearest.distance.row(0, 10)[17];
    QVERIFY(around < 1);
    QVERIFY(around > 13.0F / W);
    QCOMPARE(nearest.chroma.row(0, 10)[14], 0.2F);
    QCOMPARE(nearest.chroma.row(0, 18)[27], 0.0F);
}

void TestNearestHint::withoutHintsNothingIsNear()
{
    const NearestHint nearest = nearestHint(Planes(1, 64, 32), Planes(4, 64, 32));
    for (const float v : nearest.distance.values)
        QVERIFY(std::isinf(v));
}

QTEST_GUILESS_MAIN(TestNearestHint)
#include "tst_nearesthint.moc"
