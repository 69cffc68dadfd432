// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "docks.h"
#include "edit/documenteditor.h"
#include "operation/colorize.h"
#include "operation/scriptedcolorizer.h"
#include "panels/toolspanel.h"
#include "session/ailayers.h"
#include "session/editorsession.h"
#include "session/sessionjobs.h"
#include "tools/hinttool.h"
#include "toolcontroller.h"
#include "ui/windowharness.h"
#include "startpage.h"
#include "widgets/messagebar.h"
#include "widgets/progressstrip.h"
#include "widgets/referenceview.h"

#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QSlider>
#include <QPushButton>
#include <QToolButton>
#include <QUndoStack>
#include <QWheelEvent>

#include <latch>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

/// A window on a photo with the tool in hand, without a network: the twin spreads the hints.
struct ColourStage : WindowHarness {
    ColourStage()
        : WindowHarness(Networks::None)
    {
        if (!open())
            qFatal("the sample does not open");
        trigger(ActionId::Colorize); // the twin has nothing to go by yet
        if (!settle())
            qFatal("the first colouring does not end");
        window->canvas().setFocus();
    }
    HintTool &tool() const { return *qobject_cast<HintTool *>(window->tools().tool()); }
    const Document &document() const { return *session->document(); }
    int layers() const { return document().stack().count(); }
    ColorHints hints() const
    {
        const Layer *top = document().layer(document().stack().at(layers() - 1).id);
        const auto made = ColorizeSettings::fromParameters(top->ai.parameters);
        return made ? made->hints : ColorHints();
    }
    QPoint at(double x, double y) const
    {
        const CanvasView &canvas = window->canvas();
        const QRectF pixel = canvas.viewport().toDevice(QRectF(x, y, 0, 0));
        return (pixel.topLeft() / canvas.devicePixelRatioF()).toPoint();
    }
    void clickAt(double x, double y) const
    {
        QTest::mouseClick(&window->canvas(), Qt::LeftButton, {}, at(x, y));
    }
    bool settle()
    {
        return waitFor([this] { return worker.isIdle() && !window->canvas().isPreviewing(); });
    }
    /// The file that a command of the page's menu asks for.
    void choose(const char *command, const QString &path)
    {
        find<QAction>(command)->trigger();
        auto *dialog = find<QFileDialog>("hintsFile");
        Q_EMIT dialog->fileSelected(path);
        delete dialog;
    }
    void setColor(const QString &hex)
    {
        auto *field = find<QLineEdit>("hintHex");
        field->setText(hex);
        Q_EMIT field->editingFinished();
    }
};

} // namespace

/// Colour in the window: the page, hints placed by hand, steps of the history.
class TestColouring : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void actionChoosesTheToolAndItsPage();
    void clickMakesAColourLayerWithAHint();
    void eachChangeIsTakenBackAlone();
    void changesThatComeFasterThanPixelsAreStepsOfTheirOwn();
    void hintsOfOneNameShareOneColour();
    void keptGreyIsAnotherKindOfHint();
    void strengthIsTheLayersOpacity();
    void withoutANetworkThePageSaysWhatWillBeDone();
    void hintsGoToAFileAndComeBack();
    void filesThatDoNotFitAreSaid_data();
    void filesThatDoNotFitAreSaid();
    void colourIsPickedFromAnotherPhoto();
    void namedColoursAreOfferedOnAnotherPhoto();
    void listAndCanvasSelectTheSame();
    void hintWithoutItsTickIsKeptAndSaysNothing();
    void hintIsLimitedToTheSelection();
    void startCardColoursTheNextPhoto();
    void firstColouringCanBeCancelled();
    void pinnedPhotoGivesColours();
};

void TestColouring::actionChoosesTheToolAndItsPage()
{
    WindowHarness h(WindowHarness::Networks::None);
    QVERIFY(!h.window->actions()[ActionId::Colorize]->isEnabled());
    QVERIFY(h.open());
    h.trigger(ActionId::Colorize);
    QCOMPARE(h.window->docks().tools().current(), QStringLiteral("colour"));
    QVERIFY(h.find<QWidget>("colorPanel")->isVisible());
    QVERIFY(qobject_cast<HintTool *>(h.window->tools().tool()));
}

void TestColouring::clickMakesAColourLayerWithAHint()
{
    ColourStage s;
    QVERIFY(s.settle());
    QCOMPARE(s.layers(), 1); // the twin had nothing to go by
    s.clickAt(20, 10);
    QVERIFY(s.settle());
    QCOMPARE(s.layers(), 2);
    const Layer &layer = s.document().stack().at(1);
    QCOMPARE(layer.ai.operation, Colorize::id());
    QCOMPARE(layer.blendMode, BlendMode::Color);
    QCOMPARE(s.hints().all.size(), 1);
    QCOMPARE(s.hints().size, QSize(48, 32));
    QVERIFY(QLineF(s.hints().all[0].path[0], QPointF(20, 10)).length() < 1);
    s.setColor(QStringLiteral("#c02030"));
    QVERIFY(s.settle());
    QCOMPARE(s.hints().all[0].color, qRgb(0xc0, 0x20, 0x30));
}

void TestColouring::eachChangeIsTakenBackAlone()
{
    ColourStage s;
    s.clickAt(10, 10);
    QVERIFY(s.settle());
    s.clickAt(35, 20);
    QVERIFY(s.settle());
    QCOMPARE(s.hints().all.size(), 2);
    s.setColor(QStringLiteral("20 90 40"));
    QVERIFY(s.settle());
    s.trigger(ActionId::Undo);
    QVERIFY(s.hints().all[1].color != qRgb(20, 90, 40));
    QCOMPARE(s.tool().hints().all, s.hints().all);
    s.trigger(ActionId::Undo);
    QCOMPARE(s.hints().all.size(), 1);
    s.trigger(ActionId::Redo);
    QCOMPARE(s.tool().hints().all.size(), 2);
    s.trigger(ActionId::Undo);
    s.trigger(ActionId::Undo);
    QCOMPARE(s.layers(), 1);
    QVERIFY(s.tool().hints().isEmpty());
}

void TestColouring::changesThatComeFasterThanPixelsAreStepsOfTheirOwn()
{
    ColourStage s;
    s.clickAt(8, 8);
    QVERIFY(s.settle());
    s.clickAt(24, 16);
    s.clickAt(40, 24);
    s.clickAt(12, 26);
    QCOMPARE(s.tool().hints().all.size(), 4);
    s.trigger(ActionId::Undo); // the last was not worked out yet
    QCOMPARE(s.tool().hints().all.size(), 3);
    QVERIFY(s.settle());
    for (const int left : {3, 2, 1}) {
        QCOMPARE(s.hints().all.size(), left);
        s.trigger(ActionId::Undo);
    }
    QCOMPARE(s.layers(), 1);
}

void TestColouring::hintsOfOneNameShareOneColour()
{
    ColourStage s;
    const auto name = [&](const QString &text) {
        auto *field = s.find<QLineEdit>("hintName");
        field->setText(text);
        Q_EMIT field->editingFinished();
    };
    s.clickAt(8, 8);
    s.setColor(QStringLiteral("#405020"));
    name(QStringLiteral("uniform"));
    s.clickAt(40, 24);
    QVERIFY(s.tool().hints().all[1].color != qRgb(0x40, 0x50, 0x20));
    name(QStringLiteral("uniform"));
    QCOMPARE(s.tool().hints().all[1].color, qRgb(0x40, 0x50, 0x20));
    s.setColor(QStringLiteral("#203050"));
    for (const ColorHint &hint : s.tool().hints().all)
        QCOMPARE(hint.color, qRgb(0x20, 0x30, 0x50));
    QVERIFY(s.settle());
}

void TestColouring::keptGreyIsAnotherKindOfHint()
{
    ColourStage s;
    s.clickAt(8, 8);
    s.click("hintGrey");
    QVERIFY(s.settle());
    QCOMPARE(s.hints().all[0].kind, ColorHint::Kind::KeepGrey);
    QCOMPARE(s.tool().selected(), 0);
    s.click("hintGrey");
    QVERIFY(s.settle());
    QCOMPARE(s.hints().all[0].kind, ColorHint::Kind::Point);
}

void TestColouring::strengthIsTheLayersOpacity()
{
    ColourStage s;
    s.clickAt(8, 8);
    QVERIFY(s.settle());
    s.find<QSlider>("colorStrength")->setValue(40);
    QCOMPARE(s.document().stack().at(1).opacity, 0.4);
    s.find<QSlider>("colorSaturation")->setValue(150);
    QVERIFY(s.settle());
    const auto made = ColorizeSettings::fromParameters(s.document().stack().at(1).ai.parameters);
    QVERIFY(made);
    QCOMPARE(made->taste.saturation, 150.0);
    QCOMPARE(made->hints.all.size(), 1);
}

void TestColouring::withoutANetworkThePageSaysWhatWillBeDone()
{
    ColourStage s;
    QVERIFY(s.find<QLabel>("colorNote")->isVisible());
}

void TestColouring::hintsGoToAFileAndComeBack()
{
    ColourStage s;
    s.clickAt(8, 8);
    s.setColor(QStringLiteral("#405020"));
    s.clickAt(40, 20);
    QVERIFY(s.settle());
    const ColorHints placed = s.hints();
    const QString path = s.folder.filePath(QStringLiteral("hints.json"));
    s.choose("saveHints", path);
    QVERIFY(QFile::exists(path));
    QTest::keyClick(&s.window->canvas(), Qt::Key_Delete);
    QVERIFY(s.settle());
    QCOMPARE(s.hints().all.size(), 1);
    s.choose("loadHints", path);
    QVERIFY(s.settle());
    QCOMPARE(s.hints(), placed);
    s.trigger(ActionId::Undo);
    QCOMPARE(s.hints().all.size(), 1);
}

void TestColouring::filesThatDoNotFitAreSaid_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("hints");
    QTest::newRow("broken") << QByteArray(R"({"version": 1, "points": [)") << 0;
    QTest::newRow("newer") << QByteArray(R"({"version": 2})") << 0;
    QTest::newRow("another size")
        << QByteArray(R"({"version": 1, "width": 96, "height": 64,
                          "points": [{"x": 40, "y": 20, "radius": 4, "color": "#a04030"}]})")
        << 1;
    QTest::newRow("outside")
        << QByteArray(R"({"version": 1,
                          "points": [{"x": 400, "y": 20, "radius": 4, "color": "#a04030"}]})")
        << 1;
}

void TestColouring::filesThatDoNotFitAreSaid()
{
    QFETCH(QByteArray, json);
    QFETCH(int, hints);
    ColourStage s;
    QVERIFY(s.settle());
    auto *bar = s.window->findChild<MessageBar *>();
    bar->dismiss();
    s.choose("loadHints", s.write("hints.json", json));
    QVERIFY(bar->isVisible());
    const QString said = bar->text();
    QVERIFY(s.settle());
    QCOMPARE(s.tool().hints().all.size(), hints);
    if (QLatin1String(QTest::currentDataTag()) == QLatin1String("another size")) {
        QCOMPARE(s.tool().hints().all[0].path[0], QPointF(20, 10));
        QVERIFY2(said.contains(QStringLiteral("96")), qPrintable(said));
    }
}

void TestColouring::colourIsPickedFromAnotherPhoto()
{
    ColourStage s;
    s.clickAt(8, 8);
    QVERIFY(s.settle());
    EditorSession *first = s.workspace->current();
    s.click("pickHintColor");
    s.window->openPaths({s.samples.at(1)});
    QVERIFY(s.waitFor([&] { return s.workspace->count() == 2 && s.session->hasDocument(); }));
    QVERIFY(s.workspace->current() != first);
    QVERIFY(s.tool().isPicking());
    const QPoint place(30, 12);
    s.clickAt(place.x() + 0.5, place.y() + 0.5);
    QCOMPARE(s.workspace->current(), first);
    QVERIFY(!s.tool().isPicking());
    QCOMPARE(s.tool().hints().all[0].color, WindowHarness::picture({48, 32}).pixel(place));
    QVERIFY(s.settle());
    QCOMPARE(s.hints().all.size(), 1);
}

void TestColouring::namedColoursAreOfferedOnAnotherPhoto()
{
    ColourStage s;
    s.clickAt(8, 8);
    s.setColor(QStringLiteral("#405020"));
    auto *name = s.find<QLineEdit>("hintName");
    name->setText(QStringLiteral("uniform"));
    Q_EMIT name->editingFinished();
    QVERIFY(s.settle());
    s.window->openPaths({s.samples.at(1)});
    QVERIFY(s.waitFor([&] { return s.workspace->count() == 2 && s.session->hasDocument(); }));
    s.clickAt(20, 20);
    QVERIFY(s.settle());
    QMenu *materials = s.find<QToolButton>("materials")->menu();
    Q_EMIT materials->aboutToShow();
    QMenu *own = materials->actions().first()->menu();
    QVERIFY(own);
    QCOMPARE(own->actions().size(), 1);
    QCOMPARE(own->actions().first()->text(), QStringLiteral("uniform"));
    own->actions().first()->trigger();
    QVERIFY(s.settle());
    QCOMPARE(s.hints().all[0].color, qRgb(0x40, 0x50, 0x20));
}

void TestColouring::listAndCanvasSelectTheSame()
{
    ColourStage s;
    s.clickAt(8, 8);
    s.clickAt(40, 20);
    QVERIFY(s.settle());
    auto *list = s.find<QListWidget>("hintList");
    QCOMPARE(list->count(), 2);
    QCOMPARE(list->currentRow(), 1);
    list->setCurrentRow(0);
    QCOMPARE(s.tool().selected(), 0);
    QTest::keyClick(&s.window->canvas(), Qt::Key_Escape);
    QCOMPARE(list->currentRow(), -1);
    QVERIFY(!s.find<QWidget>("hintEditor")->isVisible());
}

void TestColouring::hintWithoutItsTickIsKeptAndSaysNothing()
{
    ColourStage s;
    s.clickAt(8, 8);
    s.setColor(QStringLiteral("#c02030"));
    QVERIFY(s.settle());
    s.find<QListWidget>("hintList")->item(0)->setCheckState(Qt::Unchecked);
    QVERIFY(s.waitFor([&] { return s.hints().all[0].hidden; }));
    QVERIFY(s.settle());
    QCOMPARE(s.hints().countShown(), 0);
    s.trigger(ActionId::Undo);
    QVERIFY(!s.hints().all[0].hidden);
    QCOMPARE(s.find<QListWidget>("hintList")->item(0)->checkState(), Qt::Checked);
}

void TestColouring::hintIsLimitedToTheSelection()
{
    ColourStage s;
    s.clickAt(12, 10);
    s.setColor(QStringLiteral("#c02030"));
    QVERIFY(s.settle());
    auto *button = s.find<QAbstractButton>("limitHint");
    QVERIFY(!button->isVisible()); // nothing is selected
    Mask mask = Mask::uniform({48, 32}, 0, s.workspace->tileStore());
    Tile::Pixel white{};
    white[0] = std::byte{255};
    mask.pixels.fill(QRect(4, 4, 20, 12), white);
    QVERIFY(s.session->editor().setSelection(mask, QStringLiteral("Select")));
    QVERIFY(s.waitFor([&] { return button->isVisible(); }));
    s.click("limitHint");
    QVERIFY(s.settle());
    const QList<QPolygonF> region = s.hints().all[0].region;
    QCOMPARE(region.size(), 1);
    const QRectF bounds = region[0].boundingRect();
    QVERIFY(bounds.contains(QRectF(5, 5, 18, 10)) && QRectF(4, 4, 20, 12).contains(bounds));
    s.session->editor().setSelection({}, QStringLiteral("Select none"));
    QVERIFY(button->isVisible()); // to take it back
    s.click("limitHint");
    QVERIFY(s.settle());
    QVERIFY(s.hints().all[0].region.isEmpty());
}

void TestColouring::startCardColoursTheNextPhoto()
{
    WindowHarness h(WindowHarness::Networks::None);
    h.provider.add(std::make_shared<ChromaModel>());
    Q_EMIT h.window->findChild<StartPage *>()->toolRequested(QStringLiteral("colour"));
    delete h.window->findChild<QFileDialog *>();
    QVERIFY(h.open());
    QVERIFY(h.waitFor([&] { return h.session->document()->stack().count() == 2; }));
    QCOMPARE(h.session->document()->stack().at(1).ai.operation, Colorize::id());
    // Only that one.
    h.window->openPaths({h.samples[1]});
    QVERIFY(h.waitFor([&] { return h.workspace->count() == 2 && h.session->hasDocument(); }));
    QVERIFY(h.waitFor([&] { return h.worker.isIdle(); }));
    QCOMPARE(h.session->document()->stack().count(), 1);
}

void TestColouring::firstColouringCanBeCancelled()
{
    WindowHarness h(WindowHarness::Networks::None);
    h.provider.add(std::make_shared<ChromaModel>());
    QVERIFY(h.open());
    std::latch held(1);
    h.session->jobs().submit<int>(
        QStringLiteral("first"), Priority::Interactive,
        [&](const Progress &) -> Result<int> {
            held.wait();
            return 0;
        },
        [](JobId, int) {});
    h.trigger(ActionId::Colorize);
    auto *cancel = h.find<QWidget>("colorPanel")->findChild<ProgressStrip *>();
    QVERIFY(cancel && cancel->isVisible());
    Q_EMIT cancel->cancelled();
    held.count_down();
    QVERIFY(h.waitFor([&] { return h.worker.isIdle(); }));
    QCOMPARE(h.session->document()->stack().count(), 1);
    QVERIFY(h.find<QAbstractButton>("colorButton")->isVisible());
    h.click("colorButton");
    QVERIFY(h.waitFor([&] { return h.session->document()->stack().count() == 2; }));
}

void TestColouring::pinnedPhotoGivesColours()
{
    ColourStage s;
    s.find<QAction>("pinReference")->trigger();
    QVERIFY(s.waitFor([&] { return s.find<ReferenceView>("referenceView") != nullptr; }));
    auto *view = s.find<ReferenceView>("referenceView");
    QVERIFY(s.waitFor([&] { return !view->picture().isNull(); }));
    QCOMPARE(view->picture().size(), QSize(48, 32));
    // On another photo, with a zoom of its own.
    s.window->openPaths({s.samples.at(1)});
    QVERIFY(s.waitFor([&] { return s.workspace->count() == 2 && s.session->hasDocument(); }));
    view->resize(300, 200);
    view->fit();
    const double fitting = view->scale();
    QWheelEvent wheel(QPointF(150, 100), view->mapToGlobal(QPointF(150, 100)), {}, QPoint(0, 120),
                      Qt::NoButton, {}, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(view, &wheel);
    QVERIFY(view->scale() > fitting);
    QTest::mouseDClick(view, Qt::LeftButton, {}, QPoint(150, 100));
    QCOMPARE(view->scale(), fitting);
    QTest::mouseClick(view, Qt::LeftButton, {}, QPoint(150, 100)); // no hint to give it to
    QVERIFY(s.window->findChild<MessageBar *>()->isVisible());
    s.clickAt(20, 10);
    QVERIFY(s.settle());
    QTest::mouseClick(view, Qt::LeftButton, {}, QPoint(150, 100));
    QVERIFY(s.settle());
    QCOMPARE(s.hints().all[0].color,
             WindowHarness::picture({48, 32}).pixel(QPoint(24, 16))); // in the middle, not enlarged
    s.click("matchReference");
    QVERIFY(s.waitFor([&] { return s.tool().hints().all.size() > 5; }));
    QVERIFY(s.settle());
    QCOMPARE(s.hints().countGuessed(), int(s.hints().all.size()) - 1);
    s.trigger(ActionId::Undo);
    QCOMPARE(s.hints().all.size(), 1);
    QTest::mouseClick(s.find<QToolButton>("closeReference"), Qt::LeftButton);
    QVERIFY(!view->isVisible());
}

QTEST_MAIN(TestColouring)
#include "tst_colouring.moc"
