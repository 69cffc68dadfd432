// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/fingerprint.h"
#include "document/layers.h"

#include <QtTest>

using namespace heirloom;

class TestFingerprint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itemsDoNotRunTogether()
    {
        auto of = [](auto... items) {
            FingerprintBuilder builder;
            (builder.add(items), ...);
            return builder.result();
        };
        const QString a = QStringLiteral("a"), ab = QStringLiteral("ab"), b = QStringLiteral("b");
        QVERIFY(of(ab) != of(a, b));
        QVERIFY(of(QByteArray("1")) != of(qint64(1)));
        QVERIFY(of(1.0) != of(qint64(1)));
        QCOMPARE(of(0.0), of(-0.0));
        QVERIFY(of(a) != Fingerprint());
        QCOMPARE(Fingerprint::fromHex(of(a).toHex()), of(a));
    }

    void whatIsSeenBelowCountsAndNothingElse()
    {
        std::mt19937 random(1);
        const auto store = newStore();
        const PixelFormat rgb{Channels::Rgb, Depth::U8};
        const Canvas canvas = canvasOf({400, 300}, rgb);
        LayerStack stack;
        for (quint64 id = 1; id <= 3; ++id)
            stack.insert(int(id), layerOf(id, randomImage({400, 300}, rgb, random), store));
        const Fingerprint before = fingerprintBelow(canvas, stack, 2);
        auto changed = [&](int index, auto change) {
            LayerStack other = stack;
            Layer layer = other.at(index);
            change(layer);
            other.replace(index, layer);
            return fingerprintBelow(canvas, other, 2) != before;
        };
        QVERIFY(changed(1, [](Layer &l) { l.opacity = 0.9; }));
        QVERIFY(changed(1, [](Layer &l) { l.visible = false; }));
        QVERIFY(changed(0, [](Layer &l) { l.blendMode = BlendMode::Multiply; }));
        QVERIFY(changed(0, [](Layer &l) { l.transform = Transform::translation(1, 1); }));
        QVERIFY(changed(0, [&](Layer &l) { l.mask = Mask::uniform({400, 300}, 254, store); }));
        QVERIFY(changed(0, [&](Layer &l) {
            l.pixels.write({399, 299}, randomImage({1, 1}, rgb, random));
        }));
        // Names, locks and what lies above are nobody's business here.
        QVERIFY(!changed(0, [](Layer &l) { l.name = QStringLiteral("x"); }));
        QVERIFY(!changed(0, [](Layer &l) { l.locked = true; }));
        QVERIFY(!changed(2, [](Layer &l) { l.opacity = 0.1; }));
        // Equal pixels that came about in another way.
        QVERIFY(!changed(
            0, [&](Layer &l) { l.pixels = TiledBuffer::fromImage(l.pixels.toImage(), store); }));
        // A hidden layer changes nothing, whatever it holds.
        LayerStack hidden = stack;
        Layer layer = stack.at(2);
        layer.id = LayerId(9);
        layer.visible = false;
        hidden.insert(1, layer);
        QCOMPARE(fingerprintBelow(canvas, hidden, 3), before);
    }
};

QTEST_APPLESS_MAIN(TestFingerprint)
#include "tst_fingerprint.moc"
