// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/retouch.h"

#include "editstage.h"
#include "support/comparison.h"

using namespace heirloom;
using namespace heirloom::test;

namespace
{

StrokeStart startOn(LayerId layer, StrokeSourceMaker source)
{
    StrokeStart start;
    start.layer = layer;
    start.source = std::move(source);
    start.text = QStringLiteral("Retouch");
    return start;
}

/// One hard dab; what was refused, if it was.
std::optional<ErrorCode> dab(EditStage &stage, LayerId layer, StrokeSourceMaker source, QPointF at,
                             double diameter, double opacity = 1)
{
    auto stroke = PaintStroke::begin(stage.history, startOn(layer, std::move(source)));
    if (!stroke)
        return stroke.error().code;
    const Dab touch{at, diameter, 1, opacity, 1};
    (*stroke)->add(std::span(&touch, 1));
    (*stroke)->finish();
    return {};
}

LayerId original(const EditStage &stage)
{
    return stage.document->stack().original()->id;
}

const Layer &top(const EditStage &stage)
{
    return stage.document->stack().at(stage.document->stack().count() - 1);
}

const std::byte *at(const Image &image, QPoint p)
{
    return image.constRow(p.y()) + p.x() * image.format().bytesPerPixel();
}

bool equalPixels(const Image &a, QPoint p, const Image &b, QPoint q)
{
    return std::equal(at(a, p), at(a, p) + a.format().bytesPerPixel(), at(b, q));
}

} // namespace

class TestRetouch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clonesToTheBitInEveryFormat_data()
    {
        QTest::addColumn<Channels>("channels");
        QTest::addColumn<Depth>("depth");
        for (const auto channels : {Channels::Gray, Channels::Rgb, Channels::Rgba}) {
            for (const auto depth : {Depth::U8, Depth::U16})
                QTest::addRow("%d channels, depth %d", int(channels), int(depth))
                    << channels << depth;
        }
    }
    /// From the Original: a Retouch layer is made, and the picture under the brush is the one of
    /// the source's place. Undo takes both away.
    void clonesToTheBitInEveryFormat()
    {
        QFETCH(Channels, channels);
        QFETCH(Depth, depth);
        EditStage stage({300, 270}, {channels, depth});
        const Image before = stage.picture();
        const int layers = stage.document->stack().count();
        QVERIFY(!dab(stage, original(stage), cloneFrom({90, 40}, SampleFrom::CurrentAndBelow),
                     {120, 130}, 61));
        QCOMPARE(stage.document->stack().count(), layers + 1);
        const Image after = stage.picture();
        for (int y = 0; y < 270; ++y) {
            for (int x = 0; x < 300; ++x) {
                const double r = std::hypot(x + 0.5 - 120, y + 0.5 - 130);
                if (r < 29 && channels != Channels::Rgba)
                    QVERIFY(equalPixels(after, {x, y}, before, {x + 90, y + 40}));
                else if (r > 32)
                    QVERIFY(equalPixels(after, {x, y}, before, {x, y}));
            }
        }
        if (channels != Channels::Rgba)
            QVERIFY(equalPixels(after, {120, 130}, before, {210, 170}));
        stage.history.undoStack().undo();
        QCOMPARE(stage.document->stack().count(), layers);
        QVERIFY(stage.picture() == before);
    }

    /// What is sampled: the layer alone, with what is below, or with what is above.
    void samplesWhatItIsToldTo()
    {
        for (const SampleFrom from :
             {SampleFrom::Current, SampleFrom::CurrentAndBelow, SampleFrom::All}) {
            EditStage stage;
            stage.paint({300, 270}, {0, 0}, 3);
            const LayerId middle = stage.paint({100, 270}, {0, 0}, 4);
            const Image below = stage.picture();
            stage.paint({300, 60}, {0, 210}, 5);
            // From a place that middle does not cover and upper does.
            const Image all = stage.picture();
            const QPoint to(50, 100), source(150, 240);
            QVERIFY(!dab(stage, middle, cloneFrom(QPointF(source - to), from),
                         QPointF(to) + QPointF(0.5, 0.5), 9));
            const Image result = stage.layer(middle).pixels.toImage();
            const quint8 *got = reinterpret_cast<const quint8 *>(at(result, to));
            if (from == SampleFrom::Current)
                QCOMPARE(int(got[3]), 0); // nothing is there
            const auto *wanted = reinterpret_cast<const quint8 *>(
                at(from == SampleFrom::All ? all : below, source));
            for (int c = 0; c < 3 && from != SampleFrom::Current; ++c)
                QVERIFY2(std::abs(got[c] - wanted[c]) <= 1,
                         qPrintable(QStringLiteral("%1: %2 instead of %3")
                                        .arg(int(from))
                                        .arg(got[c])
                                        .arg(wanted[c])));
        }
    }

    /// A layer that lies moved and twice enlarged on the canvas: offsets are the canvas's.
    void offsetsAreTheCanvas()
    {
        EditStage stage;
        const LayerId layer = stage.paint({80, 60}, {0, 0});
        QVERIFY(stage.edit.setTransform(layer, Transform::scaling(2, 2).then(
                                                   Transform::translation(10, 20))));
        const Image before = stage.layer(layer).pixels.toImage();
        QVERIFY(!dab(stage, layer, cloneFrom({40, 20}, SampleFrom::Current), {51, 61}, 10));
        // Canvas (51, 61) is layer (20.5, 20.5).
        QVERIFY(equalPixels(stage.layer(layer).pixels.toImage(), {20, 20}, before, {40, 30}));
    }

    /// A dark spot on a smooth slope goes, in one step, and what is outside stays to the bit.
    void healsASpot_data()
    {
        QTest::addColumn<bool>("bySource");
        QTest::addColumn<Depth>("depth");
        QTest::newRow("by a source, 8 bit") << true << Depth::U8;
        QTest::newRow("by itself, 8 bit") << false << Depth::U8;
        QTest::newRow("by itself, 16 bit") << false << Depth::U16;
    }
    void healsASpot()
    {
        QFETCH(bool, bySource);
        QFETCH(Depth, depth);
        const PixelFormat format{Channels::Rgb, depth};
        const Image clean = gradientPicture({300, 270}, format);
        Image spoilt = clean;
        for (int y = 120; y < 132; ++y)
            std::fill_n(spoilt.row(y) + 140 * format.bytesPerPixel(), 12 * format.bytesPerPixel(),
                        std::byte(0));
        EditStage stage({300, 270}, format);
        Layer layer = stage.layer(original(stage));
        stage.document->setPixels(layer.id, TiledBuffer::fromImage(spoilt, stage.store));
        const int steps = stage.history.count();
        QVERIFY(!dab(stage, layer.id,
                     bySource ? healFrom({60, 50}, SampleFrom::CurrentAndBelow)
                              : healSpots(SampleFrom::CurrentAndBelow),
                     {146, 126}, 26));
        QCOMPARE(stage.history.count(), steps + 1);
        const Image healed = stage.picture();
        QVERIFY2(maxDifference(healed, clean) < 3,
                 qPrintable(QString::number(maxDifference(healed, clean))));
        QVERIFY(maxDifference(spoilt, clean) > 100);
        for (int y = 0; y < 270; ++y) {
            for (int x = 0; x < 300; ++x) {
                if (std::hypot(x + 0.5 - 146, y + 0.5 - 126) > 14.5)
                    QVERIFY(equalPixels(healed, {x, y}, spoilt, {x, y}));
            }
        }
    }

    /// A stroke that is larger than what is solved for at once has no seams where blocks meet.
    void aLongHealIsSeamless()
    {
        const QSize size(3300, 120);
        EditStage stage(size, {Channels::Rgb, Depth::U8});
        const Image clean = gradientPicture(size, {Channels::Rgb, Depth::U8});
        const LayerId layer = original(stage);
        stage.document->setPixels(layer, TiledBuffer::fromImage(clean, stage.store));
        auto stroke = PaintStroke::begin(
            stage.history, startOn(layer, healFrom({0, 50}, SampleFrom::CurrentAndBelow)));
        QVERIFY(stroke);
        std::vector<Dab> dabs;
        for (int x = 20; x < 3280; x += 6)
            dabs.push_back({{double(x), 40}, 30, 1, 1, 1});
        (*stroke)->add(dabs);
        (*stroke)->finish();
        QVERIFY2(maxDifference(stage.picture(), clean) < 3,
                 qPrintable(QString::number(maxDifference(stage.picture(), clean))));
    }

    void givenUpStrokesLeaveNothing()
    {
        EditStage stage;
        const Image before = stage.picture();
        const Snapshot state = stage.now();
        {
            auto stroke = PaintStroke::begin(
                stage.history, startOn(original(stage), healSpots(SampleFrom::CurrentAndBelow)));
            QVERIFY(stroke);
            const Dab touch{{100, 100}, 40, 1, 1, 1};
            (*stroke)->add(std::span(&touch, 1));
            QVERIFY(!(stage.picture() == before)); // the veil is seen
            (*stroke)->cancel();
        }
        QVERIFY(stage.now().sameState(state));
        QVERIFY(stage.picture() == before);
    }

    void dodgesAndChangesDetailThroughItsTiles()
    {
        EditStage stage({600, 300});
        const Image before = stage.picture().converted({Channels::Rgb, Depth::F32});
        const DodgeBurn burn{ToneRange::Midtones, -0.8};
        QVERIFY(!dab(stage, original(stage), dodgeOrBurn(burn, SampleFrom::CurrentAndBelow),
                     {256, 150}, 100));
        const Image wanted = dodgedOrBurned(before, burn).converted({Channels::Rgb, Depth::U8});
        const Image after = stage.picture();
        for (int x = 215; x < 297; ++x)
            QVERIFY(equalPixels(after, {x, 150}, wanted, {x, 150}));
        stage.history.undoStack().undo();
        const LocalDetail blur{LocalDetail::Kind::Blur, 1, 3};
        QVERIFY(!dab(stage, original(stage), changeDetail(blur, SampleFrom::CurrentAndBelow),
                     {256, 250}, 90));
        const Image soft = withLocalDetail(before, blur).converted({Channels::Rgb, Depth::U8});
        const Image result = stage.picture();
        for (int x = 220; x < 290; ++x) // over the border of two tiles
            QVERIFY(maxDifference(result.copied({x, 250, 1, 1}), soft.copied({x, 250, 1, 1})) <= 1);
    }

    void removesARedEyeOrSaysThatThereIsNone()
    {
        Image picture({200, 160}, {Channels::Rgb, Depth::U8});
        for (int y = 0; y < 160; ++y) {
            for (int x = 0; x < 200; ++x) {
                const bool red = std::hypot(x - 90, y - 70) < 9;
                quint8 *p = picture.samples<quint8>(y) + 3 * x;
                p[0] = 200;
                p[1] = red ? 40 : 160;
                p[2] = red ? 40 : 140;
            }
        }
        EditStage stage({200, 160});
        const LayerId layer = original(stage);
        stage.document->setPixels(layer, TiledBuffer::fromImage(picture, stage.store));
        const auto source = [](QPointF click) {
            return removeRedEye(click, 20, 0.5, SampleFrom::CurrentAndBelow);
        };
        QVERIFY(!dab(stage, layer, source({92, 71}), {92, 71}, 120));
        const Image after = stage.picture();
        const auto *p = reinterpret_cast<const quint8 *>(at(after, {90, 70}));
        QVERIFY(p[0] < 45 && std::abs(p[0] - p[1]) < 3);
        QVERIFY(equalPixels(after, {115, 70}, picture, {115, 70})); // skin under the same dab
        const auto &retouch = top(stage);
        QVERIFY(retouch.pixels.read({115, 70, 1, 1}).constSamples<quint8>(0)[3] == 0);
        const int layers = stage.document->stack().count();
        QCOMPARE(dab(stage, retouch.id, source({20, 20}), {20, 20}, 60),
                 std::optional(ErrorCode::BadArgument));
        QCOMPARE(dab(stage, layer, source({20, 20}), {20, 20}, 60),
                 std::optional(ErrorCode::BadArgument));
        QCOMPARE(stage.document->stack().count(), layers);
    }
};

QTEST_GUILESS_MAIN(TestRetouch)
#include "tst_retouch.moc"
