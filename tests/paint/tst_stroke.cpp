// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "paint/stroke.h"

#include "support/testpictures.h"

#include <QtTest>

#include <cmath>
#include <random>

using namespace heirloom;

namespace
{

using Depths = std::pair<Channels, Depth>;

std::shared_ptr<TileStore> store()
{
    static const auto s = TileStore::create(qint64(1) << 40, QStringLiteral(HEIRLOOM_BINARY_DIR));
    return s;
}

double sample(const Image &image, int x, int y, int c)
{
    const int i = x * image.format().channelCount() + c;
    return image.format().depth == Depth::U8 ? image.constSamples<quint8>(y)[i] / 255.0
                                             : image.constSamples<quint16>(y)[i] / 65535.0;
}

/// Coverage by the definition, from the shapes alone.
std::vector<double> plainCoverage(QSize size, const QTransform &toCanvas,
                                  const std::vector<Dab> &dabs)
{
    std::vector<double> coverage(size_t(size.width()) * size.height());
    std::vector<float> row(size_t(size.width()));
    for (const Dab &dab : dabs) {
        const DabShape shape(dab, toCanvas);
        for (int y = 0; y < size.height(); ++y) {
            if (!shape.row(y, 0, size.width(), row.data()))
                continue;
            for (int x = 0; x < size.width(); ++x) {
                double &c = coverage[size_t(y) * size.width() + x];
                if (dab.opacity > c)
                    c += (dab.opacity - c) * row[size_t(x)] * dab.flow;
            }
        }
    }
    return coverage;
}

std::vector<Dab> someDabs(QSize size, quint32 seed, int count = 12)
{
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> unit(0, 1);
    std::vector<Dab> dabs;
    for (int i = 0; i < count; ++i) {
        // Over the edges too.
        const QPointF at((unit(random) * 1.2 - 0.1) * size.width(),
                         (unit(random) * 1.2 - 0.1) * size.height());
        dabs.push_back({at, 1 + unit(random) * 150, unit(random), unit(random), unit(random)});
    }
    return dabs;
}

TiledBuffer picture(QSize size, PixelFormat format, quint32 seed = 3)
{
    return TiledBuffer::fromImage(test::photoPicture(size, format, seed), store());
}

} // namespace

class TestStroke : public QObject
{
    Q_OBJECT

    static void addFormats()
    {
        QTest::addColumn<PixelFormat>("format");
        QTest::newRow("grey 8") << PixelFormat{Channels::Gray, Depth::U8};
        QTest::newRow("grey 16") << PixelFormat{Channels::Gray, Depth::U16};
        QTest::newRow("grey alpha 8") << PixelFormat{Channels::GrayAlpha, Depth::U8};
        QTest::newRow("grey alpha 16") << PixelFormat{Channels::GrayAlpha, Depth::U16};
        QTest::newRow("RGB 8") << PixelFormat{Channels::Rgb, Depth::U8};
        QTest::newRow("RGB 16") << PixelFormat{Channels::Rgb, Depth::U16};
        QTest::newRow("RGBA 8") << PixelFormat{Channels::Rgba, Depth::U8};
        QTest::newRow("RGBA 16") << PixelFormat{Channels::Rgba, Depth::U16};
    }

private Q_SLOTS:
    void aColourIsLaidOverByTheFormula_data() { addFormats(); }
    void aColourIsLaidOverByTheFormula()
    {
        QFETCH(PixelFormat, format);
        const QSize size(331, 290);
        const TiledBuffer before = picture(size, format);
        const std::array<float, 3> color{0.9F, 0.25F, 0.1F};
        const std::vector<Dab> dabs = someDabs(size, 7);
        for (const QTransform &place :
             {QTransform(), QTransform(0.7, 0.4, -0.4, 0.7, 40, -30)}) {
            Stroke stroke(before, place, std::make_shared<ColorSource>(format, color));
            stroke.add(dabs);
            stroke.finish();
            const Image old = before.toImage(), now = stroke.pixels().toImage();
            const auto coverage = plainCoverage(size, place, dabs);
            const double step = format.depth == Depth::U8 ? 1.01 / 255 : 6.0 / 65535;
            for (int y = 0; y < size.height(); ++y) {
                for (int x = 0; x < size.width(); ++x) {
                    const double c = coverage[size_t(y) * size.width() + x];
                    const int colors = format.colorCount();
                    const double a = format.hasAlpha() ? sample(old, x, y, colors) : 1;
                    const double alpha = c + a * (1 - c);
                    // Straight colours of what is hardly there are not defined well.
                    for (int k = 0; k < colors && alpha > 0.05; ++k) {
                        const double wanted =
                            (color[size_t(k)] * c + sample(old, x, y, k) * a * (1 - c)) / alpha;
                        QVERIFY2(std::abs(sample(now, x, y, k) - wanted) < step + 1e-4,
                                 qPrintable(QStringLiteral("%1 %2 %3 %4").arg(x).arg(y).arg(
                                     sample(now, x, y, k)).arg(wanted)));
                    }
                    if (format.hasAlpha())
                        QVERIFY(std::abs(sample(now, x, y, colors) - alpha) < step);
                }
            }
        }
    }

    void untouchedBytesStay_data() { addFormats(); }
    void untouchedBytesStay()
    {
        QFETCH(PixelFormat, format);
        const QSize size(600, 520);
        const TiledBuffer before = picture(size, format);
        Stroke stroke(before, {}, std::make_shared<ColorSource>(format, std::array{1.F, 0.F, 0.F}));
        const Dab dab{{300, 260}, 90, 1, 1, 1};
        const QRect touched = stroke.add(std::span(&dab, 1));
        QVERIFY(QRect(254, 214, 92, 92).contains(touched));
        const Image old = before.toImage(), now = stroke.pixels().toImage();
        const size_t bytes = size_t(format.bytesPerPixel());
        int changed = 0;
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x) {
                const bool same = std::memcmp(old.constRow(y) + bytes * size_t(x),
                                              now.constRow(y) + bytes * size_t(x), bytes) == 0;
                changed += !same;
                if (std::hypot(x + 0.5 - 300, y + 0.5 - 260) > 46)
                    QVERIFY(same);
            }
        }
        QVERIFY(changed > 5000);
        // Tiles that no dab came to are the same tiles.
        QCOMPARE(stroke.pixels().changedTiles(before).size(), size_t(4));
    }

    void anEraserTakesAlphaAlone_data()
    {
        QTest::addColumn<PixelFormat>("format");
        QTest::newRow("grey alpha 8") << PixelFormat{Channels::GrayAlpha, Depth::U8};
        QTest::newRow("RGBA 8") << PixelFormat{Channels::Rgba, Depth::U8};
        QTest::newRow("RGBA 16") << PixelFormat{Channels::Rgba, Depth::U16};
    }
    void anEraserTakesAlphaAlone()
    {
        QFETCH(PixelFormat, format);
        const QSize size(280, 270);
        const TiledBuffer before = picture(size, format);
        const std::vector<Dab> dabs = someDabs(size, 21);
        Stroke stroke(before, {}, std::make_shared<EraserSource>(format));
        stroke.add(dabs);
        const Image old = before.toImage(), now = stroke.pixels().toImage();
        const auto coverage = plainCoverage(size, {}, dabs);
        const int colors = format.colorCount();
        const double step = format.depth == Depth::U8 ? 1.0 / 255 : 6.0 / 65535;
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x) {
                for (int k = 0; k < colors; ++k)
                    QCOMPARE(sample(now, x, y, k), sample(old, x, y, k));
                const double left = 1 - coverage[size_t(y) * size.width() + x];
                QVERIFY(std::abs(sample(now, x, y, colors) - sample(old, x, y, colors) * left) <
                        step);
            }
        }
    }

    void aStrokeNeverPassesItsOpacity()
    {
        const PixelFormat format{Channels::Rgba, Depth::U16};
        const TiledBuffer before(QSize(300, 300), format, store());
        Stroke stroke(before, {}, std::make_shared<ColorSource>(format, std::array{1.F, 1.F, 1.F}));
        const Dab dab{{150, 150}, 120, 0.5, 0.4, 0.2};
        double last = 0;
        for (int i = 0; i < 200; ++i) {
            stroke.add(std::span(&dab, 1));
            const double alpha = sample(stroke.pixels().read({150, 150, 1, 1}), 0, 0, 3);
            QVERIFY(alpha >= last); // builds up
            if (i < 5)
                QVERIFY(alpha > last);
            QVERIFY(alpha <= 0.4 + 1.0 / 65535);
            last = alpha;
        }
        QVERIFY(last > 0.3999);
    }

    void aSelectionIsKeptToTheByte()
    {
        for (const PixelFormat format : {PixelFormat{Channels::Rgb, Depth::U8},
                                         PixelFormat{Channels::GrayAlpha, Depth::U16}}) {
            const QSize size(540, 300);
            const TiledBuffer before = picture(size, format);
            Image mask(size, {Channels::Gray, Depth::U8});
            for (int y = 0; y < size.height(); ++y) {
                for (int x = 0; x < size.width(); ++x)
                    mask.samples<quint8>(y)[x] = x < 200 ? 0 : x < 260 ? quint8(x) : 255;
            }
            const TiledBuffer selection = TiledBuffer::fromImage(mask, store());
            const auto source =
                std::make_shared<ColorSource>(format, std::array{0.1F, 0.9F, 0.5F});
            Stroke limited(before, {}, source,
                           [&](const QRect &) -> const TiledBuffer & { return selection; });
            Stroke free(before, {}, source);
            const std::vector<Dab> dabs = someDabs(size, 5, 30);
            limited.add(dabs);
            free.add(dabs);
            limited.finish();
            const QRect out(0, 0, 200, size.height()), in(260, 0, 280, size.height()),
                between(200, 0, 60, size.height());
            QVERIFY(limited.pixels().read(out) == before.read(out));
            QVERIFY(limited.pixels().read(in) == free.pixels().read(in));
            QVERIFY(!(limited.pixels().read(in) == before.read(in)));
            QVERIFY(!(limited.pixels().read(between) == free.pixels().read(between)));
            const Image coverage = limited.coverage(before.rect());
            const Image all = free.coverage(before.rect());
            for (int y = 0; y < size.height(); ++y) {
                for (int x = 0; x < size.width(); ++x) {
                    const double wanted =
                        all.constSamples<quint16>(y)[x] * mask.constSamples<quint8>(y)[x] / 255.0;
                    QVERIFY(std::abs(coverage.constSamples<quint16>(y)[x] - wanted) <= 0.51);
                }
            }
        }
    }

    void tilesOutsideTheSelectionStayShared()
    {
        const PixelFormat format{Channels::Rgb, Depth::U8};
        const TiledBuffer before = picture({800, 300}, format);
        TiledBuffer selection(before.size(), {Channels::Gray, Depth::U8}, store());
        Tile::Pixel full{};
        full[0] = std::byte{255};
        selection.fill(QRect(0, 0, 256, 300), full);
        Stroke stroke(before, {}, std::make_shared<ColorSource>(format, std::array{1.F, 0.F, 0.F}),
                      [&](const QRect &) -> const TiledBuffer & { return selection; });
        const Dab dab{{400, 150}, 900, 1, 1, 1};
        stroke.add(std::span(&dab, 1));
        QVERIFY(!stroke.pixels().sharesTileWith(before, {0, 0}));
        QVERIFY(stroke.pixels().sharesTileWith(before, {1, 0}));
        QVERIFY(stroke.pixels().sharesTileWith(before, {2, 1}));
    }

    void howDabsArriveDoesNotMatter()
    {
        const PixelFormat format{Channels::Rgba, Depth::U8};
        const QSize size(700, 700);
        const TiledBuffer before = picture(size, format);
        const auto source = std::make_shared<ColorSource>(format, std::array{0.2F, 0.4F, 0.9F});
        std::vector<Dab> dabs = someDabs(size, 9);
        dabs.push_back({{350, 350}, 800, 0.1, 0.7, 0.6}); // shared among threads
        Stroke one(before, {}, source), many(before, {}, source);
        one.add(dabs);
        for (const Dab &dab : dabs)
            many.add(std::span(&dab, 1));
        QVERIFY(one.pixels() == many.pixels());
    }

    void whatChangesNothingSharesItsTilesAgain()
    {
        const PixelFormat format{Channels::Rgb, Depth::U8};
        TiledBuffer before(QSize(300, 300), format, store());
        Tile::Pixel red{};
        red[0] = std::byte{255};
        before.fill(before.rect(), red);
        Stroke stroke(before, {}, std::make_shared<ColorSource>(format, std::array{1.F, 0.F, 0.F}));
        const Dab dab{{150, 150}, 100, 1, 1, 1};
        stroke.add(std::span(&dab, 1));
        QVERIFY(!stroke.pixels().sharesAllTilesWith(before));
        stroke.finish();
        QVERIFY(stroke.pixels().sharesAllTilesWith(before));
    }

    void whatFallsBesideThePictureTouchesNothing()
    {
        const PixelFormat format{Channels::Rgb, Depth::U8};
        const TiledBuffer before = picture({300, 200}, format);
        Stroke stroke(before, {}, std::make_shared<ColorSource>(format, std::array{1.F, 0.F, 0.F}));
        const std::vector<Dab> dabs{{{-200, 100}, 100, 1, 1, 1}, {{150, 1e7}, 100, 1, 1, 1},
                                    {{150, 100}, 50, 1, 0, 1},   {{150, 100}, 50, 1, 1, 0}};
        QVERIFY(stroke.add(dabs).isEmpty());
        QVERIFY(stroke.pixels().sharesAllTilesWith(before));
    }

    void aSourceHasTheLastWord()
    {
        struct Stamp : ColorSource {
            using ColorSource::ColorSource;
            void settle(const Stroke &stroke, TiledBuffer &pixels) const override
            {
                const Image all = stroke.coverage(stroke.touched());
                Image white(all.size(), pixels.format());
                white.fill(255);
                pixels.write(stroke.touched().topLeft(), white);
            }
        };
        const PixelFormat format{Channels::Gray, Depth::U8};
        const TiledBuffer before = picture({300, 200}, format);
        Stroke stroke(before, {}, std::make_shared<Stamp>(format, std::array{0.F, 0.F, 0.F}));
        const Dab dab{{150, 100}, 21, 1, 1, 1};
        stroke.add(std::span(&dab, 1));
        QCOMPARE(sample(stroke.pixels().toImage(), 150, 100, 0), 0.0);
        stroke.finish();
        QCOMPARE(sample(stroke.pixels().toImage(), 150, 100, 0), 1.0);
    }
};

QTEST_GUILESS_MAIN(TestStroke)
#include "tst_stroke.moc"
