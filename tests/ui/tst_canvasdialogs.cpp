// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialogs/canvassizedialog.h"
#include "dialogs/picturesizedialog.h"
#include "dialogs/resolutiondialog.h"
#include "docks.h"
#include "document/document.h"
#include "panels/toolspanel.h"
#include "windowharness.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>

using namespace heirloom;
using namespace heirloom::test;

class TestCanvasDialogs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale::c()); }
    void pixelsKeepTheirProportions();
    void perCentAndPaperMeasurePixels();
    void paperStaysWhenDotsChange();
    void unknownResolutionStaysUnknown();
    void tooLargeIsSaidBeforeOk_data();
    void tooLargeIsSaidBeforeOk();
    void largerThanALayerIsSaidAndAllowed();
    void anchorDecidesTheOffset_data();
    void anchorDecidesTheOffset();
    void canvasSaysWhatIsWonAndLost();
    void resolutionShowsThePrint();
    void sizesAreOneStepEach();
    void closedPhotoTakesItsDialogAlong();
    void enlargeIsNear();

private:
    template <typename T>
    static T *part(QWidget &dialog, const char *name)
    {
        return dialog.findChild<T *>(QLatin1String(name));
    }
    static void fill(QWidget &dialog, const char *name, double value)
    {
        if (auto *box = part<QSpinBox>(dialog, name))
            return box->setValue(int(value));
        part<QDoubleSpinBox>(dialog, name)->setValue(value);
    }
    static double value(QWidget &dialog, const char *name)
    {
        return part<QDoubleSpinBox>(dialog, name)->value();
    }
};

void TestCanvasDialogs::pixelsKeepTheirProportions()
{
    PictureSizeDialog dialog({3000, 2000}, {300, 300});
    QVERIFY(!part<QPushButton>(dialog, "pictureAccept")->isEnabled()); // nothing changed yet
    fill(dialog, "pictureWidth", 1500);
    QCOMPARE(dialog.size(), QSize(1500, 1000));
    QCOMPARE(value(dialog, "pictureHeight"), 1000.0);
    fill(dialog, "pictureHeight", 500);
    QCOMPARE(dialog.size(), QSize(750, 500));
    QVERIFY(part<QPushButton>(dialog, "pictureAccept")->isEnabled());
    part<QCheckBox>(dialog, "pictureKeep")->setChecked(false);
    fill(dialog, "pictureHeight", 900);
    QCOMPARE(dialog.size(), QSize(750, 900));
    QCOMPARE(*dialog.resolution(), (Resolution{300, 300}));
    // 750 px at 300 dpi are 2.5 inches.
    QVERIFY(part<QLabel>(dialog, "pictureResult")->text().contains(QStringLiteral("6.4")));
}

void TestCanvasDialogs::perCentAndPaperMeasurePixels()
{
    PictureSizeDialog dialog({3000, 2000}, {300, 300});
    auto *unit = part<QComboBox>(dialog, "pictureUnit");
    unit->setCurrentIndex(int(PictureSizeDialog::Unit::PerCent));
    QCOMPARE(value(dialog, "pictureWidth"), 100.0);
    fill(dialog, "pictureWidth", 33.33);
    QCOMPARE(dialog.size(), QSize(1000, 667));
    unit->setCurrentIndex(int(PictureSizeDialog::Unit::Centimetres));
    fill(dialog, "pictureWidth", 25.4);
    QCOMPARE(dialog.size(), QSize(3000, 2000));
    unit->setCurrentIndex(int(PictureSizeDialog::Unit::Inches));
    QCOMPARE(value(dialog, "pictureHeight"), 6.67);
    fill(dialog, "pictureHeight", 3);
    QCOMPARE(dialog.size(), QSize(1350, 900));
}

void TestCanvasDialogs::paperStaysWhenDotsChange()
{
    PictureSizeDialog dialog({3000, 2000}, {300, 300});
    part<QComboBox>(dialog, "pictureUnit")->setCurrentIndex(int(PictureSizeDialog::Unit::Inches));
    fill(dialog, "pictureDots", 150);
    QCOMPARE(dialog.size(), QSize(1500, 1000));
    QCOMPARE(*dialog.resolution(), (Resolution{150, 150}));
    // In pixels only the paper changes.
    part<QComboBox>(dialog, "pictureUnit")->setCurrentIndex(int(PictureSizeDialog::Unit::Pixels));
    fill(dialog, "pictureDots", 600);
    QCOMPARE(dialog.size(), QSize(1500, 1000));
}

void TestCanvasDialogs::unknownResolutionStaysUnknown()
{
    PictureSizeDialog dialog({3000, 2000}, {});
    fill(dialog, "pictureWidth", 1500);
    QVERIFY(!dialog.resolution());
    fill(dialog, "pictureDots", 200);
    QCOMPARE(*dialog.resolution(), (Resolution{200, 200}));
}

void TestCanvasDialogs::tooLargeIsSaidBeforeOk_data()
{
    QTest::addColumn<double>("width");
    QTest::addColumn<bool>("fits");
    QTest::newRow("a thousand megapixels") << 31622.0 << true; // square: 999.95
    QTest::newRow("more") << 31623.0 << false;
    QTest::newRow("too long") << 100001.0 << false;
}

void TestCanvasDialogs::tooLargeIsSaidBeforeOk()
{
    QFETCH(double, width);
    QFETCH(bool, fits);
    PictureSizeDialog picture({1000, 1000}, {});
    picture.show();
    fill(picture, "pictureWidth", width);
    QCOMPARE(part<QPushButton>(picture, "pictureAccept")->isEnabled(), fits);
    QVERIFY(part<QLabel>(picture, "pictureProblem")->isVisible());
    QVERIFY(fits ||
            part<QLabel>(picture, "pictureProblem")->text().contains(QStringLiteral("1000")));

    CanvasSizeDialog canvas({1000, 1000}, false);
    canvas.show();
    fill(canvas, "canvasWidth", width);
    fill(canvas, "canvasHeight", width);
    QCOMPARE(part<QPushButton>(canvas, "canvasAccept")->isEnabled(), fits);
    QCOMPARE(part<QLabel>(canvas, "canvasProblem")->isVisible(), !fits);
}

void TestCanvasDialogs::largerThanALayerIsSaidAndAllowed()
{
    PictureSizeDialog dialog({1000, 1000}, {});
    dialog.show();
    fill(dialog, "pictureWidth", 17320); // 299.98 megapixels
    QVERIFY(!part<QLabel>(dialog, "pictureProblem")->isVisible());
    fill(dialog, "pictureWidth", 17321);
    QVERIFY(part<QLabel>(dialog, "pictureProblem")->text().contains(QStringLiteral("300")));
    QVERIFY(part<QPushButton>(dialog, "pictureAccept")->isEnabled());
}

void TestCanvasDialogs::anchorDecidesTheOffset_data()
{
    QTest::addColumn<int>("anchor");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QPoint>("offset");
    QTest::newRow("top left") << 0 << QSize(140, 121) << QPoint(0, 0);
    QTest::newRow("middle") << 4 << QSize(140, 121) << QPoint(20, 20);
    QTest::newRow("right") << 5 << QSize(140, 121) << QPoint(40, 20);
    QTest::newRow("bottom right") << 8 << QSize(140, 121) << QPoint(40, 41);
    QTest::newRow("smaller, middle") << 4 << QSize(71, 60) << QPoint(-15, -10);
    QTest::newRow("smaller, bottom left") << 6 << QSize(71, 60) << QPoint(0, -20);
}

void TestCanvasDialogs::anchorDecidesTheOffset()
{
    QFETCH(int, anchor);
    QFETCH(QSize, size);
    QFETCH(QPoint, offset);
    CanvasSizeDialog dialog({100, 80}, false);
    dialog.show();
    fill(dialog, "canvasWidth", size.width());
    fill(dialog, "canvasHeight", size.height());
    QTest::mouseClick(
        part<QPushButton>(dialog, qPrintable(QStringLiteral("anchor%1").arg(anchor))),
        Qt::LeftButton);
    QCOMPARE(dialog.offset(), offset);
    QCOMPARE(dialog.size(), size);
}

void TestCanvasDialogs::canvasSaysWhatIsWonAndLost()
{
    CanvasSizeDialog dialog({100, 80}, false);
    fill(dialog, "canvasWidth", 130);
    fill(dialog, "canvasHeight", 60);
    const QString text = part<QLabel>(dialog, "canvasResult")->text();
    QVERIFY2(text.contains(QStringLiteral("+15")) && text.contains(QStringLiteral("-10")),
             qPrintable(text));
}

void TestCanvasDialogs::resolutionShowsThePrint()
{
    ResolutionDialog dialog({3000, 2000}, {300, 300});
    dialog.show();
    auto *print = part<QLabel>(dialog, "resolutionPrint");
    QVERIFY2(print->text().contains(QStringLiteral("25.4")) &&
                 print->text().contains(QStringLiteral("10")),
             qPrintable(print->text()));
    QVERIFY(!part<QPushButton>(dialog, "resolutionAccept")->isEnabled());
    fill(dialog, "resolutionDots", 150);
    QVERIFY(print->text().contains(QStringLiteral("50.8")));
    QVERIFY(part<QPushButton>(dialog, "resolutionAccept")->isEnabled());
    part<QDoubleSpinBox>(dialog, "resolutionWidth")->setFocus();
    fill(dialog, "resolutionWidth", 12.7);
    QCOMPARE(dialog.resolution(), (Resolution{600, 600}));
}

void TestCanvasDialogs::sizesAreOneStepEach()
{
    WindowHarness h;
    QVERIFY(h.open());
    QUndoStack &steps = h.session->undoStack();
    const int before = steps.count();

    h.trigger(ActionId::PictureSize);
    auto *picture = h.find<PictureSizeDialog>("pictureSizeDialog");
    QVERIFY(picture);
    fill(*picture, "pictureWidth", 24);
    fill(*picture, "pictureDots", 200);
    h.click("pictureAccept");
    QCOMPARE(h.size(), QSize(24, 16));
    QCOMPARE(h.session->document()->canvas().resolution, (Resolution{200, 200}));
    QCOMPARE(steps.count(), before + 1);
    QCOMPARE(h.session->document()->stack().at(0).pixels.size(), QSize(48, 32)); // only carried

    h.trigger(ActionId::CanvasSize);
    auto *canvas = h.find<CanvasSizeDialog>("canvasSizeDialog");
    QVERIFY(canvas);
    fill(*canvas, "canvasWidth", 30);
    fill(*canvas, "canvasHeight", 20);
    h.click("canvasAccept");
    QCOMPARE(h.size(), QSize(30, 20));
    QCOMPARE(steps.count(), before + 2);
    QCOMPARE(h.session->document()->stack().at(0).transform.map(QPointF(0, 0)), QPointF(3, 2));

    h.trigger(ActionId::Resolution);
    auto *resolution = h.find<ResolutionDialog>("resolutionDialog");
    QVERIFY(resolution);
    fill(*resolution, "resolutionDots", 96);
    h.click("resolutionAccept");
    QCOMPARE(h.session->document()->canvas().resolution, (Resolution{96, 96}));
    QCOMPARE(steps.count(), before + 3);
    for (int i = 0; i < 3; ++i)
        h.trigger(ActionId::Undo);
    QCOMPARE(h.size(), QSize(48, 32));
}

void TestCanvasDialogs::closedPhotoTakesItsDialogAlong()
{
    WindowHarness h;
    QVERIFY(h.open());
    h.trigger(ActionId::CanvasSize);
    QPointer<CanvasSizeDialog> dialog = h.find<CanvasSizeDialog>("canvasSizeDialog");
    QVERIFY(dialog);
    h.workspace->close(h.workspace->current());
    QVERIFY(h.waitFor([&] { return !dialog || !dialog->isVisible(); }));
}

void TestCanvasDialogs::enlargeIsNear()
{
    WindowHarness h;
    QVERIFY(h.open());
    h.window->docks().tools().choose(QStringLiteral("denoise"));
    h.trigger(ActionId::PictureSize);
    h.click("pictureEnlarge");
    QCOMPARE(h.window->docks().tools().current(), QStringLiteral("enlarge"));
    QCOMPARE(h.size(), QSize(48, 32));
}

QTEST_MAIN(TestCanvasDialogs)
#include "tst_canvasdialogs.moc"
