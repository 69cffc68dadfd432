// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/documenteditor.h"
#include "edit/history.h"
#include "session/ailayers.h"
#include "session/sessionstage.h"
#include "support/testpictures.h"

#include <QSignalSpy>
#include <QtTest>

#include <functional>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr PixelFormat Rgb8{Channels::Rgb, Depth::U8};

QVariantMap enlarged(double scale)
{
    return {{QStringLiteral("scale"), scale}, {QStringLiteral("model"), scriptedId}};
}

/// A photo under a painted layer under an enlargement.
struct Painted {
    Stage stage;
    LayerId paint, result;

    explicit Painted(bool threaded = false, double scale = 2, QSize size = {200, 180})
        : stage(threaded)
    {
        if (!stage.open(photoPicture(size, Rgb8)))
            qFatal("cannot open");
        paint = *stage.session->editor().addPixels(
            TiledBuffer::fromImage(photoPicture({100, 90}, {Channels::Rgba, Depth::U8}),
                                   stage.session->tileStore()),
            ColorProfile::sRgb(), Transform::translation(20, 30), QStringLiteral("paint"));
        stage.outcome(ai().add(Upscale::id(), enlarged(scale)));
        result = document().activeLayer();
    }
    AiLayers &ai() { return stage.session->aiLayers(); }
    Document &document() { return *stage.session->document(); }
    DocumentEditor &editor() { return stage.session->editor(); }
    QUndoStack &undo() { return stage.session->undoStack(); }
    const Layer &layer(LayerId id) { return *document().layer(id); }

    /// A stroke on a layer, as one step.
    void stroke(LayerId id, const QRect &place, uint seed)
    {
        const Snapshot before = document().snapshot();
        TiledBuffer pixels = layer(id).pixels;
        pixels.write(place.topLeft(), noisePicture(place.size(), pixels.format(), seed));
        document().setPixels(id, pixels);
        stage.session->history().record(QStringLiteral("Stroke"), before);
        stage.session->history().seal();
    }
};

} // namespace

class TestAiLayers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newLayerIsCurrentAndOneStep_data() { workers(); }
    void newLayerIsCurrentAndOneStep();
    void changesBelowPutItOutOfDateAndUndoBringsItBack();
    void changesElsewhereDoNot_data();
    void changesElsewhereDoNot();
    void updateRunsOnlyWhatChangedAndEqualsAFreshRun();
    void reopenedProjectRunsOnlyWhatChanges();
    void updateAfterCanvasCommandsWorksInItsOwnPlace();
    void settingsAndPixelsChangeInOneStep();
    void earlierSettingsComeBackWithoutWork();
    void everythingIsBroughtUpToDateBottomUp_data() { workers(); }
    void everythingIsBroughtUpToDateBottomUp();
    void cancelledOrFailedRunLeavesTheLayerAsItWas();
    void photoChangedMeanwhileKeepsTheResultAndSaysSo();
    void lockedLayerIsRefused();

private:
    void workers()
    {
        QTest::addColumn<bool>("threaded");
        QTest::newRow("inline") << false;
        QTest::newRow("engine thread") << true;
    }
};

void TestAiLayers::newLayerIsCurrentAndOneStep()
{
    QFETCH(bool, threaded);
    Painted p(threaded);
    QCOMPARE(p.layer(p.result).kind, LayerKind::Ai);
    QCOMPARE(p.document().canvas().size, QSize(400, 360));
    QCOMPARE(p.ai().state(p.result), AiState::Current);
    QCOMPARE(p.ai().state(p.paint), AiState::Current);
    QVERIFY(p.ai().outOfDate().isEmpty());
    QCOMPARE(p.undo().count(), 2);
    p.undo().undo();
    QVERIFY(!p.document().layer(p.result));
    p.undo().redo();
    QCOMPARE(p.ai().state(p.result), AiState::Current);
}

void TestAiLayers::changesBelowPutItOutOfDateAndUndoBringsItBack()
{
    Painted p;
    const QSignalSpy changed(&p.ai(), &AiLayers::changed);
    const std::function<void()> changes[] = {
        [&] { p.stroke(p.paint, {5, 5, 10, 10}, 3); },
        [&] { QVERIFY(p.editor().setOpacity(p.paint, 0.5)); },
        [&] { QVERIFY(p.editor().setVisible(p.paint, false)); },
        [&] { QVERIFY(p.editor().setBlendMode(p.paint, BlendMode::Multiply)); },
        [&] { QVERIFY(p.editor().addMask(p.paint, 100)); },
        [&] { QVERIFY(p.editor().setTransform(p.paint, Transform::translation(44, 33))); },
        [&] { QVERIFY(p.editor().remove(p.paint)); },
    };
    for (const auto &change : changes) {
        const auto count = changed.count();
        change();
        p.editor().finishGesture();
        QVERIFY(changed.count() > count);
        QCOMPARE(p.ai().state(p.result), AiState::OutOfDate);
        QCOMPARE(p.ai().outOfDate(), QList<LayerId>{p.result});
        p.undo().undo();
        QCOMPARE(p.ai().state(p.result), AiState::Current);
    }
}

void TestAiLayers::changesElsewhereDoNot_data()
{
    QTest::addColumn<int>("change");
    const char *const names[] = {"own opacity",  "own mask",    "layer above", "rename",
                                 "rotate",       "flip",        "crop",        "straighten",
                                 "resize",       "canvas size", "resolution",  "perspective",
                                 "active layer", "hidden one"};
    for (int i = 0; i < int(std::size(names)); ++i)
        QTest::newRow(names[i]) << i;
}

void TestAiLayers::changesElsewhereDoNot()
{
    QFETCH(int, change);
    Painted p;
    DocumentEditor &edit = p.editor();
    const std::function<Result<void>()> changes[] = {
        [&] { return edit.setOpacity(p.result, 0.4); },
        [&] { return edit.addMask(p.result, 60); },
        [&]() -> Result<void> {
            if (auto id = edit.addAdjustment({QStringLiteral("exposure"),
                                              {{QStringLiteral("exposure"), 1.0}}},
                                             QStringLiteral("light"));
                !id)
                return fail(id.error());
            return {};
        },
        [&] { return edit.rename(p.paint, QStringLiteral("other")); },
        [&] { return edit.rotateQuarter(1); },
        [&] { return edit.flip(Qt::Horizontal); },
        [&] { return edit.crop({50, 60, 300, 200}); },
        [&] { return edit.straighten(3.3); },
        [&] { return edit.resize({300, 270}); },
        [&] { return edit.resizeCanvas({1500, 1500}, {20, 30}); },
        [&] { return edit.setResolution({300, 300}); },
        [&] { return edit.perspective(QPolygonF({{40, 30}, {380, 10}, {390, 330}, {10, 300}})); },
        [&]() -> Result<void> {
            p.document().setActiveLayer(p.paint);
            return {};
        },
        [&]() -> Result<void> {
            const auto id = edit.duplicate(p.paint);
            return id ? edit.setVisible(*id, false) : Result<void>(fail(id.error()));
        },
    };
    QVERIFY(changes[change]());
    QCOMPARE(p.ai().state(p.result), AiState::Current);
}

void TestAiLayers::updateRunsOnlyWhatChangedAndEqualsAFreshRun()
{
    Painted p;
    const int all = std::exchange(p.stage.model->runs, 0);
    p.stroke(p.paint, {5, 5, 10, 10}, 3);
    QCOMPARE(p.stage.outcome(p.ai().update(p.result)).kind, Outcome::Kind::Done);
    QCOMPARE(p.ai().state(p.result), AiState::Current);
    QVERIFY(p.stage.model->runs > 0);
    QVERIFY2(p.stage.model->runs < all / 2,
             qPrintable(QStringLiteral("%1 of %2").arg(p.stage.model->runs).arg(all)));
    const Image updated = p.layer(p.result).pixels.toImage();

    // The same strokes first, then everything at once.
    Painted fresh;
    fresh.undo().undo();
    fresh.stroke(fresh.paint, {5, 5, 10, 10}, 3);
    fresh.stage.outcome(fresh.ai().add(Upscale::id(), enlarged(2)));
    QVERIFY(fresh.layer(fresh.document().activeLayer()).pixels.toImage() == updated);
}

void TestAiLayers::reopenedProjectRunsOnlyWhatChanges()
{
    const QTemporaryDir dir;
    const QString path = dir.filePath(QStringLiteral("p.ora"));
    Painted p;
    const int all = p.stage.model->runs;
    QCOMPARE(p.stage.outcome(p.stage.session->saveProject(path)).kind, Outcome::Kind::Done);
    QCOMPARE(p.stage.outcome(p.stage.session->open(path)).kind, Outcome::Kind::Done);
    p.stage.model->runs = 0;
    p.stroke(p.paint, {5, 5, 10, 10}, 3);
    QCOMPARE(p.ai().state(p.result), AiState::OutOfDate);
    QCOMPARE(p.stage.outcome(p.ai().update(p.result)).kind, Outcome::Kind::Done);
    QCOMPARE(p.ai().state(p.result), AiState::Current);
    QVERIFY(p.stage.model->runs > 0);
    QVERIFY(p.stage.model->runs < all / 2);
    const Image updated = p.layer(p.result).pixels.toImage();

    Painted fresh;
    fresh.stroke(fresh.paint, {5, 5, 10, 10}, 3);
    fresh.stage.outcome(fresh.ai().update(fresh.result));
    QVERIFY(fresh.layer(fresh.result).pixels.toImage() == updated);
}

void TestAiLayers::updateAfterCanvasCommandsWorksInItsOwnPlace()
{
    Painted p;
    QVERIFY(p.editor().crop({20, 30, 300, 280}));
    QVERIFY(p.editor().rotateQuarter(1));
    QVERIFY(p.editor().straighten(2.2));
    const Canvas canvas = p.document().canvas();
    const Transform place = p.layer(p.result).transform;
    p.stroke(p.paint, {5, 5, 10, 10}, 3);
    QCOMPARE(p.ai().state(p.result), AiState::OutOfDate);
    QCOMPARE(p.stage.outcome(p.ai().update(p.result)).kind, Outcome::Kind::Done);
    QCOMPARE(p.ai().state(p.result), AiState::Current);
    QVERIFY(p.document().canvas() == canvas);
    QVERIFY(p.layer(p.result).transform == place);

    Painted fresh;
    fresh.undo().undo();
    fresh.stroke(fresh.paint, {5, 5, 10, 10}, 3);
    fresh.stage.outcome(fresh.ai().add(Upscale::id(), enlarged(2)));
    QVERIFY(fresh.layer(fresh.document().activeLayer()).pixels.toImage() ==
            p.layer(p.result).pixels.toImage());
}

void TestAiLayers::settingsAndPixelsChangeInOneStep()
{
    Painted p;
    QVERIFY(p.editor().setOpacity(p.result, 0.7));
    const int steps = p.undo().count();
    const Snapshot before = p.document().snapshot();
    QCOMPARE(p.stage.outcome(p.ai().setParameters(p.result, enlarged(3))).kind,
             Outcome::Kind::Done);
    QCOMPARE(p.undo().count(), steps + 1);
    const Layer &layer = p.layer(p.result);
    QCOMPARE(layer.ai.parameters.value(QStringLiteral("scale")).toDouble(), 3.0);
    QCOMPARE(layer.pixels.size(), QSize(600, 540));
    QCOMPARE(layer.bounds(), QRect(0, 0, 400, 360)); // in the same place
    QCOMPARE(layer.opacity, 0.7);
    QCOMPARE(p.ai().state(p.result), AiState::Current);
    p.undo().undo();
    QVERIFY(p.document().snapshot().sameState(before));
    QCOMPARE(p.ai().state(p.result), AiState::Current);
}

void TestAiLayers::earlierSettingsComeBackWithoutWork()
{
    Painted p;
    const TiledBuffer first = p.layer(p.result).pixels;
    p.stage.outcome(p.ai().setParameters(p.result, enlarged(3)));
    const int runs = p.stage.model->runs;
    p.stage.outcome(p.ai().setParameters(p.result, enlarged(2)));
    QCOMPARE(p.stage.model->runs, runs);
    QVERIFY(p.layer(p.result).pixels.sharesAllTilesWith(first));
    // And in a new layer over the same.
    p.undo().undo();
    p.undo().undo();
    p.undo().undo();
    p.stage.outcome(p.ai().add(Upscale::id(), enlarged(2)));
    QCOMPARE(p.stage.model->runs, runs);
    QVERIFY(p.layer(p.document().activeLayer()).pixels.sharesAllTilesWith(first));
}

void TestAiLayers::everythingIsBroughtUpToDateBottomUp()
{
    QFETCH(bool, threaded);
    Painted p(threaded, 2, {90, 80});
    p.stage.outcome(p.ai().add(Upscale::id(), enlarged(1.5)));
    const LayerId upper = p.document().activeLayer();
    p.stroke(p.paint, {0, 0, 30, 30}, 9);
    QCOMPARE(p.ai().outOfDate(), (QList<LayerId>{p.result, upper}));
    QList<LayerId> order;
    connect(&p.ai(), &AiLayers::updated, this, [&](JobId, LayerId id) { order += id; });
    p.ai().updateAll();
    QTRY_VERIFY(!p.ai().isUpdatingAll());
    QCOMPARE(order, (QList<LayerId>{p.result, upper}));
    QVERIFY(p.ai().outOfDate().isEmpty());
}

void TestAiLayers::cancelledOrFailedRunLeavesTheLayerAsItWas()
{
    Painted p;
    p.stroke(p.paint, {5, 5, 10, 10}, 3);
    const Snapshot before = p.document().snapshot();
    const int steps = p.undo().count();
    bool seen = false;
    p.stage.model->beforeRun = [&](int) {
        QCOMPARE(p.ai().state(p.result), AiState::Pending);
        QVERIFY(p.ai().pendingParameters(p.result));
        QVERIFY(p.document().snapshot().sameState(before)); // nothing unfinished gets in
        seen = true;
        p.ai().cancel(p.result);
    };
    p.stage.outcome(p.ai().update(p.result));
    QVERIFY(seen);
    QCOMPARE(p.ai().state(p.result), AiState::OutOfDate);
    p.stage.model->beforeRun = {};
    p.stage.model->offset = std::numeric_limits<float>::quiet_NaN();
    p.ai().updateAll();
    QVERIFY(!p.ai().isUpdatingAll());
    QCOMPARE(p.ai().state(p.result), AiState::OutOfDate);
    QVERIFY(p.document().snapshot().sameState(before));
    QCOMPARE(p.undo().count(), steps);
}

void TestAiLayers::photoChangedMeanwhileKeepsTheResultAndSaysSo()
{
    Painted p;
    p.undo().undo();
    bool done = false;
    p.stroke(p.paint, {5, 5, 10, 10}, 3); // what is known already would come back at once
    p.stage.model->beforeRun = [&](int) {
        if (!std::exchange(done, true))
            QVERIFY(p.editor().setOpacity(p.paint, 0.5));
    };
    p.stage.outcome(p.ai().add(Upscale::id(), enlarged(2)));
    QVERIFY(done);
    const LayerId id = p.document().activeLayer();
    QCOMPARE(p.layer(id).kind, LayerKind::Ai);
    QCOMPARE(p.ai().state(id), AiState::OutOfDate);
}

void TestAiLayers::lockedLayerIsRefused()
{
    Painted p;
    QVERIFY(p.editor().setLocked(p.result, true));
    const QSignalSpy refused(&p.ai(), &AiLayers::refused);
    QVERIFY(!p.ai().update(p.result).isValid());
    QCOMPARE(refused.count(), 1);
}

QTEST_GUILESS_MAIN(TestAiLayers)
#include "tst_ailayers.moc"
