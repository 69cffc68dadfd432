// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Longer than most: one class, many cases.
#include "canvas/loupe.h"
#include "canvas/splithandle.h"
#include "core/errortext.h"
#include "dialogs/leavequestion.h"
#include "edit/documenteditor.h"
#include "ui/windowharness.h"
#include "widgets/messagebar.h"
#include "widgets/picturetile.h"
#include "widgets/valueslider.h"

#include <QBuffer>
#include <QClipboard>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QSemaphore>
#include <QSlider>
#include <QSpinBox>
#include <QTabBar>

using namespace heirloom;
using namespace heirloom::test;

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startPageOffersToOpen();
    void photoGivenAtTheStartIsShown();
    void severalPhotosGetATabEach();
    void droppedPhotoIsOpenedUnderAHighlight();
    void pastedPictureFileOrPathIsOpened();
    void networkAddressIsNotVisited();
    void badFilesGetASentence_data();
    void badFilesGetASentence();
    void twoClicksToAResultAndAThirdToExport();
    void photoOnDiskIsNeverChanged();
    void cancelLeavesTheDocumentAsItWas();
    void undoTakesTheResultBack();
    void strengthShowsAtOnceAndIsOneStep();
    void heldKeyAndButtonShowTheOriginal();
    void compareCyclesThroughItsModes();
    void previewFillsTheLoupe();
    void zoomedInPreviewLiesOverThePicture();
    void missingNetworksAreSaidAndTheClassicalMethodWorks();
    void failingNetworkIsToldInWords();
    void leavingAsksBeforeWorkIsLost();
    void answerExportLeadsToTheDialog();
    void everyControlIsReachedByKeyboardAndHasAName();
    void smallWindowShowsEverything();
};

void TestMainWindow::startPageOffersToOpen()
{
    WindowHarness h;
    QVERIFY(h.find<QWidget>("startPage")->isVisible());
    QVERIFY(h.find<QAbstractButton>("openButton")->isVisible());
    QCOMPARE(h.window->findChildren<PictureTile *>().size(), 2);
    QVERIFY(!h.window->actions()[ActionId::Export]->isEnabled());
}

void TestMainWindow::photoGivenAtTheStartIsShown()
{
    WindowHarness h;
    QVERIFY(h.open());
    QVERIFY(h.window->canvas().isVisible());
    QVERIFY(h.window->windowTitle().contains(QStringLiteral("sample.png")));
    QVERIFY(!h.window->isWindowModified());
    QVERIFY(h.waitFor([&] { return h.window->canvas().isSettled(); }));
    const QPoint at = h.window->canvas().viewport().toDevice(QPointF(20.5, 10.5)).toPoint();
    const QColor seen = h.window->canvas().frame(Side::After).pixelColor(at);
    const QColor meant = WindowHarness::picture({48, 32}).pixelColor(20, 10);
    QVERIFY(std::abs(seen.red() - meant.red()) < 8 && std::abs(seen.green() - meant.green()) < 8);
}

void TestMainWindow::severalPhotosGetATabEach()
{
    WindowHarness h;
    h.window->openPaths(h.samples);
    QVERIFY(h.waitFor([&] { return h.session->hasDocument(); }));
    QCOMPARE(h.session->path(), h.samples.first());
    QVERIFY(h.waitFor([&] { return h.workspace->count() == 2; }));
    QVERIFY(h.settings->value(setting::recentFiles).contains(h.samples.last()));
    auto *tabs = h.find<QTabBar>("photoTabs");
    QCOMPARE(tabs->count(), 2);
    QCOMPARE(tabs->currentIndex(), 0);
    QCOMPARE(tabs->tabText(1), QStringLiteral("other.png"));
    const auto *tray = h.find<QListWidget>("photoTray");
    QVERIFY(tray->isVisible());
    QVERIFY(h.waitFor([&] { return !tray->item(1)->icon().isNull(); }));
    const QRect place = tray->visualItemRect(tray->item(1));
    QVERIFY(tray->viewport()->rect().contains(place));
    QVERIFY(place.height() >= tray->iconSize().height() + tray->fontMetrics().height());
    h.trigger(ActionId::NextPhoto);
    QCOMPARE(h.session->path(), h.samples.last());
    h.window->openPaths({h.samples.first()}); // open already
    QCOMPARE(h.workspace->count(), 2);
    QCOMPARE(h.session->path(), h.samples.first());
}

void TestMainWindow::droppedPhotoIsOpenedUnderAHighlight()
{
    WindowHarness h;
    auto *overlay = h.find<QWidget>("dropOverlay");
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(h.samples.first())});
    QDragEnterEvent enter(QPoint(100, 100), Qt::CopyAction, &mime, Qt::LeftButton, {});
    QApplication::sendEvent(h.window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QVERIFY(overlay->isVisible());
    QCOMPARE(overlay->geometry(), h.window->rect());
    QDropEvent drop(QPointF(100, 100), Qt::CopyAction, &mime, Qt::LeftButton, {});
    QApplication::sendEvent(h.window.get(), &drop);
    QVERIFY(!overlay->isVisible());
    QVERIFY(h.waitFor([&] { return h.session->hasDocument(); }));
    QCOMPARE(h.session->path(), h.samples.first());
}

void TestMainWindow::pastedPictureFileOrPathIsOpened()
{
    QByteArray png;
    QBuffer buffer(&png);
    WindowHarness::picture({30, 20}).save(&buffer, "PNG");
    const QImage pixels = WindowHarness::picture({31, 21});
    for (int kind = 0; kind < 5; ++kind) {
        WindowHarness h;
        auto *mime = new QMimeData;
        QSize expected(48, 32);
        switch (kind) {
        case 0:
            mime->setImageData(pixels);
            expected = pixels.size();
            break;
        case 1:
            mime->setData(QStringLiteral("image/png"), png);
            expected = QSize(30, 20);
            break;
        case 2:
            mime->setUrls({QUrl::fromLocalFile(h.samples.first())});
            break;
        case 3:
            mime->setText(h.samples.first());
            break;
        default:
            mime->setText(QStringLiteral("data:image/png;base64,") +
                          QString::fromLatin1(png.toBase64()));
            expected = QSize(30, 20);
        }
        QApplication::clipboard()->setMimeData(mime);
        h.trigger(ActionId::Paste);
        QVERIFY2(h.waitFor([&] { return h.session->hasDocument(); }),
                 qPrintable(QString::number(kind)));
        QCOMPARE(h.size(), expected);
    }
}

void TestMainWindow::networkAddressIsNotVisited()
{
    WindowHarness h;
    auto *mime = new QMimeData;
    mime->setUrls({QUrl(QStringLiteral("https://example.org/photo.jpg"))});
    QApplication::clipboard()->setMimeData(mime);
    h.trigger(ActionId::Paste);
    QVERIFY(h.find<MessageBar>("messageBar")->isVisible());
    QVERIFY(h.find<MessageBar>("messageBar")->text().contains(QStringLiteral("network")));
    QVERIFY(!h.session->hasDocument());
}

void TestMainWindow::badFilesGetASentence_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("exists");
    QTest::newRow("text") << QByteArray("this is no picture, only words") << true;
    QTest::newRow("empty") << QByteArray() << true;
    QTest::newRow("missing") << QByteArray() << false;
    QTest::newRow("pdf") << QByteArray("%PDF-1.4\n1 0 obj\n") << true;
    QTest::newRow("png cut off") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) << true;
}

void TestMainWindow::badFilesGetASentence()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, exists);
    WindowHarness h;
    QVERIFY(h.open());
    const QString path =
        exists ? h.write("bad.jpg", bytes) : h.folder.filePath(QStringLiteral("nothing.jpg"));
    h.window->openPaths({path});
    auto *bar = h.find<MessageBar>("messageBar");
    QVERIFY(h.waitFor([&] { return bar->isVisible(); }));
    QVERIFY(bar->text().size() > 20);
    QVERIFY(bar->text().contains(QFileInfo(path).fileName()));
    // What was open stays open.
    QCOMPARE(h.session->path(), h.samples.first());
}

void TestMainWindow::twoClicksToAResultAndAThirdToExport()
{
    WindowHarness h;
    QTest::mouseClick(h.window->findChildren<PictureTile *>().first(), Qt::LeftButton);
    QVERIFY(h.waitFor([&] { return h.session->hasDocument(); }));
    h.click("applyButton");
    QVERIFY(h.waitFor([&] { return h.size() == QSize(96, 64); }));
    QCOMPARE(h.window->canvas().compareMode(), CompareMode::Split);
    QVERIFY(h.window->isWindowModified());
    QVERIFY(h.fast->runs > 0);
    QCOMPARE(h.session->document()->stack().count(), 2);

    h.click("exportButton");
    auto *dialog = h.find<QDialog>("exportDialog");
    QVERIFY(dialog && dialog->isVisible());
    const QString path = dialog->findChild<QLineEdit *>(QStringLiteral("exportPath"))->text();
    QCOMPARE(QFileInfo(path).fileName(), QStringLiteral("sample_restored.png"));
    h.click("exportAccept");
    QVERIFY(h.waitFor([&] { return QFileInfo::exists(path); }));
    QCOMPARE(QImage(path).size(), QSize(96, 64));
    QVERIFY(h.waitFor([&] { return !h.window->isWindowModified(); }));
    QVERIFY(h.find<MessageBar>("messageBar")->text().contains(path));
}

void TestMainWindow::photoOnDiskIsNeverChanged()
{
    WindowHarness h;
    const auto bytes = [&] {
        QFile file(h.samples.first());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray before = bytes();
    QVERIFY(h.open());
    QVERIFY(h.enlarge());
    h.trigger(ActionId::Export);
    auto *dialog = h.find<QDialog>("exportDialog");
    auto *field = dialog->findChild<QLineEdit *>(QStringLiteral("exportPath"));
    field->setText(h.samples.first());
    QVERIFY(!dialog->findChild<QPushButton *>(QStringLiteral("exportAccept"))->isEnabled());
    auto *problem = dialog->findChild<QLabel *>(QStringLiteral("exportProblem"));
    QVERIFY(problem->isVisible() && !problem->text().isEmpty());
    QCOMPARE(bytes(), before);
}

void TestMainWindow::cancelLeavesTheDocumentAsItWas()
{
    WindowHarness h;
    QVERIFY(h.open());
    const Snapshot before = h.session->document()->snapshot();
    QSemaphore inside;
    QSemaphore go;
    h.fast->beforeRun = [&](int) {
        inside.release();
        go.acquire();
    };
    h.click("applyButton");
    QVERIFY(h.waitFor([&] { return inside.tryAcquire(); }));
    QVERIFY(h.find<QWidget>("progressStrip"));
    auto *panel = h.find<QWidget>("enlargePanel");
    auto *cancel = panel->findChild<QPushButton *>(QStringLiteral("cancelButton"));
    QVERIFY(cancel->isVisible());
    QVERIFY(!h.find<QPushButton>("applyButton")->isVisible());
    QTest::mouseClick(cancel, Qt::LeftButton);
    go.release(1000);
    QVERIFY(h.waitFor([&] { return h.find<QPushButton>("applyButton")->isVisible(); }));
    QVERIFY(h.session->document()->snapshot().sameState(before));
    QCOMPARE(h.session->undoStack().count(), 0);
    QVERIFY(!h.window->isWindowModified());
    h.fast->beforeRun = {};
    QVERIFY(h.enlarge());
}

void TestMainWindow::undoTakesTheResultBack()
{
    WindowHarness h;
    QVERIFY(h.open());
    const Snapshot before = h.session->document()->snapshot();
    QVERIFY(h.enlarge());
    QVERIFY(h.find<QWidget>("resultPanel")->isVisible());
    h.trigger(ActionId::Undo);
    QCOMPARE(h.size(), QSize(48, 32));
    QVERIFY(h.session->document()->snapshot().sameState(before));
    QVERIFY(!h.find<QWidget>("resultPanel")->isVisible());
    QCOMPARE(h.window->canvas().compareMode(), CompareMode::Off); // nothing is left to compare
    h.trigger(ActionId::Redo);
    QCOMPARE(h.size(), QSize(96, 64));
    QVERIFY(h.find<QWidget>("resultPanel")->isVisible());
}

void TestMainWindow::strengthShowsAtOnceAndIsOneStep()
{
    WindowHarness h;
    h.fast->offset = -0.4f; // a result that is easily told from the original
    QVERIFY(h.open());
    QVERIFY(h.enlarge());
    h.window->canvas().setCompareMode(CompareMode::Off);
    h.window->canvas().zoomTo(4);
    QVERIFY(h.waitFor([&] { return h.window->canvas().isSettled(); }));
    const QImage full = h.window->canvas().frame(Side::After);
    const int runs = h.fast->runs;
    const int steps = h.session->undoStack().count();

    auto *slider = h.find<QSlider>("resultStrength");
    slider->setSliderDown(true);
    slider->setSliderPosition(60);
    slider->setSliderPosition(0);
    QVERIFY(h.waitFor([&] { return h.window->canvas().isSettled(); }));
    QVERIFY(h.window->canvas().frame(Side::After) != full);
    QVERIFY(h.waitFor([&] {
        return h.window->canvas().frame(Side::After) == h.window->canvas().frame(Side::Before);
    }));
    slider->setSliderDown(false);
    QCOMPARE(h.fast->runs, runs);
    QCOMPARE(h.session->undoStack().count(), steps + 1);
    h.trigger(ActionId::Undo);
    QCOMPARE(slider->value(), 100);
    QVERIFY(h.waitFor([&] { return h.window->canvas().isSettled(); }));
    QCOMPARE(h.window->canvas().frame(Side::After), full);
}

void TestMainWindow::heldKeyAndButtonShowTheOriginal()
{
    WindowHarness h;
    QVERIFY(h.open());
    CanvasView &canvas = h.window->canvas();
    for (const Qt::Key key : {Qt::Key_Backslash, Qt::Key_O}) {
        QTest::keyPress(&canvas, key);
        QVERIFY(canvas.isOriginalShown());
        QTest::keyRelease(&canvas, key);
        QVERIFY(!canvas.isOriginalShown());
    }
    auto *button = h.find<QAbstractButton>("holdOriginal");
    QTest::mousePress(button, Qt::LeftButton);
    QVERIFY(canvas.isOriginalShown());
    QTest::mouseRelease(button, Qt::LeftButton);
    QVERIFY(!canvas.isOriginalShown());
}

void TestMainWindow::compareCyclesThroughItsModes()
{
    WindowHarness h;
    QVERIFY(h.open());
    for (const CompareMode mode :
         {CompareMode::Split, CompareMode::SideBySide, CompareMode::Off, CompareMode::Split}) {
        h.trigger(ActionId::Compare);
        QCOMPARE(h.window->canvas().compareMode(), mode);
    }
    const bool vertical = h.window->canvas().isSplitVertical();
    h.trigger(ActionId::TurnSplit);
    QCOMPARE(h.window->canvas().isSplitVertical(), !vertical);
}

void TestMainWindow::previewFillsTheLoupe()
{
    WindowHarness h;
    h.fast->offset = 0.3f;
    QVERIFY(h.open());
    h.window->canvas().zoomTo(1); // the result has twice the pixels: a loupe
    QVERIFY(h.waitFor([&] { return h.window->canvas().isSettled(); }));
    Loupe *loupe = h.window->canvas().loupe();
    const auto preview = [&](bool on) {
        for (QCheckBox *box : h.find<QWidget>("enlargePanel")->findChildren<QCheckBox *>())
            box->setChecked(on);
    };
    const QImage plain = loupe->grab().toImage();
    preview(true);
    QVERIFY(loupe->isVisible());
    const QPoint middle = loupe->rect().center();
    const QColor before = plain.pixelColor(middle);
    QVERIFY(h.waitFor(
        [&] { return h.fast->runs > 0 && loupe->grab().toImage().pixelColor(middle) != before; }));
    QCOMPARE(h.size(), QSize(48, 32)); // nothing was applied
    h.trigger(ActionId::Cancel);
    QVERIFY(!loupe->isVisible());
}

void TestMainWindow::zoomedInPreviewLiesOverThePicture()
{
    WindowHarness h;
    h.fast->offset = 0.3f;
    QVERIFY(h.open());
    CanvasView &canvas = h.window->canvas();
    canvas.zoomTo(4);
    QVERIFY(h.waitFor([&] { return canvas.isSettled(); }));
    const QPoint at = canvas.viewport().toDevice(QPointF(24, 16)).toPoint();
    const QColor before = canvas.frame(Side::After).pixelColor(at);
    for (QCheckBox *box : h.find<QWidget>("enlargePanel")->findChildren<QCheckBox *>())
        box->setChecked(true);
    QVERIFY(h.waitFor([&] { return canvas.frame(Side::After).pixelColor(at) != before; }));
    QVERIFY(!canvas.loupe()->isVisible());
    QVERIFY(h.waitFor([&] { return canvas.frame(Side::Before).pixelColor(at) == before; }));
}

void TestMainWindow::missingNetworksAreSaidAndTheClassicalMethodWorks()
{
    WindowHarness h(WindowHarness::Networks::None);
    QVERIFY(h.open());
    auto *note = h.find<QLabel>("fallbackNote");
    QVERIFY(note->isVisible());
    QVERIFY(note->text().contains(QStringLiteral("Lanczos")));
    QVERIFY(h.enlarge());
    QCOMPARE(h.session->visibleRecords().size(), 1);
    QVERIFY(h.session->visibleRecords().first().modelId.isEmpty());
}

void TestMainWindow::failingNetworkIsToldInWords()
{
    WindowHarness h(WindowHarness::Networks::None);
    h.provider.add(scriptedPack(EnlargeController::fastPack()), false);
    QVERIFY(h.open());
    h.click("applyButton");
    auto *bar = h.find<MessageBar>("messageBar");
    QVERIFY(h.waitFor([&] { return bar->isVisible(); }));
    QCOMPARE(bar->text(),
             errorSentence(Error(ErrorCode::ModelDamaged,
                                 {EnlargeController::fastPack(), QStringLiteral("scripted")})));
    QCOMPARE(h.size(), QSize(48, 32));
    QVERIFY(h.find<QPushButton>("applyButton")->isEnabled());
}

void TestMainWindow::leavingAsksBeforeWorkIsLost()
{
    WindowHarness h;
    QVERIFY(h.open());
    QVERIFY(h.enlarge());
    QVERIFY(h.find<QTabBar>("photoTabs")->tabText(0).endsWith(u'*'));
    h.trigger(ActionId::Close);
    auto *question = h.find<LeaveQuestion>("leaveQuestion");
    QVERIFY(question && question->isVisible());
    h.click("leaveCancel");
    QCOMPARE(h.session->path(), h.samples.first());
    QVERIFY(h.waitFor([&] { return !h.find<LeaveQuestion>("leaveQuestion"); }));

    QVERIFY(!h.window->close());
    QVERIFY(h.window->isVisible());
    QVERIFY(h.find<LeaveQuestion>("leaveQuestion"));
    h.click("leaveDiscard");
    QVERIFY(h.waitFor([&] { return !h.window->isVisible(); }));
}

void TestMainWindow::answerExportLeadsToTheDialog()
{
    WindowHarness h;
    QVERIFY(h.open());
    QVERIFY(h.enlarge());
    h.trigger(ActionId::Close);
    h.click("leaveExport");
    QVERIFY(h.waitFor([&] { return h.find<QDialog>("exportDialog"); }));
    h.click("exportAccept");
    QVERIFY(h.waitFor([&] { return h.workspace->count() == 0; }));
    QVERIFY(QFileInfo::exists(h.folder.filePath(QStringLiteral("sample_restored.png"))));
}

void TestMainWindow::everyControlIsReachedByKeyboardAndHasAName()
{
    WindowHarness h;
    int seen = 0;
    const auto check = [&seen](const QWidget *root) {
        for (const QWidget *widget : root->findChildren<QWidget *>()) {
            const bool control = qobject_cast<const QAbstractButton *>(widget) ||
                                 qobject_cast<const QSlider *>(widget) ||
                                 qobject_cast<const QAbstractSpinBox *>(widget) ||
                                 qobject_cast<const QComboBox *>(widget);
            if (!control || !widget->isVisible() || !widget->isEnabled() ||
                widget->objectName().startsWith(QLatin1String("qt_")) ||
                QByteArray(widget->parentWidget()->metaObject()->className()).startsWith("QTab"))
                continue;
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            const QString name = !widget->accessibleName().isEmpty() ? widget->accessibleName()
                                 : button                            ? button->text()
                                                                     : QString();
            const QByteArray who = QByteArray(widget->metaObject()->className()) + ' ' +
                                   name.toUtf8() + ' ' + widget->objectName().toUtf8();
            // One of a group of radio buttons stands for all: the arrow keys go on from there.
            QVERIFY2(widget->focusPolicy() & Qt::TabFocus, who.constData());
            QVERIFY2(!name.isEmpty(), who.constData());
            ++seen;
        }
    };
    check(h.window.get());
    QVERIFY(h.open());
    check(h.window.get());
    QVERIFY(h.enlarge());
    check(h.window.get());
    h.trigger(ActionId::Export);
    check(h.find<QDialog>("exportDialog"));
    QVERIFY(seen > 50);
}

void TestMainWindow::smallWindowShowsEverything()
{
    WindowHarness h;
    h.window->resize(1280, 720);
    QVERIFY(h.open());
    QVERIFY(h.enlarge());
    QCOMPARE(h.window->size(), QSize(1280, 720));
    QVERIFY(h.window->canvas().width() > 640);
    auto *button = h.find<QPushButton>("applyButton");
    const QRect place(button->mapTo(h.window.get(), QPoint()), button->size());
    QVERIFY(h.window->rect().contains(place));
    QVERIFY(button->visibleRegion().boundingRect().height() == button->height());

    // A long name makes the panels no wider.
    const auto *layers = h.find<QWidget>("layersPanel");
    QVERIFY(layers);
    const int before = layers->minimumSizeHint().width();
    QVERIFY(h.session->editor().rename(h.session->document()->activeLayer(),
                                       QStringLiteral("Enlarged ").repeated(12)));
    QVERIFY(h.waitFor([&] {
        const auto *title = h.find<QLabel>("aiLayerTitle");
        return title && title->text().contains(QStringLiteral("Enlarged Enlarged"));
    }));
    QCOMPARE(layers->minimumSizeHint().width(), before);
    QVERIFY(before < 320);
}

QTEST_MAIN(TestMainWindow)
#include "tst_mainwindow.moc"
