// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/document.h"
#include "edit/canvasgeometry.h"
#include "toolcontroller.h"
#include "tools/straightentool.h"
#include "toolstage.h"
#include "windowharness.h"

#include <QCheckBox>
#include <QSlider>

using namespace heirloom;
using namespace heirloom::test;

class TestStraightenTool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lineSaysTheAngle_data();
    void lineSaysTheAngle();
    void secondLineGoesOnFromTheFirst();
    void shortLineSaysNothing();
    void angleHasBounds();
    void arrowsTurnByTenths();
    void frameIsThatOfTheCommand();
    void pictureIsShownTurned();
    void nothingToDoAtZero();
    void enterAsksOnceWithTheOptions();
    void escapeAsksForNothing();
    void straighteningIsOneStep();
};

void TestStraightenTool::lineSaysTheAngle_data()
{
    QTest::addColumn<QPoint>("by");
    QTest::addColumn<double>("degrees"); // clockwise, what makes the line level or upright
    QTest::newRow("level") << QPoint(100, 0) << 0.0;
    QTest::newRow("falls to the right") << QPoint(200, 20) << -5.71;
    QTest::newRow("rises to the right") << QPoint(200, -20) << 5.71;
    QTest::newRow("drawn backwards") << QPoint(-200, -20) << -5.71;
    QTest::newRow("leans to the right") << QPoint(20, -200) << -5.71;
    QTest::newRow("leans to the left") << QPoint(-20, -200) << 5.71;
    QTest::newRow("upright, downwards") << QPoint(0, 120) << 0.0;
    QTest::newRow("steep") << QPoint(100, 80) << -38.66;
}

void TestStraightenTool::lineSaysTheAngle()
{
    QFETCH(QPoint, by);
    QFETCH(double, degrees);
    StraightenTool tool;
    ToolStage stage(tool);
    stage.drag(200, 200, by);
    QCOMPARE(tool.degrees(), degrees);
    // Turned by that, the line is level or upright: checked by the map itself.
    QTransform turn;
    turn.rotate(tool.degrees());
    const QPointF turned = turn.map(QPointF(by));
    QVERIFY(std::min(std::abs(turned.x()), std::abs(turned.y())) < 0.05);
}

void TestStraightenTool::secondLineGoesOnFromTheFirst()
{
    StraightenTool tool;
    ToolStage stage(tool);
    stage.drag(200, 150, {200, 20});
    stage.drag(200, 150, {200, 20}); // on the turned picture something still falls
    QCOMPARE(tool.degrees(), -11.42);
}

void TestStraightenTool::shortLineSaysNothing()
{
    StraightenTool tool;
    ToolStage stage(tool);
    stage.drag(200, 150, {5, 4});
    QCOMPARE(tool.degrees(), 0.0);
}

void TestStraightenTool::angleHasBounds()
{
    StraightenTool tool;
    ToolStage stage(tool);
    tool.setDegrees(80);
    QCOMPARE(tool.degrees(), 45.0);
    tool.setDegrees(-80);
    QCOMPARE(tool.degrees(), -45.0);
    tool.setDegrees(1.23456);
    QCOMPARE(tool.degrees(), 1.23);
}

void TestStraightenTool::arrowsTurnByTenths()
{
    StraightenTool tool;
    ToolStage stage(tool);
    stage.key(Qt::Key_Right);
    QCOMPARE(tool.degrees(), 0.1);
    stage.key(Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(tool.degrees(), -0.9);
}

void TestStraightenTool::frameIsThatOfTheCommand()
{
    StraightenTool tool;
    ToolStage stage(tool);
    tool.setDegrees(7);
    const QRect frame = tool.frame();
    // Its corners lie inside the turned picture, and a slightly larger one's would not.
    QTransform turn;
    turn.translate(200, 150);
    turn.rotate(7);
    turn.translate(-200, -150);
    const QPolygonF turned = turn.map(QPolygonF(QRectF(0, 0, 400, 300)));
    const auto inside = [&](const QRectF &r) {
        for (const QPointF p : {r.topLeft(), r.topRight(), r.bottomRight(), r.bottomLeft()}) {
            if (!turned.containsPoint(p, Qt::OddEvenFill))
                return false;
        }
        return true;
    };
    const QRectF r(frame);
    QVERIFY(inside(r.adjusted(1, 1, -1, -1)));
    QVERIFY(!inside(r.adjusted(-2, -2, 2, 2)));
    tool.setOptions({false});
    QCOMPARE(tool.frame(), QRect(0, 0, 400, 300));
}

void TestStraightenTool::pictureIsShownTurned()
{
    StraightenTool tool;
    ToolStage stage(tool);
    tool.setOptions({false});
    tool.setDegrees(45);
    // What was 80 pixels to the right of the middle lies down to the right now.
    const QColor source(FakeContent::pixel(Side::After, 279, 150));
    const double d = 79.5 / std::sqrt(2.0);
    const QColor seen = stage.shown(200 + d, 150 + d);
    // Shown between pixels; neighbours of the pattern differ by up to 8, grid lines are elsewhere.
    QVERIFY2(std::abs(seen.red() - source.red()) < 40, qPrintable(seen.name()));
    QCOMPARE(seen.blue(), 255);
    // The corners of the picture went away: the surround is seen, under the veil or not.
    const QColor corner = stage.shown(6, 6);
    QCOMPARE(corner.red(), corner.blue());
}

void TestStraightenTool::nothingToDoAtZero()
{
    StraightenTool tool;
    ToolStage stage(tool);
    QVERIFY(!tool.canApply());
    stage.key(Qt::Key_Return);
    QVERIFY(stage.requests.isEmpty());
    QCOMPARE(stage.finished, 1);
}

void TestStraightenTool::enterAsksOnceWithTheOptions()
{
    StraightenTool tool;
    ToolStage stage(tool);
    tool.setDegrees(3.5);
    tool.setOptions({false});
    stage.key(Qt::Key_Return);
    QCOMPARE(stage.requests, QList<ToolRequest>({StraightenRequest{3.5, false}}));
}

void TestStraightenTool::escapeAsksForNothing()
{
    StraightenTool tool;
    ToolStage stage(tool);
    tool.setDegrees(3.5);
    const QPoint from = stage.at(100, 100);
    stage.press(from);
    stage.move(from + QPoint(100, 30));
    stage.key(Qt::Key_Escape); // the line alone
    QCOMPARE(tool.degrees(), 3.5);
    QCOMPARE(stage.finished, 0);
    stage.release(from + QPoint(100, 30));
    QCOMPARE(tool.degrees(), 3.5);
    stage.key(Qt::Key_Escape);
    QCOMPARE(stage.finished, 1);
    QVERIFY(stage.requests.isEmpty());
}

void TestStraightenTool::straighteningIsOneStep()
{
    WindowHarness h;
    QVERIFY(h.open());
    const int steps = h.session->undoStack().count();
    h.trigger(ActionId::Straighten);
    auto *slider = h.find<QSlider>("straightenAngle");
    QVERIFY(slider->isVisible());
    for (int value = 0; value <= 1000; value += 50)
        slider->setValue(value);
    QCOMPARE(h.window->tools().straighten().degrees(), 10.0);
    QCOMPARE(h.session->undoStack().count(), steps);
    const QRect frame = straightenedFrame(QSize(48, 32), 10);
    QCOMPARE(h.window->tools().straighten().frame(), frame);
    h.click("straightenApply");
    QCOMPARE(h.session->undoStack().count(), steps + 1);
    QCOMPARE(h.size(), frame.size());
    // The Original is carried, not resampled: its transform is the turn and the cut.
    const Layer &original = h.session->document()->stack().at(0);
    QCOMPARE(original.pixels.size(), QSize(48, 32));
    const QPointF middle = original.transform.map(QPointF(24, 16));
    QVERIFY(QLineF(middle, QPointF(24, 16) - frame.topLeft()).length() < 1e-6);
    const QPointF right = original.transform.map(QPointF(34, 16)) - middle;
    QVERIFY(std::abs(QLineF({0, 0}, right).angle() - 350) < 1e-6); // clockwise
    QVERIFY(!h.window->tools().tool());
    h.trigger(ActionId::Undo);
    QCOMPARE(h.size(), QSize(48, 32));
}

QTEST_MAIN(TestStraightenTool)
#include "tst_straightentool.moc"
