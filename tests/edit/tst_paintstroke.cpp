// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/paintstroke.h"

#include "document/rendition.h"
#include "editstage.h"
#include "paint/strokepath.h"

#include <cmath>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

StrokeStart brushOn(LayerId layer, StrokeTarget target = StrokeTarget::Pixels)
{
    StrokeStart start;
    start.layer = layer;
    start.target = target;
    start.source = paintWith(QColor(200, 30, 10));
    start.text = QStringLiteral("Brush");
    return start;
}

StrokeStart eraserOn(LayerId layer, StrokeTarget target = StrokeTarget::Pixels)
{
    StrokeStart start = brushOn(layer, target);
    start.source = erase();
    start.erases = true;
    return start;
}

Dab disc(double x, double y, double diameter)
{
    return {{x, y}, diameter, 1, 1, 1};
}

void touch(PaintStroke &stroke, const Dab &dab)
{
    stroke.add(std::span(&dab, 1));
}

bool sharesEverything(const Snapshot &a, const Snapshot &b)
{
    if (!a.sameState(b) || a.activeLayer != b.activeLayer)
        return false;
    for (int i = 0; i < a.stack.count(); ++i) {
        if (!a.stack.at(i).pixels.sharesAllTilesWith(b.stack.at(i).pixels) ||
            !a.stack.at(i).mask.pixels.sharesAllTilesWith(b.stack.at(i).mask.pixels))
            return false;
    }
    return true;
}

} // namespace

class TestPaintStroke : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aStrokeIsOneStepAndUndoesBitForBit()
    {
        EditStage stage;
        const LayerId layer = stage.paint({300, 270}, {0, 0});
        const Snapshot before = stage.now();
        const Image old = stage.layer(layer).pixels.toImage();
        const int steps = stage.history.count();
        auto stroke = PaintStroke::begin(stage.history, brushOn(layer));
        QVERIFY(stroke);
        StrokePath path{Brush()};
        (*stroke)->add(path.begin({20, 20}, 1));
        for (int i = 1; i < 30; ++i)
            (*stroke)->add(path.moveTo({20.0 + 8 * i, 20.0 + 7 * i}, 1));
        (*stroke)->add(path.end());
        QCOMPARE(stage.history.count(), steps); // nothing unfinished gets in
        (*stroke)->finish();
        QVERIFY(!(*stroke)->isOpen());
        QCOMPARE(stage.history.count(), steps + 1);
        QCOMPARE(stage.history.text(steps + 1), QStringLiteral("Brush"));
        const Snapshot after = stage.now();
        const Image painted = stage.layer(layer).pixels.toImage();
        QVERIFY(!(painted == old));
        stage.history.undoStack().undo();
        QVERIFY(sharesEverything(stage.now(), before));
        QVERIFY(stage.layer(layer).pixels.toImage() == old);
        stage.history.undoStack().redo();
        QVERIFY(sharesEverything(stage.now(), after));
        QVERIFY(stage.layer(layer).pixels.toImage() == painted);
    }

    void twoStrokesAreTwoSteps()
    {
        EditStage stage;
        const LayerId layer = stage.paint();
        const int steps = stage.history.count();
        for (const int x : {40, 60}) {
            auto stroke = PaintStroke::begin(stage.history, brushOn(layer));
            touch(**stroke, disc(x, 40, 10));
            (*stroke)->finish();
        }
        QCOMPARE(stage.history.count(), steps + 2);
    }

    void givingUpPutsEveryPointerBack()
    {
        EditStage stage;
        const LayerId layer = stage.paint();
        for (const LayerId on : {layer, stage.document->stack().original()->id}) {
            stage.document->setActiveLayer(on);
            const Snapshot before = stage.now();
            const int steps = stage.history.count();
            {
                auto stroke = PaintStroke::begin(stage.history, brushOn(on));
                touch(**stroke, disc(50, 40, 30));
                QVERIFY(!stage.now().sameState(before));
                (*stroke)->cancel();
                QVERIFY(sharesEverything(stage.now(), before));
                QVERIFY(!(*stroke)->isOpen());
                (*stroke)->finish(); // too late
            }
            {
                // Dropped without a word.
                auto stroke = PaintStroke::begin(stage.history, brushOn(on));
                touch(**stroke, disc(50, 40, 30));
            }
            QVERIFY(sharesEverything(stage.now(), before));
            QCOMPARE(stage.history.count(), steps);
        }
    }

    void whereNothingCanBePaintedALayerIsMadeAboveIt()
    {
        EditStage stage;
        const LayerId original = stage.document->stack().original()->id;
        const LayerId light = stage.light();
        Layer locked;
        locked.name = QStringLiteral("locked");
        locked.locked = true;
        locked.pixels = TiledBuffer(QSize(50, 50), {Channels::Rgba, Depth::U8}, stage.store);
        const LayerId shut = stage.document->insertLayer(2, locked);
        Layer result;
        result.kind = LayerKind::Ai;
        result.pixels = stage.layer(original).pixels;
        const LayerId ai = stage.document->insertLayer(3, result);
        for (const LayerId on : {original, light, shut, ai}) {
            stage.document->setActiveLayer(on);
            const Snapshot before = stage.now();
            const int steps = stage.history.index();
            auto stroke = PaintStroke::begin(stage.history, brushOn(on));
            QVERIFY(stroke);
            QVERIFY((*stroke)->madeLayer());
            touch(**stroke, disc(150, 100, 40));
            (*stroke)->finish();
            const LayerStack &stack = stage.document->stack();
            const int index = stack.indexOf((*stroke)->layer());
            QCOMPARE(index, stack.indexOf(on) + 1);
            const Layer &made = stack.at(index);
            QCOMPARE(made.kind, LayerKind::Pixel);
            QCOMPARE(made.name, QStringLiteral("Retouch"));
            QCOMPARE(made.pixels.size(), stage.document->canvas().size);
            QCOMPARE(stage.document->activeLayer(), made.id);
            QVERIFY(stage.layer(on).looksLike(*before.stack.find(on)));
            QCOMPARE(stage.history.index(), steps + 1); // within the same step
            stage.history.undoStack().undo();
            QVERIFY(sharesEverything(stage.now(), before));
        }
    }

    void theNextStrokeGoesIntoTheLayerThatWasMade()
    {
        EditStage stage;
        for (int i = 0; i < 2; ++i) {
            auto stroke = PaintStroke::begin(stage.history, brushOn(stage.document->activeLayer()));
            QCOMPARE((*stroke)->madeLayer(), i == 0);
            touch(**stroke, disc(100 + 20 * i, 100, 30));
            (*stroke)->finish();
        }
        QCOMPARE(stage.document->stack().count(), 2);
    }

    void whatCannotBeDoneIsRefusedAndChangesNothing()
    {
        EditStage stage;
        const LayerId original = stage.document->stack().original()->id;
        const LayerId paint = stage.paint();
        QVERIFY(stage.edit.addMask(paint, 255));
        const Snapshot before = stage.now();
        QCOMPARE(refusal(PaintStroke::begin(stage.history, eraserOn(original))),
                 ErrorCode::BadArgument);
        QCOMPARE(refusal(PaintStroke::begin(stage.history, brushOn(original, StrokeTarget::Mask))),
                 ErrorCode::LayerLocked);
        QCOMPARE(refusal(PaintStroke::begin(stage.history, brushOn(LayerId(999)))),
                 ErrorCode::BadArgument);
        StrokeStart failing = brushOn(original);
        failing.source = [](const StrokeGround &) -> Result<std::shared_ptr<const StrokeSource>> {
            return fail(ErrorCode::Internal, {QStringLiteral("no")});
        };
        QCOMPARE(refusal(PaintStroke::begin(stage.history, failing)), ErrorCode::Internal);
        QVERIFY(sharesEverything(stage.now(), before));
        QVERIFY(stage.edit.setVisible(paint, false));
        QCOMPARE(refusal(PaintStroke::begin(stage.history, brushOn(paint))),
                 ErrorCode::BadArgument);
    }

    void aStrokeThatChangesNoByteIsNoStep()
    {
        EditStage stage;
        const LayerId original = stage.document->stack().original()->id;
        stage.document->setActiveLayer(original);
        const Snapshot before = stage.now();
        auto stroke = PaintStroke::begin(stage.history, brushOn(original));
        touch(**stroke, disc(-500, -500, 30));
        (*stroke)->finish();
        QVERIFY(sharesEverything(stage.now(), before));
        QCOMPARE(stage.history.count(), 0);
    }

    void masksArePaintedWithGreys()
    {
        EditStage stage;
        const LayerId layer = stage.light();
        QVERIFY(stage.edit.addMask(layer, 255));
        auto stroke = PaintStroke::begin(stage.history, eraserOn(layer, StrokeTarget::Mask));
        touch(**stroke, disc(100, 100, 60));
        (*stroke)->finish();
        const auto at = [&](int x, int y) {
            return int(
                stage.layer(layer).mask.pixels.read({x, y, 1, 1}).constSamples<quint8>(0)[0]);
        };
        QCOMPARE(at(100, 100), 0);
        QCOMPARE(at(200, 200), 255);
        StrokeStart gray = brushOn(layer, StrokeTarget::Mask);
        gray.source = paintWith(QColor(128, 128, 128));
        stroke = PaintStroke::begin(stage.history, gray);
        touch(**stroke, disc(200, 200, 60));
        (*stroke)->finish();
        QCOMPARE(at(200, 200), 128);
        QVERIFY(!stage.layer(layer).hasPixels());
    }

    void theBrushIsRoundOnTheCanvasWhateverTheLayersPlace_data()
    {
        QTest::addColumn<PixelFormat>("format");
        QTest::addColumn<bool>("onMask");
        QTest::newRow("8 bit") << PixelFormat{Channels::Rgb, Depth::U8} << false;
        QTest::newRow("16 bit") << PixelFormat{Channels::Rgb, Depth::U16} << false;
        QTest::newRow("grey") << PixelFormat{Channels::Gray, Depth::U8} << false;
        QTest::newRow("mask") << PixelFormat{Channels::Rgb, Depth::U8} << true;
    }
    void theBrushIsRoundOnTheCanvasWhateverTheLayersPlace()
    {
        QFETCH(PixelFormat, format);
        QFETCH(bool, onMask);
        for (const QTransform &map :
             {QTransform(), QTransform::fromScale(2, 2), QTransform(0.5, 0, 0, 1.5, 10, 5),
              QTransform().translate(150, -60).rotate(40)}) {
            EditStage stage({300, 270}, format);
            const Transform place = *Transform::fromQTransform(map);
            const PixelFormat inside = format.withAlpha(true);
            const auto added = stage.edit.addPixels(
                TiledBuffer(QSize(600, 600), inside, stage.store),
                ColorProfile::forUntagged(inside), onMask ? Transform() : place,
                QStringLiteral("placed"));
            QVERIFY(added);
            StrokeTarget target = StrokeTarget::Pixels;
            if (onMask) {
                Layer layer = stage.layer(*added);
                layer.mask = Mask::uniform({600, 600}, 0, stage.store);
                layer.mask.transform = place;
                stage.document->replaceLayer(layer);
                target = StrokeTarget::Mask;
            }
            StrokeStart start = brushOn(*added, target);
            start.source = paintWith(Qt::white);
            auto stroke = PaintStroke::begin(stage.history, start);
            QVERIFY(stroke);
            touch(**stroke, disc(150, 130, 100));
            (*stroke)->finish();
            // Seen on the canvas.
            Rendition seen;
            const Layer &layer = stage.layer(*added);
            ColorTransformCache cache;
            const QRect canvas(0, 0, 300, 270);
            if (onMask)
                seen.setMask(layer.mask.pixels, layer.mask.transform, canvas.size());
            else
                seen.setLayer(layer.pixels, layer.transform, canvas.size(), layer.profile,
                              layer.profile, cache);
            const Image image = seen.level(0, canvas).read(canvas).converted(
                PixelFormat{onMask ? Channels::Gray : seen.format().channels, Depth::U8});
            const int channels = image.format().channelCount();
            for (int y = 0; y < canvas.height(); ++y) {
                for (int x = 0; x < canvas.width(); ++x) {
                    const double r = std::hypot(x + 0.5 - 150, y + 0.5 - 130);
                    const int value = image.constSamples<quint8>(y)[x * channels + channels - 1];
                    if (r < 46)
                        QVERIFY2(value > 246, qPrintable(QString::number(value)));
                    else if (r > 54)
                        QVERIFY2(value < 9, qPrintable(QString::number(value)));
                }
            }
        }
    }

    void aSelectionLiesOnTheCanvas()
    {
        EditStage stage;
        const auto layer = stage.edit.addPixels(
            TiledBuffer(QSize(150, 135), {Channels::Rgba, Depth::U8}, stage.store),
            ColorProfile::sRgb(), Transform::scaling(2, 2), QStringLiteral("half"));
        QVERIFY(layer);
        StrokeStart start = brushOn(*layer);
        Mask selection = Mask::uniform({300, 270}, 0, stage.store);
        Tile::Pixel full{};
        full[0] = std::byte{255};
        selection.pixels.fill(QRect(100, 0, 100, 270), full);
        QVERIFY(stage.edit.setSelection(selection, QStringLiteral("Select")));
        auto stroke = PaintStroke::begin(stage.history, start);
        touch(**stroke, disc(150, 130, 220));
        (*stroke)->finish();
        const Image image = stage.layer(*layer).pixels.toImage();
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const int alpha = image.constSamples<quint8>(y)[x * 4 + 3];
                // Half a layer pixel at the edge may be what resampling makes of it.
                if (x < 47 || x > 102)
                    QCOMPARE(alpha, 0);
                else if (x > 52 && x < 97 && std::abs(y - 65) < 40)
                    QCOMPARE(alpha, 255);
            }
        }
    }

    void aLayerWithoutAlphaGetsItFromTheEraser()
    {
        EditStage stage;
        const auto layer = stage.edit.addPixels(
            TiledBuffer::fromImage(photoPicture({300, 270}, {Channels::Rgb, Depth::U8}, 8),
                                   stage.store),
            ColorProfile::sRgb(), {}, QStringLiteral("opaque"));
        const Snapshot before = stage.now();
        const Image old = stage.layer(*layer).pixels.toImage();
        auto stroke = PaintStroke::begin(stage.history, eraserOn(*layer));
        touch(**stroke, disc(100, 100, 50));
        (*stroke)->finish();
        const Image now = stage.layer(*layer).pixels.toImage();
        QVERIFY(now.format().hasAlpha());
        QVERIFY(now.converted(old.format()) == old); // the colours are still there
        QCOMPARE(int(now.constSamples<quint8>(100)[100 * 4 + 3]), 0);
        QCOMPARE(int(now.constSamples<quint8>(200)[200 * 4 + 3]), 255);
        stage.history.undoStack().undo();
        QVERIFY(sharesEverything(stage.now(), before));
        auto idle = PaintStroke::begin(stage.history, eraserOn(*layer));
        touch(**idle, disc(-900, 0, 5));
        (*idle)->finish();
        QVERIFY(sharesEverything(stage.now(), before));
    }

    void aColourComesInTheLayersOwnColours()
    {
        EditStage stage;
        Layer layer;
        layer.pixels = TiledBuffer(QSize(300, 270), {Channels::Rgba, Depth::U16}, stage.store);
        layer.profile = ColorProfile::displayP3();
        const LayerId id = stage.document->insertLayer(1, layer);
        auto stroke = PaintStroke::begin(stage.history, brushOn(id));
        touch(**stroke, disc(100, 100, 50));
        (*stroke)->finish();
        const Image one = stage.layer(id).pixels.read({100, 100, 1, 1});
        const auto toSrgb = ColorTransform::create(layer.profile, one.format(),
                                                   ColorProfile::sRgb(), one.format());
        const Image seen = toSrgb->apply(one);
        const int wanted[] = {200, 30, 10};
        for (int c = 0; c < 3; ++c)
            QVERIFY(std::abs(seen.constSamples<quint16>(0)[c] - wanted[c] * 257) < 130);
        QVERIFY(std::abs(one.constSamples<quint16>(0)[0] - 200 * 257) > 1000);
    }

    void colourMakesAGreyPictureRgbAndUndoMakesItGreyAgain()
    {
        EditStage stage({300, 270}, {Channels::Gray, Depth::U8});
        const LayerId original = stage.document->stack().original()->id;
        for (const bool color : {false, true}) {
            StrokeStart start = brushOn(original);
            start.bringsColor = color;
            auto stroke = PaintStroke::begin(stage.history, start);
            touch(**stroke, disc(100, 100, 50));
            (*stroke)->finish();
            QCOMPARE(stage.document->canvas().format.isGray(), !color);
            const Layer &made = stage.layer((*stroke)->layer());
            QCOMPARE(made.pixels.format(),
                     (PixelFormat{color ? Channels::Rgba : Channels::GrayAlpha, Depth::U8}));
            if (!color) // the grey that the colour has
                QCOMPARE(int(made.pixels.read({100, 100, 1, 1}).constSamples<quint8>(0)[0]), 79);
            stage.history.undoStack().undo();
            QVERIFY(stage.document->canvas().format.isGray());
        }
    }

    void whoeverElseChangesThePictureFinishesTheStrokeFirst()
    {
        EditStage stage;
        const LayerId layer = stage.paint({300, 270}, {0, 0});
        const Snapshot before = stage.now();
        const int steps = stage.history.count();
        auto stroke = PaintStroke::begin(stage.history, brushOn(layer));
        touch(**stroke, disc(100, 100, 50));
        QVERIFY(stage.edit.setOpacity(layer, 0.5));
        QVERIFY(!(*stroke)->isOpen());
        QCOMPARE(stage.history.count(), steps + 2);
        touch(**stroke, disc(200, 100, 50)); // nothing any more
        (*stroke)->cancel();
        QCOMPARE(stage.layer(layer).opacity, 0.5);
        stage.history.undoStack().undo();
        QVERIFY(!stage.now().sameState(before));
        stage.history.undoStack().undo();
        QVERIFY(sharesEverything(stage.now(), before));
    }

    void aDocumentThatGoesTakesTheStrokeAlong()
    {
        EditStage stage;
        auto stroke = PaintStroke::begin(stage.history, brushOn(stage.document->activeLayer()));
        touch(**stroke, disc(100, 100, 50));
        stage.history.begin(nullptr);
        stage.document.reset();
        QVERIFY(!(*stroke)->isOpen());
        touch(**stroke, disc(200, 100, 50));
        (*stroke)->finish();
        QCOMPARE(stage.history.count(), 0);
    }

    void strokesKeepToTheDocumentsEdges()
    {
        EditStage stage({300, 270});
        auto stroke = PaintStroke::begin(stage.history, brushOn(stage.document->activeLayer()));
        StrokePath path{Brush()};
        (*stroke)->add(path.begin({-50, -50}, 1));
        for (const QPointF p : {QPointF(150, 2), QPointF(400, 135), QPointF(150, 269),
                                QPointF(-30, 300), QPointF(5, 100)})
            (*stroke)->add(path.moveTo(p, 1));
        (*stroke)->add(path.end());
        (*stroke)->finish();
        const Image image = stage.layer((*stroke)->layer()).pixels.toImage();
        QVERIFY(image.constSamples<quint8>(2)[150 * 4 + 3] > 0);
        QCOMPARE(int(image.constSamples<quint8>(135)[150 * 4 + 3]), 0);
    }
};

QTEST_GUILESS_MAIN(TestPaintStroke)
#include "tst_paintstroke.moc"
