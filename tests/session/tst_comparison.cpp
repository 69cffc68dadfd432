// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/documenteditor.h"
#include "edit/history.h"
#include "image/resample.h"
#include "session/comparison.h"
#include "session/sessionstage.h"
#include "support/testpictures.h"

#include <QSignalSpy>
#include <QtTest>

using namespace heirloom;
using namespace heirloom::test;

class TestComparison : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsWithTheOriginal();
    void previousStepFollowsTheHistory();
    void keptStateIsBroughtOntoTheEnlargedCanvas();
    void keptStateIsKnownAgainWhenOthersComeAndGo();
    void forgottenStateFallsBackToTheOriginal();
    void vanishedLayerFallsBackToTheOriginal();
    void comparingChangesNothing();
    void anotherPhotoIsNoLoss();

private:
    static constexpr PixelFormat rgb{Channels::Rgb, Depth::U8};
    const Image m_photo = photoPicture({90, 60}, rgb);

    /// What a comparison shows on its other side.
    static Image shown(Stage &stage, const Comparison &comparison)
    {
        const Comparison::Before before = comparison.before();
        Compositor compositor(stage.session->tileStore());
        compositor.setSolo(before.alone);
        compositor.setState(before.state.canvas, before.state.stack);
        return compositor.render(before.state.canvas.rect());
    }
    static LayerId addPixels(Stage &stage, const Image &image, const char *name)
    {
        return *stage.session->editor().addPixels(
            TiledBuffer::fromImage(image, stage.session->tileStore()), ColorProfile::sRgb(), {},
            QLatin1String(name));
    }
};

void TestComparison::beginsWithTheOriginal()
{
    Stage stage(false);
    QVERIFY(stage.open(m_photo));
    const Comparison comparison(*stage.session);
    addPixels(stage, photoPicture({90, 60}, rgb, 5), "paint");
    QCOMPARE(comparison.with(), Comparison::With::Original);
    QVERIFY(shown(stage, comparison) == m_photo);
    QCOMPARE(comparison.label(), QStringLiteral("Original"));
}

void TestComparison::previousStepFollowsTheHistory()
{
    Stage stage(false);
    QVERIFY(stage.open(m_photo));
    Comparison comparison(*stage.session);
    comparison.compareWithPreviousStep();
    QVERIFY(shown(stage, comparison) == m_photo); // nothing was done yet
    QCOMPARE(comparison.label(), QStringLiteral("As it was opened"));
    QSignalSpy changed(&comparison, &Comparison::changed);
    const Image first = photoPicture({90, 60}, rgb, 5);
    addPixels(stage, first, "one");
    addPixels(stage, photoPicture({90, 60}, rgb, 6), "two");
    QVERIFY(!changed.isEmpty());
    QVERIFY(shown(stage, comparison) == first);
    QVERIFY(comparison.label().contains(stage.session->history().text(2)));
    stage.session->undoStack().undo();
    QVERIFY(shown(stage, comparison) == m_photo);
    stage.session->undoStack().redo();
    QVERIFY(stage.session->editor().flip(Qt::Horizontal));
    // The step before is seen as it is now: turned with the canvas.
    const Image now = stage.shown();
    QVERIFY(shown(stage, comparison) == now);
}

void TestComparison::keptStateIsBroughtOntoTheEnlargedCanvas()
{
    Stage stage(false);
    QVERIFY(stage.open(m_photo));
    Comparison comparison(*stage.session);
    const Image paint = photoPicture({90, 60}, rgb, 5);
    const LayerId layer = addPixels(stage, paint, "paint");
    stage.session->history().addSnapshot(QStringLiteral("painted"));
    QVERIFY(stage.session->editor().remove(layer));
    QVERIFY(stage.session->editor().resize({180, 120}));
    QVERIFY(stage.session->editor().crop({30, 20, 100, 80}));
    comparison.compareWithKeptState(0);
    QCOMPARE(comparison.label(), QStringLiteral("State \"painted\""));
    QVERIFY(shown(stage, comparison) == resampled(paint, {180, 120}).copied({30, 20, 100, 80}));
}

void TestComparison::keptStateIsKnownAgainWhenOthersComeAndGo()
{
    Stage stage(false);
    QVERIFY(stage.open(m_photo));
    Comparison comparison(*stage.session);
    History &history = stage.session->history();
    history.addSnapshot(QStringLiteral("scan"));
    addPixels(stage, photoPicture({90, 60}, rgb, 5), "paint");
    history.addSnapshot(QStringLiteral("painted"));
    history.addSnapshot(QStringLiteral("painted, again"));
    comparison.compareWithKeptState(1);
    history.removeSnapshot(0);
    QCOMPARE(comparison.with(), Comparison::With::KeptState);
    QCOMPARE(comparison.keptState(), 0);
    history.renameSnapshot(0, QStringLiteral("with paint"));
    QCOMPARE(comparison.keptState(), 0);
    QCOMPARE(comparison.label(), QStringLiteral("State \"with paint\""));
}

void TestComparison::forgottenStateFallsBackToTheOriginal()
{
    Stage stage(false);
    QVERIFY(stage.open(m_photo));
    Comparison comparison(*stage.session);
    History &history = stage.session->history();
    addPixels(stage, photoPicture({90, 60}, rgb, 5), "paint");
    history.addSnapshot(QStringLiteral("painted"));
    history.addSnapshot(QStringLiteral("twin"));
    comparison.compareWithKeptState(0);
    QSignalSpy fell(&comparison, &Comparison::fellBack);
    history.removeSnapshot(0);
    QCOMPARE(fell.count(), 1);
    QCOMPARE(fell.first().first().toString(), QStringLiteral("painted"));
    QCOMPARE(comparison.with(), Comparison::With::Original);
    QVERIFY(shown(stage, comparison) == m_photo);
}

void TestComparison::vanishedLayerFallsBackToTheOriginal()
{
    Stage stage(false);
    QVERIFY(stage.open(m_photo));
    Comparison comparison(*stage.session);
    const Image paint = photoPicture({90, 60}, rgb, 5);
    const LayerId layer = addPixels(stage, paint, "paint");
    addPixels(stage, photoPicture({90, 60}, rgb, 6), "more");
    QVERIFY(stage.session->editor().setOpacity(layer, 0.3));
    comparison.compareWithLayer(layer);
    QVERIFY(shown(stage, comparison) == paint); // alone: all of it, by itself
    QVERIFY(stage.session->editor().rename(layer, QStringLiteral("retouch")));
    QCOMPARE(comparison.label(), QStringLiteral("Layer \"retouch\" alone"));
    QSignalSpy fell(&comparison, &Comparison::fellBack);
    stage.session->history().jumpTo(0);
    QCOMPARE(fell.count(), 1);
    QCOMPARE(fell.first().first().toString(), QStringLiteral("paint")); // its name back then
    QVERIFY(shown(stage, comparison) == m_photo);
}

void TestComparison::comparingChangesNothing()
{
    Stage stage(false);
    QVERIFY(stage.open(m_photo));
    Comparison comparison(*stage.session);
    const LayerId layer = addPixels(stage, photoPicture({90, 60}, rgb, 5), "paint");
    stage.session->history().addSnapshot(QStringLiteral("painted"));
    const Snapshot state = stage.session->document()->snapshot();
    const quint64 revision = stage.session->document()->revision();
    comparison.compareWithLayer(layer);
    comparison.compareWithKeptState(0);
    comparison.compareWithPreviousStep();
    comparison.before();
    comparison.compareWithOriginal();
    QVERIFY(stage.session->document()->snapshot().sameState(state));
    QCOMPARE(stage.session->document()->revision(), revision);
    QCOMPARE(stage.session->undoStack().count(), 1);
}

void TestComparison::anotherPhotoIsNoLoss()
{
    Stage stage(false);
    QVERIFY(stage.open(m_photo));
    Comparison comparison(*stage.session), stepwise(*stage.session);
    addPixels(stage, photoPicture({90, 60}, rgb, 5), "paint");
    stage.session->history().addSnapshot(QStringLiteral("painted"));
    comparison.compareWithKeptState(0);
    stepwise.compareWithPreviousStep();
    QSignalSpy fell(&comparison, &Comparison::fellBack);
    QSignalSpy changed(&stepwise, &Comparison::changed);
    QVERIFY(stage.open(photoPicture({40, 30}, rgb)));
    QCOMPARE(fell.count(), 0);
    QCOMPARE(changed.count(), 0); // who shows the old document must not look at it any more
    QVERIFY(comparison.before().state.stack.isEmpty());
}

QTEST_MAIN(TestComparison)
#include "tst_comparison.moc"
