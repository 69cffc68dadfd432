// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions.h"
#include "canvas/canvasview.h"
#include "canvas/documentcontent.h"
#include "canvascontroller.h"
#include "docks.h"
#include "edit/documenteditor.h"
#include "edit/history.h"
#include "paintcontroller.h"
#include "painttarget.h"
#include "panels/layersmodel.h"
#include "panels/layerspanel.h"
#include "session/editorsession.h"
#include "toolcontroller.h"
#include "tools/brushtool.h"
#include "tools/canvastoolhost.h"
#include "ui/windowharness.h"

#include <QListView>
#include <QMenu>
#include <QRadioButton>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

/// A window with a photo of 300 x 200 at 100 % and a painted layer with a mask above it.
struct MaskStage : WindowHarness {
    CanvasView *canvas = nullptr;
    ToolController *tools = nullptr;
    LayerId layer;

    MaskStage()
    {
        const QString path = folder.filePath(QStringLiteral("large.png"));
        picture(QSize(300, 200)).save(path);
        window->openPaths({path});
        if (!waitFor([this] { return session->hasDocument(); }))
            qFatal("not opened");
        canvas = &window->canvas();
        canvas->zoomTo(canvas->devicePixelRatioF());
        tools = window->findChild<ToolController *>();
        layer = document().insertLayer(1, coloured());
        document().setActiveLayer(layer);
        if (!session->editor().addMask(layer, 255))
            qFatal("no mask");
        trigger(ActionId::Brush);
        Brush brush;
        brush.setSize(20);
        brush.setHardness(1);
        brush.setSmoothing(0);
        tools->brush().setBrush(brush);
        tools->eraser().setBrush(brush);
        tools->paint().colors()->setForeground(Qt::black);
    }
    Document &document() { return *session->document(); }
    Layer coloured()
    {
        Layer made;
        made.name = QStringLiteral("paint");
        made.profile = document().canvas().profile;
        made.pixels = TiledBuffer(document().canvas().size, {Channels::Rgba, Depth::U8},
                                  document().store());
        return made;
    }
    int value(const Mask &mask, int x, int y)
    {
        return mask.pixels.read({x, y, 1, 1}).constSamples<quint8>(0)[0];
    }
    int mask(int x, int y) { return value(document().layer(layer)->mask, x, y); }
    int selected(int x, int y)
    {
        return document().selection().isNull() ? 0 : value(document().selection(), x, y);
    }
    QPoint at(double x, double y)
    {
        return tools->findChild<CanvasToolHost *>()->toView().map(QPointF(x, y)).toPoint();
    }
    void click(double x, double y)
    {
        QTest::mouseClick(canvas, Qt::LeftButton, {}, at(x, y));
    }
    /// On the small picture of the layer or of its mask.
    void clickThumbnail(bool onMask, Qt::KeyboardModifiers modifiers = {})
    {
        QListView *list = window->findChild<LayersPanel *>()->list();
        const QRect row = list->visualRect(list->currentIndex());
        const int side = LayersModel::thumbnailSide;
        QTest::mouseClick(list->viewport(), Qt::LeftButton, modifiers,
                          QPoint(row.left() + 30 + side / 2 + (onMask ? side + 8 : 0),
                                 row.center().y()));
    }
    QColor shown(int x, int y)
    {
        if (!waitFor([this] { return canvas->isSettled(); }))
            qFatal("not settled");
        return canvas->frame(Side::After)
            .pixelColor(canvas->viewport().toDevice(QPointF(x + 0.5, y + 0.5)).toPoint());
    }
    PaintTarget &target() { return tools->paint().target(); }
};

} // namespace

class TestMasks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void smallPicturesChooseWhatIsPaintedOn();
    void altClickShowsTheMaskAlone();
    void shiftClickTurnsTheMaskOff();
    void quickMaskTintsAndPaintsTheSelection();
    void quickMaskOnAMaskTintsTheMask();
    void strokeOnTheSelectionIsGivenUpWhole();
    void menuAddsInvertsAndRemoves();
};

void TestMasks::smallPicturesChooseWhatIsPaintedOn()
{
    MaskStage s;
    QVERIFY(!s.target().isMask());
    s.clickThumbnail(true);
    QVERIFY(s.target().isMask());
    s.click(50, 60);
    QCOMPARE(s.mask(50, 60), 0);
    QCOMPARE(s.mask(150, 60), 255);
    QCOMPARE(s.document().stack().count(), 2); // no Retouch layer
    s.clickThumbnail(false);
    QVERIFY(!s.target().isMask());
    s.click(150, 60);
    QCOMPARE(s.mask(150, 60), 255);
    QCOMPARE(s.document().layer(s.layer)->pixels.read({150, 60, 1, 1}).constSamples<quint8>(0)[3],
             quint8(255));
}

void TestMasks::altClickShowsTheMaskAlone()
{
    MaskStage s;
    s.clickThumbnail(true);
    s.click(50, 60);
    const QColor before = s.shown(100, 100);
    s.clickThumbnail(true, Qt::AltModifier);
    QCOMPARE(s.shown(100, 100), QColor(Qt::white));
    QCOMPARE(s.shown(50, 60), QColor(Qt::black));
    s.click(100, 100); // still painted on
    QCOMPARE(s.shown(100, 100), QColor(Qt::black));
    s.trigger(ActionId::Undo);
    s.clickThumbnail(true, Qt::AltModifier);
    QCOMPARE(s.shown(100, 100), before);
    s.clickThumbnail(true, Qt::AltModifier);
    s.document().setActiveLayer(s.document().stack().at(0).id); // another layer ends it
    QCOMPARE(s.shown(100, 100), before);
}

void TestMasks::shiftClickTurnsTheMaskOff()
{
    MaskStage s;
    s.clickThumbnail(true, Qt::ShiftModifier);
    QVERIFY(!s.document().layer(s.layer)->mask.enabled);
    s.clickThumbnail(true, Qt::ShiftModifier);
    QVERIFY(s.document().layer(s.layer)->mask.enabled);
    s.trigger(ActionId::Undo);
    QVERIFY(!s.document().layer(s.layer)->mask.enabled);
}

void TestMasks::quickMaskTintsAndPaintsTheSelection()
{
    MaskStage s;
    const QColor before = s.shown(50, 60);
    const QColor beside = s.shown(43, 60);
    const int steps = s.session->history().index();
    QTest::keyClick(s.window.get(), Qt::Key_Q);
    QVERIFY(s.window->actions()[ActionId::QuickMask]->isChecked());
    QCOMPARE(s.shown(50, 60), before); // nothing is selected
    s.click(50, 60);
    QCOMPARE(s.selected(50, 60), 255);
    QCOMPARE(s.selected(100, 60), 0);
    QCOMPARE(s.session->history().index(), steps + 1);
    QCOMPARE(s.session->history().text(steps + 1), QStringLiteral("Brush on selection"));
    QCOMPARE(s.find<QRadioButton>("brushOnLayer")->text(), QStringLiteral("Selection"));
    const QColor tinted = s.shown(50, 60);
    QVERIFY(tinted.red() > before.red() / 2 + 80);
    QVERIFY(tinted != before);
    QCOMPARE(s.document().stack().count(), 2);
    s.trigger(ActionId::Eraser);
    s.click(55, 60);
    QCOMPARE(s.selected(55, 60), 0);
    QCOMPARE(s.selected(43, 60), 255);
    QTest::keyClick(s.window.get(), Qt::Key_Q);
    QVERIFY(!s.target().isSelection());
    QCOMPARE(s.find<QRadioButton>("brushOnLayer")->text(), QStringLiteral("Layer"));
    QCOMPARE(s.shown(43, 60), beside);
    s.trigger(ActionId::Undo);
    s.trigger(ActionId::Undo);
    QVERIFY(s.document().selection().isNull());
}

void TestMasks::quickMaskOnAMaskTintsTheMask()
{
    MaskStage s;
    s.clickThumbnail(true);
    s.click(50, 60);
    const QColor open = s.shown(100, 100);
    const QColor closed = s.shown(50, 60);
    s.trigger(ActionId::QuickMask);
    QVERIFY(s.shown(100, 100) != open); // the mask is white there
    QCOMPARE(s.shown(50, 60), closed);
    s.click(100, 100);
    QCOMPARE(s.mask(100, 100), 0);
    QVERIFY(s.document().selection().isNull());
    QCOMPARE(s.shown(100, 100), open);
}

void TestMasks::strokeOnTheSelectionIsGivenUpWhole()
{
    MaskStage s;
    s.trigger(ActionId::QuickMask);
    const Snapshot before = s.document().snapshot();
    QTest::mousePress(s.canvas, Qt::LeftButton, {}, s.at(60, 60));
    QVERIFY(s.selected(60, 60) > 0);
    QTest::keyClick(s.canvas, Qt::Key_Escape);
    QTest::mouseRelease(s.canvas, Qt::LeftButton, {}, s.at(60, 60));
    QVERIFY(s.document().snapshot().sameState(before));
}

void TestMasks::menuAddsInvertsAndRemoves()
{
    MaskStage s;
    const auto choose = [&](const char *name) {
        QMenu *menu = s.window->findChild<QMenu *>(QStringLiteral("maskMenu"));
        QVERIFY(menu);
        Q_EMIT menu->aboutToShow();
        for (QAction *action : menu->actions()) {
            if (action->objectName() == QLatin1String(name))
                return action->trigger();
        }
        QFAIL(name);
    };
    choose("maskInvert");
    QCOMPARE(s.mask(10, 10), 0);
    choose("maskUse");
    QVERIFY(!s.document().layer(s.layer)->mask.enabled);
    choose("maskRemove");
    QVERIFY(s.document().layer(s.layer)->mask.isNull());
    choose("maskHidden");
    QCOMPARE(s.mask(10, 10), 0);
}

QTEST_MAIN(TestMasks)
#include "tst_masks.moc"
