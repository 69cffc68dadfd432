// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/tilescaler.h"

#include "canvas/canvascontent.h"

#include <QRandomGenerator>
#include <QtTest>

#include <array>
#include <cmath>

using namespace heirloom;

namespace
{

constexpr int side = CanvasContent::tileSide;

QImage noise(QSize size)
{
    QRandomGenerator random(7);
    QImage image(size, QImage::Format_RGB32);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            image.setPixel(x, y, random.generate() | 0xff000000U);
    }
    return image;
}

TileGrid cut(const QImage &level, const QRect &tiles)
{
    TileGrid grid;
    grid.level = level.size();
    grid.tiles = tiles;
    for (int y = tiles.top(); y <= tiles.bottom(); ++y) {
        for (int x = tiles.left(); x <= tiles.right(); ++x)
            grid.images << level.copy(QRect(x * side, y * side, side, side) & level.rect());
    }
    return grid;
}

QRect allTiles(QSize level)
{
    return {0, 0, (level.width() + side - 1) / side, (level.height() + side - 1) / side};
}

/// Bilinear interpolation of a whole picture, in plain words.
std::array<double, 3> wanted(const QImage &level, QPoint target, const LevelPlace &place)
{
    const auto clamped = [](double v, int length) {
        return std::clamp(v, 0.0, double(length - 1));
    };
    const double x =
        clamped((target.x() + 0.5 - place.origin.x()) / place.scale - 0.5, level.width());
    const double y =
        clamped((target.y() + 0.5 - place.origin.y()) / place.scale - 0.5, level.height());
    std::array<double, 3> sum{};
    for (int j = 0; j < 2; ++j) {
        for (int i = 0; i < 2; ++i) {
            const int px = std::min(int(x) + i, level.width() - 1);
            const int py = std::min(int(y) + j, level.height() - 1);
            const double share = (i ? x - int(x) : 1 - (x - int(x))) *
                                 (j ? y - int(y) : 1 - (y - int(y)));
            const QRgb pixel = level.pixel(px, py);
            sum[0] += share * qRed(pixel);
            sum[1] += share * qGreen(pixel);
            sum[2] += share * qBlue(pixel);
        }
    }
    return sum;
}

} // namespace

class TestTileScaler : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isBilinearInterpolation_data();
    void isBilinearInterpolation();
    void regionDecidesNothingButWhereIsDrawn();
    void needsOnlyTheTilesUnderTheRegion();
};

void TestTileScaler::isBilinearInterpolation_data()
{
    QTest::addColumn<QSize>("level");
    QTest::addColumn<double>("scale");
    QTest::addColumn<QPointF>("origin");
    const QPointF odd(-3.37, 2.81);
    QTest::newRow("over tile edges, smaller") << QSize(2 * side + 31, side + 9) << 0.613 << odd;
    QTest::newRow("half") << QSize(2 * side, 2 * side) << 0.5 << QPointF(0, 0);
    QTest::newRow("larger") << QSize(side + 5, side + 3) << 2.4 << QPointF(-700, -680);
    QTest::newRow("as it is, between pixels") << QSize(side + 40, 90) << 1.0 << QPointF(0.5, 0.25);
    QTest::newRow("one column") << QSize(1, 40) << 1.7 << QPointF(3, 1);
    QTest::newRow("one pixel") << QSize(1, 1) << 30.0 << QPointF(0, 0);
}

void TestTileScaler::isBilinearInterpolation()
{
    QFETCH(QSize, level);
    QFETCH(double, scale);
    QFETCH(QPointF, origin);
    const QImage picture = noise(level);
    const LevelPlace place{origin, scale};
    QImage out(220, 170, QImage::Format_RGB32);
    out.fill(Qt::black);
    const QRect area =
        QRectF(origin, QSizeF(level) * scale).toAlignedRect() & out.rect();
    drawScaled(out, area, cut(picture, allTiles(level)), place);
    double worst = 0;
    for (int y = area.top(); y <= area.bottom(); ++y) {
        for (int x = area.left(); x <= area.right(); ++x) {
            const auto right = wanted(picture, {x, y}, place);
            const QRgb pixel = out.pixel(x, y);
            QCOMPARE(qAlpha(pixel), 255);
            worst = std::max({worst, std::abs(qRed(pixel) - right[0]),
                              std::abs(qGreen(pixel) - right[1]),
                              std::abs(qBlue(pixel) - right[2])});
        }
    }
    // Two roundings, and weights of a 256th in either direction.
    QVERIFY2(worst <= 2.0, qPrintable(QString::number(worst)));
}

void TestTileScaler::regionDecidesNothingButWhereIsDrawn()
{
    const QImage picture = noise({side * 2, side * 2});
    const TileGrid grid = cut(picture, allTiles(picture.size()));
    const LevelPlace place{{-10.3, -20.7}, 0.731};
    QImage whole(300, 300, QImage::Format_RGB32), parts = whole;
    whole.fill(Qt::black);
    parts.fill(Qt::black);
    drawScaled(whole, {0, 0, 200, 180}, grid, place);
    for (const QRect &part : {QRect(0, 0, 61, 180), QRect(61, 0, 139, 77), QRect(61, 77, 139, 103)})
        drawScaled(parts, part, grid, place);
    QVERIFY(whole == parts);
    QCOMPARE(whole.pixelColor(200, 100), QColor(Qt::black));
    QCOMPARE(whole.pixelColor(100, 180), QColor(Qt::black));
}

void TestTileScaler::needsOnlyTheTilesUnderTheRegion()
{
    const QImage picture = noise({side * 3, side * 3});
    const LevelPlace place{{0, 0}, 0.6};
    QImage all(500, 500, QImage::Format_RGB32), some = all;
    all.fill(Qt::black);
    some.fill(Qt::black);
    const int first = int(side * 0.6) + 2; // the middle tile, and a pixel inside of its edges
    const QRect region(first, first, int(side * 0.6) - 6, int(side * 0.6) - 6);
    drawScaled(all, region, cut(picture, allTiles(picture.size())), place);
    drawScaled(some, region, cut(picture, {1, 1, 1, 1}), place);
    QVERIFY(all == some);
}

QTEST_GUILESS_MAIN(TestTileScaler)
#include "tst_tilescaler.moc"
