// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/selectionoverlay.h"
#include "document/document.h"
#include "edit/history.h"
#include "paint/coverage.h"
#include "session/editorsession.h"
#include "toolcontroller.h"
#include "tools/canvastoolhost.h"
#include "windowharness.h"

#include <QMenu>
#include <QScrollArea>
#include <QScrollBar>

using namespace heirloom;
using namespace heirloom::test;

/// The selection in the window: tools by mouse, commands, the edge on the canvas.
class TestSelecting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tools();
    void spaceMovesWhatIsBeingDragged_data();
    void spaceMovesWhatIsBeingDragged();
    void commands();
    void theEdgeIsDrawnAndHidden();
    void shortOptionsDoNotScroll();
};

namespace
{

struct Hand {
    WindowHarness &at;
    CanvasView &canvas() const { return at.window->canvas(); }
    QPoint place(double x, double y) const
    {
        const double ratio = canvas().devicePixelRatioF();
        return (canvas().viewport().toDevice(QPointF(x, y)) / ratio).toPoint();
    }
    void drag(QPointF from, QPointF to, Qt::KeyboardModifiers modifiers = {}) const
    {
        const QPoint a = place(from.x(), from.y()), b = place(to.x(), to.y());
        QTest::mousePress(&canvas(), Qt::LeftButton, modifiers, a);
        for (const QPoint p : {(a + b) / 2, b}) {
            QMouseEvent event(QEvent::MouseMove, p, canvas().mapToGlobal(p), Qt::NoButton,
                              Qt::LeftButton, modifiers);
            QApplication::sendEvent(&canvas(), &event);
        }
        QTest::mouseRelease(&canvas(), Qt::LeftButton, modifiers, b);
    }
    void move(double x, double y) const
    {
        const QPoint p = place(x, y);
        QMouseEvent event(QEvent::MouseMove, p, canvas().mapToGlobal(p), Qt::NoButton,
                          Qt::LeftButton, {});
        QApplication::sendEvent(&canvas(), &event);
    }
    QRect selected() const
    {
        const Document &document = *at.session->document();
        return coveredRect(document.selection().laidOn(document.canvas().size).pixels);
    }
};

} // namespace

void TestSelecting::tools()
{
    WindowHarness at;
    QVERIFY(at.open());
    Hand hand{at};
    at.trigger(ActionId::SelectRectangle);
    hand.drag({5, 4}, {15, 14});
    QCOMPARE(hand.selected(), QRect(5, 4, 10, 10));
    hand.drag({20, 4}, {25, 10}, Qt::ShiftModifier);
    QCOMPARE(hand.selected(), QRect(5, 4, 20, 10));
    hand.drag({0, 0}, {16, 30}, Qt::AltModifier);
    QCOMPARE(hand.selected(), QRect(20, 4, 5, 6));
    hand.drag({22, 6}, {24, 9}); // begins inside: it moves
    QCOMPARE(hand.selected(), QRect(22, 7, 5, 6));
    QTest::keyClick(&hand.canvas(), Qt::Key_Right);
    QCOMPARE(hand.selected(), QRect(23, 7, 5, 6));
    const int steps = at.session->history().count();
    at.trigger(ActionId::Lasso);
    for (const QPointF corner : {QPointF(4, 4), QPointF(24, 4), QPointF(24, 24)})
        QTest::mouseClick(&hand.canvas(), Qt::LeftButton, {}, hand.place(corner.x(), corner.y()));
    QTest::keyClick(&hand.canvas(), Qt::Key_Return);
    QCOMPARE(at.session->history().count(), steps + 1);
    QVERIFY(QRect(3, 3, 23, 23).contains(hand.selected()));
    at.trigger(ActionId::Wand);
    QTest::mouseClick(&hand.canvas(), Qt::LeftButton, {}, hand.place(40.5, 25.5));
    QVERIFY(at.waitFor([&] { return at.session->history().count() == steps + 2; }));
    QVERIFY(hand.selected().contains(40, 25));
}

void TestSelecting::spaceMovesWhatIsBeingDragged_data()
{
    QTest::addColumn<ActionId>("tool");
    QTest::newRow("rectangle") << ActionId::SelectRectangle;
    QTest::newRow("lasso") << ActionId::Lasso;
}

void TestSelecting::spaceMovesWhatIsBeingDragged()
{
    QFETCH(ActionId, tool);
    WindowHarness at;
    QVERIFY(at.open());
    Hand hand{at};
    at.trigger(tool);
    const QPointF pan = hand.canvas().viewport().toDevice(QPointF(0, 0));
    QTest::mousePress(&hand.canvas(), Qt::LeftButton, {}, hand.place(5, 4));
    hand.move(15, 4);
    hand.move(15, 14);
    QTest::keyPress(&hand.canvas(), Qt::Key_Space);
    hand.move(18, 16);
    hand.move(22, 18);
    QTest::keyRelease(&hand.canvas(), Qt::Key_Space);
    hand.move(24, 18); // the drag goes on from where it lies now
    QTest::mouseRelease(&hand.canvas(), Qt::LeftButton, {}, hand.place(24, 18));
    QCOMPARE(hand.canvas().viewport().toDevice(QPointF(0, 0)), pan);
    const QRect selected = hand.selected();
    if (tool == ActionId::SelectRectangle)
        QCOMPARE(selected, QRect(12, 8, 12, 10));
    else
        QVERIFY2(selected.contains(13, 9) && !selected.contains(11, 8), "the lasso stayed");
    // Without a drag Space moves the picture, as everywhere.
    QTest::keyPress(&hand.canvas(), Qt::Key_Space);
    hand.drag({10, 10}, {20, 15});
    QTest::keyRelease(&hand.canvas(), Qt::Key_Space);
    QVERIFY(hand.canvas().viewport().toDevice(QPointF(0, 0)) != pan);
    QCOMPARE(hand.selected(), selected);
}

void TestSelecting::commands()
{
    WindowHarness at;
    QVERIFY(at.open());
    Hand hand{at};
    Actions &actions = at.window->actions();
    QVERIFY(!actions[ActionId::InvertSelection]->isEnabled());
    at.trigger(ActionId::SelectAll);
    QCOMPARE(hand.selected(), QRect(0, 0, 48, 32));
    QVERIFY(actions[ActionId::GrowSelection]->isEnabled());
    at.trigger(ActionId::SelectNone);
    QVERIFY(at.session->document()->selection().isNull());
    QVERIFY(!actions[ActionId::GrowSelection]->isEnabled());
}

void TestSelecting::theEdgeIsDrawnAndHidden()
{
    WindowHarness at;
    QVERIFY(at.open());
    auto *overlay = at.find<SelectionOverlay>("selectionOverlay");
    QVERIFY(overlay && !overlay->isVisible());
    at.trigger(ActionId::SelectAll);
    QVERIFY(overlay->isVisible());
    QCOMPARE(overlay->lines().size(), 4);
    at.trigger(ActionId::ShowSelection);
    QVERIFY(!overlay->isVisible());
    at.trigger(ActionId::ShowSelection);
    at.trigger(ActionId::SelectNone);
    QVERIFY(!overlay->isVisible());
}

void TestSelecting::shortOptionsDoNotScroll()
{
    WindowHarness at;
    QVERIFY(at.open());
    at.window->resize(1280, 720);
    at.trigger(ActionId::Brush); // long
    auto *pages = at.find<QWidget>("toolOptions");
    QScrollArea *scroll = nullptr;
    for (QWidget *w = pages; w && !scroll; w = w->parentWidget())
        scroll = qobject_cast<QScrollArea *>(w);
    QVERIFY(scroll);
    QTRY_VERIFY(scroll->verticalScrollBar()->maximum() > 0);
    at.trigger(ActionId::Wand);
    QTRY_COMPARE(scroll->verticalScrollBar()->maximum(), 0);
    at.trigger(ActionId::Brush);
    QTRY_VERIFY(scroll->verticalScrollBar()->maximum() > 0);
}

QTEST_MAIN(TestSelecting)
#include "tst_selecting.moc"
