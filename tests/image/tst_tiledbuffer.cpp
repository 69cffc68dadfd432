// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/randomimage.h"
#include "image/tiledbuffer.h"

#include <QtTest>

#include <thread>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#endif

using namespace heirloom;

namespace
{

constexpr qint64 plenty = qint64(1) << 40;

std::shared_ptr<TileStore> newStore(qint64 budget = plenty)
{
    return TileStore::create(budget, QStringLiteral(HEIRLOOM_BINARY_DIR));
}

Tile::Pixel pixelOf(const Image &image)
{
    Tile::Pixel pixel{};
    std::memcpy(pixel.data(), image.constRow(0), size_t(image.format().bytesPerPixel()));
    return pixel;
}

} // namespace

class TestTiledBuffer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Seeded random writes, fills, copies, tile adoptions and reads against plain images, with a
    /// budget that makes tiles go to disk and come back all the time.
    void behavesLikePlainImages_data()
    {
        QTest::addColumn<PixelFormat>("format");
        QTest::addColumn<qint64>("budget");
        for (const PixelFormat format : allFormats()) {
            QTest::addRow("%s in memory", formatName(format).constData()) << format << plenty;
            QTest::addRow("%s spilling", formatName(format).constData())
                << format << qint64(3) * TileSize * TileSize * format.bytesPerPixel();
        }
    }
    void behavesLikePlainImages()
    {
        QFETCH(PixelFormat, format);
        QFETCH(qint64, budget);
        std::mt19937 random(quint32(format.bytesPerPixel()) * 31 + 1);
        auto number = [&](int below) { return int(random() % quint32(below)); };
        const QSize size(700, 520);
        const auto store = newStore(budget);
        std::vector<std::pair<TiledBuffer, Image>> pairs;
        Image black(size, format);
        black.fill(0);
        pairs.emplace_back(TiledBuffer(size, format, store), black);
        auto randomRect = [&] {
            return QRect(number(800) - 50, number(620) - 50, 1 + number(400), 1 + number(400));
        };
        for (int step = 0; step < 120; ++step) {
            auto &[buffer, plain] = pairs[size_t(number(int(pairs.size())))];
            switch (number(6)) {
            case 0:
            case 1: {
                const QRect r = randomRect();
                const Image pixels = randomImage(r.size(), format, random);
                buffer.write(r.topLeft(), pixels);
                plain.paste(pixels, r.topLeft());
                break;
            }
            case 2: {
                const QRect r = number(3) ? randomRect() : QRect(0, 0, 512, 520);
                const Image one = randomImage({1, 1}, format, random);
                buffer.fill(r, pixelOf(one));
                const QRect inside = r & plain.rect();
                for (int y = inside.top(); y <= inside.bottom(); ++y) {
                    for (int x = inside.left(); x <= inside.right(); ++x)
                        plain.paste(one, {x, y});
                }
                break;
            }
            case 3: {
                const auto copy = pairs[size_t(number(int(pairs.size())))];
                if (pairs.size() < 4)
                    pairs.push_back(copy);
                else
                    pairs[size_t(number(4))] = copy;
                break;
            }
            case 4: {
                const auto other = pairs[size_t(number(int(pairs.size())))];
                const QPoint tile(number(3), number(3));
                buffer.adoptTiles(other.first, {tile});
                plain.paste(other.second.copied(buffer.tileRect(tile)),
                            buffer.tileRect(tile).topLeft());
                break;
            }
            default: {
                const QRect r = randomRect();
                const QRect inside = r & plain.rect();
                if (inside.isEmpty())
                    break;
                const Image got = buffer.read(r);
                QCOMPARE(got.copied(inside.translated(-r.topLeft())), plain.copied(inside));
                break;
            }
            }
            if (budget != plenty)
                QVERIFY(store->usage().residentBytes <=
                        budget + TileSize * TileSize * format.bytesPerPixel());
        }
        for (const auto &[buffer, plain] : pairs) {
            QCOMPARE(buffer.toImage(), plain);
            const TiledBuffer again = TiledBuffer::fromImage(plain, store);
            QVERIFY(again == buffer);
            // Equal pixels, another history: the same content hash.
            QCOMPARE(again.contentHash(), buffer.contentHash());
        }
        if (budget != plenty)
            QVERIFY(store->usage().spilledBytes > 0);
        QVERIFY(!store->usage().diskRefused);
    }

    void copiesShareTilesUntilWritten()
    {
        std::mt19937 random(4);
        const auto store = newStore();
        const PixelFormat format{Channels::Rgb, Depth::U8};
        const Image image = randomImage({600, 600}, format, random);
        TiledBuffer a = TiledBuffer::fromImage(image, store);
        const qint64 tileBytes = qint64(TileSize) * TileSize * 3;
        QCOMPARE(store->usage().residentBytes, 9 * tileBytes);
        TiledBuffer b = a;
        QCOMPARE(store->usage().residentBytes, 9 * tileBytes);
        QVERIFY(a.sharesAllTilesWith(b));
        QCOMPARE(b.uniqueBytes(), 0);

        b.write({300, 10}, randomImage({5, 5}, format, random));
        QCOMPARE(store->usage().residentBytes, 10 * tileBytes);
        QCOMPARE(b.changedTiles(a), std::vector<QPoint>{QPoint(1, 0)});
        QVERIFY(!b.sharesTileWith(a, {1, 0}));
        QVERIFY(b.sharesTileWith(a, {0, 0}));
        QCOMPARE(b.uniqueBytes(), tileBytes);
        QCOMPARE(a.toImage(), image);
        QVERIFY(a.contentHash() != b.contentHash());

        // A second write to a tile of its own copies nothing.
        b.write({301, 11}, randomImage({5, 5}, format, random));
        QCOMPARE(store->usage().residentBytes, 10 * tileBytes);

        b.adoptTiles(a, {{1, 0}});
        QCOMPARE(store->usage().residentBytes, 9 * tileBytes);
        QCOMPARE(a.contentHash(), b.contentHash());
    }

    void emptyAndOneColourTilesCostNothing()
    {
        const auto store = newStore();
        TiledBuffer buffer({20000, 20000}, {Channels::Rgba, Depth::U16}, store);
        QCOMPARE(store->usage().residentBytes, 0);
        Tile::Pixel pixel{};
        pixel.fill(std::byte{7});
        buffer.fill(buffer.rect(), pixel);
        QCOMPARE(store->usage().residentBytes, 0);
        QVERIFY(buffer.constantPixel({3, 3}));
        QCOMPARE(buffer.constantPixel({3, 3})->at(2), std::byte{7});
        // A picture with blank parts is recognised too.
        Image blank({512, 256}, {Channels::Gray, Depth::U8});
        blank.fill(200);
        TiledBuffer scan = TiledBuffer::fromImage(blank, store);
        QCOMPARE(store->usage().residentBytes, 0);
        QCOMPARE(scan.toImage(), blank);
    }

    void spilledTilesComeBackAndTheFileIsPrivate()
    {
        std::mt19937 random(8);
        const PixelFormat format{Channels::Rgb, Depth::U16};
        const qint64 tileBytes = qint64(TileSize) * TileSize * 6;
        const auto store = newStore(2 * tileBytes);
        const Image image = randomImage({1024, 512}, format, random);
        const TiledBuffer buffer = TiledBuffer::fromImage(image, store);
        QVERIFY(store->usage().residentBytes <= 2 * tileBytes);
        QVERIFY(store->usage().spilledBytes > 0);
        QVERIFY(store->spillFile().handle() >= 0);
        QVERIFY(!isMemoryFolder(store->spillFile().folder()));
#ifdef Q_OS_UNIX
        struct stat status = {};
        QCOMPARE(::fstat(store->spillFile().handle(), &status), 0);
        QCOMPARE(int(status.st_mode & 0777), 0600);
#endif
        QCOMPARE(buffer.toImage(), image);

        // Coming back, nothing is written again: the copy on disk is still good.
        const qint64 before = store->spillFile().fileSize();
        for (int i = 0; i < 3; ++i)
            QCOMPARE(buffer.toImage(), image);
        QVERIFY(store->spillFile().fileSize() <= before + 2 * tileBytes);
    }

    void spaceOnDiskIsUsedAgain()
    {
        std::mt19937 random(9);
        const PixelFormat format{Channels::Rgb, Depth::U8};
        const auto store = newStore(TileSize * TileSize * 3);
        qint64 first = 0;
        for (int i = 0; i < 6; ++i) {
            const TiledBuffer buffer =
                TiledBuffer::fromImage(randomImage({1024, 1024}, format, random), store);
            if (i == 0)
                first = store->spillFile().fileSize();
        }
        QVERIFY(store->spillFile().fileSize() <= first + first / 8);
        QCOMPARE(store->usage().spilledBytes, 0);
        QCOMPARE(store->usage().residentBytes, 0);
    }

    void nothingIsLostWhenTheDiskRefuses()
    {
        std::mt19937 random(10);
        const PixelFormat format{Channels::Gray, Depth::U8};
        const auto store =
            TileStore::create(TileSize * TileSize, QStringLiteral("/no/such/folder"));
        Image image({1024, 1024}, format);
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                image.samples<quint8>(y)[x] = quint8((x + y) / 8 + int(random() % 2));
        }
        const TiledBuffer buffer = TiledBuffer::fromImage(image, store);
        QVERIFY(store->usage().diskRefused);
        QVERIFY(store->usage().packedBytes > 0);
        QCOMPARE(store->usage().spilledBytes, 0);
        QCOMPARE(buffer.toImage(), image);
    }

    void loweringTheBudgetSpillsAtOnce()
    {
        std::mt19937 random(11);
        const auto store = newStore();
        const Image image = randomImage({800, 800}, {Channels::Gray, Depth::U8}, random);
        const TiledBuffer buffer = TiledBuffer::fromImage(image, store);
        QCOMPARE(store->usage().spilledBytes, 0);
        store->setBudget(TileSize * TileSize * 4);
        QVERIFY(store->usage().residentBytes <= TileSize * TileSize * 4);
        QCOMPARE(buffer.toImage(), image);
    }

    void viewsOutliveWritesAndEviction()
    {
        std::mt19937 random(12);
        const auto store = newStore(TileSize * TileSize * 2);
        const Image image = randomImage({512, 512}, {Channels::Gray, Depth::U8}, random);
        TiledBuffer buffer = TiledBuffer::fromImage(image, store);
        const TileView view = buffer.tile({0, 0});
        const TiledBuffer keep = buffer;
        buffer.fill(buffer.rect(), Tile::Pixel{});
        (void)keep.toImage();
        for (int y = 0; y < TileSize; ++y)
            QVERIFY(std::memcmp(view.row(y), image.constRow(y), TileSize) == 0);

        // Also when the buffer was the tile's only holder.
        TiledBuffer alone = TiledBuffer::fromImage(image, store);
        const TileView before = alone.tile({1, 1});
        alone.write({300, 300}, randomImage({50, 50}, image.format(), random));
        for (int y = 0; y < TileSize; ++y)
            QVERIFY(std::memcmp(before.row(y), image.constRow(256 + y) + 256, TileSize) == 0);
    }

    /// Copies are read and written on threads of their own while the store spills.
    void copiesMayBeUsedOnOtherThreads()
    {
        std::mt19937 random(13);
        const PixelFormat format{Channels::Rgb, Depth::U8};
        const auto store = newStore(qint64(TileSize) * TileSize * 3 * 4);
        const Image image = randomImage({900, 700}, format, random);
        TiledBuffer buffer = TiledBuffer::fromImage(image, store);
        std::atomic<int> wrong = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < 3; ++i) {
            threads.emplace_back([copy = buffer, &image, &wrong, i]() mutable {
                std::mt19937 own(quint32(i) + 20);
                Image plain = image;
                for (int k = 0; k < 20; ++k) {
                    const Image pixels = randomImage({100, 90}, copy.format(), own);
                    const QPoint at(int(own() % 800), int(own() % 600));
                    copy.write(at, pixels);
                    plain.paste(pixels, at);
                    if (copy.toImage() != plain)
                        ++wrong;
                }
            });
        }
        for (int k = 0; k < 20; ++k)
            buffer.write({k * 30, k * 20}, image.copied(QRect(k * 30, k * 20, 50, 50)));
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(wrong.load(), 0);
        QCOMPARE(buffer.toImage(), image);
    }
};

QTEST_APPLESS_MAIN(TestTiledBuffer)
#include "tst_tiledbuffer.moc"
