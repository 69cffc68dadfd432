// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/adjustment.h"
#include "edit/sizelimits.h"
#include "editstage.h"

#include <functional>
#include <limits>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

using Command = std::function<Result<void>(EditStage &, LayerId paint, LayerId light)>;

template <typename T>
Result<void> plain(const Result<T> &result)
{
    return result ? Result<void>() : Result<void>(fail(result.error()));
}

const AdjustmentContent warmer{QStringLiteral("white-balance"),
                               {{QStringLiteral("temperature"), 40}}};

/// Everything that changes a document with these two layers, and how many new bytes it may cost:
/// -1, any.
struct Named {
    const char *name;
    Command run;
    qint64 newBytes = 0;
};

const std::vector<Named> &commands()
{
    static const std::vector<Named> all = {
        {"opacity", [](auto &s, auto p, auto) { return s.edit.setOpacity(p, 0.3); }},
        {"opacity of the Original",
         [](auto &s, auto, auto) {
             return s.edit.setOpacity(s.document->stack().at(0).id, 0.3);
         }},
        {"blend mode",
         [](auto &s, auto p, auto) { return s.edit.setBlendMode(p, BlendMode::Color); }},
        {"hide", [](auto &s, auto p, auto) { return s.edit.setVisible(p, false); }},
        {"hide the Original",
         [](auto &s, auto, auto) {
             return s.edit.setVisible(s.document->stack().at(0).id, false);
         }},
        {"lock", [](auto &s, auto p, auto) { return s.edit.setLocked(p, true); }},
        {"rename", [](auto &s, auto p, auto) { return s.edit.rename(p, QStringLiteral("other")); }},
        {"adjustment", [](auto &s, auto, auto l) { return s.edit.setAdjustment(l, warmer); }},
        {"mask",
         [](auto &s, auto p, auto) {
             Mask mask;
             mask.pixels = TiledBuffer::fromImage(
                 gradientPicture({100, 100}, {Channels::Gray, Depth::U8}), s.store);
             return s.edit.setMask(p, mask, QStringLiteral("Mask"));
         },
         qint64(TileSize) * TileSize},
        {"uniform mask", [](auto &s, auto p, auto) { return s.edit.addMask(p, 130); }},
        {"transform",
         [](auto &s, auto p, auto) {
             return s.edit.setTransform(p, Transform::rotation(20, {5, 5}));
         }},
        {"add adjustment",
         [](auto &s, auto, auto) {
             return plain(s.edit.addAdjustment(warmer, QStringLiteral("warmer")));
         }},
        {"duplicate", [](auto &s, auto p, auto) { return plain(s.edit.duplicate(p)); }},
        {"duplicate the Original",
         [](auto &s, auto, auto) { return plain(s.edit.duplicate(s.document->stack().at(0).id)); }},
        {"remove", [](auto &s, auto p, auto) { return s.edit.remove(p); }},
        {"move", [](auto &s, auto p, auto) { return s.edit.move(p, 2); }},
        {"paste settings",
         [](auto &s, auto p, auto) {
             LayerSettings settings;
             settings.opacity = 0.25;
             settings.blendMode = BlendMode::Screen;
             return s.edit.pasteSettings(p, settings);
         }},
        {"crop", [](auto &s, auto, auto) { return s.edit.crop({10, 20, 200, 100}); }},
        {"resize", [](auto &s, auto, auto) { return s.edit.resize({600, 540}); }},
        {"canvas size",
         [](auto &s, auto, auto) { return s.edit.resizeCanvas({400, 300}, {9, 8}); }},
        {"turn", [](auto &s, auto, auto) { return s.edit.rotateQuarter(1); }},
        {"flip", [](auto &s, auto, auto) { return s.edit.flip(Qt::Vertical); }},
        {"straighten", [](auto &s, auto, auto) { return s.edit.straighten(2.5); }},
        {"perspective",
         [](auto &s, auto, auto) {
             return s.edit.perspective(QPolygonF({{20, 10}, {280, 30}, {270, 250}, {10, 240}}));
         }},
        {"resolution", [](auto &s, auto, auto) { return s.edit.setResolution({600, 600}); }},
    };
    return all;
}

} // namespace

class TestDocumentEditor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachCommandIsOneStepThatSharesItsPixels_data();
    void eachCommandIsOneStepThatSharesItsPixels();
    void refusalsChangeNothing();
    void numbersThatAreNoneAreRefused();
    void lockedLayersKeepEverythingButEyeAndName();
    void theOriginalStaysLockedAndLowest();
    void addedAdjustmentsLieAboveAiLayers();
    void colourTurnsAGrayCanvasToRgbInTheSameStep();
    void masksAreMadeTurnedAndRemoved();
    void invertedMaskBeyondItsPixelsShowsAll();
    void paintedMaskCostsItsTilesAlone();
    void settingsGoFromLayerToLayer();
    void lastLayerCanBeRemoved();
    void layersHoldAtMostSoManyPixels();
};

void TestDocumentEditor::eachCommandIsOneStepThatSharesItsPixels_data()
{
    QTest::addColumn<int>("index");
    for (size_t i = 0; i < commands().size(); ++i)
        QTest::newRow(commands()[i].name) << int(i);
}

void TestDocumentEditor::eachCommandIsOneStepThatSharesItsPixels()
{
    QFETCH(int, index);
    const Named &command = commands()[size_t(index)];
    EditStage s;
    const LayerId paint = s.paint();
    const LayerId light = s.light();
    const Snapshot before = s.now();
    const Image picture = s.picture();
    const int steps = s.history.count();
    const qint64 bytes = s.bytes();

    const auto done = command.run(s, paint, light);
    QVERIFY(done);
    QCOMPARE(s.history.count(), steps + 1);
    QVERIFY(!s.history.text(steps + 1).isEmpty());
    QCOMPARE(s.bytes() - bytes, command.newBytes);
    const Snapshot after = s.now();
    QVERIFY(!after.sameState(before));
    for (const Layer &layer : after.stack) {
        if (const Layer *was = before.stack.find(layer.id)) // pixels are carried, never touched
            QVERIFY(layer.pixels.sharesAllTilesWith(was->pixels));
    }
    for (int round = 0; round < 2; ++round) {
        s.history.undoStack().undo();
        QVERIFY(s.now().sameState(before));
        QCOMPARE(s.document->activeLayer(), before.activeLayer);
        QVERIFY(s.picture() == picture);
        s.history.undoStack().redo();
        QVERIFY(s.now().sameState(after));
    }
    QCOMPARE(s.bytes() - bytes, command.newBytes);
}

void TestDocumentEditor::refusalsChangeNothing()
{
    EditStage s;
    const LayerId paint = s.paint();
    const LayerId light = s.light();
    QVERIFY(s.edit.setLocked(paint, true));
    const Snapshot before = s.now();
    const int steps = s.history.count();
    const LayerId none(999);
    const LayerId original = before.stack.at(0).id;
    const auto bad = ErrorCode::BadArgument;
    const auto locked = ErrorCode::LayerLocked;
    const auto limit = ErrorCode::CanvasLimit;
    const std::pair<std::optional<ErrorCode>, ErrorCode> refusals[] = {
        // Layers that are not there.
        {refusal(s.edit.setOpacity(none, 0.5)), bad},
        {refusal(s.edit.setBlendMode(none, BlendMode::Color)), bad},
        {refusal(s.edit.setVisible(none, false)), bad},
        {refusal(s.edit.setLocked(none, true)), bad},
        {refusal(s.edit.rename(none, QStringLiteral("x"))), bad},
        {refusal(s.edit.addMask(none, 1)), bad},
        {refusal(s.edit.removeMask(none)), bad},
        {refusal(s.edit.setMaskEnabled(none, false)), bad},
        {refusal(s.edit.invertMask(none)), bad},
        {refusal(s.edit.setTransform(none, {})), bad},
        {refusal(s.edit.duplicate(none)), bad},
        {refusal(s.edit.remove(none)), bad},
        {refusal(s.edit.move(none, 0)), bad},
        {refusal(s.edit.pasteSettings(none, {})), bad},
        // What does not fit.
        {refusal(s.edit.setAdjustment(light, {QStringLiteral("unheard-of"), {}})), bad},
        {refusal(s.edit.addAdjustment({QStringLiteral("unheard-of"), {}}, QStringLiteral("x"))),
         bad},
        {refusal(s.edit.invertMask(light)), bad}, // it has none
        {refusal(s.edit.crop({1000, 1000, 50, 50})), bad},
        {refusal(s.edit.crop({10, 10, 0, 50})), bad},
        {refusal(s.edit.perspective(QPolygonF({{0, 0}, {9, 0}, {9, 9}}))), bad},
        {refusal(s.edit.perspective(QPolygonF({{9, 0}, {0, 0}, {0, 9}, {9, 9}}))), bad},
        {refusal(s.edit.perspective(QPolygonF({{0, 0}, {90, 0}, {20, 20}, {0, 90}}))), bad},
        {refusal(s.edit.setResolution({0, 300})), bad},
        // Too large.
        {refusal(s.edit.resize({0, 10})), limit},
        {refusal(s.edit.resize({maxCanvasSide + 1, 10})), limit},
        {refusal(s.edit.resize({40'000, 40'000})), limit},
        {refusal(s.edit.resizeCanvas({-5, 10}, {})), limit},
        {refusal(s.edit.resizeCanvas({maxCanvasSide + 1, 1}, {})), limit},
        {refusal(s.edit.perspective(
             QPolygonF({{0, 0}, {200'000, 0}, {200'000, 10}, {0, 10}}))), limit},
        // Locked.
        {refusal(s.edit.setOpacity(paint, 0.5)), locked},
        {refusal(s.edit.setBlendMode(original, BlendMode::Color)), locked},
        {refusal(s.edit.setLocked(original, false)), locked},
        {refusal(s.edit.remove(original)), locked},
        {refusal(s.edit.move(original, 1)), locked},
        {refusal(s.edit.setTransform(original, Transform::translation(1, 1))), locked},
    };
    int i = 0;
    for (const auto &[got, wanted] : refusals) {
        QVERIFY2(got == wanted, qPrintable(QString::number(i)));
        ++i;
    }
    QVERIFY(s.now().sameState(before));
    QCOMPARE(s.history.count(), steps);
}

void TestDocumentEditor::numbersThatAreNoneAreRefused()
{
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    constexpr double endless = std::numeric_limits<double>::infinity();
    EditStage s;
    const LayerId paint = s.paint();
    const Snapshot before = s.now();
    QVERIFY(!s.edit.setOpacity(paint, nan));
    QVERIFY(!s.edit.straighten(nan));
    QVERIFY(!s.edit.straighten(endless));
    QVERIFY(!s.edit.setResolution({endless, endless}));
    QVERIFY(!s.edit.perspective(QPolygonF({{0, 0}, {nan, 0}, {9, 9}, {0, 9}})));
    QVERIFY(!s.edit.perspective(QPolygonF({{0, 0}, {1e300, 0}, {1e300, 9}, {0, 9}})));
    QVERIFY(s.now().sameState(before));
    QVERIFY(s.edit.setOpacity(paint, 7)); // beyond the ends: the end
    QVERIFY(s.edit.setOpacity(paint, -7));
    QCOMPARE(s.layer(paint).opacity, 0.0);
}

void TestDocumentEditor::lockedLayersKeepEverythingButEyeAndName()
{
    EditStage s;
    const LayerId paint = s.paint();
    const LayerId light = s.light();
    QVERIFY(s.edit.addMask(paint, 9));
    for (const LayerId id : {paint, light})
        QVERIFY(s.edit.setLocked(id, true));
    const Snapshot before = s.now();
    const auto locked = std::optional(ErrorCode::LayerLocked);
    for (const LayerId id : {paint, light}) {
        QCOMPARE(refusal(s.edit.setOpacity(id, 0.5)), locked);
        QCOMPARE(refusal(s.edit.setBlendMode(id, BlendMode::Color)), locked);
        QCOMPARE(refusal(s.edit.setAdjustment(id, warmer)), locked);
        QCOMPARE(refusal(s.edit.addMask(id, 1)), locked);
        QCOMPARE(refusal(s.edit.removeMask(id)), locked);
        QCOMPARE(refusal(s.edit.setMaskEnabled(id, false)), locked);
        QCOMPARE(refusal(s.edit.invertMask(id)), locked);
        QCOMPARE(refusal(s.edit.setTransform(id, Transform::translation(1, 1))), locked);
        QCOMPARE(refusal(s.edit.remove(id)), locked);
        QCOMPARE(refusal(s.edit.move(id, 1)), locked);
        QCOMPARE(refusal(s.edit.pasteSettings(id, {})), locked);
    }
    QVERIFY(s.now().sameState(before));
    QVERIFY(s.edit.setVisible(paint, false));
    QVERIFY(s.edit.rename(paint, QStringLiteral("kept")));
    const auto copy = s.edit.duplicate(paint);
    QVERIFY(copy);
    QVERIFY(!s.layer(*copy).locked);
    QVERIFY(s.edit.setLocked(paint, false));
    QVERIFY(s.edit.remove(paint));
}

void TestDocumentEditor::theOriginalStaysLockedAndLowest()
{
    EditStage s;
    const LayerId original = s.document->stack().at(0).id;
    const LayerId a = s.paint();
    const LayerId b = s.paint();
    QVERIFY(s.edit.move(b, -10));
    QCOMPARE(s.document->stack().indexOf(original), 0);
    QCOMPARE(s.document->stack().indexOf(b), 1);
    QVERIFY(s.edit.move(b, 99));
    QCOMPARE(s.document->stack().indexOf(b), 2);
    QCOMPARE(s.document->stack().indexOf(a), 1);
    const auto copy = s.edit.duplicate(original);
    QVERIFY(copy);
    QCOMPARE(s.layer(*copy).kind, LayerKind::Pixel);
    QVERIFY(s.layer(*copy).pixels.sharesAllTilesWith(s.layer(original).pixels));
    QCOMPARE(s.document->stack().original()->id, original);
}

void TestDocumentEditor::addedAdjustmentsLieAboveAiLayers()
{
    EditStage s;
    const LayerId paint = s.paint();
    Layer ai;
    ai.kind = LayerKind::Ai;
    ai.name = QStringLiteral("result");
    ai.pixels = s.document->stack().at(0).pixels;
    ai.profile = ColorProfile::sRgb();
    const LayerId result = s.document->insertLayer(2, ai);
    const LayerId top = s.paint(); // over paint, the active one
    s.document->setActiveLayer(s.document->stack().at(0).id);
    const LayerId light = s.light();
    const LayerStack &stack = s.document->stack();
    QVERIFY(stack.indexOf(light) > stack.indexOf(result));
    QCOMPARE(s.document->activeLayer(), light);
    QCOMPARE(stack.indexOf(top), stack.indexOf(paint) + 1);
}

void TestDocumentEditor::colourTurnsAGrayCanvasToRgbInTheSameStep()
{
    EditStage s({120, 90}, {Channels::Gray, Depth::U16});
    QVERIFY(s.light().isValid()); // brings no colour
    QVERIFY(s.document->canvas().format.isGray());
    const Snapshot gray = s.now();
    QVERIFY(s.edit.addAdjustment(warmer, QStringLiteral("warmer")));
    QCOMPARE(s.document->canvas().format, (PixelFormat{Channels::Rgb, Depth::U16}));
    QVERIFY(s.document->stack().original()->pixels.format().isGray()); // as it was
    s.history.undoStack().undo();
    QVERIFY(s.now().sameState(gray));
    const PixelFormat rgb{Channels::Rgb, Depth::U8};
    QVERIFY(s.edit.addPixels(TiledBuffer::fromImage(photoPicture({20, 20}, rgb), s.store),
                             ColorProfile::sRgb(), {}, QStringLiteral("coloured")));
    QVERIFY(!s.document->canvas().format.isGray());
    s.history.undoStack().undo();
    QVERIFY(s.now().sameState(gray));
}

void TestDocumentEditor::masksAreMadeTurnedAndRemoved()
{
    EditStage s;
    const LayerId paint = s.paint();
    const qint64 bytes = s.bytes();
    QVERIFY(s.edit.addMask(paint, 200));
    QCOMPARE(s.layer(paint).mask.pixels.size(), s.document->canvas().size);
    QCOMPARE(s.layer(paint).mask.pixels.toImage().constRow(50)[60], std::byte{200});
    QVERIFY(s.edit.invertMask(paint));
    QCOMPARE(s.layer(paint).mask.pixels.toImage().constRow(50)[60], std::byte{55});
    QCOMPARE(s.bytes(), bytes); // tiles of one colour
    QVERIFY(s.edit.invertMask(paint));
    QCOMPARE(s.layer(paint).mask.pixels.toImage().constRow(269)[299], std::byte{200});
    QVERIFY(s.edit.setMaskEnabled(paint, false));
    QVERIFY(!s.layer(paint).mask.isActive());
    QVERIFY(s.edit.removeMask(paint));
    QVERIFY(s.layer(paint).mask.isNull());
    // Twice turned is as before, for any pixels.
    Mask mask;
    mask.pixels = TiledBuffer::fromImage(
        noisePicture(s.document->canvas().size, {Channels::Gray, Depth::U8}), s.store);
    QVERIFY(s.edit.setMask(paint, mask, QStringLiteral("Mask")));
    QVERIFY(s.edit.invertMask(paint));
    const Image turned = s.layer(paint).mask.pixels.toImage();
    const Image was = mask.pixels.toImage();
    for (int y = 0; y < was.height(); ++y) {
        for (int x = 0; x < was.width(); ++x)
            QCOMPARE(int(turned.constRow(y)[x]), 255 - int(was.constRow(y)[x]));
    }
    QVERIFY(s.edit.invertMask(paint));
    QVERIFY(s.layer(paint).mask.pixels == mask.pixels);
}

void TestDocumentEditor::invertedMaskBeyondItsPixelsShowsAll()
{
    EditStage s;
    const LayerId paint = s.paint({200, 200}, {0, 0});
    Mask mask;
    mask.pixels = TiledBuffer::fromImage(
        gradientPicture({50, 40}, {Channels::Gray, Depth::U8}), s.store);
    mask.transform = Transform::translation(30, 20);
    QVERIFY(s.edit.setMask(paint, mask, QStringLiteral("Mask")));
    QVERIFY(s.edit.invertMask(paint));
    const Mask &turned = s.layer(paint).mask;
    QCOMPARE(turned.pixels.size(), s.document->canvas().size);
    const Image image = turned.pixels.toImage();
    const Image was = mask.pixels.toImage();
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const bool inside = QRect(30, 20, 50, 40).contains(x, y);
            const int wanted = inside ? 255 - int(was.constRow(y - 20)[x - 30]) : 255;
            QCOMPARE(int(image.constRow(y)[x]), wanted);
        }
    }
}

void TestDocumentEditor::paintedMaskCostsItsTilesAlone()
{
    EditStage s({1000, 600}); // twelve tiles
    const LayerId paint = s.paint();
    Mask mask;
    mask.pixels = TiledBuffer::fromImage(
        noisePicture({1000, 600}, {Channels::Gray, Depth::U8}), s.store);
    QVERIFY(s.edit.setMask(paint, mask, QStringLiteral("Mask")));
    s.edit.finishGesture();
    const qint64 bytes = s.bytes();
    const TiledBuffer before = mask.pixels;
    mask.pixels.write({300, 300}, noisePicture({40, 40}, mask.pixels.format(), 3));
    QVERIFY(s.edit.setMask(paint, mask, QStringLiteral("Paint")));
    QCOMPARE(s.bytes() - bytes, qint64(TileSize) * TileSize);
    QCOMPARE(s.layer(paint).mask.pixels.changedTiles(before), std::vector<QPoint>{QPoint(1, 1)});
    for (int i = 0; i < 50; ++i) {
        s.history.undoStack().undo();
        QVERIFY(s.layer(paint).mask.pixels.sharesAllTilesWith(before));
        s.history.undoStack().redo();
    }
    QCOMPARE(s.bytes() - bytes, qint64(TileSize) * TileSize);
}

void TestDocumentEditor::settingsGoFromLayerToLayer()
{
    EditStage s;
    const LayerId a = s.paint();
    const LayerId b = s.paint();
    const LayerId light = s.light();
    QVERIFY(s.edit.setOpacity(a, 0.3));
    QVERIFY(s.edit.setBlendMode(a, BlendMode::Overlay));
    QVERIFY(s.edit.addMask(a, 77));
    QVERIFY(s.edit.pasteSettings(b, s.edit.copySettings(a)));
    QCOMPARE(s.layer(b).opacity, 0.3);
    QCOMPARE(s.layer(b).blendMode, BlendMode::Overlay);
    QVERIFY(s.layer(b).mask.pixels.sharesAllTilesWith(s.layer(a).mask.pixels));
    QCOMPARE(s.layer(b).name, QStringLiteral("paint"));
    // An adjustment takes over parameters of its own kind alone.
    LayerSettings settings = s.edit.copySettings(light);
    settings.adjustment = warmer;
    QVERIFY(s.edit.pasteSettings(light, settings));
    QCOMPARE(s.layer(light).adjustment.id, QStringLiteral("exposure"));
    settings.adjustment = {QStringLiteral("exposure"), {{QStringLiteral("exposure"), 2.0}}};
    QVERIFY(s.edit.pasteSettings(light, settings));
    QCOMPARE(s.layer(light).adjustment.parameters.value(QStringLiteral("exposure")).toDouble(),
             2.0);
}

void TestDocumentEditor::lastLayerCanBeRemoved()
{
    // A project of another hand need not have an Original.
    EditStage s;
    const LayerId paint = s.paint();
    Snapshot bare = s.now();
    bare.stack.take(0);
    s.document->restore(bare);
    s.history.begin(s.document.get());
    QVERIFY(s.edit.remove(paint));
    QVERIFY(s.document->stack().isEmpty());
    QVERIFY(!s.document->activeLayer().isValid());
    QVERIFY(s.light().isValid());
    s.history.jumpTo(0);
    QVERIFY(s.now().sameState(bare));
}

void TestDocumentEditor::layersHoldAtMostSoManyPixels()
{
    EditStage s;
    const Snapshot before = s.now();
    const TiledBuffer huge({20'000, 20'000}, {Channels::Gray, Depth::U8}, s.store); // costs nothing
    QCOMPARE(refusal(s.edit.addPixels(huge, ColorProfile::graySrgb(), {}, QStringLiteral("huge"))),
             std::optional(ErrorCode::CanvasLimit));
    QVERIFY(s.now().sameState(before));
    const TiledBuffer large({20'000, 15'000}, {Channels::Gray, Depth::U8}, s.store);
    QVERIFY(s.edit.addPixels(large, ColorProfile::graySrgb(), {}, QStringLiteral("large")));
    QVERIFY(s.edit.resize({40'000, 25'000})); // a canvas may be larger: export streams
}

QTEST_GUILESS_MAIN(TestDocumentEditor)
#include "tst_documenteditor.moc"
