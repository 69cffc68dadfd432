// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/hinttool.h"
#include "ui/toolstage.h"

#include <QSignalSpy>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

ColorHint point(double x, double y, QRgb color = qRgb(200, 60, 40))
{
    ColorHint hint;
    hint.path = {{x, y}};
    hint.color = color;
    hint.radius = 5;
    return hint;
}

/// The tool on a canvas of 400 x 300, with these hints.
struct HintStage {
    HintTool tool;
    ToolStage stage{tool};
    QSignalSpy settled{&tool, &HintTool::settled};
    QSignalSpy moving{&tool, &HintTool::moving};

    explicit HintStage(const QList<ColorHint> &hints = {}, const Transform &toCanvas = {})
    {
        ColorHints all;
        all.all = hints;
        tool.setHints(all, toCanvas);
    }
    const QList<ColorHint> &hints() const { return tool.hints().all; }
    bool isNear(int hint, double x, double y) const
    {
        return QLineF(hints().at(hint).path.first(), QPointF(x, y)).length() <= 1;
    }
    void hover(double x, double y)
    {
        const QPoint p = stage.at(x, y);
        QMouseEvent event(QEvent::MouseMove, p, stage.canvas.mapToGlobal(p), Qt::NoButton,
                          Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(&stage.canvas, &event);
    }
    void turnWheel(double x, double y, int notches)
    {
        const QPoint p = stage.at(x, y);
        QWheelEvent event(p, stage.canvas.mapToGlobal(p), {}, {0, 120 * notches}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&stage.canvas, &event);
    }
};

} // namespace

class TestHintTool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clickAddsOneAndSelectsIt();
    void shiftClickTakesTheSelectedColour();
    void dragOfAHintMovesItAndTellsOnce();
    void dragFromElsewhereIsAStroke();
    void rightButtonRemovesTheOneUnderIt();
    void deleteKeyRemovesTheSelected();
    void escapeTakesAGestureBack();
    void wheelOverAHintChangesItsReachAndElsewhereZooms();
    void hintsLieWhereTheirPictureLies();
    void theSelectedOneStaysSelectedWhenTheListIsAnother();
};

void TestHintTool::clickAddsOneAndSelectsIt()
{
    HintStage s;
    s.tool.setNewRadius(7);
    QTest::mouseClick(&s.stage.canvas, Qt::LeftButton, {}, s.stage.at(100, 80));
    QCOMPARE(s.hints().size(), 1);
    QVERIFY(s.isNear(0, 100, 80));
    QCOMPARE(s.hints().at(0).kind, ColorHint::Kind::Point);
    QCOMPARE(s.hints().at(0).radius, 7.0);
    QCOMPARE(s.tool.selected(), 0);
    QCOMPARE(s.settled.size(), 1);
    QVERIFY(s.moving.size() >= 1); // seen before the button is let go
}

void TestHintTool::shiftClickTakesTheSelectedColour()
{
    HintStage s({point(50, 50, qRgb(1, 2, 3))});
    s.tool.select(0);
    QTest::mouseClick(&s.stage.canvas, Qt::LeftButton, Qt::ShiftModifier, s.stage.at(200, 80));
    QCOMPARE(s.hints().size(), 2);
    QCOMPARE(s.hints().at(1).color, qRgb(1, 2, 3));
    QVERIFY(s.isNear(1, 200, 80));
}

void TestHintTool::dragOfAHintMovesItAndTellsOnce()
{
    HintStage s({point(50, 50), point(200, 100)});
    s.stage.drag(200, 100, {40, 20});
    QCOMPARE(s.hints().size(), 2);
    QVERIFY(s.isNear(0, 50, 50));
    QVERIFY(s.isNear(1, 240, 120));
    QCOMPARE(s.settled.size(), 1);
    QVERIFY(s.moving.size() >= 2);
}

void TestHintTool::dragFromElsewhereIsAStroke()
{
    HintStage s({point(350, 250)});
    s.stage.drag(50, 50, {60, 0});
    QCOMPARE(s.hints().size(), 2);
    const ColorHint &stroke = s.hints().at(0); // strokes come first
    QCOMPARE(stroke.kind, ColorHint::Kind::Stroke);
    QVERIFY(stroke.path.size() >= 2);
    QVERIFY(QLineF(stroke.path.last(), QPointF(110, 50)).length() <= 1);
    QCOMPARE(s.tool.selected(), 0);
    QCOMPARE(s.settled.size(), 1);
}

void TestHintTool::rightButtonRemovesTheOneUnderIt()
{
    HintStage s({point(50, 50), point(200, 100)});
    s.hover(200, 100);
    QTest::mouseClick(&s.stage.canvas, Qt::RightButton, {}, s.stage.at(200, 100));
    QCOMPARE(s.hints().size(), 1);
    QVERIFY(s.isNear(0, 50, 50));
    QCOMPARE(s.tool.selected(), -1);
    s.hover(300, 200);
    QTest::mouseClick(&s.stage.canvas, Qt::RightButton, {}, s.stage.at(300, 200));
    QCOMPARE(s.hints().size(), 1);
    QCOMPARE(s.settled.size(), 1);
}

void TestHintTool::deleteKeyRemovesTheSelected()
{
    HintStage s({point(50, 50), point(200, 100)});
    s.stage.key(Qt::Key_Delete);
    QCOMPARE(s.hints().size(), 2); // none is selected
    s.tool.select(0);
    s.stage.key(Qt::Key_Delete);
    QCOMPARE(s.hints().size(), 1);
    QVERIFY(s.isNear(0, 200, 100));
}

void TestHintTool::escapeTakesAGestureBack()
{
    HintStage s({point(50, 50)});
    QSignalSpy takenBack(&s.tool, &HintTool::takenBack);
    s.stage.press(s.stage.at(50, 50));
    s.stage.move(s.stage.at(150, 150));
    QVERIFY(s.isNear(0, 150, 150));
    s.stage.key(Qt::Key_Escape);
    QVERIFY(s.isNear(0, 50, 50));
    s.stage.release(s.stage.at(150, 150));
    QVERIFY(s.isNear(0, 50, 50));
    QCOMPARE(takenBack.size(), 1);
    QCOMPARE(s.settled.size(), 0);
}

void TestHintTool::wheelOverAHintChangesItsReachAndElsewhereZooms()
{
    HintStage s({point(100, 100)});
    const double scale = s.stage.canvas.viewport().scale();
    s.turnWheel(100, 100, 1);
    s.turnWheel(100, 100, 1);
    QVERIFY(s.hints().at(0).radius > 5);
    QCOMPARE(s.stage.canvas.viewport().scale(), scale);
    QCOMPARE(s.settled.size(), 0); // turns that follow one another are one change
    QVERIFY(s.settled.wait());
    QCOMPARE(s.settled.size(), 1);
    s.turnWheel(300, 200, 1);
    QVERIFY(s.stage.canvas.viewport().scale() > scale);
}

void TestHintTool::hintsLieWhereTheirPictureLies()
{
    HintStage s({point(25, 25)}, Transform::scaling(2, 2));
    s.stage.drag(50, 50, {40, 0});
    QVERIFY(s.isNear(0, 45, 25));
    QTest::mouseClick(&s.stage.canvas, Qt::LeftButton, {}, s.stage.at(200, 100));
    QVERIFY(s.isNear(1, 100, 50));
}

void TestHintTool::theSelectedOneStaysSelectedWhenTheListIsAnother()
{
    HintStage s({point(50, 50), point(200, 100)});
    s.tool.select(1);
    ColorHints fewer;
    fewer.all = {point(200, 100)};
    s.tool.setHints(fewer, {});
    QCOMPARE(s.tool.selected(), 0);
    s.tool.setHints({}, {});
    QCOMPARE(s.tool.selected(), -1);
}

QTEST_MAIN(TestHintTool)
#include "tst_hinttool.moc"
