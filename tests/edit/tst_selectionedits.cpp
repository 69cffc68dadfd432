// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "editstage.h"

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr PixelFormat gray{Channels::Gray, Depth::U8};

/// A selection of one rectangle, the size of the canvas.
Mask rectangle(const EditStage &stage, const QRect &r, quint8 value = 255)
{
    Mask mask = Mask::uniform(stage.document->canvas().size, 0, stage.store);
    mask.pixels.fill(r, {std::byte{value}});
    return mask;
}

quint8 at(const Mask &mask, QPoint pixel)
{
    return mask.pixels.read(QRect(pixel, QSize(1, 1))).constSamples<quint8>(0)[0];
}

} // namespace

/// The selection as part of what a document is.
class TestSelectionEdits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsSelectedAtFirst();
    void selectingIsOneStepThatCanBeUndone();
    void selectingShowsNowhereInThePicture();
    void oneWithNothingInItIsNone();
    void invertTurnsItRoundAndNeedsOne();
    void movesOfOneGestureAreOneStep();
    void canvasCommandsCarryIt_data();
    void canvasCommandsCarryIt();
    void aMaskBecomesOneAndBack();
    void transparencyBecomesOne();
    void itDoesNotKeepAMergeFromBeingTakenIn();
    void itCountsForNoFingerprint();
    void itsTilesCountInTheHistory();
};

void TestSelectionEdits::nothingIsSelectedAtFirst()
{
    EditStage stage;
    QVERIFY(stage.document->selection().isNull());
}

void TestSelectionEdits::selectingIsOneStepThatCanBeUndone()
{
    EditStage stage;
    QSignalSpy told(stage.document.get(), &Document::selectionChanged);
    const Mask first = rectangle(stage, {10, 20, 30, 40});
    QVERIFY(stage.edit.setSelection(first, QStringLiteral("Select rectangle")));
    QCOMPARE(stage.history.count(), 1);
    QCOMPARE(stage.history.text(1), QStringLiteral("Select rectangle"));
    QCOMPARE(told.count(), 1);
    QVERIFY(stage.edit.selectAll());
    QCOMPARE(stage.history.count(), 2);
    QCOMPARE(at(stage.document->selection(), {0, 0}), quint8(255));
    stage.history.jumpTo(1);
    QVERIFY(stage.document->selection() == first);
    stage.history.jumpTo(0);
    QVERIFY(stage.document->selection().isNull());
    QCOMPARE(told.count(), 4);
    QVERIFY(stage.edit.selectNone()); // which it is: no step
    QCOMPARE(stage.history.index(), 0);
}

void TestSelectionEdits::selectingShowsNowhereInThePicture()
{
    EditStage stage;
    const Image before = stage.picture();
    QSignalSpy changed(stage.document.get(), &Document::changed);
    QVERIFY(stage.edit.setSelection(rectangle(stage, {0, 0, 100, 100}), QStringLiteral("Select")));
    QCOMPARE(changed.count(), 0);
    QVERIFY(stage.picture() == before);
}

void TestSelectionEdits::oneWithNothingInItIsNone()
{
    EditStage stage;
    QVERIFY(stage.edit.selectAll());
    QVERIFY(stage.edit.setSelection(rectangle(stage, {}), QStringLiteral("Select")));
    QVERIFY(stage.document->selection().isNull());
}

void TestSelectionEdits::invertTurnsItRoundAndNeedsOne()
{
    EditStage stage;
    QCOMPARE(refusal(stage.edit.invertSelection()), ErrorCode::BadArgument);
    QVERIFY(stage.edit.setSelection(rectangle(stage, {10, 20, 30, 40}, 200),
                                    QStringLiteral("Select")));
    QVERIFY(stage.edit.invertSelection());
    const Mask &now = stage.document->selection();
    QCOMPARE(at(now, {0, 0}), quint8(255));
    QCOMPARE(at(now, {10, 20}), quint8(55));
    QCOMPARE(at(now, {299, 269}), quint8(255));
    QVERIFY(stage.edit.invertSelection());
    QCOMPARE(at(now, {0, 0}), quint8(0));
    QCOMPARE(at(now, {10, 20}), quint8(200));
}

void TestSelectionEdits::movesOfOneGestureAreOneStep()
{
    EditStage stage;
    QVERIFY(stage.edit.setSelection(rectangle(stage, {10, 20, 30, 40}), QStringLiteral("Select")));
    QVERIFY(stage.edit.moveSelection({3, 0}));
    QVERIFY(stage.edit.moveSelection({0, -4}));
    QCOMPARE(stage.history.count(), 2);
    const Mask laid = stage.document->selection().laidOn(stage.document->canvas().size);
    QCOMPARE(at(laid, {12, 16}), quint8(0));
    QCOMPARE(at(laid, {13, 16}), quint8(255));
    QCOMPARE(at(laid, {42, 55}), quint8(255));
    QCOMPARE(at(laid, {43, 55}), quint8(0));
    stage.edit.finishGesture();
    QVERIFY(stage.edit.moveSelection({1, 0}));
    QCOMPARE(stage.history.count(), 3);
}

void TestSelectionEdits::canvasCommandsCarryIt_data()
{
    QTest::addColumn<int>("command");
    QTest::newRow("crop") << 0;
    QTest::newRow("turn") << 1;
    QTest::newRow("flip") << 2;
    QTest::newRow("straighten") << 3;
    QTest::newRow("perspective") << 4;
    QTest::newRow("resize") << 5;
    QTest::newRow("canvas size") << 6;
}

/// As a mask with the same pixels is: both laid on the canvas are the same.
void TestSelectionEdits::canvasCommandsCarryIt()
{
    QFETCH(int, command);
    EditStage stage;
    const LayerId light = stage.light();
    Mask soft = Mask::uniform(stage.document->canvas().size, 0, stage.store);
    soft.pixels.write({40, 30}, gradientPicture({120, 100}, gray));
    QVERIFY(stage.edit.setMask(light, soft, QStringLiteral("Mask")));
    QVERIFY(stage.edit.setSelection(soft, QStringLiteral("Select")));
    DocumentEditor &edit = stage.edit;
    switch (command) {
    case 0:
        QVERIFY(edit.crop({50, 40, 100, 90}));
        break;
    case 1:
        QVERIFY(edit.rotateQuarter(1));
        break;
    case 2:
        QVERIFY(edit.flip(Qt::Horizontal));
        break;
    case 3:
        QVERIFY(edit.straighten(3.7));
        break;
    case 4:
        QVERIFY(edit.perspective(
            QPolygonF{{10, 5}, {290, 12}, {280, 260}, {4, 250}}));
        break;
    case 5:
        QVERIFY(edit.resize({500, 333}));
        break;
    default:
        QVERIFY(edit.resizeCanvas({350, 300}, {20, 10}));
        break;
    }
    const QSize size = stage.document->canvas().size;
    const Mask selection = stage.document->selection().laidOn(size);
    QVERIFY(!stage.document->selection().pixels.isNull());
    QVERIFY(!selection.isBlank());
    QCOMPARE(selection.pixels.size(), size);
    QVERIFY(selection.pixels == stage.layer(light).mask.laidOn(size).pixels);
    stage.history.undoStack().undo();
    QVERIFY(stage.document->selection() == soft);
}

void TestSelectionEdits::aMaskBecomesOneAndBack()
{
    EditStage stage;
    const LayerId paint = stage.paint();
    QCOMPARE(refusal(stage.edit.selectMask(paint)), ErrorCode::BadArgument);
    QCOMPARE(refusal(stage.edit.maskFromSelection(paint)), ErrorCode::BadArgument);
    const Mask mask = rectangle(stage, {10, 20, 30, 40}, 90);
    QVERIFY(stage.edit.setSelection(mask, QStringLiteral("Select")));
    QVERIFY(stage.edit.maskFromSelection(paint));
    QVERIFY(stage.layer(paint).mask == mask);
    QVERIFY(stage.edit.selectNone());
    QVERIFY(stage.edit.setMaskEnabled(paint, false));
    QVERIFY(stage.edit.selectMask(paint));
    QVERIFY(stage.document->selection() == mask); // in use, though the mask is not
}

void TestSelectionEdits::transparencyBecomesOne()
{
    EditStage stage({300, 270}, {Channels::Rgb, Depth::U16});
    const LayerId paint = stage.paint({80, 60}, {30, 20});
    QVERIFY(stage.edit.selectTransparency(paint));
    const Mask laid = stage.document->selection().laidOn(stage.document->canvas().size);
    const Image pixels = stage.layer(paint).pixels.toImage().converted(
        {Channels::Rgba, Depth::U8});
    for (int y = 0; y < 60; ++y) {
        for (int x = 0; x < 80; ++x)
            QCOMPARE(at(laid, {x + 30, y + 20}), pixels.constSamples<quint8>(y)[x * 4 + 3]);
    }
    QCOMPARE(at(laid, {29, 20}), quint8(0));
    QVERIFY(stage.edit.selectTransparency(stage.document->stack().at(0).id));
    QCOMPARE(at(stage.document->selection(), {299, 269}), quint8(255));
    const LayerId light = stage.light();
    QCOMPARE(refusal(stage.edit.selectTransparency(light)), ErrorCode::BadArgument);
}

void TestSelectionEdits::itDoesNotKeepAMergeFromBeingTakenIn()
{
    EditStage stage;
    stage.paint();
    const auto merge = planFlatten(stage.now());
    QVERIFY(merge);
    const auto pixels = mergedPixels(*merge, stage.store);
    QVERIFY(pixels);
    QVERIFY(stage.edit.selectAll());
    QVERIFY(stage.edit.takeMerged(*merge, *pixels));
}

void TestSelectionEdits::itCountsForNoFingerprint()
{
    EditStage stage;
    stage.paint();
    const auto made = [&] {
        const Snapshot below = stage.now().sourceBelow(1);
        return fingerprintBelow(below.canvas, below.stack, below.stack.count());
    };
    const Fingerprint before = made();
    QVERIFY(stage.edit.setSelection(rectangle(stage, {10, 20, 30, 40}), QStringLiteral("Select")));
    QVERIFY(made() == before);
    QVERIFY(stage.now().sourceBelow(1).selection.isNull());
}

void TestSelectionEdits::itsTilesCountInTheHistory()
{
    EditStage stage;
    const qint64 before = stage.history.bytes();
    QVERIFY(stage.edit.setSelection(rectangle(stage, {10, 20, 30, 40}), QStringLiteral("Select")));
    QVERIFY(stage.edit.selectNone());
    QCOMPARE(stage.history.bytes() - before, qint64(TileSize) * TileSize);
}

QTEST_GUILESS_MAIN(TestSelectionEdits)
#include "tst_selectionedits.moc"
