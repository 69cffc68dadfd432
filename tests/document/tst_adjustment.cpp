// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/adjustment.h"
#include "document/compositor.h"
#include "document/layers.h"
#include "document/plainadjustment.h"
#include "document/plaincompositor.h"

#include <QRandomGenerator>
#include <QtTest>

using namespace heirloom;

namespace
{

const PixelFormat formats[] = {{Channels::Gray, Depth::U8},      {Channels::Gray, Depth::U16},
                               {Channels::GrayAlpha, Depth::U8}, {Channels::Rgb, Depth::U8},
                               {Channels::Rgb, Depth::U16},      {Channels::Rgba, Depth::U8},
                               {Channels::Rgba, Depth::U16}};

QVariantMap strong(const QString &id)
{
    if (id == QLatin1String("levels"))
        return {{QStringLiteral("black"), 20},
                {QStringLiteral("gamma"), 1.6},
                {QStringLiteral("white"), 230},
                {QStringLiteral("output-white"), 250}};
    if (id == QLatin1String("curves"))
        return {
            {QStringLiteral("master"),
             QVariantList{QVariantList{0.0, 0.1}, QVariantList{0.4, 0.6}, QVariantList{1.0, 0.9}}},
            {QStringLiteral("blue"), QVariantList{QVariantList{0.1, 0.0}, QVariantList{1.0, 1.0}}}};
    if (id == QLatin1String("exposure"))
        return {{QStringLiteral("exposure"), 0.8}};
    if (id == QLatin1String("white-balance"))
        return {{QStringLiteral("temperature"), 40}, {QStringLiteral("tint"), -30}};
    if (id == QLatin1String("shadows-highlights"))
        return {{QStringLiteral("shadows"), 60},
                {QStringLiteral("highlights"), 50},
                {QStringLiteral("radius"), 5}};
    if (id == QLatin1String("hsl"))
        return {{QStringLiteral("red-hue"), 50},
                {QStringLiteral("green-saturation"), -70},
                {QStringLiteral("blue-luminance"), 60},
                {QStringLiteral("orange-saturation"), 30}};
    if (id == QLatin1String("saturation"))
        return {{QStringLiteral("saturation"), 30}, {QStringLiteral("vibrance"), 50}};
    if (id == QLatin1String("black-and-white"))
        return {{QStringLiteral("amount"), 80},
                {QStringLiteral("red"), 50},
                {QStringLiteral("blue"), -60}};
    if (id == QLatin1String("sharpen"))
        return {{QStringLiteral("amount"), 150},
                {QStringLiteral("radius"), 2},
                {QStringLiteral("threshold"), 2}};
    return {
        {QStringLiteral("amount"), 60}, {QStringLiteral("size"), 2}, {QStringLiteral("color"), 1}};
}

Image noise(QSize size, PixelFormat format, uint seed)
{
    std::mt19937 random(seed);
    return randomImage(size, format, random);
}

/// A smooth picture with squares of five pixels in it.
Image checkered(QSize size, PixelFormat format)
{
    Image image = smoothImage(size, format.withDepth(Depth::F32));
    const int channels = format.channelCount();
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            for (int c = 0; c < format.colorCount(); ++c) {
                float &v = image.samples<float>(y)[x * channels + c];
                v = std::clamp(v + ((x / 5 + y / 5) % 2 ? 0.1F : -0.1F), 0.0F, 1.0F);
            }
        }
    }
    return image.converted(format);
}

Layer adjustmentLayer(quint64 id, const QString &adjustment)
{
    Layer layer;
    layer.id = LayerId(id);
    layer.kind = LayerKind::Adjustment;
    layer.adjustment = {adjustment, strong(adjustment)};
    return layer;
}

Snapshot pictureOf(QSize size, PixelFormat format, const std::shared_ptr<TileStore> &store,
                   bool detailed = false)
{
    Snapshot snapshot;
    snapshot.canvas = canvasOf(size, format);
    snapshot.stack.insert(
        0, layerOf(1, detailed ? checkered(size, format) : smoothImage(size, format), store));
    return snapshot;
}

Image render(const Snapshot &snapshot, const std::shared_ptr<TileStore> &store)
{
    Compositor compositor(store);
    compositor.setState(snapshot);
    return compositor.render(snapshot.canvas.rect());
}

} // namespace

/// Adjustments as layers against their formulas, pixel by pixel in double.
class TestAdjustment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachEqualsItsFormula_data();
    void eachEqualsItsFormula();
    void neutralOnesChangeNoByte();
    void wideBlursAreCloseToTheTrueGaussian();
    void anyRectangleShowsWhatTheWholeDoes();
    void afterRandomChangesTheCacheEqualsAFreshPicture();
    void adjustmentsUnderOtherLayersAndInEachOther();
    void unknownAndWrongParametersBecomeDefaults();
};

void TestAdjustment::eachEqualsItsFormula_data()
{
    QTest::addColumn<QString>("id");
    for (const AdjustmentInfo &info : adjustments())
        QTest::newRow(qPrintable(info.id)) << info.id;
}

void TestAdjustment::eachEqualsItsFormula()
{
    QFETCH(QString, id);
    const auto store = newStore();
    const QSize size(300, 270); // over two tiles each way
    for (const PixelFormat format : formats) {
        for (const BlendMode mode : {BlendMode::Normal, BlendMode::Luminosity}) {
            const Snapshot plain = pictureOf(size, format, store, id == QLatin1String("sharpen"));
            Snapshot snapshot = plain;
            Layer layer = adjustmentLayer(2, id);
            layer.opacity = mode == BlendMode::Normal ? 1 : 0.6;
            layer.blendMode = mode;
            if (mode != BlendMode::Normal)
                layer.mask = maskOf(noise(size, {Channels::Gray, Depth::U8}, 5), store);
            snapshot.stack.insert(1, layer);
            const Image expected = PlainAdjustment::applied(PlainCompositor::render(plain), layer);
            const Image got = render(snapshot, store);
            const double worst = largestDifference(got, expected);
            // One step; in 16 bit, powers and tables are held to 8.
            const double allowed = format.depth == Depth::U8 ? 1.01 / 255 : 8.0 / 65535;
            QVERIFY2(worst <= allowed, qPrintable(QStringLiteral("%1 channels, %2 bytes: %3 of %4")
                                                      .arg(format.channelCount())
                                                      .arg(format.bytesPerSample())
                                                      .arg(worst)
                                                      .arg(allowed)));
            if (mode == BlendMode::Normal && (!format.isGray() || PlainAdjustment::worksOnGray(id)))
                QVERIFY(largestDifference(got, render(plain, store)) > 3.0 / 255);
        }
    }
}

void TestAdjustment::neutralOnesChangeNoByte()
{
    const auto store = newStore();
    for (const PixelFormat format : formats) {
        Snapshot snapshot;
        const QSize size(260, 90);
        snapshot.canvas = canvasOf(size, format);
        snapshot.stack.insert(0, layerOf(1, noise(size, format, 3), store));
        const Image before = render(snapshot, store);
        quint64 id = 2;
        for (const AdjustmentInfo &info : adjustments()) {
            Layer layer = adjustmentLayer(id++, info.id);
            layer.adjustment.parameters.clear();
            QVERIFY(isNeutral(layer.adjustment));
            QVERIFY(!layer.isShown());
            snapshot.stack.insert(snapshot.stack.count(), layer);
        }
        QCOMPARE(render(snapshot, store), before);
    }
}

void TestAdjustment::wideBlursAreCloseToTheTrueGaussian()
{
    const auto store = newStore();
    const QSize size(420, 300);
    Snapshot snapshot = pictureOf(size, {Channels::Rgb, Depth::U8}, store);
    Layer layer = adjustmentLayer(2, QStringLiteral("shadows-highlights"));
    layer.adjustment.parameters.insert(QStringLiteral("radius"), 40);
    const Image expected = PlainAdjustment::applied(PlainCompositor::render(snapshot), layer);
    snapshot.stack.insert(1, layer);
    QVERIFY(largestDifference(render(snapshot, store), expected) <= 2.0 / 255);
}

void TestAdjustment::anyRectangleShowsWhatTheWholeDoes()
{
    const auto store = newStore();
    const QSize size(700, 530);
    Snapshot snapshot;
    snapshot.canvas = canvasOf(size, {Channels::Rgb, Depth::U8});
    snapshot.stack.insert(0, layerOf(1, noise(size, {Channels::Rgb, Depth::U8}, 9), store));
    snapshot.stack.insert(1, adjustmentLayer(2, QStringLiteral("sharpen")));
    Layer wide = adjustmentLayer(3, QStringLiteral("shadows-highlights"));
    wide.adjustment.parameters.insert(QStringLiteral("radius"), 30);
    snapshot.stack.insert(2, wide);
    snapshot.stack.insert(3, adjustmentLayer(4, QStringLiteral("grain")));
    for (const int level : {0, 1, 2}) {
        Compositor whole(store);
        whole.setState(snapshot);
        const QRect all(QPoint(0, 0), whole.levelSize(level));
        const Image expected = whole.render(all, level);
        for (const QRect &r : {QRect(250, 250, 12, 12), QRect(0, 0, 40, 300), all}) {
            const QRect part = r & all;
            Compositor fresh(store);
            fresh.setState(snapshot);
            QCOMPARE(fresh.render(part, level), expected.copied(part));
        }
    }
}

void TestAdjustment::afterRandomChangesTheCacheEqualsAFreshPicture()
{
    const auto store = newStore();
    const QSize size(600, 300);
    const PixelFormat rgb{Channels::Rgb, Depth::U8};
    QRandomGenerator random(77);
    Snapshot snapshot;
    snapshot.canvas = canvasOf(size, rgb);
    for (quint64 id = 1; id <= 3; ++id) {
        Layer layer = layerOf(id, noise(id == 1 ? size : QSize(280, 200), rgb, uint(id)), store);
        layer.opacity = id == 1 ? 1 : 0.5;
        snapshot.stack.insert(int(id) - 1, layer);
    }
    quint64 next = 4;
    for (const char *id : {"levels", "sharpen", "saturation", "shadows-highlights"})
        snapshot.stack.insert(random.bounded(1, snapshot.stack.count() + 1),
                              adjustmentLayer(next++, QLatin1String(id)));
    Compositor kept(store);
    for (int step = 0; step < 60; ++step) {
        const int index = random.bounded(snapshot.stack.count());
        Layer layer = snapshot.stack.at(index);
        switch (random.bounded(6)) {
        case 0:
            layer.opacity = random.bounded(11) / 10.0;
            break;
        case 1:
            layer.visible = !layer.visible;
            break;
        case 2:
            layer.blendMode = BlendMode(random.bounded(BlendModeCount));
            break;
        case 3:
            if (layer.hasPixels()) {
                layer.pixels.write({random.bounded(300), random.bounded(100)},
                                   noise({9, 7}, rgb, uint(step)));
            } else {
                QVariantMap &p = layer.adjustment.parameters;
                p.insert(p.firstKey(), random.bounded(100));
            }
            break;
        case 4:
            snapshot.activeLayer = layer.id;
            break;
        default:
            if (index > 0)
                snapshot.stack.move(index, random.bounded(1, snapshot.stack.count()));
            layer = snapshot.stack.at(snapshot.stack.indexOf(layer.id));
        }
        snapshot.stack.replace(snapshot.stack.indexOf(layer.id), layer);
        kept.setState(snapshot);
        const int level = random.bounded(2);
        const QRect all(QPoint(0, 0), kept.levelSize(level));
        const QRect r = QRect(random.bounded(300), random.bounded(150), 270, 140) & all;
        Compositor fresh(store);
        fresh.setState(snapshot);
        QCOMPARE(kept.render(r, level), fresh.render(r, level));
    }
}

void TestAdjustment::adjustmentsUnderOtherLayersAndInEachOther()
{
    const auto store = newStore();
    const QSize size(290, 200);
    const PixelFormat rgb{Channels::Rgb, Depth::U16};
    Snapshot snapshot = pictureOf(size, rgb, store);
    Image expected = PlainCompositor::render(snapshot);
    quint64 id = 2;
    for (const char *name : {"levels", "sharpen", "saturation", "shadows-highlights", "grain"}) {
        Layer layer = adjustmentLayer(id++, QLatin1String(name));
        layer.opacity = 0.7;
        expected = PlainAdjustment::applied(expected, layer);
        snapshot.stack.insert(snapshot.stack.count(), layer);
    }
    QVERIFY(largestDifference(render(snapshot, store), expected) <= 30.0 / 65535);
    // An opaque layer on top hides them all, to the bit.
    const Layer top = layerOf(50, noise(size, rgb, 8), store);
    snapshot.stack.insert(snapshot.stack.count(), top);
    QCOMPARE(render(snapshot, store), top.pixels.toImage());
}

void TestAdjustment::unknownAndWrongParametersBecomeDefaults()
{
    const AdjustmentContent odd{QStringLiteral("levels"),
                                {{QStringLiteral("black"), QStringLiteral("much")},
                                 {QStringLiteral("gamma"), 1e9},
                                 {QStringLiteral("white"), std::nan("")},
                                 {QStringLiteral("colour"), 3}}};
    const QVariantMap values = completeParameters(odd);
    QCOMPARE(values.value(QStringLiteral("black")).toDouble(), 0.0);
    QCOMPARE(values.value(QStringLiteral("gamma")).toDouble(), 9.99);
    QCOMPARE(values.value(QStringLiteral("white")).toDouble(), 255.0);
    QVERIFY(!values.contains(QStringLiteral("colour")));
    QVERIFY(isNeutral({QStringLiteral("unheard-of"), {}}));
    const AdjustmentContent falling{
        QStringLiteral("curves"),
        {{QStringLiteral("master"), QVariantList{QVariantList{0.5, 0.1}, QVariantList{0.2, 0.6}}}}};
    QVERIFY(isNeutral(falling));
}

QTEST_GUILESS_MAIN(TestAdjustment)
#include "tst_adjustment.moc"
