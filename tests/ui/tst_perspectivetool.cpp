// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/document.h"
#include "toolcontroller.h"
#include "tools/perspectivetool.h"
#include "toolstage.h"
#include "windowharness.h"

#include <QCheckBox>
#include <QDoubleSpinBox>

using namespace heirloom;
using namespace heirloom::test;

class TestPerspectiveTool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void beginsATenthInside();
    void cornerFollowsTheMouse();
    void crossedOutlinesAreNotTaken();
    void cornersStayOnTheCanvas();
    void insideMovesTheWhole();
    void keysChooseAndNudge();
    void magnifierShowsTheCornerLarge();
    void resultIsShownFlat();
    void enterAsksOnce();
    void escapeAsksForNothing();
    void perspectiveIsOneStep();
    void panelMovesTheChosenCorner();
};

void TestPerspectiveTool::beginsATenthInside()
{
    PerspectiveTool tool;
    ToolStage stage(tool);
    QCOMPARE(tool.corners(), QPolygonF({{40, 30}, {360, 30}, {360, 270}, {40, 270}}));
    QCOMPARE(tool.resultSize(), QSize(320, 240));
    QVERIFY(!tool.canApply()); // nobody has said yet where the print is
}

void TestPerspectiveTool::cornerFollowsTheMouse()
{
    PerspectiveTool tool;
    ToolStage stage(tool);
    stage.drag(360, 270, {-35, 12});
    QCOMPARE(tool.corners(), QPolygonF({{40, 30}, {360, 30}, {325, 282}, {40, 270}}));
    QCOMPARE(tool.chosenCorner(), 2);
    // A press a little beside it does not make it jump.
    stage.drag(42, 27, {10, 10});
    QCOMPARE(tool.corners()[0], QPointF(50, 40));
    QVERIFY(tool.canApply());
    // The longer of opposite sides.
    QCOMPARE(tool.resultSize().width(), int(std::lround(std::hypot(310, 10))));
}

void TestPerspectiveTool::crossedOutlinesAreNotTaken()
{
    PerspectiveTool tool;
    ToolStage stage(tool);
    stage.drag(40, 30, {330, 250}); // through the opposite corner
    const QPolygonF &c = tool.corners();
    for (int i = 0; i < 4; ++i) {
        const QPointF a = c[(i + 1) % 4] - c[i];
        const QPointF b = c[(i + 2) % 4] - c[(i + 1) % 4];
        QVERIFY(a.x() * b.y() - a.y() * b.x() > 0);
    }
    const QPolygonF before = tool.corners();
    QVERIFY(!tool.moveCorner(0, QPointF(390, 290)));
    QCOMPARE(tool.corners(), before);
}

void TestPerspectiveTool::cornersStayOnTheCanvas()
{
    PerspectiveTool tool;
    ToolStage stage(tool);
    stage.drag(360, 30, {100, -100});
    QCOMPARE(tool.corners()[1], QPointF(400, 0));
}

void TestPerspectiveTool::insideMovesTheWhole()
{
    PerspectiveTool tool;
    ToolStage stage(tool);
    stage.drag(200, 150, {15, -12});
    QCOMPARE(tool.corners(), QPolygonF({{55, 18}, {375, 18}, {375, 258}, {55, 258}}));
    stage.drag(200, 150, {300, 0});
    QCOMPARE(tool.corners(), QPolygonF({{80, 18}, {400, 18}, {400, 258}, {80, 258}}));
}

void TestPerspectiveTool::keysChooseAndNudge()
{
    PerspectiveTool tool;
    ToolStage stage(tool);
    stage.key(Qt::Key_3);
    QCOMPARE(tool.chosenCorner(), 2);
    stage.key(Qt::Key_Left);
    stage.key(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(tool.corners()[2], QPointF(359, 280));
    stage.key(Qt::Key_1);
    stage.key(Qt::Key_Up);
    QCOMPARE(tool.corners()[0], QPointF(40, 29));
}

void TestPerspectiveTool::magnifierShowsTheCornerLarge()
{
    PerspectiveTool tool;
    ToolStage stage(tool);
    const QPoint from = stage.at(40, 30);
    // Towards the middle of the view from the corner lies the glass; 4 times as large.
    const QPointF centre(40 + 30 + 66, 30 + 30 + 66);
    const QPointF aside(centre.x() + 30, centre.y() + 18);
    const QColor plain = stage.shown(aside.x(), aside.y());
    stage.press(from);
    const QColor magnified = stage.shown(aside.x(), aside.y());
    const QColor wanted(FakeContent::pixel(Side::After, int(40 + 30 / 4.0), int(30 + 18 / 4.0)));
    QVERIFY(plain != magnified);
    QVERIFY2(std::abs(magnified.red() - wanted.red()) <= 12,
             qPrintable(magnified.name() + wanted.name()));
    stage.release(from);
    QCOMPARE(stage.shown(aside.x(), aside.y()), plain);
}

void TestPerspectiveTool::resultIsShownFlat()
{
    PerspectiveTool tool;
    ToolStage stage(tool);
    QVERIFY(tool.moveCorner(0, QPointF(80, 60)));
    const QPolygonF corners = tool.corners();
    tool.setOptions({true});
    // Where a spot of the print is seen, by the map itself.
    const QRectF room = stage.host.viewRect().adjusted(16, 16, -16, -16);
    QRectF place(QPointF(), QSizeF(tool.resultSize()).scaled(room.size(), Qt::KeepAspectRatio));
    place.moveCenter(room.center());
    QTransform map;
    QVERIFY(QTransform::quadToQuad(
        corners, {place.topLeft(), place.topRight(), place.bottomRight(), place.bottomLeft()},
        map));
    const QPointF view = map.map(QPointF(150.5, 150.5));
    const QPointF canvas = stage.host.toView().inverted().map(view);
    const QColor seen = stage.shown(canvas.x(), canvas.y());
    const QColor wanted(FakeContent::pixel(Side::After, 150, 150));
    QVERIFY2(std::abs(seen.red() - wanted.red()) < 30, qPrintable(seen.name() + wanted.name()));
    QCOMPARE(seen.blue(), 255);
    // Nothing can be dragged that is not seen.
    stage.drag(80, 60, {20, 20});
    QCOMPARE(tool.corners(), corners);
}

void TestPerspectiveTool::enterAsksOnce()
{
    PerspectiveTool tool;
    ToolStage stage(tool);
    stage.drag(40, 30, {5, 6});
    const QPolygonF corners = tool.corners();
    stage.key(Qt::Key_Return);
    QCOMPARE(stage.requests, QList<ToolRequest>({PerspectiveRequest{corners}}));
    QCOMPARE(stage.finished, 1);
}

void TestPerspectiveTool::escapeAsksForNothing()
{
    PerspectiveTool tool;
    ToolStage stage(tool);
    const QPoint from = stage.at(40, 30);
    stage.press(from);
    stage.move(from + QPoint(30, 20));
    stage.key(Qt::Key_Escape);
    QCOMPARE(tool.corners()[0], QPointF(40, 30));
    stage.release(from + QPoint(30, 20));
    QCOMPARE(stage.finished, 0);
    stage.key(Qt::Key_Escape);
    QCOMPARE(stage.finished, 1);
    QVERIFY(stage.requests.isEmpty());
}

void TestPerspectiveTool::perspectiveIsOneStep()
{
    WindowHarness h;
    QVERIFY(h.open());
    const int steps = h.session->undoStack().count();
    h.trigger(ActionId::Perspective);
    PerspectiveTool &tool = h.window->tools().perspective();
    QVERIFY(tool.isActive());
    QVERIFY(tool.moveCorner(0, {10, 6}));
    QVERIFY(tool.moveCorner(1, {40, 4}));
    QVERIFY(tool.moveCorner(2, {44, 28}));
    QVERIFY(tool.moveCorner(3, {6, 30}));
    const QPolygonF corners = tool.corners();
    const QSize size = tool.resultSize();
    QCOMPARE(h.session->undoStack().count(), steps);
    h.click("perspectiveApply");
    QCOMPARE(h.session->undoStack().count(), steps + 1);
    QCOMPARE(h.size(), size);
    const Transform &carried = h.session->document()->stack().at(0).transform;
    const QPointF target[] = {{0, 0},
                              {double(size.width()), 0},
                              {double(size.width()), double(size.height())},
                              {0, double(size.height())}};
    for (int i = 0; i < 4; ++i)
        QVERIFY(QLineF(carried.map(corners[i]), target[i]).length() < 1e-3);
    h.trigger(ActionId::Undo);
    QCOMPARE(h.size(), QSize(48, 32));
}

void TestPerspectiveTool::panelMovesTheChosenCorner()
{
    WindowHarness h;
    QVERIFY(h.open());
    h.trigger(ActionId::Perspective);
    PerspectiveTool &tool = h.window->tools().perspective();
    h.click("corner3");
    QCOMPARE(tool.chosenCorner(), 2);
    h.find<QDoubleSpinBox>("cornerX")->setValue(30.5);
    h.find<QDoubleSpinBox>("cornerY")->setValue(25);
    QCOMPARE(tool.corners()[2], QPointF(30.5, 25));
    // A place that cannot be is not kept in the field either.
    h.find<QDoubleSpinBox>("cornerX")->setValue(1);
    QCOMPARE(h.find<QDoubleSpinBox>("cornerX")->value(), 30.5);
    h.find<QCheckBox>("perspectivePreview")->setChecked(true);
    QVERIFY(tool.options().showsResult);
    h.click("perspectiveGiveUp");
    QVERIFY(!tool.isActive());
    QCOMPARE(h.size(), QSize(48, 32));
}

QTEST_MAIN(TestPerspectiveTool)
#include "tst_perspectivetool.moc"
