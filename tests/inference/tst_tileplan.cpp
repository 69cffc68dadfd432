// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/tileplan.h"

#include <QtTest>

#include <random>

using namespace heirloom;

/// Properties that every plan has to have, on seeded random sizes and geometries.
class TestTilePlan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void coresCoverEveryPixelExactlyOnce();
    void inputsHoldCoreAndHaloAndStayInside();
    void sizesAreMultiplesAndInputsBeginAtMultiples();
    void inputsGrowToThePreferredMultipleWhereThePictureHasPixels();
    void gridIsAnchoredAtTheOrigin();
    void sliverJoinsItsNeighbourWithoutLargerInputs();
    void quartersCoverTheirTileExactlyOnce();
    void tilesInFindsExactlyTheMeetingOnes();
    void partIsCoveredExactlyOnceByAsFewTilesAsCoverIt();
    void tilesFromBeginsAtTheCentre();
    void emptyPictureHasNoTiles();
};

namespace
{

struct Case {
    QSize picture;
    TilePlan::Geometry geometry;
};

std::vector<Case> cases()
{
    std::mt19937 random(7);
    const auto pick = [&](int low, int high) {
        return std::uniform_int_distribution(low, high)(random);
    };
    std::vector<Case> result;
    for (int i = 0; i < 400; ++i) {
        Case c;
        c.picture = QSize(pick(1, 150), pick(1, 150));
        c.geometry.tile = pick(1, 64);
        c.geometry.halo = pick(0, 20);
        c.geometry.multipleOf = pick(1, 8);
        c.geometry.minimumSide = pick(1, 20);
        if (i % 2)
            c.geometry.preferredMultiple = c.geometry.multipleOf * pick(1, 6);
        result.push_back(c);
    }
    return result;
}

void countInto(std::vector<int> &counts, int width, const QRect &r)
{
    for (int y = r.top(); y <= r.bottom(); ++y)
        for (int x = r.left(); x <= r.right(); ++x)
            ++counts[size_t(y) * size_t(width) + size_t(x)];
}

} // namespace

void TestTilePlan::coresCoverEveryPixelExactlyOnce()
{
    for (const Case &c : cases()) {
        const TilePlan plan(c.picture, c.geometry);
        std::vector<int> counts(size_t(c.picture.width()) * size_t(c.picture.height()), 0);
        for (int i = 0; i < plan.count(); ++i) {
            const QRect core = plan.tile(i).core;
            QVERIFY(QRect(QPoint(0, 0), c.picture).contains(core));
            countInto(counts, c.picture.width(), core);
        }
        QVERIFY(std::all_of(counts.begin(), counts.end(), [](int n) { return n == 1; }));
    }
}

void TestTilePlan::inputsHoldCoreAndHaloAndStayInside()
{
    for (const Case &c : cases()) {
        const QRect all(QPoint(0, 0), c.picture);
        const TilePlan plan(c.picture, c.geometry);
        for (int i = 0; i < plan.count(); ++i) {
            const PlanTile tile = plan.tile(i);
            const int h = c.geometry.halo;
            QVERIFY(all.contains(tile.input));
            QVERIFY(tile.input.contains(tile.core.adjusted(-h, -h, h, h).intersected(all)));
            QVERIFY(tile.size.width() >= tile.input.width());
            QVERIFY(tile.size.height() >= tile.input.height());
        }
    }
}

void TestTilePlan::sizesAreMultiplesAndInputsBeginAtMultiples()
{
    for (const Case &c : cases()) {
        const int m = c.geometry.multipleOf;
        const TilePlan plan(c.picture, c.geometry);
        for (int i = 0; i < plan.count(); ++i) {
            const PlanTile tile = plan.tile(i);
            QCOMPARE(tile.size.width() % m, 0);
            QCOMPARE(tile.size.height() % m, 0);
            QCOMPARE(tile.input.left() % m, 0);
            QCOMPARE(tile.input.top() % m, 0);
            QVERIFY(tile.size.width() >= c.geometry.minimumSide);
            QVERIFY(tile.size.height() >= c.geometry.minimumSide);
            // Repeating is only for what the picture cannot give.
            if (tile.size.width() != tile.input.width())
                QVERIFY(tile.input.right() == c.picture.width() - 1 || tile.input.left() < m);
        }
    }
}

void TestTilePlan::inputsGrowToThePreferredMultipleWhereThePictureHasPixels()
{
    int grown = 0;
    for (const Case &c : cases()) {
        const int preferred = c.geometry.preferredMultiple;
        TilePlan::Geometry plain = c.geometry;
        plain.preferredMultiple = 1;
        const TilePlan plan(c.picture, c.geometry);
        for (int i = 0; i < plan.count(); ++i) {
            const QSize size = plan.tile(i).size;
            const QSize least = TilePlan(c.picture, plain).tile(i).size;
            for (const auto &[now, before, whole] :
                 {std::tuple(size.width(), least.width(), c.picture.width()),
                  std::tuple(size.height(), least.height(), c.picture.height())}) {
                const int wanted = (before + preferred - 1) / preferred * preferred;
                QCOMPARE(now, wanted <= whole ? wanted : before);
                grown += now != before;
            }
        }
    }
    QVERIFY(grown > 100);
}

void TestTilePlan::gridIsAnchoredAtTheOrigin()
{
    const TilePlan::Geometry geometry{32, 4, 1, 1};
    const TilePlan small(QSize(100, 100), geometry);
    const TilePlan large(QSize(900, 500), geometry);
    QCOMPARE(small.tile(0).core, large.tile(0).core);
    QCOMPARE(small.tile(small.columns() + 1).core, large.tile(large.columns() + 1).core);
    QCOMPARE(large.tile(large.columns() + 1).core, QRect(32, 32, 32, 32));
}

void TestTilePlan::sliverJoinsItsNeighbourWithoutLargerInputs()
{
    const TilePlan::Geometry geometry{128, 32, 1, 1};
    const TilePlan plan(QSize(256 + 32, 128), geometry);
    QCOMPARE(plan.columns(), 2);
    QCOMPARE(plan.tile(1).core, QRect(128, 0, 160, 128));
    QCOMPARE(plan.tile(1).input, QRect(96, 0, 192, 128));
    const TilePlan wider(QSize(256 + 33, 128), geometry);
    QCOMPARE(wider.columns(), 3);
    for (const Case &c : cases()) {
        const TilePlan any(c.picture, c.geometry);
        const int most = c.geometry.tile + 2 * c.geometry.halo;
        for (int i = 0; i < any.count(); ++i) {
            const int limit =
                std::max(most, c.geometry.minimumSide) + 2 * (c.geometry.multipleOf - 1) +
                c.geometry.preferredMultiple - 1;
            QVERIFY(any.tile(i).size.width() <= limit);
            QVERIFY(any.tile(i).size.height() <= limit);
        }
    }
}

void TestTilePlan::quartersCoverTheirTileExactlyOnce()
{
    for (const Case &c : cases()) {
        const TilePlan plan(c.picture, c.geometry);
        const PlanTile tile = plan.tile(plan.count() / 2);
        const std::vector<PlanTile> quarters = plan.quarters(tile);
        if (tile.core.size() == QSize(1, 1)) {
            QVERIFY(quarters.empty());
            continue;
        }
        std::vector<int> counts(size_t(c.picture.width()) * size_t(c.picture.height()), 0);
        for (const PlanTile &quarter : quarters) {
            QVERIFY(tile.core.contains(quarter.core));
            QVERIFY(quarter.core.width() < tile.core.width() ||
                    quarter.core.height() < tile.core.height());
            countInto(counts, c.picture.width(), quarter.core);
        }
        const auto covered = std::count(counts.begin(), counts.end(), 1);
        QCOMPARE(qint64(covered), qint64(tile.core.width()) * tile.core.height());
        QVERIFY(std::none_of(counts.begin(), counts.end(), [](int n) { return n > 1; }));
    }
}

void TestTilePlan::tilesInFindsExactlyTheMeetingOnes()
{
    std::mt19937 random(9);
    for (const Case &c : cases()) {
        const TilePlan plan(c.picture, c.geometry);
        const QRect r(int(random() % 160) - 5, int(random() % 160) - 5, 1 + int(random() % 60),
                      1 + int(random() % 60));
        std::vector<int> expected;
        for (int i = 0; i < plan.count(); ++i)
            if (plan.tile(i).core.intersects(r))
                expected.push_back(i);
        QCOMPARE(plan.tilesIn(r), expected);
    }
}

void TestTilePlan::partIsCoveredExactlyOnceByAsFewTilesAsCoverIt()
{
    std::mt19937 random(11);
    for (const Case &c : cases()) {
        const QRect all(QPoint(0, 0), c.picture);
        const QRect part = QRect(int(random() % 60), int(random() % 60), 1 + int(random() % 150),
                                 1 + int(random() % 150));
        const TilePlan plan(c.picture, c.geometry, part);
        if (!part.intersects(all)) {
            QCOMPARE(plan.count(), 0);
            continue;
        }
        const QRect covered = part & all;
        std::vector<int> counts(size_t(c.picture.width()) * size_t(c.picture.height()), 0);
        for (int i = 0; i < plan.count(); ++i) {
            const PlanTile tile = plan.tile(i);
            QVERIFY(covered.contains(tile.core));
            QVERIFY(tile.input.contains(tile.core));
            QCOMPARE(tile.input.left() % c.geometry.multipleOf, 0);
            const int halo = c.geometry.halo;
            QVERIFY(tile.input.contains(tile.core.adjusted(-halo, -halo, halo, halo) & all));
            QVERIFY(tile.core.width() < c.geometry.tile + c.geometry.multipleOf);
            countInto(counts, c.picture.width(), tile.core);
        }
        QCOMPARE(qint64(std::count(counts.begin(), counts.end(), 1)),
                 qint64(covered.width()) * covered.height());
        QVERIFY(std::none_of(counts.begin(), counts.end(), [](int n) { return n > 1; }));
        const auto few = [&](int length) {
            return (length + c.geometry.tile - 1) / c.geometry.tile;
        };
        QVERIFY(plan.count() <= few(covered.width()) * few(covered.height()));
    }
    QVERIFY(
        TilePlan(QSize(99, 99), {32, 4, 1, 1}, QRect(40, 40, 9, 9)).tilesIn({0, 0, 9, 9}).empty());
}

void TestTilePlan::tilesFromBeginsAtTheCentre()
{
    const TilePlan plan(QSize(320, 320), {64, 8, 1, 1});
    const std::vector<int> order = plan.tilesFrom(QPoint(160, 160), QRect(0, 0, 320, 320));
    QCOMPARE(int(order.size()), 25);
    QCOMPARE(order.front(), 12);
    QCOMPARE(plan.tile(order.back()).core.width(), 64);
    QVERIFY(order.back() == 0 || order.back() == 4 || order.back() == 20 || order.back() == 24);
}

void TestTilePlan::emptyPictureHasNoTiles()
{
    QCOMPARE(TilePlan().count(), 0);
    QCOMPARE(TilePlan(QSize(0, 10), {32, 4, 1, 1}).count(), 0);
    QVERIFY(TilePlan().tilesIn(QRect(0, 0, 10, 10)).empty());
}

QTEST_GUILESS_MAIN(TestTilePlan)
#include "tst_tileplan.moc"
