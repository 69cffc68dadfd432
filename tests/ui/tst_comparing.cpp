// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/blinker.h"
#include "canvas/canvaschip.h"
#include "canvas/documentcontent.h"
#include "canvas/heatfigures.h"
#include "canvas/heatlegend.h"
#include "canvascontroller.h"
#include "edit/documenteditor.h"
#include "edit/history.h"
#include "heatmapcontroller.h"
#include "panels/layerspanel.h"
#include "session/comparison.h"
#include "ui/windowharness.h"
#include "widgets/messagebar.h"

#include <QFileDialog>
#include <QListView>
#include <QMenu>
#include <QSlider>

using namespace heirloom;
using namespace heirloom::test;

/// What a person sees who compares, and who looks where something differs or was invented.
class TestComparing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void menuOffersOriginalStepStatesAndLayers();
    void chosenSideIsSeenAndNamed();
    void heldKeyShowsTheChosenSide();
    void samePlaceLiesOnTheSamePlaceAfterEnlarging();
    void goneStateIsToldAndTheOriginalIsBack();
    void choiceIsKeptByTab();
    void blinkShowsEachSideInTurn();
    void blinkStandsStillWhileThePictureIsMoved();
    void eyeWithAltShowsOneLayerAlone();
    void differenceIsColouredWithItsFigures();
    void differenceFollowsTheDocument();
    void inventedDetailIsColouredWithItsFigures();
    void colouredPictureIsWrittenAndTheScanIsNot();
    void figuresInWordsNeverRoundToNothingOrAll();

private:
    static QMenu *menu(WindowHarness &h)
    {
        QMenu *menu = h.window->actions()[ActionId::CompareWith]->menu();
        Q_EMIT menu->aboutToShow();
        return menu;
    }
    static QAction *entry(WindowHarness &h, const QString &name)
    {
        return menu(h)->findChild<QAction *>(name);
    }
    static CanvasController &view(WindowHarness &h)
    {
        return *h.window->findChild<CanvasController *>();
    }
    static HeatmapController &heat(WindowHarness &h)
    {
        return *h.window->findChild<HeatmapController *>();
    }
    /// A layer of one colour over the whole picture.
    static LayerId paint(WindowHarness &h, const QColor &color)
    {
        const QSize size = h.session->document()->canvas().size;
        Image image(size, {Channels::Rgb, Depth::U8});
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x) {
                auto *p = image.samples<quint8>(y) + 3 * x;
                p[0] = quint8(color.red());
                p[1] = quint8(color.green());
                p[2] = quint8(color.blue());
            }
        }
        return *h.session->editor().addPixels(
            TiledBuffer::fromImage(image, h.session->tileStore()), ColorProfile::sRgb(), {},
            color.name());
    }
    /// One colour of a side in the middle of the canvas.
    static QColor seen(WindowHarness &h, Side side, QPointF at = {20.5, 10.5})
    {
        CanvasView &canvas = h.window->canvas();
        if (!h.waitFor([&] { return canvas.isSettled(); }))
            return {};
        return canvas.frame(side).pixelColor(canvas.viewport().toDevice(at).toPoint());
    }
    static bool near(const QColor &a, const QColor &b, int by = 6)
    {
        return std::abs(a.red() - b.red()) <= by && std::abs(a.green() - b.green()) <= by &&
               std::abs(a.blue() - b.blue()) <= by;
    }
    static bool measured(WindowHarness &h)
    {
        return h.waitFor([&] {
            return !heat(h).legend().figure().isEmpty() &&
                   !heat(h).legend().figure().startsWith(QStringLiteral("Measuring"));
        });
    }
    static QColor photo() { return WindowHarness::picture({48, 32}).pixelColor(20, 10); }
};

void TestComparing::menuOffersOriginalStepStatesAndLayers()
{
    WindowHarness h;
    QVERIFY(h.open());
    const LayerId red = paint(h, Qt::red);
    h.session->history().addSnapshot(QStringLiteral("red & more"));
    h.session->editor().addAdjustment({QStringLiteral("exposure"), {}}, QStringLiteral("light"));
    QStringList names;
    for (QAction *action : menu(h)->actions()) {
        if (!action->isSeparator())
            names << action->objectName();
    }
    QCOMPARE(names, (QStringList{QStringLiteral("with_original"), QStringLiteral("with_previous"),
                                 QStringLiteral("with_state0"),
                                 QStringLiteral("with_layer%1").arg(red.value()),
                                 QStringLiteral("with_layer1")}));
    QVERIFY(entry(h, QStringLiteral("with_original"))->isChecked());
    QCOMPARE(entry(h, QStringLiteral("with_state0"))->text(), QStringLiteral("red && more"));
    entry(h, QStringLiteral("with_state0"))->trigger();
    QVERIFY(entry(h, QStringLiteral("with_state0"))->isChecked());
    QCOMPARE(h.window->canvas().compareMode(), CompareMode::Split);
}

void TestComparing::chosenSideIsSeenAndNamed()
{
    WindowHarness h;
    QVERIFY(h.open());
    const LayerId red = paint(h, Qt::red);
    h.session->history().addSnapshot(QStringLiteral("red"));
    paint(h, Qt::green);
    paint(h, Qt::blue);
    CanvasContent *content = h.window->canvas().content();
    h.trigger(ActionId::Compare);
    QVERIFY(near(seen(h, Side::Before), photo()));
    QCOMPARE(content->label(Side::Before), QStringLiteral("Before: Original"));
    QVERIFY(near(seen(h, Side::After), Qt::blue));

    entry(h, QStringLiteral("with_previous"))->trigger();
    QVERIFY(near(seen(h, Side::Before), Qt::green));
    h.trigger(ActionId::Undo);
    QVERIFY(near(seen(h, Side::Before), Qt::red));
    QVERIFY(near(seen(h, Side::After), Qt::green));

    entry(h, QStringLiteral("with_state0"))->trigger();
    QVERIFY(near(seen(h, Side::Before), Qt::red));
    QCOMPARE(content->label(Side::Before), QStringLiteral("State \"red\""));

    entry(h, QStringLiteral("with_layer%1").arg(red.value()))->trigger();
    h.session->editor().setOpacity(red, 0.2);
    QVERIFY(near(seen(h, Side::Before), Qt::red));
    QVERIFY(content->label(Side::Before).contains(QStringLiteral("#ff0000")));
}

void TestComparing::heldKeyShowsTheChosenSide()
{
    WindowHarness h;
    QVERIFY(h.open());
    paint(h, Qt::red);
    h.session->history().addSnapshot(QStringLiteral("red"));
    paint(h, Qt::green);
    view(h).comparison()->compareWithKeptState(0);
    CanvasView &canvas = h.window->canvas();
    QTest::keyPress(&canvas, Qt::Key_Backslash);
    QVERIFY(h.waitFor([&] { return canvas.isSettled(); }));
    const QPoint at = canvas.viewport().toDevice(QPointF(20.5, 20.5)).toPoint();
    QVERIFY(near(canvas.grab().toImage().pixelColor(at), Qt::red));
    QTest::keyRelease(&canvas, Qt::Key_Backslash);
    QVERIFY(h.waitFor([&] { return canvas.isSettled(); }));
    QVERIFY(near(canvas.grab().toImage().pixelColor(at), Qt::green));
}

void TestComparing::samePlaceLiesOnTheSamePlaceAfterEnlarging()
{
    WindowHarness h;
    QVERIFY(h.open());
    h.session->history().addSnapshot(QStringLiteral("scan"));
    QVERIFY(h.session->editor().crop({8, 4, 32, 24}));
    QVERIFY(h.session->editor().resize({64, 48}));
    view(h).comparison()->compareWithKeptState(0);
    h.window->canvas().setCompareMode(CompareMode::SideBySide);
    for (const QPoint p : {QPoint(12, 8), QPoint(20, 15), QPoint(33, 22)}) {
        const QPointF onCanvas((p.x() - 8 + 0.5) * 2, (p.y() - 4 + 0.5) * 2);
        const QColor meant = WindowHarness::picture({48, 32}).pixelColor(p);
        QVERIFY(near(seen(h, Side::Before, onCanvas), meant, 16));
        QVERIFY(near(seen(h, Side::After, onCanvas), seen(h, Side::Before, onCanvas), 2));
    }
}

void TestComparing::goneStateIsToldAndTheOriginalIsBack()
{
    WindowHarness h;
    QVERIFY(h.open());
    paint(h, Qt::red);
    h.session->history().addSnapshot(QStringLiteral("red"));
    entry(h, QStringLiteral("with_state0"))->trigger();
    QVERIFY(near(seen(h, Side::Before), Qt::red));
    h.session->history().removeSnapshot(0);
    QVERIFY(near(seen(h, Side::Before), photo()));
    QVERIFY(h.find<MessageBar>("messageBar")->text().contains(QStringLiteral("\"red\"")));
    QVERIFY(entry(h, QStringLiteral("with_original"))->isChecked());
}

void TestComparing::choiceIsKeptByTab()
{
    WindowHarness h;
    h.window->openPaths(h.samples);
    QVERIFY(h.waitFor([&] { return h.workspace->count() == 2; }));
    EditorSession *first = h.workspace->current();
    paint(h, Qt::red);
    entry(h, QStringLiteral("with_previous"))->trigger();
    h.trigger(ActionId::NextPhoto);
    QVERIFY(h.workspace->current() != first);
    QCOMPARE(view(h).comparison()->with(), Comparison::With::Original);
    QCOMPARE(h.window->canvas().compareMode(), CompareMode::Off);
    h.trigger(ActionId::PreviousPhoto);
    QCOMPARE(view(h).comparison()->with(), Comparison::With::PreviousStep);
    QCOMPARE(h.window->canvas().compareMode(), CompareMode::Split);
}

void TestComparing::blinkShowsEachSideInTurn()
{
    WindowHarness h;
    QVERIFY(h.open());
    paint(h, Qt::red);
    CanvasView &canvas = h.window->canvas();
    QVERIFY(!canvas.blinker()->isTicking()); // nothing flashes unasked
    h.trigger(ActionId::Blink);
    QCOMPARE(canvas.compareMode(), CompareMode::Blink);
    QVERIFY(canvas.blinker()->isTicking());
    QVERIFY(h.waitFor([&] { return canvas.isSettled(); }));
    const QPoint at = canvas.viewport().toDevice(QPointF(20.5, 20.5)).toPoint();
    const QColor below = WindowHarness::picture({48, 32}).pixelColor(20, 20);
    for (const bool before : {false, true, false}) {
        QCOMPARE(canvas.blinker()->showsBefore(), before);
        QVERIFY(near(canvas.grab().toImage().pixelColor(at), before ? below : QColor(Qt::red)));
        canvas.blinker()->tick(); // the clock, without waiting for it
    }
    h.trigger(ActionId::Blink);
    QCOMPARE(canvas.compareMode(), CompareMode::Off);
    QVERIFY(!canvas.blinker()->isTicking());
    canvas.blinker()->tick();
    QVERIFY(!canvas.blinker()->showsBefore());
}

void TestComparing::blinkStandsStillWhileThePictureIsMoved()
{
    WindowHarness h;
    QVERIFY(h.open());
    CanvasView &canvas = h.window->canvas();
    h.trigger(ActionId::Blink);
    canvas.blinker()->tick();
    QTest::mousePress(&canvas, Qt::LeftButton, {}, QPoint(100, 100));
    QVERIFY(!canvas.blinker()->isTicking());
    canvas.blinker()->tick();
    QVERIFY(canvas.blinker()->showsBefore());
    QTest::mouseRelease(&canvas, Qt::LeftButton, {}, QPoint(100, 100));
    QVERIFY(canvas.blinker()->isTicking());
    canvas.blinker()->tick();
    QVERIFY(!canvas.blinker()->showsBefore());
}

void TestComparing::eyeWithAltShowsOneLayerAlone()
{
    WindowHarness h;
    QVERIFY(h.open());
    const LayerId red = paint(h, Qt::red);
    paint(h, Qt::green);
    const Snapshot state = h.session->document()->snapshot();
    const int steps = h.session->undoStack().count();
    auto *panel = h.find<LayersPanel>("layersPanel");
    h.window->findChild<QWidget *>(QStringLiteral("layersPanel"))->window()->show();
    QListView *list = panel->list();
    const auto eye = [&](int row) {
        const QRect r = list->visualRect(list->model()->index(row, 0));
        return QPoint(r.left() + 10, r.center().y());
    };
    QTest::mouseClick(list->viewport(), Qt::LeftButton, Qt::AltModifier, eye(1));
    auto *chip = h.find<CanvasChip>("canvasChip");
    QVERIFY(near(seen(h, Side::After), Qt::red));
    QVERIFY(chip->text().contains(QStringLiteral("#ff0000")));
    // A view: nothing about the document is different.
    QVERIFY(h.session->document()->snapshot().sameState(state));
    QCOMPARE(h.session->undoStack().count(), steps);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, Qt::AltModifier, eye(1));
    QVERIFY(near(seen(h, Side::After), Qt::green));
    QVERIFY(!chip->isVisible());
    view(h).toggleAlone(red);
    h.click("canvasChipEnd");
    QVERIFY(near(seen(h, Side::After), Qt::green));
    view(h).toggleAlone(red);
    QVERIFY(h.session->editor().remove(red)); // what is not there cannot be alone
    QVERIFY(near(seen(h, Side::After), Qt::green));
    QVERIFY(!chip->isVisible());
}

void TestComparing::differenceIsColouredWithItsFigures()
{
    WindowHarness h;
    QVERIFY(h.open());
    h.trigger(ActionId::ShowDifference);
    HeatLegend &legend = heat(h).legend();
    QVERIFY(legend.isVisible());
    QVERIFY(measured(h));
    QVERIFY(legend.figure().contains(QStringLiteral("Nothing differs")));
    QVERIFY(near(seen(h, Side::After), photo())); // and nothing is coloured

    const LayerId red = paint(h, Qt::red);
    Mask mask = Mask::uniform({48, 32}, 0, h.session->tileStore());
    Tile::Pixel full{};
    full[0] = std::byte{255};
    mask.pixels.fill({0, 0, 24, 32}, full);
    QVERIFY(h.session->editor().setMask(red, mask, QStringLiteral("left half")));
    QVERIFY(h.waitFor([&] { return legend.figure().contains(QStringLiteral("50 %")); }));
    QCOMPARE(legend.figure(), QStringLiteral("50 % of pixels changed; outside masks: 0"));
    QCOMPARE(legend.accessibleDescription(), legend.figure() + u' ' + legend.more());
    // Coloured where it differs, over what is there; nowhere else, and not on the other side.
    const QColor left = seen(h, Side::After, {10.5, 10.5});
    QVERIFY(!near(left, Qt::red, 40) && left.blue() > 60);
    QVERIFY(near(seen(h, Side::After, {40.5, 10.5}),
                 WindowHarness::picture({48, 32}).pixelColor(40, 10)));
    h.window->canvas().setCompareMode(CompareMode::Split);
    QVERIFY(near(seen(h, Side::Before, {10.5, 10.5}),
                 WindowHarness::picture({48, 32}).pixelColor(10, 10)));
    // The less opaque, the more of the picture.
    h.find<QSlider>("heatOpacity")->setValue(10);
    QVERIFY(h.waitFor([&] { return near(seen(h, Side::After, {10.5, 10.5}), Qt::red, 40); }));

    h.click("heatClose");
    QVERIFY(!legend.isVisible());
    QVERIFY(!h.window->actions()[ActionId::ShowDifference]->isChecked());
    QVERIFY(near(seen(h, Side::After, {10.5, 10.5}), Qt::red));
}

void TestComparing::differenceFollowsTheDocument()
{
    WindowHarness h;
    QVERIFY(h.open());
    const LayerId red = paint(h, Qt::red);
    h.trigger(ActionId::ShowDifference);
    QVERIFY(measured(h));
    QVERIFY(heat(h).legend().figure().contains(QStringLiteral("changed")));
    QVERIFY(h.session->editor().setVisible(red, false));
    QVERIFY(h.waitFor([&] {
        return heat(h).legend().figure().contains(QStringLiteral("Nothing differs"));
    }));
    QVERIFY(h.session->editor().resize({96, 64})); // another canvas
    QVERIFY(h.waitFor([&] { return h.worker.isIdle(); }));
    QVERIFY(measured(h));
    QVERIFY(heat(h).legend().figure().contains(QStringLiteral("Nothing differs")));
    h.workspace->close(h.workspace->current());
    QVERIFY(!heat(h).legend().isVisible());
    QVERIFY(h.open());
    QVERIFY(heat(h).legend().isVisible()); // the view belongs to the window
    QVERIFY(measured(h));
}

void TestComparing::inventedDetailIsColouredWithItsFigures()
{
    WindowHarness h;
    QVERIFY(h.open());
    h.trigger(ActionId::ShowInventedDetail);
    QVERIFY(measured(h));
    QVERIFY(heat(h).legend().figure().contains(QStringLiteral("nothing is invented")));
    QVERIFY(h.enlarge()); // the scripted network makes blocks where Lanczos is smooth
    QVERIFY(h.waitFor([&] {
        return heat(h).legend().figure().contains(QStringLiteral("detail is invented, in"));
    }));
    QVERIFY(heat(h).legend().more().contains(QStringLiteral("fine")));
    h.trigger(ActionId::ShowDifference); // one at a time
    QVERIFY(!h.window->actions()[ActionId::ShowInventedDetail]->isChecked());
    QVERIFY(measured(h));
    QVERIFY(heat(h).legend().figure().contains(QStringLiteral("changed")));
}

void TestComparing::colouredPictureIsWrittenAndTheScanIsNot()
{
    WindowHarness h;
    QVERIFY(h.open());
    const LayerId red = paint(h, Qt::red);
    Mask mask = Mask::uniform({48, 32}, 0, h.session->tileStore());
    Tile::Pixel full{};
    full[0] = std::byte{255};
    mask.pixels.fill({0, 0, 24, 32}, full);
    QVERIFY(h.session->editor().setMask(red, mask, QStringLiteral("left half")));
    h.trigger(ActionId::ShowDifference);
    QVERIFY(measured(h));
    const auto saveTo = [&](const QString &path) {
        Q_EMIT heat(h).legend().saveRequested();
        auto *dialog = h.window->findChild<QFileDialog *>(QStringLiteral("heatFile"));
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(dialog->selectedFiles().first().endsWith(QStringLiteral("sample_difference.png")));
        Q_EMIT dialog->fileSelected(path);
        delete dialog;
    };
    const QString path = h.folder.filePath(QStringLiteral("coloured.png"));
    saveTo(path);
    const auto *bar = h.find<MessageBar>("messageBar");
    QVERIFY(h.waitFor([&] { return bar->text().contains(path); }));
    const QImage written(path);
    QCOMPARE(written.size(), QSize(48, 32));
    QCOMPARE(written.pixelColor(40, 10), WindowHarness::picture({48, 32}).pixelColor(40, 10));
    QVERIFY(near(written.pixelColor(10, 10), seen(h, Side::After, {10.5, 10.5}), 2));
    QVERIFY(!near(written.pixelColor(10, 10), Qt::red, 40));
    saveTo(h.samples.first()); // the photo's own file
    QVERIFY(h.waitFor([&] { return !bar->text().contains(path); }));
    QCOMPARE(QImage(h.samples.first()), WindowHarness::picture({48, 32}).convertToFormat(
                                            QImage(h.samples.first()).format()));
}

void TestComparing::figuresInWordsNeverRoundToNothingOrAll()
{
    DifferenceFigures f;
    f.pixels = 1000000;
    f.differing = f.changed = 1;
    f.largest = 3;
    QVERIFY(HeatFigures::of(f).figure.contains(QStringLiteral("less than 0.1 %")));
    f.differing = f.changed = 999999;
    QVERIFY(HeatFigures::of(f).figure.contains(QStringLiteral("more than 99.9 %")));
    f.differing = f.changed = 1000000;
    QVERIFY(HeatFigures::of(f).figure.startsWith(QStringLiteral("100 % of")));
    f.changed = 0;
    f.outside = 500;
    f.differingOutside = 12;
    QVERIFY(HeatFigures::of(f).figure.startsWith(QStringLiteral("0 % of")));
    QVERIFY(HeatFigures::of(f).figure.endsWith(QStringLiteral("outside masks: 12")));
    QVERIFY(HeatFigures::of(f).more.contains(QStringLiteral("1,000,000 pixels")) ||
            HeatFigures::of(f).more.contains(QStringLiteral("1000000 pixels")));
    f.differing = 0;
    QVERIFY(HeatFigures::of(f).figure.contains(QStringLiteral("Nothing differs")));
}

QTEST_MAIN(TestComparing)
#include "tst_comparing.moc"
