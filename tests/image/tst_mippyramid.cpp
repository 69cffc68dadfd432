// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/mippyramid.h"
#include "image/randomimage.h"

#include <QtTest>

using namespace heirloom;

namespace
{

std::shared_ptr<TileStore> newStore()
{
    return TileStore::create(qint64(1) << 40, QStringLiteral(HEIRLOOM_BINARY_DIR));
}

/// The definition, pixel by pixel in double, rounded to the depth.
Image plainHalf(const Image &in)
{
    const int channels = in.format().channelCount();
    const bool hasAlpha = in.format().hasAlpha();
    Image out({(in.width() + 1) / 2, (in.height() + 1) / 2}, in.format());
    for (int y = 0; y < out.height(); ++y) {
        for (int x = 0; x < out.width(); ++x) {
            double sums[4] = {}, weight = 0;
            for (int k = 0; k < 4; ++k) {
                const int sx = std::min(2 * x + k % 2, in.width() - 1);
                const int sy = std::min(2 * y + k / 2, in.height() - 1);
                const double alpha = hasAlpha ? unitSample(in, sx, sy, channels - 1) : 1;
                weight += alpha;
                for (int c = 0; c < channels; ++c)
                    sums[c] += unitSample(in, sx, sy, c) * alpha;
            }
            for (int c = 0; c < channels; ++c) {
                double v = weight > 0 ? sums[c] / weight : 0;
                if (hasAlpha && c == channels - 1)
                    v = weight / 4;
                if (in.format().depth == Depth::U8)
                    out.samples<quint8>(y)[x * channels + c] = quint8(v * 255 + 0.5 + 1e-9);
                else if (in.format().depth == Depth::U16)
                    out.samples<quint16>(y)[x * channels + c] = quint16(v * 65535 + 0.5 + 1e-9);
                else
                    out.samples<float>(y)[x * channels + c] = float(v);
            }
        }
    }
    return out;
}

} // namespace

class TestMipPyramid : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyLevelIsTheMeanOfTheOneBelow()
    {
        std::mt19937 random(1);
        for (const PixelFormat format : allFormats()) {
            const Image image = randomImage({611, 333}, format, random);
            MipPyramid pyramid(TiledBuffer::fromImage(image, newStore()));
            QCOMPARE(pyramid.levelSize(pyramid.levelCount() - 1), QSize(1, 1));
            Image wanted = image;
            for (int level = 0; level < pyramid.levelCount(); ++level) {
                const Image got =
                    pyramid.read(level, QRect(QPoint(0, 0), pyramid.levelSize(level)));
                QCOMPARE(got.size(), wanted.size());
                if (format.depth == Depth::F32)
                    QVERIFY(largestDifference(got, wanted) < 1e-6);
                else
                    QCOMPARE(got, wanted);
                wanted = plainHalf(got);
            }
        }
    }

    void onlyTilesThatAreAskedForAreComputed()
    {
        std::mt19937 random(2);
        const Image image = randomImage({2048, 2048}, {Channels::Gray, Depth::U8}, random);
        MipPyramid pyramid(TiledBuffer::fromImage(image, newStore()));
        (void)pyramid.read(0, QRect(0, 0, 2048, 2048));
        QCOMPARE(pyramid.computedTiles(), 0);
        (void)pyramid.read(1, QRect(0, 0, 10, 10));
        QCOMPARE(pyramid.computedTiles(), 1);
        (void)pyramid.read(2, QRect(0, 0, 10, 10));
        QCOMPARE(pyramid.computedTiles(), 1 + 3 + 1);
        (void)pyramid.read(2, QRect(5, 5, 200, 200));
        QCOMPARE(pyramid.computedTiles(), 5);
    }

    void changedTilesAloneAreComputedAgain()
    {
        std::mt19937 random(3);
        const PixelFormat format{Channels::Rgb, Depth::U8};
        const Image image = randomImage({2048, 1024}, format, random);
        const auto store = newStore();
        TiledBuffer buffer = TiledBuffer::fromImage(image, store);
        MipPyramid pyramid(buffer);
        const int top = 3; // 256x128: one tile
        (void)pyramid.read(top, QRect(0, 0, 256, 128));
        const qint64 before = pyramid.computedTiles();
        pyramid.setSource(buffer);
        (void)pyramid.read(top, QRect(0, 0, 256, 128));
        QCOMPARE(pyramid.computedTiles(), before);

        buffer.write({700, 300}, randomImage({20, 20}, format, random));
        pyramid.setSource(buffer);
        const Image got = pyramid.read(top, QRect(0, 0, 256, 128));
        QCOMPARE(pyramid.computedTiles(), before + 3); // one tile a level
        MipPyramid fresh(buffer);
        QCOMPARE(got, fresh.read(top, QRect(0, 0, 256, 128)));
    }

    void emptyPartsCostNothing()
    {
        const auto store = newStore();
        MipPyramid pyramid(TiledBuffer({8000, 8000}, {Channels::Rgba, Depth::U8}, store));
        (void)pyramid.level(4, QRect(0, 0, 500, 500));
        QCOMPARE(store->usage().residentBytes, 0);
    }
};

QTEST_APPLESS_MAIN(TestMipPyramid)
#include "tst_mippyramid.moc"
