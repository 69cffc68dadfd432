// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/document.h"
#include "edit/documenteditor.h"
#include "panels/layersmodel.h"
#include "widgets/messagebar.h"
#include "windowharness.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QMimeData>
#include <QSlider>

using namespace heirloom;
using namespace heirloom::test;

class TestLayersPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { h.reset(); }
    void topmostLayerIsTheFirstRow();
    void doubleClickRenames();
    void f2Renames();
    void eyeHidesByMouseAndSpace();
    void lockKeepsEverythingAsItIs();
    void originalCannotBeUnlockedOrMoved();
    void dragReorders_data();
    void dragReorders();
    void keysReorder();
    void opacityDragIsOneStep();
    void blendModeIsOneStep();
    void maskIsAddedUsedInvertedRemoved();
    void maskHasAThumbnail();
    void thumbnailsTurnWithTheCanvas();
    void settingsAreCopiedToAnotherPhoto();
    void menuComesByMouseAndKeyboard();
    void duplicateMergeFlattenDelete();
    void rowsSayEverythingToAReader();

private:
    LayerId add(const char *id = "exposure")
    {
        const auto added = h->session->editor().addAdjustment({QLatin1String(id), {}},
                                                              QLatin1String(id));
        return added ? *added : LayerId();
    }
    const LayerStack &stack() const { return h->session->document()->stack(); }
    const Layer &layer(LayerId id) const { return *h->session->document()->layer(id); }
    int steps() const { return h->session->undoStack().count(); }
    QListView *list() const { return h->find<QListView>("layerList"); }
    QRect row(int i) const { return list()->visualRect(list()->model()->index(i, 0)); }
    void menu(const char *action)
    {
        auto *mask = h->find<QMenu>("maskMenu");
        Q_EMIT mask->aboutToShow();
        auto *entry = mask->findChild<QAction *>(QLatin1String(action));
        QVERIFY2(entry && entry->isEnabled(), action);
        entry->trigger();
    }

    std::unique_ptr<WindowHarness> h;
};

void TestLayersPanel::init()
{
    h = std::make_unique<WindowHarness>();
    QVERIFY(h->open());
    auto *dock = h->find<QDockWidget>("layersDock");
    dock->show();
    dock->raise();
    QTRY_VERIFY(list()->isVisible());
}

void TestLayersPanel::topmostLayerIsTheFirstRow()
{
    const LayerId top = add();
    QCOMPARE(list()->model()->rowCount(), 2);
    QCOMPARE(list()->model()->index(0, 0).data(LayersModel::LayerRole).toULongLong(), top.value());
    QCOMPARE(list()->currentIndex().row(), 0);
    QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, row(1).center());
    QCOMPARE(h->session->document()->activeLayer(), stack().at(0).id);
}

void TestLayersPanel::doubleClickRenames()
{
    const LayerId id = add();
    const int before = steps();
    const QPoint at(row(0).left() + 110, row(0).center().y());
    QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, at);
    QTest::mouseDClick(list()->viewport(), Qt::LeftButton, {}, at);
    auto *editor = list()->viewport()->findChild<QLineEdit *>();
    QVERIFY(editor);
    editor->selectAll();
    QTest::keyClicks(editor, QStringLiteral("Sky"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(layer(id).name, QStringLiteral("Sky"));
    QCOMPARE(steps(), before + 1);
}

void TestLayersPanel::f2Renames()
{
    const LayerId id = add();
    h->trigger(ActionId::RenameLayer);
    auto *editor = list()->viewport()->findChild<QLineEdit *>();
    QVERIFY(editor);
    QTest::keyClick(editor, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(editor, QStringLiteral("Face"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(layer(id).name, QStringLiteral("Face"));
    QVERIFY(h->window->actions().keys(ActionId::RenameLayer).contains(QKeySequence(Qt::Key_F2)));
}

void TestLayersPanel::eyeHidesByMouseAndSpace()
{
    const LayerId id = add();
    const int before = steps();
    const QPoint eye(row(0).left() + 12, row(0).center().y());
    QTest::mouseClick(list()->viewport(), Qt::LeftButton, {}, eye);
    QVERIFY(!layer(id).visible);
    QCOMPARE(steps(), before + 1);
    list()->setFocus();
    QTest::keyClick(list(), Qt::Key_Space);
    QVERIFY(layer(id).visible);
    QVERIFY(h->window->actions()[ActionId::ShowLayer]->isChecked());
}

void TestLayersPanel::lockKeepsEverythingAsItIs()
{
    const LayerId id = add();
    h->trigger(ActionId::LockLayer);
    QVERIFY(layer(id).locked);
    QVERIFY(h->window->actions()[ActionId::LockLayer]->isChecked());
    for (const ActionId action : {ActionId::DeleteLayer, ActionId::LayerMask, ActionId::MergeDown,
                                  ActionId::PasteSettings})
        QVERIFY(!h->window->actions()[action]->isEnabled());
    QVERIFY(!h->find<QComboBox>("blendMode")->isEnabled());
    QVERIFY(!(list()->model()->flags(list()->model()->index(0, 0)) & Qt::ItemIsDragEnabled));
    h->trigger(ActionId::LockLayer);
    QVERIFY(!layer(id).locked);
    QVERIFY(h->window->actions()[ActionId::DeleteLayer]->isEnabled());
}

void TestLayersPanel::originalCannotBeUnlockedOrMoved()
{
    QVERIFY(!h->window->actions()[ActionId::LockLayer]->isEnabled());
    QVERIFY(!h->window->actions()[ActionId::DeleteLayer]->isEnabled());
    QVERIFY(!(list()->model()->flags(list()->model()->index(0, 0)) & Qt::ItemIsDragEnabled));
}

void TestLayersPanel::dragReorders_data()
{
    QTest::addColumn<int>("from");     // rows, the topmost is 0: c, b, a, Original
    QTest::addColumn<int>("onto");     // between rows: before this one
    QTest::addColumn<QString>("order"); // from the top
    QTest::newRow("to the top") << 2 << 0 << QStringLiteral("acb");
    QTest::newRow("down by one") << 0 << 2 << QStringLiteral("bca");
    QTest::newRow("to the bottom") << 0 << 3 << QStringLiteral("bac");
    QTest::newRow("below the Original") << 1 << 4 << QStringLiteral("cab"); // stays above it
}

void TestLayersPanel::dragReorders()
{
    QFETCH(int, from);
    QFETCH(int, onto);
    QFETCH(QString, order);
    for (const char *name : {"a", "b", "c"})
        QVERIFY(h->session->editor().rename(add(), QLatin1String(name)));
    const int before = steps();
    // What the view does when the mouse is let go; a drag itself has a loop of the system's.
    QAbstractItemModel *model = list()->model();
    std::unique_ptr<QMimeData> data(model->mimeData({model->index(from, 0)}));
    model->dropMimeData(data.get(), Qt::MoveAction, onto, 0, {});
    QString found;
    for (int i = 0; i < 3; ++i)
        found += model->index(i, 0).data().toString();
    QCOMPARE(found, order);
    QCOMPARE(stack().at(0).kind, LayerKind::Original);
    QCOMPARE(steps(), before + 1);
    QCOMPARE(list()->dragDropMode(), QAbstractItemView::InternalMove);
}

void TestLayersPanel::keysReorder()
{
    const LayerId a = add();
    const LayerId b = add();
    QVERIFY(!h->window->actions()[ActionId::LayerUp]->isEnabled());
    h->trigger(ActionId::LayerDown);
    QCOMPARE(stack().at(1).id, b);
    QCOMPARE(stack().at(2).id, a);
    QVERIFY(!h->window->actions()[ActionId::LayerDown]->isEnabled()); // the Original is below
    h->trigger(ActionId::LayerUp);
    QCOMPARE(stack().at(2).id, b);
}

void TestLayersPanel::opacityDragIsOneStep()
{
    const LayerId id = add();
    const int before = steps();
    auto *slider = h->find<QSlider>("layerOpacity");
    slider->setSliderDown(true);
    for (int v = 100; v >= 40; v -= 5)
        slider->setValue(v);
    slider->setSliderDown(false);
    QCOMPARE(layer(id).opacity, 0.4);
    QCOMPARE(steps(), before + 1);
    slider->setSliderDown(true);
    slider->setValue(60);
    slider->setSliderDown(false);
    QCOMPARE(steps(), before + 2); // another drag, another step
    h->trigger(ActionId::Undo);
    QCOMPARE(layer(id).opacity, 0.4);
    QCOMPARE(slider->value(), 40);
}

void TestLayersPanel::blendModeIsOneStep()
{
    const LayerId id = add();
    const int before = steps();
    auto *blend = h->find<QComboBox>("blendMode");
    blend->setCurrentIndex(blend->findData(int(BlendMode::Multiply)));
    Q_EMIT blend->activated(blend->currentIndex());
    QCOMPARE(layer(id).blendMode, BlendMode::Multiply);
    QCOMPARE(steps(), before + 1);
    QCOMPARE(blend->count() - 3, 11); // all modes, three separators
}

void TestLayersPanel::maskIsAddedUsedInvertedRemoved()
{
    const LayerId id = add();
    const int before = steps();
    menu("maskHidden");
    QVERIFY(layer(id).mask.isActive());
    menu("maskUse");
    QVERIFY(!layer(id).mask.enabled);
    menu("maskUse");
    QVERIFY(layer(id).mask.enabled);
    const auto value = [&] {
        return list()->currentIndex().data(LayersModel::MaskThumbnailRole).value<QImage>()
            .pixelColor(2, 2).red();
    };
    QCOMPARE(value(), 0);
    menu("maskInvert");
    QCOMPARE(value(), 255);
    menu("maskRemove");
    QVERIFY(layer(id).mask.isNull());
    QCOMPARE(steps(), before + 5);
    menu("maskShown");
    QCOMPARE(value(), 255);
}

void TestLayersPanel::maskHasAThumbnail()
{
    add();
    const QModelIndex index = list()->model()->index(0, 0);
    QVERIFY(index.data(LayersModel::MaskThumbnailRole).value<QImage>().isNull());
    menu("maskShown");
    QVERIFY(!list()->model()->index(0, 0).data(LayersModel::MaskThumbnailRole).value<QImage>()
                 .isNull());
    // And the Original has one of its pixels.
    const QImage picture =
        list()->model()->index(1, 0).data(LayersModel::ThumbnailRole).value<QImage>();
    QVERIFY(!picture.isNull() && picture.width() > picture.height());
}

void TestLayersPanel::thumbnailsTurnWithTheCanvas()
{
    const auto shown = [this] {
        return list()->model()->index(0, 0).data(LayersModel::ThumbnailRole).value<QImage>();
    };
    QImage wanted = shown();
    QVERIFY(!wanted.isNull() && wanted.width() != wanted.height());
    DocumentEditor &editor = h->session->editor();
    for (const int turns : {1, 2, -1, 1}) {
        QVERIFY(editor.rotateQuarter(turns));
        wanted = wanted.transformed(QTransform().rotate(90 * turns));
        QVERIFY2(shown() == wanted, qPrintable(QString::number(turns)));
        const bool across = turns != 2;
        QVERIFY(editor.flip(across ? Qt::Horizontal : Qt::Vertical));
        wanted = wanted.mirrored(across, !across);
        QVERIFY2(shown() == wanted, qPrintable(QString::number(turns)));
    }
}

void TestLayersPanel::settingsAreCopiedToAnotherPhoto()
{
    QVERIFY(!h->window->actions()[ActionId::PasteSettings]->isEnabled());
    const LayerId id = add();
    DocumentEditor &editor = h->session->editor();
    QVERIFY(editor.setOpacity(id, 0.25));
    QVERIFY(editor.setBlendMode(id, BlendMode::Screen));
    QVERIFY(editor.setAdjustment(
        id, {QStringLiteral("exposure"), {{QStringLiteral("exposure"), 1.5}}}));
    menu("maskShown");
    h->trigger(ActionId::CopySettings);
    QVERIFY(h->open(1));
    QVERIFY(h->waitFor([&] { return h->session->path() == h->samples.at(1); }));
    const LayerId other = add();
    const int before = steps();
    h->trigger(ActionId::PasteSettings);
    QCOMPARE(steps(), before + 1);
    QCOMPARE(layer(other).opacity, 0.25);
    QCOMPARE(layer(other).blendMode, BlendMode::Screen);
    QCOMPARE(layer(other).adjustment.parameters.value(QStringLiteral("exposure")).toDouble(), 1.5);
    QVERIFY(layer(other).mask.isActive());
    QCOMPARE(layer(other).name, QStringLiteral("exposure")); // the name is its own
    QCOMPARE(h->find<QSlider>("layerOpacity")->value(), 25);
}

void TestLayersPanel::menuComesByMouseAndKeyboard()
{
    const LayerId id = add();
    add();
    // On another row than the chosen one: that row is chosen.
    const QPoint at = row(1).center();
    Q_EMIT list()->customContextMenuRequested(at);
    QPointer<QMenu> menu = h->find<QMenu>("layerMenu");
    QVERIFY(menu && menu->isVisible());
    QCOMPARE(h->session->document()->activeLayer(), id);
    QVERIFY(menu->actions().contains(h->window->actions()[ActionId::CopySettings]));
    QVERIFY(menu->findChild<QAction *>(QStringLiteral("maskShown")));
    menu->close();
    QTRY_VERIFY(!menu);
    QContextMenuEvent key(QContextMenuEvent::Keyboard, list()->rect().center(),
                          list()->mapToGlobal(list()->rect().center()));
    QApplication::sendEvent(list(), &key);
    menu = h->find<QMenu>("layerMenu");
    QVERIFY(menu && menu->isVisible());
    QCOMPARE(h->session->document()->activeLayer(), id); // still the chosen one
    menu->close();
}

void TestLayersPanel::duplicateMergeFlattenDelete()
{
    add();
    h->trigger(ActionId::DuplicateLayer);
    QCOMPARE(stack().count(), 3);
    h->trigger(ActionId::DeleteLayer);
    QCOMPARE(stack().count(), 2);
    h->trigger(ActionId::DuplicateLayer);
    h->trigger(ActionId::Flatten);
    QVERIFY(h->waitFor([&] { return stack().count() == 2; })); // the Original stays below
    QCOMPARE(stack().at(0).kind, LayerKind::Original);
    QCOMPARE(stack().at(1).kind, LayerKind::Pixel);
    h->trigger(ActionId::DuplicateLayer);
    const int before = steps();
    h->trigger(ActionId::MergeDown);
    QVERIFY(h->waitFor([&] { return stack().count() == 2; }));
    QCOMPARE(steps(), before + 1);
}

void TestLayersPanel::rowsSayEverythingToAReader()
{
    const LayerId id = add();
    DocumentEditor &editor = h->session->editor();
    const auto text = [&] {
        return list()->model()->index(0, 0).data(Qt::AccessibleTextRole).toString();
    };
    QCOMPARE(text(), QStringLiteral("exposure, adjustment, Exposure"));
    QVERIFY(editor.setVisible(id, false));
    QVERIFY(editor.setOpacity(id, 0.3));
    QVERIFY(editor.setBlendMode(id, BlendMode::Multiply));
    menu("maskShown");
    QVERIFY(editor.setLocked(id, true));
    for (const char *part : {"hidden", "locked", "mask", "30", "Multiply"})
        QVERIFY2(text().contains(QLatin1String(part)), part);
    QVERIFY(list()->model()->index(1, 0).data(Qt::AccessibleTextRole).toString().contains(
        QStringLiteral("scan")));
}

QTEST_MAIN(TestLayersPanel)
#include "tst_layerspanel.moc"
