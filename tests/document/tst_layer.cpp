// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/layers.h"

#include <QtTest>

using namespace heirloom;

class TestLayer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void boundsAtTheHorizonAreWithoutEnd()
    {
        std::mt19937 random(1);
        Layer layer =
            layerOf(1, randomImage({44, 21}, {Channels::Rgb, Depth::U8}, random), newStore());
        const QRect canvas(0, 0, 600, 400);
        // Far from the horizon: a trapezium's box.
        layer.transform = *Transform::fromQTransform(QTransform(1, 0, 0.002, 0, 1, 0, 10, 20, 1));
        QVERIFY(!layer.bounds().contains(canvas));
        // All of it behind the horizon, and a corner within its own size of it.
        for (const double end : {-5.6, 2.5}) {
            layer.transform = *Transform::fromQTransform(
                QTransform(1, 0, end < 0 ? 0.1 : -0.04, 0, 1, 0, 10, 20, end));
            QVERIFY(layer.bounds().contains(canvas));
        }
    }
    void copiesShareEveryTile()
    {
        std::mt19937 random(1);
        const auto store = newStore();
        const Layer layer =
            layerOf(1, randomImage({600, 600}, {Channels::Rgb, Depth::U8}, random), store);
        const qint64 bytes = store->usage().residentBytes;
        std::vector<Layer> copies(50, layer);
        QCOMPARE(store->usage().residentBytes, bytes);
        QVERIFY(copies[3] == layer);
        QVERIFY(copies[3].pixels.sharesAllTilesWith(layer.pixels));
    }

    void everyMemberCountsForEquality()
    {
        std::mt19937 random(2);
        const auto store = newStore();
        const Image image = randomImage({50, 40}, {Channels::Rgb, Depth::U8}, random);
        const Layer layer = layerOf(1, image, store);
        struct Change {
            std::function<void(Layer &)> change;
            bool visibly;
        };
        const std::vector<Change> changes = {
            {[](Layer &l) { l.name = QStringLiteral("other"); }, false},
            {[](Layer &l) { l.locked = true; }, false},
            {[](Layer &l) { l.kind = LayerKind::Ai; }, false},
            {[](Layer &l) { l.ai.modelId = QStringLiteral("m"); }, false},
            {[&](Layer &l) {
                 l.mask = Mask::uniform({50, 40}, 7, store);
                 l.mask.enabled = false;
             },
             false},
            {[](Layer &l) { l.visible = false; }, true},
            {[](Layer &l) { l.opacity = 0.5; }, true},
            {[](Layer &l) { l.blendMode = BlendMode::Screen; }, true},
            {[](Layer &l) { l.transform = Transform::translation(1, 0); }, true},
            {[](Layer &l) { l.profile = ColorProfile::displayP3(); }, true},
            {[&](Layer &l) {
                 l.mask = Mask::uniform({50, 40}, 7, store);
             },
             true},
            {[&](Layer &l) {
                 l.pixels.write({3, 3}, image.copied(QRect(0, 0, 2, 2)));
             },
             true},
            {[](Layer &l) { l.adjustment.id = QStringLiteral("levels"); }, true},
        };
        for (const Change &c : changes) {
            Layer other = layer;
            c.change(other);
            QVERIFY(!(other == layer));
            QCOMPARE(!other.looksLike(layer), c.visibly);
        }
    }

    void boundsFollowTheTransform()
    {
        const auto store = newStore();
        Layer layer;
        layer.pixels = TiledBuffer({30, 20}, {Channels::Rgb, Depth::U8}, store);
        layer.transform = Transform::scaling(4, 4).then(Transform::translation(-10, 5));
        QCOMPARE(layer.bounds(), QRect(-10, 5, 120, 80));
        QVERIFY(layer.isShown());
        layer.opacity = 0;
        QVERIFY(!layer.isShown());
    }
};

QTEST_APPLESS_MAIN(TestLayer)
#include "tst_layer.moc"
