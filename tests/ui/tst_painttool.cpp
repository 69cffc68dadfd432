// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/documenteditor.h"
#include "edit/paintstroke.h"
#include "paintcontroller.h"
#include "painttarget.h"
#include "settings/brushsettings.h"
#include "toolcontroller.h"
#include "tools/brushtool.h"
#include "tools/canvastoolhost.h"
#include "tools/eyedroppertool.h"
#include "windowharness.h"

#include <QPointingDevice>
#include <QTabletEvent>

#include <cmath>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

/// A window with a photo of 300 x 200 on its canvas at 100 %, and the brush in hand.
struct PaintStage : WindowHarness {
    QPointingDevice pen{QStringLiteral("pen"), 7, QInputDevice::DeviceType::Stylus,
                        QPointingDevice::PointerType::Pen,
                        QInputDevice::Capability::Pressure | QInputDevice::Capability::Position, 1,
                        3};
    QPointingDevice other{QStringLiteral("other end"), 8, QInputDevice::DeviceType::Stylus,
                          QPointingDevice::PointerType::Eraser,
                          QInputDevice::Capability::Pressure | QInputDevice::Capability::Position,
                          1, 3};
    CanvasView *canvas = nullptr;
    ToolController *tools = nullptr;

    PaintStage()
    {
        const QString path = folder.filePath(QStringLiteral("large.png"));
        picture(QSize(300, 200)).save(path);
        window->openPaths({path});
        if (!waitFor([this] { return session->hasDocument(); }))
            qFatal("not opened");
        canvas = &window->canvas();
        canvas->zoomTo(canvas->devicePixelRatioF());
        tools = window->findChild<ToolController *>();
        trigger(ActionId::Brush);
        Brush brush;
        brush.setSize(20);
        brush.setHardness(1);
        brush.setSmoothing(0);
        tools->brush().setBrush(brush);
        tools->eraser().setBrush(brush);
        tools->paint().colors()->setForeground(QColor(250, 20, 30));
    }
    Document &document() { return *session->document(); }
    QPoint at(double x, double y) const
    {
        return host()->toView().map(QPointF(x, y)).toPoint();
    }
    /// The picture's pixel under a click at (x, y): with a fractional screen scale a whole point of
    /// the view may lie on its neighbour.
    QPoint under(double x, double y) const
    {
        const QPointF p = host()->toView().inverted().map(QPointF(at(x, y)));
        return {int(std::floor(p.x())), int(std::floor(p.y()))};
    }
    CanvasToolHost *host() const { return tools->findChild<CanvasToolHost *>(); }
    void press(QPoint p, Qt::KeyboardModifiers m = {}, Qt::MouseButton b = Qt::LeftButton)
    {
        QTest::mousePress(canvas, b, m, p);
    }
    void move(QPoint p, Qt::KeyboardModifiers m = {}, Qt::MouseButtons b = Qt::LeftButton)
    {
        QMouseEvent event(QEvent::MouseMove, p, canvas->mapToGlobal(p), Qt::NoButton, b, m);
        QApplication::sendEvent(canvas, &event);
    }
    void release(QPoint p, Qt::KeyboardModifiers m = {}, Qt::MouseButton b = Qt::LeftButton)
    {
        QTest::mouseRelease(canvas, b, m, p);
    }
    void click(double x, double y, Qt::KeyboardModifiers m = {})
    {
        press(at(x, y), m);
        release(at(x, y), m);
    }
    void key(Qt::Key key, Qt::KeyboardModifiers m = {}) { QTest::keyClick(canvas, key, m); }
    bool tablet(QEvent::Type type, const QPointingDevice &device, double x, double y,
                double pressure, Qt::MouseButton button = Qt::NoButton,
                Qt::MouseButtons buttons = {})
    {
        const QPointF p = at(x, y);
        QTabletEvent event(type, &device, p, canvas->mapToGlobal(p), pressure, 0, 0, 0, 0, 0, {},
                           button, buttons);
        QApplication::sendEvent(canvas, &event);
        return event.isAccepted();
    }
    void penStroke(const QPointingDevice &device, double x, double y, double pressure)
    {
        tablet(QEvent::TabletPress, device, x, y, pressure, Qt::LeftButton, Qt::LeftButton);
        tablet(QEvent::TabletMove, device, x + 40, y, pressure, Qt::NoButton, Qt::LeftButton);
        tablet(QEvent::TabletRelease, device, x + 40, y, 0, Qt::LeftButton);
    }
    const Layer &top() { return document().stack().at(document().stack().count() - 1); }
    int alpha(int x, int y)
    {
        const Image one = top().pixels.read({x, y, 1, 1});
        return one.format().hasAlpha()
                   ? one.constSamples<quint8>(0)[one.format().channelCount() - 1]
                   : -1;
    }
    int steps() { return session->history().index(); }
};

} // namespace

class TestPaintTool : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMouseStrokeIsOneStepOnALayerOfItsOwn()
    {
        PaintStage stage;
        const QByteArray original = stage.document().stack().at(0).pixels.toImage().constRow(0)
                                        ? QByteArray("there")
                                        : QByteArray();
        QVERIFY(!original.isEmpty());
        const Snapshot before = stage.document().snapshot();
        stage.press(stage.at(50, 50));
        stage.move(stage.at(150, 60));
        QCOMPARE(stage.document().stack().count(), 2); // seen at once
        QCOMPARE(stage.steps(), 0);                    // and no step yet
        stage.move(stage.at(250, 50));
        stage.release(stage.at(250, 50));
        QCOMPARE(stage.steps(), 1);
        QCOMPARE(stage.session->history().text(1), QStringLiteral("Brush"));
        QCOMPARE(stage.top().name, QStringLiteral("Retouch"));
        for (int x = 50; x <= 250; x += 5)
            QVERIFY(stage.alpha(x, x < 150 ? 50 + (x - 50) / 10 : 60 - (x - 150) / 10) > 250);
        QCOMPARE(stage.alpha(150, 120), 0);
        stage.trigger(ActionId::Undo);
        QVERIFY(stage.document().snapshot().sameState(before));
        stage.trigger(ActionId::Redo);
        QVERIFY(stage.alpha(50, 50) > 250);
    }

    void escapeGivesAStrokeUp()
    {
        PaintStage stage;
        const Snapshot before = stage.document().snapshot();
        stage.press(stage.at(50, 50));
        stage.move(stage.at(150, 60));
        QVERIFY(!stage.document().snapshot().sameState(before));
        stage.key(Qt::Key_Escape);
        QVERIFY(stage.document().snapshot().sameState(before));
        stage.move(stage.at(180, 60));
        stage.release(stage.at(200, 60));
        QVERIFY(stage.document().snapshot().sameState(before));
        QCOMPARE(stage.steps(), 0);
    }

    void commandsWaitWhileSomethingIsDrawn()
    {
        PaintStage stage;
        stage.click(50, 50);
        stage.press(stage.at(100, 50));
        stage.move(stage.at(150, 60));
        QTest::keyClick(stage.canvas, Qt::Key_Delete);
        QTest::keyClick(stage.canvas, Qt::Key_E);
        QCOMPARE(stage.document().stack().count(), 2);
        stage.release(stage.at(150, 60));
        QCOMPARE(stage.steps(), 2);
    }

    void shiftDrawsAStraightLineFromTheLastPoint()
    {
        PaintStage stage;
        stage.click(30, 40);
        stage.click(230, 140, Qt::ShiftModifier);
        for (int i = 0; i <= 20; ++i)
            QVERIFY(stage.alpha(30 + 10 * i, 40 + 5 * i) > 250);
        QCOMPARE(stage.alpha(230, 40), 0);
        QCOMPARE(stage.steps(), 2);
    }

    void altPicksAColour()
    {
        PaintStage stage;
        stage.click(100, 100, Qt::AltModifier);
        QCOMPARE(stage.steps(), 0);
        const QColor there = WindowHarness::picture({300, 200}).pixelColor(stage.under(100, 100));
        QCOMPARE(stage.tools->paint().colors()->foreground().name(), there.name());
    }

    void theEyedropperTakesMeansAndLayers()
    {
        PaintStage stage;
        PaintColors &colors = *stage.tools->paint().colors();
        stage.trigger(ActionId::Eyedropper);
        const QImage photo = WindowHarness::picture({300, 200});
        for (const int side : {1, 3, 5}) {
            colors.setPick({side, true});
            stage.click(47, 33);
            const QPoint there = stage.under(47, 33);
            double sum[3] = {};
            for (int y = -side / 2; y <= side / 2; ++y) {
                for (int x = -side / 2; x <= side / 2; ++x) {
                    const QColor c = photo.pixelColor(there + QPoint(x, y));
                    sum[0] += c.red();
                    sum[1] += c.green();
                    sum[2] += c.blue();
                }
            }
            const QColor got = colors.foreground();
            QVERIFY(std::abs(got.red() - sum[0] / (side * side)) <= 1);
            QVERIFY(std::abs(got.green() - sum[1] / (side * side)) <= 1);
            QVERIFY(std::abs(got.blue() - sum[2] / (side * side)) <= 1);
        }
        colors.setForeground(QColor(1, 2, 3));
        stage.trigger(ActionId::Brush);
        stage.click(200, 100); // a layer of its own
        stage.trigger(ActionId::Eyedropper);
        colors.setForeground(Qt::white);
        colors.setPick({1, false});
        stage.click(100, 100); // transparent there
        QCOMPARE(colors.foreground(), QColor(Qt::white));
        stage.click(200, 100);
        QCOMPARE(colors.foreground().name(), QColor(1, 2, 3).name());
        stage.click(200, 100, Qt::AltModifier);
        QCOMPARE(colors.background().name(), QColor(1, 2, 3).name());
        QCOMPARE(stage.steps(), 1);
    }

    void xSwapsAndDResets()
    {
        PaintStage stage;
        PaintColors &colors = *stage.tools->paint().colors();
        stage.key(Qt::Key_X);
        QCOMPARE(colors.background(), QColor(250, 20, 30));
        QCOMPARE(colors.foreground(), QColor(Qt::white));
        stage.key(Qt::Key_D);
        QCOMPARE(colors.foreground(), QColor(Qt::black));
        QCOMPARE(colors.background(), QColor(Qt::white));
    }

    void keysSizeHardenAndFade()
    {
        PaintStage stage;
        const BrushTool &brush = stage.tools->brush();
        stage.key(Qt::Key_BracketRight);
        QCOMPARE(brush.brush().size(), 25.0);
        stage.key(Qt::Key_Period);
        QCOMPARE(brush.brush().size(), 30.0);
        stage.key(Qt::Key_BracketLeft);
        stage.key(Qt::Key_Comma);
        QCOMPARE(brush.brush().size(), 20.0);
        stage.trigger(ActionId::BrushSofter);
        QCOMPARE(brush.brush().hardness(), 0.75);
        stage.trigger(ActionId::BrushHarder);
        QCOMPARE(brush.brush().hardness(), 1.0);
        stage.key(Qt::Key_3);
        QCOMPARE(brush.brush().opacity(), 0.3);
        stage.key(Qt::Key_5); // at once: 35
        QCOMPARE(brush.brush().opacity(), 0.35);
        stage.key(Qt::Key_0);
        QCOMPARE(brush.brush().opacity(), 1.0);
        QCOMPARE(stage.steps(), 0);
        // And it is there again at the next start.
        QCOMPARE(keptBrush(*stage.settings, QStringLiteral("brush")), brush.brush());
    }

    void altAndTheRightButtonSizeTheBrush()
    {
        PaintStage stage;
        stage.press(stage.at(100, 100), Qt::AltModifier, Qt::RightButton);
        stage.move(stage.at(100, 100) + QPoint(15, 0), Qt::AltModifier, Qt::RightButton);
        QVERIFY(std::abs(stage.tools->brush().brush().size() - 50) < 1.5);
        stage.move(stage.at(100, 100) + QPoint(15, 50), Qt::AltModifier, Qt::RightButton);
        QVERIFY(std::abs(stage.tools->brush().brush().hardness() - 0.75) < 0.01);
        stage.release(stage.at(100, 100) + QPoint(15, 50), Qt::AltModifier, Qt::RightButton);
        QCOMPARE(stage.steps(), 0);
        QVERIFY(std::abs(stage.tools->brush().brush().size() - 50) < 1.5);
    }

    void pressureMakesTheLineThinner()
    {
        PaintStage stage;
        stage.penStroke(stage.pen, 50, 50, 1);
        stage.penStroke(stage.pen, 50, 120, 0.3);
        QVERIFY(stage.alpha(70, 58) > 250);
        QVERIFY(stage.alpha(70, 121) > 200);
        QCOMPARE(stage.alpha(70, 128), 0);
        QCOMPARE(stage.steps(), 2);
        // Turned off, a light touch is as wide as any.
        Brush brush = stage.tools->brush().brush();
        brush.setPressesSize(false);
        stage.tools->brush().setBrush(brush);
        stage.penStroke(stage.pen, 150, 120, 0.3);
        QVERIFY(stage.alpha(170, 128) > 250);
    }

    void pressureFadesTheLineByItsCurve()
    {
        PaintStage stage;
        Brush brush = stage.tools->brush().brush();
        brush.setPressesSize(false);
        brush.setPressesOpacity(true);
        brush.setPressureCurve(0.5);
        stage.tools->brush().setBrush(brush);
        stage.penStroke(stage.pen, 50, 50, 0.25);
        QVERIFY(std::abs(stage.alpha(70, 50) - 128) <= 2);
    }

    void theOtherEndOfThePenErases()
    {
        PaintStage stage;
        stage.penStroke(stage.pen, 50, 50, 1);
        QVERIFY(stage.alpha(70, 50) > 250);
        stage.penStroke(stage.other, 50, 50, 1);
        QCOMPARE(stage.alpha(70, 50), 0);
        QCOMPARE(stage.session->history().text(2), QStringLiteral("Eraser"));
        QCOMPARE(stage.tools->tool(), static_cast<Tool *>(&stage.tools->eraser()));
        stage.penStroke(stage.pen, 50, 50, 1); // the tip paints again
        QVERIFY(stage.alpha(70, 50) > 250);
        QCOMPARE(stage.tools->tool(), static_cast<Tool *>(&stage.tools->brush()));
    }

    void aHoveringPenShowsTheOutlineAndPaintsNothing()
    {
        PaintStage stage;
        while (!stage.canvas->isSettled())
            QCoreApplication::processEvents();
        const QImage without = stage.canvas->grab().toImage();
        QVERIFY(stage.tablet(QEvent::TabletMove, stage.pen, 100, 100, 0));
        const QImage with = stage.canvas->grab().toImage();
        QCOMPARE(stage.steps(), 0);
        QCOMPARE(stage.document().stack().count(), 1);
        // Something differs on the circle and nothing in its middle.
        const double ratio = with.devicePixelRatio();
        const auto differs = [&](double x, double y) {
            const QPointF p = stage.host()->toView().map(QPointF(x, y)) * ratio;
            for (int dy = -1; dy <= 1; ++dy) {
                for (int dx = -1; dx <= 1; ++dx) {
                    const QPoint q = p.toPoint() + QPoint(dx, dy);
                    if (with.pixel(q) != without.pixel(q))
                        return true;
                }
            }
            return false;
        };
        QVERIFY(differs(110, 100));
        QVERIFY(differs(100, 90));
        QVERIFY(!differs(104, 100));
        QVERIFY(!differs(130, 100));
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(stage.canvas, &leave);
        QCOMPARE(stage.canvas->grab().toImage(), without);
    }

    void strokesOnAMaskSaySo()
    {
        PaintStage stage;
        QVERIFY(stage.session->editor().addAdjustment(
            {QStringLiteral("exposure"), {{QStringLiteral("exposure"), 0.5}}},
            QStringLiteral("light")));
        QVERIFY(stage.session->editor().addMask(stage.document().activeLayer(), 255));
        QVERIFY(stage.tools->paint().target().isMask());
        stage.trigger(ActionId::DefaultColors);
        stage.click(100, 100);
        QCOMPARE(stage.session->history().text(stage.steps()), QStringLiteral("Brush on mask"));
        QCOMPARE(int(stage.top().mask.pixels.read({100, 100, 1, 1}).constSamples<quint8>(0)[0]), 0);
    }

    void erasingWhereNothingWasPaintedIsRefused()
    {
        PaintStage stage;
        QSignalSpy refused(stage.tools, &ToolController::refused);
        stage.trigger(ActionId::Eraser);
        stage.click(100, 100);
        QCOMPARE(refused.size(), 1);
        QCOMPARE(stage.steps(), 0);
    }

    void anotherPhotoGivesTheStrokeUpAndKeepsTheBrush()
    {
        PaintStage stage;
        EditorSession *first = stage.workspace->current();
        stage.press(stage.at(50, 50));
        stage.move(stage.at(100, 50));
        stage.window->openPaths({stage.samples.first()});
        QVERIFY(stage.waitFor([&] {
            return stage.workspace->current() != first && stage.session->hasDocument();
        }));
        QCOMPARE(first->document()->stack().count(), 1);
        QCOMPARE(first->history().index(), 0);
        QCOMPARE(stage.tools->tool(), static_cast<Tool *>(&stage.tools->brush()));
    }
};

QTEST_MAIN(TestPaintTool)
#include "tst_painttool.moc"
