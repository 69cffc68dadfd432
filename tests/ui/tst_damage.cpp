// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "docks.h"
#include "image/qtbridge.h"
#include "operation/damagedpicture.h"
#include "operation/inpaint.h"
#include "panels/toolspanel.h"
#include "session/editorsession.h"
#include "ui/windowharness.h"
#include "widgets/messagebar.h"

#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QSlider>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

/// A window with the Restore tool's panel and a photo, scratched or clean.
struct DamageWindow : WindowHarness {
    explicit DamageWindow(bool scratch = true)
        : WindowHarness(Networks::None)
    {
        const Image clean = calm({300, 260}, {Channels::Rgb, Depth::U8});
        const QString path = folder.filePath(QStringLiteral("scan.png"));
        toQImage(scratch ? scratched(clean, 140, 0, 2) : clean).save(path);
        window->openPaths({path});
        window->docks().tools().choose(QStringLiteral("restore"));
        if (!waitFor([this] { return session->hasDocument() && worker.isIdle(); }))
            qFatal("not opened");
    }
    const Mask &selection() const { return session->document()->selection(); }
    bool isQuick() const { return window->actions()[ActionId::QuickMask]->isChecked(); }
    bool findDamage()
    {
        click("findDamage");
        return waitFor([this] { return worker.isIdle() && isQuick(); });
    }
    QSlider *slider() const { return find<QSlider>("damageThreshold"); }
};

} // namespace

/// Find damage in the Restore tool's panel: found, checked, filled.
class TestDamage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void foundDamageIsShownAndFilledWithR();
    void sliderAndKindsMarkAnew();
    void cleanPictureSaysSo();
    void nothingIsOfferedForAnotherPicture();
};

void TestDamage::foundDamageIsShownAndFilledWithR()
{
    DamageWindow w;
    w.window->resize(1280, 720);
    auto *dock = w.window->docks().dock(QStringLiteral("optionsDock"));
    const auto *bar = dock->findChild<QScrollArea *>()->verticalScrollBar();
    QVERIFY(w.waitFor([&] { return !bar->isVisible(); }));
    QVERIFY(!w.slider()->isVisible());
    const QString before = w.find<QLabel>("damageHint")->text();
    QVERIFY(w.findDamage());
    QVERIFY(!w.selection().isNull());
    QVERIFY(w.slider()->isVisible());
    QVERIFY(!w.find<QAbstractButton>("findDamage")->isVisible());
    QVERIFY(w.find<QLabel>("damageHint")->text() != before);
    QVERIFY(w.window->findChild<MessageBar *>()->isVisible());
    // The next step is in sight, in a low window too.
    const QWidget *fill = w.find<QWidget>("fillButton");
    QVERIFY(w.waitFor([&] { return fill->visibleRegion().boundingRect() == fill->rect(); }));
    const Mask marked = w.selection();
    QTest::keyClick(w.window.get(), Qt::Key_R);
    QVERIFY(w.waitFor([&] { return w.session->document()->stack().count() == 2; }));
    QVERIFY(w.waitFor([&] { return w.worker.isIdle(); }));
    QCOMPARE(w.session->document()->stack().at(1).ai.operation, Inpaint::id());
    QVERIFY(w.session->document()->stack().at(1).mask == marked);
    // The result is seen as it is, and the next search is of another picture.
    QVERIFY(!w.isQuick());
    QVERIFY(!w.slider()->isVisible());
    QVERIFY(w.find<QAbstractButton>("findDamage")->isVisible());
    QVERIFY(w.waitFor([&] { return !bar->isVisible(); })); // there is room for all
    w.trigger(ActionId::Undo);
    QVERIFY(w.selection() == marked);
    QVERIFY(w.slider()->isVisible());
}

void TestDamage::sliderAndKindsMarkAnew()
{
    DamageWindow w;
    QVERIFY(w.findDamage());
    const Mask first = w.selection();
    w.slider()->setValue(20);
    QVERIFY(w.waitFor([&] { return w.worker.isIdle() && !(w.selection() == first); }));
    QCOMPARE(w.session->undoStack().count(), 2);
    w.click("damageKind2"); // dust
    QVERIFY(w.waitFor([&] { return w.worker.isIdle() && w.session->undoStack().count() == 3; }));
    w.trigger(ActionId::Undo);
    QVERIFY(w.find<QAbstractButton>("damageKind0")->isChecked());
    w.trigger(ActionId::Undo);
    QVERIFY(w.selection() == first);
    QCOMPARE(w.slider()->value(), 80);
}

void TestDamage::cleanPictureSaysSo()
{
    DamageWindow w(false);
    auto *bar = w.window->findChild<MessageBar *>();
    QVERIFY(!bar->isVisible());
    w.click("findDamage");
    QVERIFY(w.waitFor([&] { return bar->isVisible(); }));
    QVERIFY(w.selection().isNull());
    QVERIFY(w.slider()->isVisible()); // what is less sure can be looked at
}

void TestDamage::nothingIsOfferedForAnotherPicture()
{
    DamageWindow w;
    QVERIFY(w.findDamage());
    w.trigger(ActionId::FlipHorizontal);
    QVERIFY(!w.slider()->isVisible());
    QVERIFY(w.find<QAbstractButton>("findDamage")->isVisible());
}

QTEST_MAIN(TestDamage)
#include "tst_damage.moc"
