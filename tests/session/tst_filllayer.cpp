// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/documenteditor.h"
#include "edit/history.h"
#include "operation/inpaint.h"
#include "session/ailayers.h"
#include "session/sessionstage.h"
#include "support/testpictures.h"

#include <QSignalSpy>
#include <QtTest>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr PixelFormat Rgb8{Channels::Rgb, Depth::U8};
constexpr QRect Hole{60, 50, 12, 9};

QVariantMap method(const char *name)
{
    return {{QStringLiteral("method"), QLatin1String(name)}};
}

/// A photo with a filled rectangle.
struct Filled {
    Stage stage;
    Image before;
    LayerId fill;

    explicit Filled(const char *how = "membrane", PixelFormat format = Rgb8, bool threaded = false)
        : stage(threaded)
    {
        ModelPack denoiser = scriptedPack(QStringLiteral("denoiser"));
        denoiser.task = ModelTask::Denoise;
        denoiser.output.scale = 1;
        stage.provider.add(denoiser);
        if (!stage.open(photoPicture({200, 180}, format)))
            qFatal("cannot open");
        before = stage.shown();
        stage.outcome(ai().add(Inpaint::id(), method(how), {1, area(Hole)}));
        fill = document().activeLayer();
    }
    Mask area(const QRect &hole, quint8 value = 255)
    {
        Mask mask = Mask::uniform(document().canvas().size, 0, stage.session->tileStore());
        Tile::Pixel pixel{};
        pixel[0] = std::byte{value};
        mask.pixels.fill(hole, pixel);
        return mask;
    }
    AiLayers &ai() { return stage.session->aiLayers(); }
    Document &document() { return *stage.session->document(); }
    DocumentEditor &editor() { return stage.session->editor(); }
    QUndoStack &undo() { return stage.session->undoStack(); }
    const Layer &layer() { return *document().layer(fill); }
    /// Whether the picture differs from what it was inside of a rectangle, and nowhere else.
    bool differsOnlyIn(const QRect &hole)
    {
        const Image now = stage.shown();
        Image patched = now;
        patched.paste(before.copied(hole), hole.topLeft());
        return now.copied(hole) != before.copied(hole) && patched == before;
    }
};

} // namespace

/// A fill as a layer: the mask it was made for belongs to it.
class TestFillLayer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingOutsideTheMaskChanges_data();
    void nothingOutsideTheMaskChanges();
    void softMaskBlendsTheFillIn();
    void fillIsOneStep();
    void withoutAMaskItIsRefused();
    void blankMaskMakesNoLayer();
    void anotherMaskPutsItOutOfDateAndUpdateFillsThere();
    void anotherPictureBelowPutsItOutOfDate();
    void hidingTheMaskOrMovingTheCanvasDoesNot();
    void projectKeepsItAsItWas();
    void maskThatIsTakenAwayIsAskedFor();
};

void TestFillLayer::nothingOutsideTheMaskChanges_data()
{
    QTest::addColumn<QByteArray>("how");
    QTest::addColumn<PixelFormat>("format");
    QTest::addColumn<bool>("threaded");
    for (const char *how : {"membrane", "telea", "navier-stokes", "patch-match", "neural"})
        QTest::newRow(how) << QByteArray(how) << Rgb8 << false;
    QTest::newRow("engine thread") << QByteArray("membrane") << Rgb8 << true;
    QTest::newRow("16 bit") << QByteArray("membrane") << PixelFormat{Channels::Rgb, Depth::U16}
                            << false;
    QTest::newRow("alpha") << QByteArray("membrane") << PixelFormat{Channels::Rgba, Depth::U8}
                           << false;
    QTest::newRow("grey") << QByteArray("neural") << PixelFormat{Channels::Gray, Depth::U8}
                          << false;
}

void TestFillLayer::nothingOutsideTheMaskChanges()
{
    QFETCH(QByteArray, how);
    QFETCH(PixelFormat, format);
    QFETCH(bool, threaded);
    Filled f(how.constData(), format, threaded);
    QCOMPARE(f.document().stack().count(), 2);
    QCOMPARE(f.layer().kind, LayerKind::Ai);
    QCOMPARE(f.layer().ai.operation, Inpaint::id());
    QCOMPARE(f.layer().ai.method,
             how == "neural" ? QStringLiteral("denoiser") : QLatin1String(how));
    QCOMPARE(f.ai().state(f.fill), AiState::Current);
    QVERIFY(f.differsOnlyIn(Hole));
    // Nor does it where the layer's own pixels lie bare.
    QVERIFY(f.editor().removeMask(f.fill));
    QVERIFY(f.differsOnlyIn(Hole));
}

void TestFillLayer::softMaskBlendsTheFillIn()
{
    Filled hard;
    const Image full = hard.stage.shown();
    Filled f;
    f.undo().undo();
    f.stage.outcome(f.ai().add(Inpaint::id(), method("membrane"), {1, f.area(Hole, 100)}));
    QVERIFY(f.differsOnlyIn(Hole));
    const Image mixed = f.stage.shown();
    for (int y = Hole.top(); y <= Hole.bottom(); ++y) {
        for (int i = Hole.left() * 3; i < Hole.right() * 3 + 3; ++i) {
            const double was = f.before.constSamples<quint8>(y)[i];
            const double filled = full.constSamples<quint8>(y)[i];
            const double wanted = was + (filled - was) * 100 / 255;
            QVERIFY(std::abs(mixed.constSamples<quint8>(y)[i] - wanted) <= 1);
        }
    }
}

void TestFillLayer::fillIsOneStep()
{
    Filled f;
    const Image filled = f.stage.shown();
    QCOMPARE(f.undo().count(), 1);
    f.undo().undo();
    QCOMPARE(f.document().stack().count(), 1);
    QCOMPARE(f.stage.shown(), f.before);
    f.undo().redo();
    QCOMPARE(f.stage.shown(), filled);
    QCOMPARE(f.ai().state(f.fill), AiState::Current);
}

void TestFillLayer::withoutAMaskItIsRefused()
{
    Filled f;
    const QSignalSpy refused(&f.ai(), &AiLayers::refused);
    QVERIFY(!f.ai().add(Inpaint::id(), method("membrane")).isValid());
    QCOMPARE(refused.count(), 1);
    QCOMPARE(f.document().stack().count(), 2);
}

void TestFillLayer::blankMaskMakesNoLayer()
{
    Filled f;
    const QSignalSpy unneeded(&f.ai(), &AiLayers::unneeded);
    f.stage.outcome(f.ai().add(Inpaint::id(), method("membrane"), {1, f.area({})}));
    QCOMPARE(unneeded.count(), 1);
    QCOMPARE(f.document().stack().count(), 2);
}

void TestFillLayer::anotherMaskPutsItOutOfDateAndUpdateFillsThere()
{
    Filled f;
    const Image first = f.stage.shown();
    const QRect elsewhere(120, 100, 20, 6);
    QVERIFY(f.editor().setMask(f.fill, f.area(elsewhere), QStringLiteral("Paint")));
    QCOMPARE(f.ai().state(f.fill), AiState::OutOfDate);
    f.undo().undo();
    QCOMPARE(f.ai().state(f.fill), AiState::Current);
    f.undo().redo();
    QCOMPARE(f.ai().state(f.fill), AiState::OutOfDate);
    QCOMPARE(f.stage.shown(), f.before); // nothing was filled there yet
    f.stage.outcome(f.ai().update(f.fill));
    QCOMPARE(f.ai().state(f.fill), AiState::Current);
    QVERIFY(f.differsOnlyIn(elsewhere));
    // As if it had been filled there at once.
    Filled fresh;
    fresh.undo().undo();
    fresh.stage.outcome(
        fresh.ai().add(Inpaint::id(), method("membrane"), {1, fresh.area(elsewhere)}));
    QCOMPARE(f.stage.shown(), fresh.stage.shown());
    f.undo().undo();
    f.undo().undo();
    QCOMPARE(f.stage.shown(), first);
    QCOMPARE(f.ai().state(f.fill), AiState::Current);
}

void TestFillLayer::anotherPictureBelowPutsItOutOfDate()
{
    Filled f;
    const LayerId original = f.document().stack().at(0).id;
    QVERIFY(f.editor().setOpacity(original, 0.5));
    f.editor().finishGesture();
    QCOMPARE(f.ai().state(f.fill), AiState::OutOfDate);
    f.undo().undo();
    QCOMPARE(f.ai().state(f.fill), AiState::Current);
}

void TestFillLayer::hidingTheMaskOrMovingTheCanvasDoesNot()
{
    Filled f;
    QVERIFY(f.editor().setMaskEnabled(f.fill, false));
    QCOMPARE(f.ai().state(f.fill), AiState::Current);
    QVERIFY(f.editor().rotateQuarter(1));
    QCOMPARE(f.ai().state(f.fill), AiState::Current);
    QVERIFY(f.editor().crop({10, 20, 120, 110}));
    QCOMPARE(f.ai().state(f.fill), AiState::Current);
    QVERIFY(f.editor().resize({300, 275}));
    QCOMPARE(f.ai().state(f.fill), AiState::Current);
}

void TestFillLayer::projectKeepsItAsItWas()
{
    Filled f;
    const Image filled = f.stage.shown();
    const QString path = f.stage.folder.filePath(QStringLiteral("fill.ora"));
    QCOMPARE(f.stage.outcome(f.stage.session->saveProject(path)).kind, Outcome::Kind::Done);
    Stage again(false);
    QCOMPARE(again.outcome(again.session->open(path)).kind, Outcome::Kind::Done);
    QCOMPARE(again.shown(), filled);
    AiLayers &ai = again.session->aiLayers();
    QCOMPARE(ai.state(f.fill), AiState::Current);
    Mask wider = again.session->document()->layer(f.fill)->mask;
    Tile::Pixel white{};
    white[0] = std::byte{255};
    wider.pixels.fill({150, 20, 8, 8}, white);
    QVERIFY(again.session->editor().setMask(f.fill, wider, QStringLiteral("Paint")));
    QCOMPARE(ai.state(f.fill), AiState::OutOfDate);
    QCOMPARE(again.outcome(ai.update(f.fill)).kind, Outcome::Kind::Done);
    QCOMPARE(ai.state(f.fill), AiState::Current);
}

void TestFillLayer::maskThatIsTakenAwayIsAskedFor()
{
    Filled f;
    QVERIFY(f.editor().removeMask(f.fill));
    QCOMPARE(f.ai().state(f.fill), AiState::OutOfDate);
    const QSignalSpy refused(&f.ai(), &AiLayers::refused);
    QVERIFY(!f.ai().update(f.fill).isValid());
    QCOMPARE(refused.count(), 1);
}

QTEST_GUILESS_MAIN(TestFillLayer)
#include "tst_filllayer.moc"
