// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/statecommand.h"
#include "editstage.h"

using namespace heirloom;
using namespace heirloom::test;

/// History and its StateCommands.
class TestHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stepsHaveNamesAndStates();
    void nothingChangedIsNoStep();
    void dragIsOneStep();
    void sealEndsADrag();
    void dragsOfOtherLayersAndOtherKindsAreOtherSteps();
    void dragThatComesBackIsNoStep();
    void whatFollowsADragThatCameBackIsItsOwnStep();
    void goingBackEndsADrag();
    void jumpGoesThereDirectlyAndToldOnce();
    void newStepForgetsWhatWasUndone();
    void activeLayerComesBackWithItsState();
    void beginForgetsEverything();
    void snapshotsAreNamedAndGoingBackIsAStep();
    void snapshotOfThePresentIsNoStep();
    void bytesAreThoseThatThePresentDoesNotHold();
    void bytesCountWhatSeveralStatesShareOnce();
    void commandsMergeOnlyWithTheirOwnKind();
};

void TestHistory::stepsHaveNamesAndStates()
{
    EditStage s;
    QCOMPARE(s.history.count(), 0);
    QCOMPARE(s.history.text(0), QStringLiteral("Open"));
    const Snapshot opened = s.now();
    const LayerId paint = s.paint();
    QVERIFY(s.edit.rename(paint, QStringLiteral("dust")));
    QCOMPARE(s.history.count(), 2);
    QCOMPARE(s.history.index(), 2);
    QVERIFY(s.history.text(2).contains(QStringLiteral("dust")));
    QVERIFY(s.history.state(0).sameState(opened));
    QCOMPARE(s.history.state(1).stack.at(1).name, QStringLiteral("paint"));
    QVERIFY(s.history.state(2).sameState(s.now()));
}

void TestHistory::nothingChangedIsNoStep()
{
    EditStage s;
    const LayerId paint = s.paint();
    const QSignalSpy changed(&s.history, &History::changed);
    const QSignalSpy recorded(&s.history, &History::recorded);
    QVERIFY(s.edit.setOpacity(paint, 1));
    QVERIFY(s.edit.setVisible(paint, true));
    QVERIFY(s.edit.rename(paint, QStringLiteral("paint")));
    QVERIFY(s.edit.move(paint, 1));
    QVERIFY(s.edit.rotateQuarter(4));
    QVERIFY(s.edit.resize(s.document->canvas().size));
    QVERIFY(s.edit.crop(s.document->canvas().rect()));
    QVERIFY(s.edit.straighten(0));
    QVERIFY(s.edit.setResolution({300, 300}));
    QCOMPARE(s.history.count(), 1);
    QCOMPARE(changed.count(), 0);
    QCOMPARE(recorded.count(), 0);
}

void TestHistory::dragIsOneStep()
{
    EditStage s;
    const LayerId paint = s.paint();
    const QSignalSpy recorded(&s.history, &History::recorded);
    for (const double opacity : {0.9, 0.7, 0.4, 0.6})
        QVERIFY(s.edit.setOpacity(paint, opacity));
    QCOMPARE(s.history.count(), 2);
    QCOMPARE(recorded.count(), 4); // a journal keeps each
    QCOMPARE(s.history.state(2).stack.at(1).opacity, 0.6);
    s.history.undoStack().undo();
    QCOMPARE(s.layer(paint).opacity, 1.0);
    s.history.undoStack().redo();
    QCOMPARE(s.layer(paint).opacity, 0.6);
}

void TestHistory::sealEndsADrag()
{
    EditStage s;
    const LayerId paint = s.paint();
    QVERIFY(s.edit.setOpacity(paint, 0.9));
    QVERIFY(s.edit.setOpacity(paint, 0.8));
    s.edit.finishGesture();
    QVERIFY(s.edit.setOpacity(paint, 0.7));
    QVERIFY(s.edit.setOpacity(paint, 0.6));
    QCOMPARE(s.history.count(), 3);
    s.history.undoStack().undo();
    QCOMPARE(s.layer(paint).opacity, 0.8);
}

void TestHistory::dragsOfOtherLayersAndOtherKindsAreOtherSteps()
{
    EditStage s;
    const LayerId a = s.paint(), b = s.paint();
    QVERIFY(s.edit.setOpacity(a, 0.9));
    QVERIFY(s.edit.setOpacity(b, 0.9));
    QVERIFY(s.edit.setTransform(b, Transform::translation(1, 1)));
    QVERIFY(s.edit.setTransform(b, Transform::translation(2, 1)));
    QCOMPARE(s.history.count(), 2 + 3);
    // Eyes and locks never merge.
    QVERIFY(s.edit.setVisible(a, false));
    QVERIFY(s.edit.setVisible(a, true));
    QCOMPARE(s.history.count(), 2 + 5);
}

void TestHistory::dragThatComesBackIsNoStep()
{
    EditStage s;
    const LayerId paint = s.paint();
    const Snapshot before = s.now();
    QVERIFY(s.edit.setOpacity(paint, 0.5));
    QCOMPARE(s.history.count(), 2);
    QVERIFY(s.edit.setOpacity(paint, 1));
    QCOMPARE(s.history.count(), 1);
    QCOMPARE(s.history.index(), 1);
    QVERIFY(s.now().sameState(before));
    QVERIFY(s.history.state(1).sameState(before));
}

void TestHistory::whatFollowsADragThatCameBackIsItsOwnStep()
{
    EditStage s;
    const LayerId paint = s.paint();
    QVERIFY(s.edit.setOpacity(paint, 0.8));
    s.edit.finishGesture();
    QVERIFY(s.edit.setOpacity(paint, 0.5));
    QVERIFY(s.edit.setOpacity(paint, 0.8)); // back
    QCOMPARE(s.history.count(), 2);
    QVERIFY(s.edit.setOpacity(paint, 0.3));
    QCOMPARE(s.history.count(), 3);
    s.history.undoStack().undo();
    QCOMPARE(s.layer(paint).opacity, 0.8); // not further back than the drag began
}

void TestHistory::goingBackEndsADrag()
{
    EditStage s;
    const LayerId paint = s.paint();
    QVERIFY(s.edit.setOpacity(paint, 0.9));
    s.edit.finishGesture();
    QVERIFY(s.edit.setOpacity(paint, 0.5));
    s.history.undoStack().undo();
    QVERIFY(s.edit.setOpacity(paint, 0.4)); // does not become part of the first drag
    QCOMPARE(s.history.count(), 3);
    s.history.undoStack().undo();
    QCOMPARE(s.layer(paint).opacity, 0.9);
}

void TestHistory::jumpGoesThereDirectlyAndToldOnce()
{
    EditStage s;
    std::vector<Snapshot> states{s.now()};
    for (int i = 0; i < 5; ++i) {
        s.paint({20, 20}, {i * 10, 0}, quint32(i) + 1);
        states.push_back(s.now());
    }
    const QSignalSpy changed(&s.history, &History::changed);
    for (const int to : {1, 4, 0, 5, 5, 2}) {
        s.history.jumpTo(to);
        QCOMPARE(s.history.index(), to);
        QVERIFY(s.now().sameState(states[size_t(to)]));
        QCOMPARE(s.document->activeLayer(), states[size_t(to)].activeLayer);
    }
    QCOMPARE(changed.count(), 5); // going where one is tells nobody
    QCOMPARE(s.history.count(), 5);
}

void TestHistory::newStepForgetsWhatWasUndone()
{
    EditStage s;
    const LayerId paint = s.paint();
    s.paint();
    s.history.jumpTo(1);
    QVERIFY(s.edit.setVisible(paint, false));
    QCOMPARE(s.history.count(), 2);
    QVERIFY(!s.history.undoStack().canRedo());
    // What changes nothing leaves it.
    s.history.jumpTo(1);
    QVERIFY(s.edit.setVisible(paint, true));
    QVERIFY(s.history.undoStack().canRedo());
}

void TestHistory::activeLayerComesBackWithItsState()
{
    EditStage s;
    const LayerId a = s.paint();
    const LayerId b = s.paint();
    QCOMPARE(s.document->activeLayer(), b);
    QVERIFY(s.edit.remove(b));
    QCOMPARE(s.document->activeLayer(), a);
    s.history.undoStack().undo();
    QCOMPARE(s.document->activeLayer(), b);
}

void TestHistory::beginForgetsEverything()
{
    EditStage s;
    s.paint();
    s.history.addSnapshot(QStringLiteral("a"));
    s.history.begin(s.document.get(), QStringLiteral("Anew"));
    QCOMPARE(s.history.count(), 0);
    QVERIFY(s.history.snapshots().empty());
    QCOMPARE(s.history.text(0), QStringLiteral("Anew"));
    QVERIFY(s.history.state(0).sameState(s.now()));
    QVERIFY(s.history.undoStack().isClean());
    s.history.begin(nullptr);
    QVERIFY(!s.history.document());
}

void TestHistory::snapshotsAreNamedAndGoingBackIsAStep()
{
    EditStage s;
    const QSignalSpy told(&s.history, &History::snapshotsChanged);
    s.history.addSnapshot(QStringLiteral("bare"));
    const Snapshot bare = s.now();
    const LayerId paint = s.paint();
    const Snapshot painted = s.now();
    s.history.addSnapshot(QStringLiteral("painted"));
    s.history.renameSnapshot(0, QStringLiteral("first"));
    QCOMPARE(told.count(), 3);
    QCOMPARE(s.history.snapshots()[0].name, QStringLiteral("first"));
    QVERIFY(s.edit.remove(paint));
    s.history.restoreSnapshot(1);
    QVERIFY(s.now().sameState(painted));
    QVERIFY(s.now().name.isEmpty()); // the document is not the snapshot
    QVERIFY(s.history.text(s.history.index()).contains(QStringLiteral("painted")));
    s.history.restoreSnapshot(0);
    QVERIFY(s.now().sameState(bare));
    s.history.undoStack().undo();
    QVERIFY(s.now().sameState(painted));
    // Snapshots are no part of what is undone.
    s.history.jumpTo(0);
    QCOMPARE(s.history.snapshots().size(), size_t(2));
    s.history.removeSnapshot(0);
    QCOMPARE(s.history.snapshots()[0].name, QStringLiteral("painted"));
    // Layers that come after get numbers of their own.
    s.history.restoreSnapshot(0);
    const LayerId next = s.paint();
    QVERIFY(next != paint);
}

void TestHistory::snapshotOfThePresentIsNoStep()
{
    EditStage s;
    s.paint();
    s.history.addSnapshot(QStringLiteral("now"));
    s.history.restoreSnapshot(0);
    QCOMPARE(s.history.count(), 1);
}

void TestHistory::bytesAreThoseThatThePresentDoesNotHold()
{
    constexpr qint64 tile = qint64(TileSize) * TileSize;
    EditStage s({600, 300}); // three tiles by two
    QCOMPARE(s.history.bytes(), 0);
    const LayerId paint = s.paint({300, 80}); // two tiles, RGBA
    QCOMPARE(s.history.bytes(), 0); // earlier states hold less
    QVERIFY(s.edit.setOpacity(paint, 0.5));
    QVERIFY(s.edit.rotateQuarter(1));
    QVERIFY(s.edit.addMask(paint, 200)); // of one colour
    QCOMPARE(s.history.bytes(), 0);
    s.history.undoStack().undo();
    QCOMPARE(s.history.bytes(), 0);
    QVERIFY(s.edit.remove(paint));
    QCOMPARE(s.history.bytes(), 2 * tile * 4);
    s.history.jumpTo(0);
    QCOMPARE(s.history.bytes(), 2 * tile * 4); // to be redone
    s.history.jumpTo(s.history.count() - 1);
    QCOMPARE(s.history.bytes(), 0);
    // One tile of a mask painted on.
    Mask mask;
    mask.pixels = TiledBuffer::fromImage(noisePicture({600, 300}, {Channels::Gray, Depth::U8}),
                                         s.store);
    QVERIFY(s.edit.setMask(paint, mask, QStringLiteral("Mask")));
    s.edit.finishGesture();
    mask.pixels.write({10, 10}, noisePicture({9, 9}, mask.pixels.format(), 8));
    QVERIFY(s.edit.setMask(paint, mask, QStringLiteral("Paint")));
    QCOMPARE(s.history.bytes(), tile);
}

void TestHistory::bytesCountWhatSeveralStatesShareOnce()
{
    constexpr qint64 tile = qint64(TileSize) * TileSize;
    EditStage s({200, 200});
    const LayerId paint = s.paint({80, 60}); // one tile
    s.history.addSnapshot(QStringLiteral("painted"));
    // Gone and come back by a step: the present holds it.
    QVERIFY(s.edit.remove(paint));
    s.history.restoreSnapshot(0);
    QCOMPARE(s.history.bytes(), 0);
    // Gone again: kept once, though three earlier states have it and one between has not.
    QVERIFY(s.edit.remove(paint));
    QCOMPARE(s.history.bytes(), tile * 4);
    // A copy holds the same tiles.
    s.history.undoStack().undo();
    QVERIFY(s.edit.duplicate(paint));
    QVERIFY(s.edit.remove(paint));
    QCOMPARE(s.history.bytes(), 0);
}

void TestHistory::commandsMergeOnlyWithTheirOwnKind()
{
    EditStage s;
    const Snapshot a = s.now();
    const LayerId id = a.stack.at(0).id;
    QVERIFY(s.edit.setOpacity(id, 0.5));
    const Snapshot b = s.now();
    QVERIFY(s.edit.setOpacity(id, 0.3));
    const Snapshot c = s.now();
    const auto command = [&](const Snapshot &from, const Snapshot &to, LayerId layer, bool anew) {
        return StateCommand(*s.document, from, to, QStringLiteral("x"), CommandId::Opacity, layer,
                            anew);
    };
    {
        StateCommand first = command(a, b, id, true);
        StateCommand next = command(b, c, id, false);
        QCOMPARE(first.id(), int(CommandId::Opacity));
        QVERIFY(first.mergeWith(&next));
        QVERIFY(first.before().sameState(a));
        QVERIFY(first.after().sameState(c));
        QVERIFY(!first.isObsolete());
        StateCommand back = command(c, a, id, false);
        QVERIFY(first.mergeWith(&back));
        QVERIFY(first.isObsolete());
    }
    StateCommand first = command(a, b, id, true);
    StateCommand anew = command(b, c, id, true);
    QVERIFY(!first.mergeWith(&anew));
    StateCommand elsewhere = command(b, c, LayerId(77), false);
    QVERIFY(!first.mergeWith(&elsewhere));
    QVERIFY(first.after().sameState(b));
    // The first redo does nothing: the change was made before.
    first.redo();
    QVERIFY(s.now().sameState(c));
    first.undo();
    QVERIFY(s.now().sameState(a));
    first.redo();
    QVERIFY(s.now().sameState(b));
}

QTEST_GUILESS_MAIN(TestHistory)
#include "tst_history.moc"
