// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/differencemap.h"
#include "document/layers.h"
#include "image/resample.h"

#include <QtTest>

using namespace heirloom;

namespace
{

constexpr QSize size{300, 280}; // more than one tile each way

Snapshot originalAlone(const Image &original, const std::shared_ptr<TileStore> &store)
{
    Snapshot state;
    state.canvas = canvasOf(original.size(), original.format());
    Layer layer = layerOf(1, original, store);
    layer.kind = LayerKind::Original;
    state.stack.insert(0, layer);
    return state;
}

/// Grey noise of 0 and 255 in blocks, so that masked pixels are either old or new to the bit.
Image blockMask(QSize of, std::mt19937 &random)
{
    Image mask(of, {Channels::Gray, Depth::U8});
    mask.fill(0);
    for (int i = 0; i < 12; ++i) {
        const QRect block(int(random() % of.width()), int(random() % of.height()), 60, 45);
        Image full(block.size(), mask.format());
        full.fill(255);
        mask.paste(full, block.topLeft());
    }
    return mask;
}

/// Written down once more as plainly as can be: now and original are whole pictures.
struct Plain {
    Image map;
    DifferenceFigures figures;

    Plain(const Image &now, const Image &original, const std::function<bool(int, int)> &reached)
        : map(now.size(), CanvasMap::format)
    {
        const bool alpha = now.format().hasAlpha();
        const int channels = now.format().channelCount();
        for (int y = 0; y < now.height(); ++y) {
            for (int x = 0; x < now.width(); ++x) {
                double steps = 0;
                for (int c = 0; c < channels; ++c) {
                    steps = std::max(steps, 255 * std::abs(unitSample(now, x, y, c) -
                                                           unitSample(original, x, y, c)));
                }
                if (alpha && unitSample(now, x, y, channels - 1) == 0 &&
                    unitSample(original, x, y, channels - 1) == 0)
                    steps = 0;
                map.samples<quint8>(y)[x] = quint8(std::ceil(steps - 1e-9));
                ++figures.pixels;
                figures.differing += steps > 0;
                figures.changed += steps >= 1 - 1e-9;
                figures.outside += !reached(x, y);
                figures.differingOutside += !reached(x, y) && steps > 0;
                figures.sum += steps;
                figures.largest = std::max(figures.largest, steps);
            }
        }
    }
};

void compare(const DifferenceFigures &a, const DifferenceFigures &b)
{
    QCOMPARE(a.pixels, b.pixels);
    QCOMPARE(a.differing, b.differing);
    QCOMPARE(a.changed, b.changed);
    QCOMPARE(a.outside, b.outside);
    QCOMPARE(a.differingOutside, b.differingOutside);
    QVERIFY(std::abs(a.sum - b.sum) < 1e-6 * (1 + b.sum));
    QVERIFY(std::abs(a.largest - b.largest) < 1e-9);
}

const auto everywhere = [](int, int) { return true; };

} // namespace

class TestDifferenceMap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void equalsThePlainReference_data();
    void equalsThePlainReference();
    void unchangedPictureDiffersNowhereAlsoEnlarged();
    void enlargedCanvasIsComparedWithTheLanczosTwin();
    void croppedCanvasComparesWhatIsLeft();
    void unmaskedLayerReachesWhereItLies();
    void changesOfLessThanAStepAreTold();
    void bandsGiveTheSameAsTheWhole();
    void preliminaryIsTheDifferenceOfReducedPictures();

private:
    std::shared_ptr<TileStore> m_store = newStore();
};

void TestDifferenceMap::equalsThePlainReference_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < int(allFormats().size()); ++i) {
        if (allFormats()[size_t(i)].depth != Depth::F32) // no canvas has it
            QTest::newRow(formatName(allFormats()[size_t(i)]).constData()) << i;
    }
}

void TestDifferenceMap::equalsThePlainReference()
{
    QFETCH(int, index);
    const PixelFormat format = allFormats()[size_t(index)];
    std::mt19937 random(7);
    const Image original = randomImage(size, format, random);
    const PixelFormat opaque = format.withAlpha(false);
    Image painted = original.converted(opaque);
    // Some of it stays, some changes a little, some altogether.
    const Image noise = randomImage({120, 200}, opaque, random);
    painted.paste(noise, {50, 40});
    const Image mask = blockMask(size, random);

    Snapshot state = originalAlone(original, m_store);
    Layer layer = layerOf(2, painted, m_store);
    layer.mask = maskOf(mask, m_store);
    state.stack.insert(1, layer);
    Layer hidden = layerOf(3, noise, m_store);
    hidden.visible = false;
    state.stack.insert(2, hidden);

    Image now = original;
    const Image full = painted.converted(format);
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            if (mask.constSamples<quint8>(y)[x] == 255)
                now.paste(full.copied(QRect(x, y, 1, 1)), {x, y});
        }
    }
    const Plain plain(now, original,
                      [&](int x, int y) { return mask.constSamples<quint8>(y)[x] > 0; });
    DifferenceMap map(state, m_store);
    QCOMPARE(map.size(), size);
    const Image values = map.measure(QRect(QPoint(0, 0), size));
    QVERIFY(values == plain.map);
    compare(map.figures(), plain.figures);
    QCOMPARE(map.figures().differingOutside, 0);
    QVERIFY(map.figures().changed > 1000);
    QVERIFY(map.figures().outside > 1000);
}

void TestDifferenceMap::unchangedPictureDiffersNowhereAlsoEnlarged()
{
    std::mt19937 random(8);
    const Snapshot state =
        originalAlone(randomImage(size, {Channels::Rgb, Depth::U8}, random), m_store);
    for (const Snapshot &shown : {state, state.scaledTo(size * 2)}) {
        DifferenceMap map(shown, m_store);
        const Image values = map.measure(shown.canvas.rect());
        for (int y = 0; y < values.height(); ++y) {
            for (int x = 0; x < values.width(); ++x)
                QCOMPARE(values.constSamples<quint8>(y)[x], quint8(0));
        }
        QCOMPARE(map.figures().differing, 0);
        QCOMPARE(map.figures().outside, map.figures().pixels);
        QCOMPARE(map.figures().largest, 0.0);
    }
}

void TestDifferenceMap::enlargedCanvasIsComparedWithTheLanczosTwin()
{
    std::mt19937 random(9);
    for (const PixelFormat format :
         {PixelFormat{Channels::Rgb, Depth::U8}, PixelFormat{Channels::Gray, Depth::U16}}) {
        const Image original = smoothImage({150, 140}, format);
        const QSize large = original.size() * 2;
        const Image twin = resampled(original, large);
        Image result = twin;
        result.paste(randomImage({90, 70}, format, random), {200, 150});
        Snapshot state = originalAlone(original, m_store).scaledTo(large);
        Layer layer = layerOf(2, result, m_store);
        layer.kind = LayerKind::Ai;
        state.stack.insert(1, layer);
        const Plain plain(result, twin, everywhere);
        DifferenceMap map(state, m_store);
        QVERIFY(map.measure(state.canvas.rect()) == plain.map);
        compare(map.figures(), plain.figures);
        QVERIFY(map.figures().differing > 5000 && map.figures().differing <= 90 * 70);
    }
}

void TestDifferenceMap::croppedCanvasComparesWhatIsLeft()
{
    std::mt19937 random(10);
    const Image original = randomImage(size, {Channels::Rgb, Depth::U16}, random);
    const Image painted = randomImage(size, original.format(), random);
    Snapshot state = originalAlone(original, m_store);
    state.stack.insert(1, layerOf(2, painted, m_store));
    const QRect crop(37, 21, 211, 200);
    Canvas canvas = state.canvas;
    canvas.size = crop.size();
    state = state.onCanvas(canvas, Transform::translation(-crop.x(), -crop.y()));
    const Plain plain(painted.copied(crop), original.copied(crop), everywhere);
    DifferenceMap map(state, m_store);
    QVERIFY(map.measure(canvas.rect()) == plain.map);
    compare(map.figures(), plain.figures);
}

void TestDifferenceMap::unmaskedLayerReachesWhereItLies()
{
    std::mt19937 random(11);
    const PixelFormat rgb{Channels::Rgb, Depth::U8};
    const Image original = randomImage(size, rgb, random);
    Snapshot state = originalAlone(original, m_store);
    Layer patch = layerOf(2, randomImage({40, 30}, rgb, random), m_store);
    patch.transform = Transform::translation(100, 90);
    state.stack.insert(1, patch);
    DifferenceMap small(state, m_store);
    small.measure(state.canvas.rect());
    QCOMPARE(small.figures().outside, qint64(size.width()) * size.height() - 40 * 30);
    QCOMPARE(small.figures().differingOutside, 0);

    Layer adjustment;
    adjustment.id = LayerId(3);
    adjustment.kind = LayerKind::Adjustment;
    adjustment.adjustment = {QStringLiteral("exposure"), {{QStringLiteral("exposure"), 1.0}}};
    adjustment.mask = maskOf(blockMask(size, random), m_store);
    state.stack.insert(2, adjustment);
    DifferenceMap masked(state, m_store);
    masked.measure(state.canvas.rect());
    QVERIFY(masked.figures().outside > 0);
    QVERIFY(masked.figures().outside < small.figures().outside);
    QVERIFY(masked.figures().changed > small.figures().changed);
    QCOMPARE(masked.figures().differingOutside, 0);

    adjustment.mask = {};
    state.stack.replace(2, adjustment);
    DifferenceMap whole(state, m_store);
    whole.measure(state.canvas.rect());
    QCOMPARE(whole.figures().outside, 0);
}

void TestDifferenceMap::changesOfLessThanAStepAreTold()
{
    Image original({20, 10}, {Channels::Gray, Depth::U16});
    original.fill(30000);
    Image painted = original;
    for (int x = 0; x < 20; ++x) {
        painted.samples<quint16>(2)[x] = 30001; // 1/257 of a step
        painted.samples<quint16>(5)[x] = 30257; // one step
    }
    Snapshot state = originalAlone(original, m_store);
    state.stack.insert(1, layerOf(2, painted, m_store));
    DifferenceMap map(state, m_store);
    const Image values = map.measure(state.canvas.rect());
    QCOMPARE(map.figures().differing, 40);
    QCOMPARE(map.figures().changed, 20);
    QCOMPARE(map.figures().changedShare(), 0.1);
    QCOMPARE(values.constSamples<quint8>(2)[3], quint8(1));
    QCOMPARE(values.constSamples<quint8>(5)[3], quint8(1));
    QCOMPARE(values.constSamples<quint8>(6)[3], quint8(0));
}

void TestDifferenceMap::bandsGiveTheSameAsTheWhole()
{
    std::mt19937 random(12);
    const PixelFormat rgb{Channels::Rgb, Depth::U8};
    Snapshot state = originalAlone(smoothImage(size, rgb), m_store).scaledTo({450, 420});
    Layer layer = layerOf(2, randomImage({450, 420}, rgb, random), m_store);
    layer.opacity = 0.3;
    layer.mask = maskOf(blockMask({450, 420}, random), m_store);
    state.stack.insert(1, layer);
    DifferenceMap whole(state, m_store), banded(state, m_store);
    const Image values = whole.measure(state.canvas.rect());
    Image joined(values.size(), values.format());
    for (const int y : {256, 0, 100}) { // any order
        const int height = y == 0 ? 100 : y == 100 ? 156 : 164;
        joined.paste(banded.measure({0, y, 450, height}), {0, y});
    }
    QVERIFY(joined == values);
    compare(banded.figures(), whole.figures());
}

void TestDifferenceMap::preliminaryIsTheDifferenceOfReducedPictures()
{
    const PixelFormat rgb{Channels::Rgb, Depth::U8};
    Image original({64, 48}, rgb), painted({64, 48}, rgb);
    original.fill(100);
    painted.fill(100);
    Image patch({16, 16}, rgb);
    patch.fill(140);
    painted.paste(patch, {16, 8});
    Snapshot state = originalAlone(original, m_store);
    state.stack.insert(1, layerOf(2, painted, m_store));
    DifferenceMap map(state, m_store);
    const Image rough = map.preliminary(2);
    QCOMPARE(rough.size(), QSize(16, 12));
    for (int y = 0; y < 12; ++y) {
        for (int x = 0; x < 16; ++x)
            QCOMPARE(int(rough.constSamples<quint8>(y)[x]),
                     QRect(4, 2, 4, 4).contains(x, y) ? 40 : 0);
    }
    QCOMPARE(map.figures().pixels, 0);
}

QTEST_APPLESS_MAIN(TestDifferenceMap)
#include "tst_differencemap.moc"
