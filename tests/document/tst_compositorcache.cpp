// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/compositor.h"
#include "document/layers.h"
#include "image/mippyramid.h"

#include <QtTest>

using namespace heirloom;

namespace
{

const PixelFormat rgba{Channels::Rgba, Depth::U8};

/// A stack over three tiles, seen by one compositor that keeps what it computed.
struct Kept {
    std::shared_ptr<TileStore> store = newStore();
    Snapshot state;
    Compositor compositor{store};
    std::mt19937 random{3};

    explicit Kept(int layers, QSize size = {600, 40})
    {
        state.canvas = canvasOf(size, {Channels::Rgb, Depth::U8});
        for (int i = 0; i < layers; ++i) {
            Layer layer = layerOf(quint64(i) + 1, randomImage(size, rgba, random), store);
            layer.opacity = 0.8;
            state.stack.insert(i, layer);
        }
    }
    Layer small(quint64 id, QPoint at)
    {
        Layer layer = layerOf(id, randomImage({30, 30}, rgba, random), store);
        layer.transform = Transform::translation(at.x(), at.y());
        return layer;
    }
    template <typename F>
    void change(int index, F &&what)
    {
        Layer layer = state.stack.at(index);
        what(layer);
        state.stack.replace(index, layer);
    }
    static Layer adjustment(quint64 id, const char *name, const char *key, double value)
    {
        Layer layer;
        layer.id = LayerId(id);
        layer.kind = LayerKind::Adjustment;
        layer.adjustment = {QLatin1String(name), {{QLatin1String(key), value}}};
        return layer;
    }
    /// The same, bit for bit, as one that never saw another state.
    bool isTrue()
    {
        compositor.setState(state);
        Compositor fresh(store);
        fresh.setState(state);
        for (int level = 0; level < 3; ++level) {
            const QRect all(QPoint(0, 0), fresh.levelSize(level));
            if (!(compositor.render(all, level) == fresh.render(all, level)))
                return false;
        }
        return true;
    }
};

} // namespace

/// What the compositor keeps from state to state, in cases that random edits have found or that
/// they seldom meet.
class TestCompositorCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eyeOfTheActiveLayer()
    {
        Kept k(5);
        k.state.activeLayer = LayerId(3);
        QVERIFY(k.isTrue());
        for (const bool visible : {false, true, false}) {
            k.change(2, [&](Layer &l) { l.visible = visible; });
            QVERIFY(k.isTrue());
        }
        k.change(2, [](Layer &l) { l.visible = true; l.opacity = 0; });
        QVERIFY(k.isTrue());
        k.change(2, [](Layer &l) { l.opacity = 0.4; });
        QVERIFY(k.isTrue());
    }

    void activeAdjustmentThatBecomesNeutral()
    {
        Kept k(5);
        k.state.stack.insert(3, Kept::adjustment(9, "sharpen", "amount", 200));
        k.state.activeLayer = LayerId(9);
        QVERIFY(k.isTrue());
        for (const char *name : {"exposure", "sharpen", "grain", "sharpen"}) {
            for (const double value : {0.0, 2.0}) {
                const Layer layer = Kept::adjustment(
                    9, name, QByteArray(name) == "exposure" ? "exposure" : "amount", value * 40);
                k.state.stack.replace(3, layer);
                QVERIFY(k.isTrue());
            }
        }
    }

    void reorderingAndAnotherLayerAtOnce()
    {
        Kept k(3);
        QVERIFY(k.isTrue());
        // As undoing two steps in one jump does: the new layer is small, the reordering is not.
        k.state.stack.move(0, 1);
        k.state.stack.insert(3, k.small(20, {5, 5}));
        QVERIFY(k.isTrue());
        k.state.stack.take(3);
        k.state.stack.move(2, 0);
        QVERIFY(k.isTrue());
    }

    void otherLayerInTheSamePlaceAtOnce()
    {
        Kept k(2);
        k.state.stack.insert(2, k.small(20, {5, 5}));
        QVERIFY(k.isTrue());
        k.state.stack.take(2);
        k.state.stack.insert(1, k.small(21, {500, 5}));
        QVERIFY(k.isTrue());
    }

    void activeLayerUnderAnOpaqueOne()
    {
        Kept k(5);
        k.state.activeLayer = LayerId(2);
        QVERIFY(k.isTrue());
        for (const double opacity : {1.0, 0.5, 1.0}) {
            Layer layer = layerOf(4, randomImage({600, 40}, {Channels::Rgb, Depth::U8}, k.random),
                                  k.store);
            layer.opacity = opacity;
            k.state.stack.replace(3, layer);
            QVERIFY(k.isTrue());
            k.change(1, [](Layer &l) { l.opacity *= 0.9; });
            QVERIFY(k.isTrue());
        }
    }

    void profileOfALayer()
    {
        Kept k(2);
        for (const ColorProfile &profile :
             {ColorProfile::displayP3(), ColorProfile::sRgb(), ColorProfile::displayP3()}) {
            k.change(1, [&](Layer &l) { l.profile = profile; });
            QVERIFY(k.isTrue());
        }
        // From one that is converted to another.
        k.state.canvas.profile = ColorProfile::displayP3();
        QVERIFY(k.isTrue());
        for (const ColorProfile &profile :
             {ColorProfile::sRgb(), ColorProfile::adobeRgb(), ColorProfile::sRgb()}) {
            k.change(1, [&](Layer &l) { l.profile = profile; });
            QVERIFY(k.isTrue());
        }
    }

    /// Where a projective map enlarges much more than at the origin, a changed pixel reaches far.
    void maskUnderASteepPerspective()
    {
        for (int shift = 0; shift < 60; shift += 7) {
            Kept k(2, {600, 500});
            const QPolygonF from({{0, 0}, {600, 0}, {600, 520}, {0, 520}});
            const QPolygonF to({{300, 10}, {310, 10}, {900, 670.0 + shift}, {-300, 670.0 + shift}});
            QTransform map;
            QVERIFY(QTransform::quadToQuad(from, to, map));
            Mask mask =
                maskOf(randomImage({600, 520}, {Channels::Gray, Depth::U8}, k.random), k.store);
            mask.transform = *Transform::fromQTransform(map);
            k.change(1, [&](Layer &l) { l.mask = mask; });
            QVERIFY(k.isTrue());
            // In the corner of one tile.
            Image dot({1, 1}, {Channels::Gray, Depth::U8});
            for (const quint8 value : {quint8(255), quint8(0)}) {
                dot.fill(value);
                mask.pixels.write({255, 511}, dot);
                k.change(1, [&](Layer &l) { l.mask = mask; });
                QVERIFY(k.isTrue());
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestCompositorCache)
#include "tst_compositorcache.moc"
