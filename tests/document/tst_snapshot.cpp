// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/compositor.h"
#include "document/layers.h"
#include "image/resample.h"

#include <QtTest>

using namespace heirloom;

/// How an earlier state is laid on a later canvas, to be compared with what is there.
class TestSnapshot : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stateOnTheSameCanvasStaysAsItIs();
    void stateBeforeACropLosesWhatWasCutOff();
    void stateBeforeATurnIsTurned();
    void stateBeforeAnEnlargementIsEnlargedAsTheOriginalIs();
    void withoutAnOriginalTheWholeLiesOnTheWhole();

private:
    Image shown(const Snapshot &state)
    {
        Compositor compositor(m_store);
        compositor.setState(state);
        return compositor.render(state.canvas.rect());
    }
    Snapshot state(const Image &image, LayerKind kind = LayerKind::Original)
    {
        Snapshot result;
        result.canvas = canvasOf(image.size(), image.format());
        Layer layer = layerOf(1, image, m_store);
        layer.kind = kind;
        result.stack.insert(0, layer);
        return result;
    }

    static constexpr PixelFormat rgb{Channels::Rgb, Depth::U8};
    std::mt19937 m_random{4};
    std::shared_ptr<TileStore> m_store = newStore();
};

void TestSnapshot::stateOnTheSameCanvasStaysAsItIs()
{
    Snapshot before = state(randomImage({60, 40}, rgb, m_random));
    const Snapshot now = before;
    before.stack.insert(1, layerOf(2, randomImage({30, 20}, rgb, m_random), m_store));
    QVERIFY(before.broughtOnto(now).sameState(before));
}

void TestSnapshot::stateBeforeACropLosesWhatWasCutOff()
{
    const Image image = randomImage({60, 40}, rgb, m_random);
    const Snapshot before = state(image);
    Canvas canvas = before.canvas;
    canvas.size = {25, 20};
    const Snapshot now = before.onCanvas(canvas, Transform::translation(-12, -9));
    QVERIFY(shown(before.broughtOnto(now)) == image.copied({12, 9, 25, 20}));
    // And back: what is there lies where it was.
    const Image back = shown(now.broughtOnto(before));
    QVERIFY(back.copied({12, 9, 25, 20}) == image.copied({12, 9, 25, 20}));
}

void TestSnapshot::stateBeforeATurnIsTurned()
{
    const Image image = randomImage({60, 40}, rgb, m_random);
    const Snapshot before = state(image);
    Canvas canvas = before.canvas;
    canvas.size = {40, 60};
    const Snapshot now = before.onCanvas(canvas, Transform::quarterTurns(1, {60, 40}));
    const Image turned = shown(before.broughtOnto(now));
    QCOMPARE(turned.size(), QSize(40, 60));
    for (int y = 0; y < 60; ++y) {
        for (int x = 0; x < 40; ++x)
            QVERIFY(turned.copied({x, y, 1, 1}) == image.copied({y, 39 - x, 1, 1}));
    }
}

void TestSnapshot::stateBeforeAnEnlargementIsEnlargedAsTheOriginalIs()
{
    const Image image = smoothImage({60, 40}, rgb);
    const Image painted = randomImage({60, 40}, rgb, m_random);
    Snapshot before = state(image);
    before.stack.insert(1, layerOf(2, painted, m_store));
    const Snapshot now = state(image).scaledTo({120, 80});
    QVERIFY(shown(before.broughtOnto(now)) == resampled(painted, {120, 80}));
}

void TestSnapshot::withoutAnOriginalTheWholeLiesOnTheWhole()
{
    const Image image = randomImage({60, 40}, rgb, m_random);
    const Snapshot before = state(image, LayerKind::Pixel);
    const Snapshot now = state(randomImage({90, 60}, rgb, m_random));
    QVERIFY(shown(before.broughtOnto(now)) == resampled(image, {90, 60}));
}

QTEST_APPLESS_MAIN(TestSnapshot)
#include "tst_snapshot.moc"
