// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/toolspanel.h"
#include "docks.h"
#include "toolcontroller.h"
#include "tools/croptool.h"
#include "toolstage.h"
#include "windowharness.h"

#include <QComboBox>
#include <QRandomGenerator>
#include <QSpinBox>

using namespace heirloom;
using namespace heirloom::test;

class TestCropTool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsWithEverythingAndNothingToDo();
    void cornerFollowsTheMouse();
    void edgeMovesAlone();
    void insideMovesTheWhole();
    void newFrameIsDrawnWhereNoneIs();
    void clickAloneMakesNoFrame();
    void frameStaysOnTheCanvas();
    void aspectIsKept_data();
    void aspectIsKept();
    void everyPullStaysInsideAndKeepsItsAspect();
    void arrowsMoveByOneAndTen();
    void enterAsksOnce();
    void escapeAsksForNothing();
    void escapeInADragTakesItBack();
    void dragSeesTheOptionsOfItsBeginning();
    void outsideIsDimmed();
    void spaceStillMovesThePicture();
    void besideTheOriginalItWorksOnTheResult();
    void readoutKnowsPaper();
    void cropIsOneStepWithExactPixels();
    void leavingDiscardsQuietly();
    void panelSetsTheFrame();
    void undoUnderTheToolBeginsAgain();
};

void TestCropTool::beginsWithEverythingAndNothingToDo()
{
    CropTool tool;
    ToolStage stage(tool);
    QCOMPARE(tool.frame(), QRect(0, 0, 400, 300));
    QVERIFY(!tool.canApply());
    QVERIFY(!stage.status.isEmpty());
    stage.host.setTool(nullptr);
    QVERIFY(stage.status.isEmpty());
    QVERIFY(!tool.isActive());
}

void TestCropTool::cornerFollowsTheMouse()
{
    CropTool tool;
    ToolStage stage(tool);
    stage.drag(0, 0, {37, 21});
    QCOMPARE(tool.frame(), QRect(37, 21, 363, 279));
    stage.drag(400, 300, {-50, -60});
    QCOMPARE(tool.frame(), QRect(37, 21, 313, 219));
    // Beyond the opposite corner it opens to the other side.
    stage.drag(350, 240, {-330, 10});
    QCOMPARE(tool.frame(), QRect(20, 21, 17, 229));
}

void TestCropTool::edgeMovesAlone()
{
    CropTool tool;
    ToolStage stage(tool);
    stage.drag(0, 150, {40, 33});
    QCOMPARE(tool.frame(), QRect(40, 0, 360, 300));
    stage.drag(220, 300, {12, -25});
    QCOMPARE(tool.frame(), QRect(40, 0, 360, 275));
}

void TestCropTool::insideMovesTheWhole()
{
    CropTool tool;
    ToolStage stage(tool);
    tool.setFrame(QRect(50, 60, 200, 100));
    stage.drag(150, 100, {23, -17});
    QCOMPARE(tool.frame(), QRect(73, 43, 200, 100));
}

void TestCropTool::newFrameIsDrawnWhereNoneIs()
{
    CropTool tool;
    ToolStage stage(tool);
    // A frame of everything: inside it a new one is drawn.
    stage.drag(100, 80, {120, 90});
    QCOMPARE(tool.frame().size(), QSize(120, 90));
    QVERIFY((tool.frame().topLeft() - QPoint(100, 80)).manhattanLength() <= 1);
    stage.drag(300, 200, {40, 50}); // beside it too
    QCOMPARE(tool.frame().size(), QSize(40, 50));
}

void TestCropTool::clickAloneMakesNoFrame()
{
    CropTool tool;
    ToolStage stage(tool);
    stage.drag(100, 80, {1, 1});
    QCOMPARE(tool.frame(), QRect(0, 0, 400, 300));
}

void TestCropTool::frameStaysOnTheCanvas()
{
    CropTool tool;
    ToolStage stage(tool);
    tool.setFrame(QRect(50, 60, 200, 100));
    stage.drag(150, 110, {-400, -400});
    QCOMPARE(tool.frame(), QRect(0, 0, 200, 100));
    stage.drag(200, 100, {900, 900});
    QCOMPARE(tool.frame(), QRect(0, 0, 400, 300));
    tool.setFrame(QRect(390, 290, 50, 50));
    QCOMPARE(tool.frame(), QRect(390, 290, 10, 10));
    tool.setFrame(QRect(500, 500, 50, 50)); // beside the canvas: not taken
    QCOMPARE(tool.frame(), QRect(390, 290, 10, 10));
}

void TestCropTool::aspectIsKept_data()
{
    QTest::addColumn<QSizeF>("aspect");
    QTest::addColumn<QSize>("largest");
    QTest::newRow("square") << QSizeF(1, 1) << QSize(300, 300);
    QTest::newRow("3:2") << QSizeF(3, 2) << QSize(400, 267);
    QTest::newRow("16:9") << QSizeF(16, 9) << QSize(400, 225);
    QTest::newRow("upright") << QSizeF(10, 15) << QSize(200, 300);
}

void TestCropTool::aspectIsKept()
{
    QFETCH(QSizeF, aspect);
    QFETCH(QSize, largest);
    CropTool tool;
    ToolStage stage(tool);
    tool.setOptions({aspect, {}});
    QCOMPARE(tool.frame().size(), largest);
    const auto ratio = aspect.width() / aspect.height();
    const auto keeps = [&] {
        return std::abs(tool.frame().width() - tool.frame().height() * ratio) <= 1 + ratio;
    };
    const QRect start = tool.frame();
    stage.drag(start.left(), start.top(), {40, 10});
    QVERIFY(keeps());
    QVERIFY(tool.frame() != start);
    // The opposite corner stays.
    QCOMPARE(tool.frame().bottomRight(), start.bottomRight());
    const QRect before = tool.frame();
    stage.drag(before.left() + before.width(), before.center().y() + 1, {-30, 0});
    QVERIFY(keeps());
    QCOMPARE(tool.frame().left(), before.left());
    QCOMPARE(tool.frame().width(), before.width() - 30);
    stage.key(Qt::Key_X);
    QVERIFY(std::abs(tool.frame().height() - tool.frame().width() * ratio) <= 1 + ratio);
}

void TestCropTool::everyPullStaysInsideAndKeepsItsAspect()
{
    QRandomGenerator random(20);
    const auto upTo = [&random](int n) { return random.bounded(n); };
    for (int i = 0; i < 20000; ++i) {
        const QSize canvas(1 + upTo(300), 1 + upTo(300));
        const QRect whole(QPoint(0, 0), canvas);
        const int x = upTo(canvas.width()), y = upTo(canvas.height());
        const QRect frame(x, y, 1 + upTo(canvas.width() - x), 1 + upTo(canvas.height() - y));
        const QSizeF aspect = i % 2 ? QSizeF(1 + upTo(20), 1 + upTo(20)) : QSizeF();
        const QPointF to(upTo(600) - 150, upTo(600) - 150);
        const auto grip = cropframe::Grip(1 + upTo(8));
        const QRect pulled = cropframe::pulled(frame, grip, to, aspect, canvas);
        QVERIFY(!pulled.isEmpty());
        QVERIFY2(whole.contains(pulled), qPrintable(QStringLiteral("case %1").arg(i)));
        if (!aspect.isEmpty()) {
            // Rounded to whole pixels each way, and never below one.
            const double ratio = aspect.width() / aspect.height();
            const bool close = std::abs(pulled.width() - pulled.height() * ratio) <=
                               0.51 * (1 + ratio) + 1e-9;
            QVERIFY2(close || pulled.width() == 1 || pulled.height() == 1,
                     qPrintable(QStringLiteral("case %1").arg(i)));
        }
    }
}

void TestCropTool::arrowsMoveByOneAndTen()
{
    CropTool tool;
    ToolStage stage(tool);
    tool.setFrame(QRect(50, 60, 200, 100));
    stage.key(Qt::Key_Right);
    stage.key(Qt::Key_Down);
    QCOMPARE(tool.frame(), QRect(51, 61, 200, 100));
    stage.key(Qt::Key_Left, Qt::ShiftModifier);
    stage.key(Qt::Key_Up, Qt::ShiftModifier);
    QCOMPARE(tool.frame(), QRect(41, 51, 200, 100));
    for (int i = 0; i < 9; ++i)
        stage.key(Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(tool.frame(), QRect(0, 51, 200, 100));
}

void TestCropTool::enterAsksOnce()
{
    CropTool tool;
    ToolStage stage(tool);
    tool.setFrame(QRect(50, 60, 200, 100));
    stage.key(Qt::Key_Return);
    QCOMPARE(stage.requests, QList<ToolRequest>{CropRequest{QRect(50, 60, 200, 100)}});
    QCOMPARE(stage.finished, 1);
    // Nothing changed: nothing is asked for.
    tool.reset();
    stage.key(Qt::Key_Enter);
    QCOMPARE(stage.requests.size(), 1);
    QCOMPARE(stage.finished, 2);
}

void TestCropTool::escapeAsksForNothing()
{
    CropTool tool;
    ToolStage stage(tool);
    tool.setFrame(QRect(50, 60, 200, 100));
    stage.key(Qt::Key_Escape);
    QVERIFY(stage.requests.isEmpty());
    QCOMPARE(stage.finished, 1);
}

void TestCropTool::escapeInADragTakesItBack()
{
    CropTool tool;
    ToolStage stage(tool);
    tool.setFrame(QRect(50, 60, 200, 100));
    const QPoint from = stage.at(50, 60);
    stage.press(from);
    stage.move(from + QPoint(30, 30));
    QCOMPARE(tool.frame().topLeft(), QPoint(80, 90));
    stage.key(Qt::Key_Return); // not in the middle of a drag
    stage.key(Qt::Key_Escape);
    QCOMPARE(tool.frame(), QRect(50, 60, 200, 100));
    stage.move(from + QPoint(60, 60));
    stage.release(from + QPoint(60, 60));
    QCOMPARE(tool.frame(), QRect(50, 60, 200, 100));
    QCOMPARE(stage.finished, 0);
    QVERIFY(stage.requests.isEmpty());
}

void TestCropTool::dragSeesTheOptionsOfItsBeginning()
{
    CropTool tool;
    ToolStage stage(tool);
    const QPoint from = stage.at(0, 0);
    stage.press(from);
    tool.setOptions({QSizeF(1, 1), {}});
    stage.move(from + QPoint(100, 20));
    QCOMPARE(tool.frame(), QRect(100, 20, 300, 280)); // still free
    stage.release(from + QPoint(100, 20));
    QCOMPARE(tool.frame().size(), QSize(280, 280)); // from now on
}

void TestCropTool::outsideIsDimmed()
{
    CropTool tool;
    ToolStage stage(tool);
    tool.setFrame(QRect(100, 100, 200, 100));
    stage.canvas.zoomTo(1); // nothing between the pixels
    const QColor inside = stage.shown(130.5, 117.5);
    QCOMPARE(inside.rgb(), FakeContent::pixel(Side::After, 130, 117));
    const QColor outside(stage.shown(30.5, 250.5));
    const QColor own(FakeContent::pixel(Side::After, 30, 250));
    QVERIFY(outside.blue() < own.blue() * 0.6);
    QVERIFY(outside.blue() > 0);
}

void TestCropTool::spaceStillMovesThePicture()
{
    CropTool tool;
    ToolStage stage(tool);
    stage.canvas.zoomTo(stage.canvas.devicePixelRatioF() * 4); // larger than the view
    const QPointF before = stage.canvas.viewport().center();
    QTest::keyPress(&stage.canvas, Qt::Key_Space);
    stage.drag(200, 150, {40, 40});
    QTest::keyRelease(&stage.canvas, Qt::Key_Space);
    QCOMPARE(tool.frame(), QRect(0, 0, 400, 300));
    QVERIFY(stage.canvas.viewport().center() != before);
    QTest::mousePress(&stage.canvas, Qt::MiddleButton, {}, QPoint(100, 100));
    QTest::mouseRelease(&stage.canvas, Qt::MiddleButton, {}, QPoint(100, 100));
    QCOMPARE(tool.frame(), QRect(0, 0, 400, 300));
}

void TestCropTool::besideTheOriginalItWorksOnTheResult()
{
    CropTool tool;
    ToolStage stage(tool);
    stage.canvas.setCompareMode(CompareMode::SideBySide);
    // Larger than its half: also there one logical pixel is one canvas pixel.
    const QPoint corner = stage.at(100, 100);
    QVERIFY(corner.x() > stage.canvas.width() / 2);
    stage.drag(100, 100, {50, 40});
    QCOMPARE(tool.frame().size(), QSize(50, 40));
    QVERIFY((tool.frame().topLeft() - QPoint(100, 100)).manhattanLength() <= 1);
    // The original's half is not dimmed.
    stage.canvas.setCompareMode(CompareMode::Off);
    stage.canvas.zoomTo(1);
    stage.canvas.setCompareMode(CompareMode::SideBySide);
    while (!stage.canvas.isSettled())
        QCoreApplication::processEvents();
    const QImage image = stage.canvas.grab().toImage();
    const QPoint before =
        stage.canvas.viewport().toDevice(QPointF(200.5, 260.5)).toPoint() - QPoint(1, 1);
    const QPointF own = stage.canvas.viewport().toPicture(QPointF(before) + QPointF(0.5, 0.5));
    QCOMPARE(image.pixelColor(before).rgb(),
             FakeContent::pixel(Side::Before, int(own.x()), int(own.y())));
}

void TestCropTool::readoutKnowsPaper()
{
    CropTool tool;
    ToolStage stage(tool);
    QLocale::setDefault(QLocale::c());
    QVERIFY(tool.readout().contains(QStringLiteral("400")));
    QVERIFY(!tool.readout().contains(QStringLiteral("dpi")));
    tool.setOptions({QSizeF(15, 10), QSizeF(15, 10)});
    QCOMPARE(tool.frame().size(), QSize(400, 267));
    QVERIFY(tool.readout().contains(QStringLiteral("68 dpi"))); // 400 px on 15 cm
    tool.setOptions({});
    stage.host.setResolution({100, 100});
    QVERIFY(tool.readout().contains(QStringLiteral("10.2"))); // 4 inches
}

void TestCropTool::cropIsOneStepWithExactPixels()
{
    WindowHarness h;
    QVERIFY(h.open());
    const int steps = h.session->undoStack().count();
    h.trigger(ActionId::Crop);
    ToolController &tools = h.window->tools();
    QCOMPARE(tools.tool(), static_cast<Tool *>(&tools.crop()));
    CanvasView &canvas = h.window->canvas();
    canvas.zoomTo(4 * canvas.devicePixelRatioF());
    const auto at = [&](double x, double y) {
        return tools.crop().isActive()
                   ? (canvas.viewport().toDevice(QPointF(x, y)) / canvas.devicePixelRatioF())
                         .toPoint()
                   : QPoint();
    };
    const auto drag = [&](QPoint from, QPoint to) {
        QTest::mousePress(&canvas, Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, to, canvas.mapToGlobal(to), Qt::NoButton,
                         Qt::LeftButton, {});
        QApplication::sendEvent(&canvas, &move);
        QTest::mouseRelease(&canvas, Qt::LeftButton, {}, to);
    };
    drag(at(0, 0), at(8, 4));
    drag(at(48, 32), at(40, 30));
    QCOMPARE(tools.crop().frame(), QRect(8, 4, 32, 26));
    QCOMPARE(h.session->undoStack().count(), steps); // previews are views
    QCOMPARE(h.size(), QSize(48, 32));
    QTest::keyClick(&canvas, Qt::Key_Return);
    QCOMPARE(h.size(), QSize(32, 26));
    QCOMPARE(h.session->undoStack().count(), steps + 1);
    QVERIFY(!tools.tool());
    QCOMPARE(h.window->docks().tools().current(), QStringLiteral("enlarge"));
    const QImage all = WindowHarness::picture(QSize(48, 32));
    QVERIFY(h.waitFor([&] { return canvas.isSettled(); }));
    for (const QPoint p : {QPoint(0, 0), QPoint(31, 25), QPoint(13, 7)})
        QCOMPARE(canvas.content()->tile(Side::After, 0, {0, 0}).pixelColor(p),
                 all.pixelColor(p + QPoint(8, 4)));
    h.trigger(ActionId::Undo);
    QCOMPARE(h.size(), QSize(48, 32));
}

void TestCropTool::leavingDiscardsQuietly()
{
    WindowHarness h;
    QVERIFY(h.open());
    const int steps = h.session->undoStack().count();
    ToolController &tools = h.window->tools();
    h.trigger(ActionId::Crop);
    tools.crop().setFrame(QRect(1, 2, 10, 10));
    h.window->docks().tools().choose(QStringLiteral("denoise"));
    QVERIFY(!tools.tool());
    QCOMPARE(h.session->undoStack().count(), steps);
    h.trigger(ActionId::Crop);
    QCOMPARE(tools.crop().frame(), QRect(0, 0, 48, 32)); // begins anew
    tools.crop().setFrame(QRect(1, 2, 10, 10));
    h.trigger(ActionId::Cancel);
    QVERIFY(!tools.tool());
    QCOMPARE(h.window->docks().tools().current(), QStringLiteral("denoise"));
    // Another photo puts it away too.
    h.trigger(ActionId::Crop);
    tools.crop().setFrame(QRect(1, 2, 10, 10));
    QVERIFY(h.open(1) && h.waitFor([&] { return h.workspace->count() == 2; }));
    QVERIFY(h.waitFor([&] { return !tools.tool(); }));
    QCOMPARE(h.size(), QSize(48, 32));
}

void TestCropTool::panelSetsTheFrame()
{
    WindowHarness h;
    QVERIFY(h.open());
    ToolController &tools = h.window->tools();
    h.trigger(ActionId::Crop);
    h.find<QSpinBox>("cropWidth")->setValue(20);
    h.find<QSpinBox>("cropX")->setValue(5);
    QCOMPARE(tools.crop().frame(), QRect(5, 0, 20, 32));
    auto *aspect = h.find<QComboBox>("cropAspect");
    aspect->setCurrentIndex(aspect->findText(QStringLiteral("square"), Qt::MatchContains));
    Q_EMIT aspect->activated(aspect->currentIndex());
    QCOMPARE(tools.crop().frame().size(), QSize(20, 20));
    h.find<QSpinBox>("cropHeight")->setValue(12);
    QCOMPARE(tools.crop().frame().size(), QSize(12, 12));
    h.click("cropReset");
    QCOMPARE(tools.crop().frame().size(), QSize(32, 32)); // of the proportions chosen
    h.find<QSpinBox>("cropHeight")->setValue(10);
    h.trigger(ActionId::Apply); // Ctrl+Return is the tool's while it is at work
    QCOMPARE(h.size(), QSize(10, 10));
}

void TestCropTool::undoUnderTheToolBeginsAgain()
{
    WindowHarness h;
    QVERIFY(h.open());
    ToolController &tools = h.window->tools();
    h.trigger(ActionId::RotateRight);
    h.trigger(ActionId::Crop);
    QCOMPARE(tools.crop().frame(), QRect(0, 0, 32, 48));
    tools.crop().setFrame(QRect(2, 2, 20, 40));
    h.trigger(ActionId::Undo);
    QCOMPARE(tools.crop().frame(), QRect(0, 0, 48, 32));
    QVERIFY(!tools.crop().canApply());
}

QTEST_MAIN(TestCropTool)
#include "tst_croptool.moc"
