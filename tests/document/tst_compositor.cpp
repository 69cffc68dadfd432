// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Longer than most: one class, many cases.
#include "document/compositor.h"
#include "document/document.h"
#include "document/layers.h"
#include "document/plaincompositor.h"
#include "image/mippyramid.h"
#include "image/resample.h"

#include <QtTest>

using namespace heirloom;

class TestCompositor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalsThePlainReference_data()
    {
        QTest::addColumn<PixelFormat>("format");
        QTest::addColumn<int>("seed");
        for (const PixelFormat format : allFormats()) {
            for (int seed = 0; seed < 6; ++seed)
                QTest::addRow("%s %d", formatName(format).constData(), seed) << format << seed;
        }
    }
    /// Random stacks of layers of every format, mode, opacity, mask and exact place.
    void equalsThePlainReference()
    {
        QFETCH(PixelFormat, format);
        QFETCH(int, seed);
        std::mt19937 random(quint32(seed) * 77 + 5);
        auto number = [&](int below) { return int(random() % quint32(below)); };
        const QSize size(300, 270);
        const auto store = newStore();
        Snapshot snapshot;
        snapshot.canvas = canvasOf(size, format);
        const int layers = 2 + number(4);
        for (int i = 0; i < layers; ++i) {
            PixelFormat own = format.withDepth(Depth(number(3)));
            if (number(2))
                own = own.withAlpha(true);
            QSize extent = size;
            Transform transform;
            switch (i == 0 ? 0 : number(4)) {
            case 1:
                extent = {180, 260};
                transform = Transform::translation(number(100) - 50, number(60) - 30);
                break;
            case 2:
                extent = size.transposed();
                transform = Transform::quarterTurns(1 + 2 * number(2), extent);
                break;
            case 3:
                transform = number(2) ? Transform::mirroredHorizontally(extent)
                                      : Transform::mirroredVertically(extent);
                break;
            default:
                break;
            }
            Layer layer = layerOf(quint64(i) + 1, randomImage(extent, own, random), store);
            layer.transform = transform;
            layer.blendMode = i == 0 ? BlendMode::Normal : BlendMode(number(BlendModeCount));
            static constexpr double opacities[] = {1, 0.37, 0, 0.8, 1};
            layer.opacity = opacities[number(5)];
            layer.visible = number(6) > 0;
            if (number(3) == 0) {
                layer.mask = maskOf(randomImage(size, {Channels::Gray, Depth::U8}, random), store);
                layer.mask.transform = Transform::translation(number(40) - 20, 0);
                layer.mask.enabled = number(4) > 0;
            }
            snapshot.stack.insert(i, layer);
        }
        Compositor compositor(store);
        const Image wanted = PlainCompositor::render(snapshot);
        // With each layer as the active one, and again from the caches.
        for (int active = 0; active <= layers; ++active) {
            compositor.setState(snapshot.canvas, snapshot.stack, LayerId(quint64(active)));
            const Image got = compositor.render(snapshot.canvas.rect());
            QCOMPARE(got.format(), format);
            const double worst = visibleDifference(got, wanted);
            QVERIFY2(worst <= stepOf(format) * 1.0001, qPrintable(QString::number(worst * 255)));
        }
    }

    void maskedOutPixelsAreExact()
    {
        for (const PixelFormat format : allFormats()) {
            if (format.depth == Depth::F32)
                continue;
            for (int mode = 0; mode < BlendModeCount; ++mode) {
                std::mt19937 random(9);
                const auto store = newStore();
                const QSize size(280, 40);
                const Image base = randomImage(size, format, random);
                const Image top = randomImage(size, format.withAlpha(false), random);
                Image mask(size, {Channels::Gray, Depth::U8});
                mask.fill(0);
                for (int y = 0; y < 40; ++y) {
                    for (int x = 100; x < 140; ++x)
                        mask.samples<quint8>(y)[x] = 255;
                }
                Layer above = layerOf(2, top, store);
                above.mask = maskOf(mask, store);
                above.blendMode = BlendMode(mode);
                LayerStack stack;
                stack.insert(0, layerOf(1, base, store));
                stack.insert(1, above);
                Compositor compositor(store);
                compositor.setState(canvasOf(size, format), stack);
                const Image got = compositor.render(QRect(QPoint(0, 0), size));
                for (const QRect &r : {QRect(0, 0, 100, 40), QRect(140, 0, 140, 40)}) {
                    const Image a = got.copied(r), b = base.copied(r);
                    // Colours under alpha 0 are nobody's.
                    QVERIFY(format.hasAlpha() ? visibleDifference(a, b) == 0 : a == b);
                }
                if (BlendMode(mode) == BlendMode::Normal)
                    QCOMPARE(got.copied(QRect(100, 0, 40, 40)).converted(top.format()),
                             top.copied(QRect(100, 0, 40, 40)));
            }
        }
    }

    void opaqueLayerOnTopIsCopied()
    {
        std::mt19937 random(1);
        for (const PixelFormat format : allFormats()) {
            const auto store = newStore();
            const Image a = randomImage({520, 300}, format, random);
            const Image b = randomImage({520, 300}, format.withAlpha(false), random);
            LayerStack stack;
            stack.insert(0, layerOf(1, a, store));
            Compositor compositor(store);
            compositor.setState(canvasOf(a.size(), format), stack);
            QCOMPARE(compositor.render(a.rect()), a);
            stack.insert(1, layerOf(2, b, store));
            compositor.setState(canvasOf(a.size(), format), stack);
            QCOMPARE(compositor.render(a.rect()), b.converted(format));
            QCOMPARE(compositor.counters().blends, 0);
            QCOMPARE(compositor.counters().tiles, compositor.counters().copiedTiles);
            Layer hidden = stack.at(1);
            hidden.opacity = 0;
            stack.replace(1, hidden);
            compositor.setState(canvasOf(a.size(), format), stack);
            QCOMPARE(compositor.render(a.rect()), a);
            QCOMPARE(compositor.counters().blends, 0);
        }
    }

    /// Upscale as a canvas command: the Original is carried, bit-exact, and shows as the Lanczos
    /// twin when the result is faded out.
    void enlargedOriginalIsTheLanczosTwin()
    {
        std::mt19937 random(2);
        for (const QSize target : {QSize(1200, 880), QSize(611, 433), QSize(150, 110)}) {
            for (const Depth depth : {Depth::U8, Depth::U16}) {
                const PixelFormat format{Channels::Rgb, depth};
                const auto store = newStore();
                const Image image = randomImage({300, 220}, format, random);
                const auto document = Document::fromOriginal(TiledBuffer::fromImage(image, store),
                                                             ColorProfile::sRgb(), {300, 300});
                Snapshot enlarged = document->snapshot().scaledTo(target);
                const Image result = randomImage(target, format, random);
                Layer layer = layerOf(70, result, store);
                layer.kind = LayerKind::Ai;
                enlarged.stack.insert(1, layer);
                document->restore(enlarged);
                const LayerId id = document->stack().at(1).id;
                QCOMPARE(document->canvas().resolution.x, 300.0 * target.width() / image.width());
                QCOMPARE(document->stack().original()->pixels.toImage(), image);

                Compositor compositor(store);
                const QRect all = document->canvas().rect();
                compositor.setState(document->snapshot());
                QCOMPARE(compositor.render(all), result);
                document->setOpacity(id, 0);
                compositor.setState(document->snapshot());
                const Image twin = resampled(image, target);
                QCOMPARE(compositor.render(all), twin);
                // In parts and for export too.
                CompositorSource source(document->snapshot(), store);
                const QRect band(0, target.height() / 3, target.width(), 40);
                QCOMPARE(*source.read(band), twin.copied(band));
                document->setOpacity(id, 0.5);
                compositor.setState(document->snapshot());
                const Image half = compositor.render(all);
                for (int i = 0; i < 200; ++i) {
                    const int x = int(random() % quint32(target.width()));
                    const int y = int(random() % quint32(target.height()));
                    const double wanted =
                        (unitSample(twin, x, y, 1) + unitSample(result, x, y, 1)) / 2;
                    QVERIFY(std::abs(unitSample(half, x, y, 1) - wanted) <= stepOf(format));
                }
            }
        }
    }

    void enlargedOriginalAtItsOwnLevelIsItsOwnPixels()
    {
        std::mt19937 random(3);
        const auto store = newStore();
        const Image image = randomImage({500, 300}, {Channels::Rgb, Depth::U8}, random);
        const auto document =
            Document::fromOriginal(TiledBuffer::fromImage(image, store), ColorProfile::sRgb(), {});
        document->restore(document->snapshot().scaledTo({2000, 1200}));
        Compositor compositor(store);
        compositor.setState(document->snapshot());
        QCOMPARE(compositor.levelSize(2), image.size());
        QCOMPARE(compositor.render(image.rect(), 2), image);
    }

    void levelsShowTheReducedComposite()
    {
        const auto store = newStore();
        const QSize size(900, 700);
        const PixelFormat format{Channels::Rgb, Depth::U8};
        LayerStack stack;
        stack.insert(0, layerOf(1, smoothImage(size, format), store));
        Layer top = layerOf(2, smoothImage({450, 350}, format), store);
        top.transform = Transform::rotation(20, {225, 175}).then(Transform::translation(200, 150));
        top.opacity = 0.6;
        stack.insert(1, top);
        Compositor compositor(store);
        compositor.setState(canvasOf(size, format), stack);
        MipPyramid whole(
            TiledBuffer::fromImage(compositor.render(QRect(QPoint(0, 0), size)), store));
        for (int level = 1; level < 4; ++level) {
            const QRect r(QPoint(0, 0), compositor.levelSize(level));
            QCOMPARE(r.size(), whole.levelSize(level));
            const Image got = compositor.render(r, level);
            const Image wanted = whole.read(level, r);
            double sum = 0;
            for (int y = 0; y < r.height(); ++y) {
                for (int x = 0; x < r.width(); ++x)
                    sum += std::abs(unitSample(got, x, y, 1) - unitSample(wanted, x, y, 1));
            }
            QVERIFY(sum / (r.width() * r.height()) < 1.0 / 255);
        }
    }

    void rotatedLayerShowsItsPixelsInPlace()
    {
        const auto store = newStore();
        const PixelFormat format{Channels::Rgb, Depth::U8};
        const Image image = smoothImage({400, 400}, format);
        for (const double degrees : {7.0, 90.0001, -33.0}) {
            Layer layer = layerOf(1, image, store);
            layer.transform = Transform::rotation(degrees, {200, 200});
            LayerStack stack;
            stack.insert(0, layer);
            Compositor compositor(store);
            compositor.setState(canvasOf({400, 400}, format), stack);
            const Image got = compositor.render(QRect(0, 0, 400, 400));
            for (int y = 100; y < 300; y += 7) {
                for (int x = 100; x < 300; x += 7) {
                    const QPointF p = layer.transform.inverted().map(QPointF(x + 0.5, y + 0.5));
                    const double wanted = smoothValue(p.x() - 0.5, p.y() - 0.5, 0);
                    QVERIFY(std::abs(unitSample(got, x, y, 0) - wanted) < 1.6 / 255);
                }
            }
        }
    }

    /// Random edits, each followed by pulling the new state: the picture always equals that of a
    /// compositor that never saw another state.
    void cachesFollowEveryEdit()
    {
        std::mt19937 random(4);
        auto number = [&](int below) { return int(random() % quint32(below)); };
        const auto store = newStore();
        const PixelFormat format{Channels::Rgba, Depth::U8};
        const QSize size(700, 300);
        const auto document =
            Document::fromOriginal(TiledBuffer::fromImage(randomImage(size, format, random), store),
                                   ColorProfile::sRgb(), {});
        Compositor compositor(store);
        compositor.setCacheBytes(6 << 20);
        QRect told;
        connect(document.get(), &Document::contentChanged, this,
                [&](const QRect &r) { told |= r; });
        Image before;
        for (int step = 0; step < 120; ++step) {
            const LayerId id = document->stack().at(number(document->stack().count())).id;
            switch (number(9)) {
            case 0:
                document->setOpacity(id, number(5) / 4.0);
                break;
            case 1:
                document->setVisible(id, number(3) > 0);
                break;
            case 2:
                document->setBlendMode(id, BlendMode(number(4)));
                break;
            case 3: {
                if (document->stack().count() > 5)
                    break;
                Layer layer = layerOf(
                    0, randomImage({300 + number(500), 200 + number(200)}, format, random), store);
                layer.opacity = number(2) ? 1 : 0.5;
                document->insertLayer(number(document->stack().count() + 1), layer);
                break;
            }
            case 4:
                if (document->stack().count() > 2)
                    (void)document->takeLayer(id);
                break;
            case 5:
                document->moveLayer(id, number(document->stack().count()));
                break;
            case 6: {
                TiledBuffer pixels = document->layer(id)->pixels;
                pixels.write({number(500), number(200)}, randomImage({60, 40}, format, random));
                document->setPixels(id, pixels);
                break;
            }
            case 7:
                document->setTransform(
                    id, number(2) ? Transform::translation(number(300) - 150, number(100))
                                  : Transform::scaling(0.5 + number(4) * 0.5, 1.25));
                break;
            default:
                document->setActiveLayer(id);
                break;
            }
            const int level = number(3);
            const QRect all(QPoint(0, 0), MipPyramid::reducedSize(size, level));
            compositor.setState(document->snapshot());
            const Image got = compositor.render(all, level);
            Compositor fresh(store);
            fresh.setThreads(1);
            fresh.setState(document->canvas(), document->stack());
            const Image wanted = fresh.render(all, level);
            // Composites joined from the caches may round the other way.
            QVERIFY2(visibleDifference(got, wanted) <= 1.01 / 255,
                     qPrintable(QStringLiteral("step %1").arg(step)));
            // What changed lies inside what the document told.
            const Image full = fresh.render(QRect(QPoint(0, 0), size));
            for (int y = 0; !before.isNull() && y < size.height(); ++y) {
                for (int x = 0; x < size.width(); ++x) {
                    const quint8 *now = full.constSamples<quint8>(y) + x * 4;
                    const quint8 *then = before.constSamples<quint8>(y) + x * 4;
                    // Colours under alpha 0 are nobody's.
                    if (std::memcmp(now, then, 4) && (now[3] || then[3]))
                        QVERIFY(told.adjusted(-8, -8, 8, 8).contains(x, y));
                }
            }
            before = full;
            told = {};
        }
    }

    void opacityOfTheActiveLayerCostsOneBlendATile()
    {
        std::mt19937 random(5);
        const auto store = newStore();
        const QSize size(512, 512);
        LayerStack stack;
        for (quint64 id = 1; id <= 5; ++id) {
            Layer layer =
                layerOf(id, randomImage(size, {Channels::Rgba, Depth::U8}, random), store);
            layer.opacity = 0.7;
            stack.insert(int(id) - 1, layer);
        }
        const Canvas canvas = canvasOf(size, {Channels::Rgba, Depth::U8});
        Compositor compositor(store);
        compositor.setState(canvas, stack, LayerId(3));
        (void)compositor.render(canvas.rect());
        for (const double opacity : {0.2, 0.3, 0.9}) {
            Layer layer = stack.at(2);
            layer.opacity = opacity;
            stack.replace(2, layer);
            const qint64 before = compositor.counters().blends;
            compositor.setState(canvas, stack, LayerId(3));
            (void)compositor.render(canvas.rect());
            // Four tiles: the layer itself and the joined rest above it.
            QCOMPARE(compositor.counters().blends - before, 4 * 2);
        }
        const qint64 before = compositor.counters().tiles;
        compositor.setState(canvas, stack, LayerId(3));
        (void)compositor.render(canvas.rect());
        QCOMPARE(compositor.counters().tiles, before);
    }

    void cacheStaysInItsBudget()
    {
        std::mt19937 random(6);
        const auto store = newStore();
        const QSize size(2560, 2560);
        LayerStack stack;
        Layer layer = layerOf(1, randomImage(size, {Channels::Rgb, Depth::U8}, random), store);
        layer.opacity = 0.5;
        stack.insert(0, layer);
        Compositor compositor(store);
        compositor.setCacheBytes(4 << 20);
        compositor.setState(canvasOf(size, {Channels::Rgb, Depth::U8}), stack);
        for (int y = 0; y < 2560; y += 256) {
            (void)compositor.render(QRect(0, y, 2560, 256));
            QVERIFY(compositor.cachedBytes() <= 4 << 20);
        }
    }

    void soloShowsOneLayerAsItIs()
    {
        std::mt19937 random(7);
        const auto store = newStore();
        const PixelFormat format{Channels::Rgb, Depth::U8};
        const Image a = randomImage({100, 100}, format, random);
        LayerStack stack;
        Layer layer = layerOf(1, a, store);
        layer.visible = false;
        stack.insert(0, layer);
        stack.insert(1, layerOf(2, randomImage({100, 100}, format, random), store));
        Compositor compositor(store);
        compositor.setState(canvasOf({100, 100}, format), stack);
        compositor.setSolo(LayerId(1));
        QCOMPARE(compositor.render(a.rect()), a);
        compositor.setSolo({});
        QVERIFY(compositor.render(a.rect()) != a);
    }

    void grayOriginalOnColourCanvasIsConverted()
    {
        std::mt19937 random(8);
        const auto store = newStore();
        const Image gray = randomImage({64, 64}, {Channels::Gray, Depth::U8}, random);
        LayerStack stack;
        stack.insert(0, layerOf(1, gray, store));
        Compositor compositor(store);
        compositor.setState(canvasOf({64, 64}, {Channels::Rgb, Depth::U8}), stack);
        const Image got = compositor.render(gray.rect());
        QVERIFY(largestDifference(got, gray.converted({Channels::Rgb, Depth::U8})) <= 1.01 / 255);
    }

    void uncoveredCanvasIsWhiteOrTransparent()
    {
        const auto store = newStore();
        Image dark({50, 50}, {Channels::Rgb, Depth::U8});
        dark.fill(10);
        LayerStack stack;
        stack.insert(0, layerOf(1, dark, store));
        Compositor compositor(store);
        compositor.setState(canvasOf({100, 50}, {Channels::Rgb, Depth::U8}), stack);
        const Image paper = compositor.render(QRect(0, 0, 100, 50));
        QCOMPARE(int(paper.constSamples<quint8>(9)[49 * 3]), 10);
        QCOMPARE(int(paper.constSamples<quint8>(9)[50 * 3]), 255);
        compositor.setState(canvasOf({100, 50}, {Channels::Rgba, Depth::U8}), stack);
        const Image clear = compositor.render(QRect(0, 0, 100, 50));
        QCOMPARE(int(clear.constSamples<quint8>(9)[50 * 4 + 3]), 0);
    }

    void viewShowsPixelsAsSquaresAndReducesSmoothly()
    {
        const auto store = newStore();
        const PixelFormat format{Channels::Rgb, Depth::U8};
        const Image image = smoothImage({640, 480}, format);
        LayerStack stack;
        stack.insert(0, layerOf(1, image, store));
        Compositor compositor(store);
        compositor.setState(canvasOf(image.size(), format), stack);
        const auto worst = [&](const View &view) {
            const QImage out = compositor.renderView(view);
            double difference = 0;
            for (int y = 0; y < view.size.height(); y += 3) {
                for (int x = 0; x < view.size.width(); x += 3) {
                    const QPointF p = view.topLeft + QPointF(x + 0.5, y + 0.5) / view.scale;
                    const QRgb got = out.pixel(x, y);
                    const bool outside = p.x() < 0 || p.y() < 0 || p.x() >= 640 || p.y() >= 480;
                    if (qAlpha(got) != (outside ? 0 : 255))
                        return 999.0;
                    if (outside)
                        continue;
                    const double wanted =
                        255 * unitSample(image, int(std::floor(p.x())), int(std::floor(p.y())), 0);
                    difference = std::max(difference, std::abs(qRed(got) - wanted));
                }
            }
            return difference;
        };
        QCOMPARE(worst({{300, 200}, {100, 50}, 1}), 0.0);
        QCOMPARE(worst({{300, 200}, {-20.5, -30.25}, 1}), 0.0);
        QCOMPARE(worst({{500, 400}, {500, 400}, 3.3}), 0.0);
        QVERIFY(worst({{700, 500}, {0, 0}, 0.77}) <= 3);
        QVERIFY(worst({{200, 200}, {-40, -40}, 0.3}) <= 8);
        QVERIFY(worst({{50, 40}, {-40, -40}, 0.06}) <= 28);
    }

    void monitorProfileChangesTheScreenAlone()
    {
        std::mt19937 random(9);
        const auto store = newStore();
        const PixelFormat format{Channels::Rgb, Depth::U8};
        const Image image = randomImage({50, 50}, format, random);
        LayerStack stack;
        stack.insert(0, layerOf(1, image, store));
        Compositor compositor(store);
        compositor.setState(canvasOf(image.size(), format), stack);
        const QImage plain = compositor.renderScreen(image.rect());
        compositor.setMonitorProfile(ColorProfile::displayP3());
        QVERIFY(compositor.renderScreen(image.rect()) != plain);
        QCOMPARE(compositor.render(image.rect()), image);
        compositor.setMonitorProfile(ColorProfile::sRgb());
        QCOMPARE(compositor.renderScreen(image.rect()), plain);
    }
};

QTEST_APPLESS_MAIN(TestCompositor)
#include "tst_compositor.moc"
