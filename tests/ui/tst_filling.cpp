// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/heatlegend.h"
#include "docks.h"
#include "edit/documenteditor.h"
#include "operation/inpaint.h"
#include "operation/registry.h"
#include "panels/toolspanel.h"
#include "session/ailayers.h"
#include "session/editorsession.h"
#include "ui/windowharness.h"
#include "widgets/messagebar.h"

#include <QComboBox>
#include <QLabel>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr QRect Hole{10, 8, 6, 5};

void select(WindowHarness &h, const QRect &hole)
{
    Document &document = *h.session->document();
    Mask mask = Mask::uniform(document.canvas().size, 0, document.store());
    Tile::Pixel white{};
    white[0] = std::byte{255};
    mask.pixels.fill(hole, white);
    QVERIFY(h.session->editor().setSelection(mask, QStringLiteral("Select")));
}

bool hasLayers(WindowHarness &h, int count)
{
    return h.waitFor([&] { return h.session->document()->stack().count() == count; });
}

} // namespace

/// R, the menu's Fill selection, and the button beside the steps of Restore.
class TestFilling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keyFillsTheSelection();
    void withoutASelectionItSaysWhatToDo();
    void buttonFillsByTheChosenMethod();
    void howItWasFilledIsSeen();
    void paintedMaskOfTheFillIsFilledAgain();
    void maskThatIsPaintedOnIsFilled();
};

void TestFilling::keyFillsTheSelection()
{
    WindowHarness h(WindowHarness::Networks::None);
    QVERIFY(!h.window->actions()[ActionId::FillSelection]->isEnabled());
    QVERIFY(h.open());
    select(h, Hole);
    const Mask selected = h.session->document()->selection();
    QTest::keyClick(h.window.get(), Qt::Key_R);
    QVERIFY(hasLayers(h, 2));
    const Layer &layer = h.session->document()->stack().at(1);
    QCOMPARE(layer.ai.operation, Inpaint::id());
    QVERIFY(layer.mask == selected);
    // The layer has it now, and the whole picture is to be seen.
    QVERIFY(h.session->document()->selection().isNull());
    QVERIFY(h.waitFor([&] { return h.worker.isIdle(); }));
    QCOMPARE(h.window->canvas().compareMode(), CompareMode::Off);
    // Which method was used, since no network is there, is said, once.
    auto *bar = h.window->findChild<MessageBar *>();
    QVERIFY(h.waitFor([&] { return bar->isVisible(); }));
    const QString said = bar->text();
    QVERIFY2(said.startsWith(OperationRegistry::standard().find(Inpaint::id())->resultTitle),
             qPrintable(said));
    h.trigger(ActionId::Undo);
    QCOMPARE(h.session->document()->stack().count(), 1);
    QVERIFY(h.session->document()->selection() == selected);
}

void TestFilling::withoutASelectionItSaysWhatToDo()
{
    WindowHarness h;
    QVERIFY(h.open());
    auto *bar = h.window->findChild<MessageBar *>();
    QVERIFY(!bar->isVisible());
    h.trigger(ActionId::FillSelection);
    QVERIFY(bar->isVisible());
    QVERIFY(h.waitFor([&] { return h.worker.isIdle(); }));
    QCOMPARE(h.session->document()->stack().count(), 1);
}

void TestFilling::buttonFillsByTheChosenMethod()
{
    WindowHarness h;
    QVERIFY(h.open());
    h.window->docks().tools().choose(QStringLiteral("restore"));
    const QString asked = h.find<QLabel>("fillHint")->text();
    select(h, Hole);
    QVERIFY(h.find<QLabel>("fillHint")->text() != asked);
    auto *method = h.find<QComboBox>("fillMethod");
    method->setCurrentIndex(method->findData(QStringLiteral("telea")));
    h.click("fillButton");
    QVERIFY(hasLayers(h, 2));
    QCOMPARE(h.session->document()->stack().at(1).ai.method, QStringLiteral("telea"));
    QVERIFY(h.waitFor([&] { return h.find<QAbstractButton>("fillButton")->isVisible(); }));
}

void TestFilling::howItWasFilledIsSeen()
{
    WindowHarness h;
    QVERIFY(h.open());
    h.window->docks().tools().choose(QStringLiteral("restore"));
    auto *show = h.find<QAbstractButton>("fillMap");
    QVERIFY(show->isHidden()); // nothing was filled
    select(h, Hole);
    auto *method = h.find<QComboBox>("fillMethod");
    auto *share = h.find<QWidget>("fillNetwork");
    QVERIFY(!share->isHidden());
    method->setCurrentIndex(method->findData(QStringLiteral("telea")));
    QVERIFY(share->isHidden()); // no network is asked then
    h.click("fillButton");
    QVERIFY(hasLayers(h, 2));
    QVERIFY(h.waitFor([&] { return !show->isHidden(); }));
    h.click("fillMap");
    auto *legend = h.window->findChild<HeatLegend *>();
    QVERIFY(
        h.waitFor([&] { return legend->figure().contains(QStringLiteral("network did 0 %")); }));
    h.trigger(ActionId::ShowFillMethods);
    QVERIFY(!legend->isVisible());
    QVERIFY(!show->isChecked());
}

void TestFilling::paintedMaskOfTheFillIsFilledAgain()
{
    WindowHarness h(WindowHarness::Networks::None);
    QVERIFY(h.open());
    select(h, Hole);
    h.trigger(ActionId::FillSelection);
    QVERIFY(hasLayers(h, 2));
    QVERIFY(h.waitFor([&] { return h.worker.isIdle(); }));
    const LayerId fill = h.session->document()->activeLayer();
    select(h, {30, 20, 5, 5});
    QVERIFY(h.session->editor().maskFromSelection(fill));
    QVERIFY(h.session->editor().selectNone());
    QCOMPARE(h.session->aiLayers().state(fill), AiState::OutOfDate);
    h.trigger(ActionId::FillSelection);
    QVERIFY(h.waitFor([&] { return h.session->aiLayers().state(fill) == AiState::Current; }));
    QCOMPARE(h.session->document()->stack().count(), 2);
}

void TestFilling::maskThatIsPaintedOnIsFilled()
{
    WindowHarness h(WindowHarness::Networks::None);
    QVERIFY(h.open());
    select(h, Hole);
    const auto adjustment = h.session->editor().addAdjustment(
        {QStringLiteral("levels"), {}}, QStringLiteral("Levels"));
    QVERIFY(adjustment);
    h.session->document()->setActiveLayer(*adjustment);
    QVERIFY(h.session->editor().maskFromSelection(*adjustment));
    QVERIFY(h.session->editor().selectNone());
    // An adjustment has nothing but its mask to be painted on.
    h.trigger(ActionId::FillSelection);
    QVERIFY(hasLayers(h, 3));
    QCOMPARE(h.session->document()->stack().at(2).mask.pixels.toImage(),
             h.session->document()->layer(*adjustment)->mask.pixels.toImage());
}

QTEST_MAIN(TestFilling)
#include "tst_filling.moc"
