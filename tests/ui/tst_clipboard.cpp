// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/document.h"
#include "image/colormanagement.h"
#include "incomingpicture.h"
#include "session/screencopy.h"
#include "widgets/messagebar.h"
#include "windowharness.h"

#include <QBuffer>
#include <QClipboard>
#include <QColorSpace>
#include <QGuiApplication>
#include <QMessageBox>
#include <QMimeData>

using namespace heirloom;
using namespace heirloom::test;

class TestClipboard : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void copyTakesWhatIsSeenAsSrgb();
    void copyConvertsTheProfile();
    void hugePictureIsNotCopied();
    void pasteMakesALayerInOneStep();
    void largerPictureIsFittedIn();
    void pasteInPlaceKeepsPixels();
    void pasteAsNewMakesAPhoto();
    void pasteOfAPathMakesAPhoto();
    void pasteWithNothingOpenMakesAPhoto();
    void colourInAGreyPhoto();
    void brokenBytesGetASentence();
    void nothingUsefulGetsASentence();
    void textOfPaths_data();
    void textOfPaths();
    void manyFilesOpenTabs();
    void folderIsAskedFor();
    void largeFolderOpensItsFirst();
    void folderWithoutPhotosIsSaid();

private:
    static void give(QMimeData *mime) { QGuiApplication::clipboard()->setMimeData(mime); }
    static void give(const QImage &image)
    {
        auto *mime = new QMimeData;
        mime->setImageData(image);
        give(mime);
    }
    static QImage plain(QSize size, const QColor &color)
    {
        QImage image(size, QImage::Format_RGB888);
        image.fill(color);
        return image;
    }
    static int layers(const WindowHarness &h) { return h.session->document()->stack().count(); }
};

void TestClipboard::copyTakesWhatIsSeenAsSrgb()
{
    WindowHarness h;
    QVERIFY(h.open());
    h.trigger(ActionId::FlipHorizontal);
    QGuiApplication::clipboard()->clear();
    h.trigger(ActionId::Copy);
    QVERIFY(h.waitFor([] { return !QGuiApplication::clipboard()->image().isNull(); }));
    const QImage copied = QGuiApplication::clipboard()->image();
    const QImage wanted = WindowHarness::picture({48, 32}).mirrored(true, false);
    QCOMPARE(copied.size(), wanted.size());
    for (int y = 0; y < 32; ++y) {
        for (int x = 0; x < 48; ++x)
            QCOMPARE(copied.pixelColor(x, y).rgb(), wanted.pixelColor(x, y).rgb());
    }
    QCOMPARE(copied.colorSpace(), QColorSpace(QColorSpace::SRgb));
}

void TestClipboard::copyConvertsTheProfile()
{
    // A red of Adobe RGB lies outside sRGB and is cut off there; its grey stays grey.
    auto store = TileStore::create(1 << 20);
    Image image({2, 1}, {Channels::Rgb, Depth::U16});
    const quint16 samples[] = {40000, 20000, 20000, 32768, 32768, 32768};
    std::copy(std::begin(samples), std::end(samples), image.samples<quint16>(0));
    const auto document = Document::fromOriginal(TiledBuffer::fromImage(image, store),
                                                 ColorProfile::adobeRgb(), {});
    const auto copied = screenCopy(document->snapshot(), store, {});
    QVERIFY(copied);
    const auto transform = ColorTransform::create(ColorProfile::adobeRgb(), image.format(),
                                                  ColorProfile::sRgb(), {Channels::Rgb, Depth::U8});
    QVERIFY(transform);
    const Image wanted = transform->apply(image);
    for (int x = 0; x < 2; ++x) {
        const QColor c = copied->pixelColor(x, 0);
        QCOMPARE(c.red(), int(wanted.constSamples<quint8>(0)[3 * x]));
        QCOMPARE(c.green(), int(wanted.constSamples<quint8>(0)[3 * x + 1]));
    }
    QVERIFY(copied->pixelColor(0, 0).red() > 40000 / 257); // redder in numbers than before
}

void TestClipboard::hugePictureIsNotCopied()
{
    Snapshot snapshot;
    snapshot.canvas.size = {8001, 8000};
    snapshot.canvas.format = {Channels::Rgb, Depth::U8};
    const auto copied = screenCopy(snapshot, TileStore::create(1 << 20), {});
    QVERIFY(!copied);
    QCOMPARE(copied.error().code, ErrorCode::CanvasLimit);
}

void TestClipboard::pasteMakesALayerInOneStep()
{
    WindowHarness h;
    QVERIFY(h.open());
    const int steps = h.session->undoStack().count();
    give(plain({10, 7}, Qt::red));
    h.trigger(ActionId::Paste);
    QVERIFY(h.waitFor([&] { return layers(h) == 2; }));
    QCOMPARE(h.session->undoStack().count(), steps + 1);
    QCOMPARE(h.workspace->count(), 1);
    QCOMPARE(h.size(), QSize(48, 32));
    const Layer &layer = h.session->document()->stack().at(1);
    QCOMPARE(layer.kind, LayerKind::Pixel);
    QCOMPARE(h.session->document()->activeLayer(), layer.id);
    QCOMPARE(layer.transform.map(QPointF(0, 0)), QPointF(19, 12)); // in the middle, whole pixels
    QVERIFY(layer.transform.isExact());
    CanvasView &canvas = h.window->canvas();
    const QImage seen = canvas.content()->tile(Side::After, 0, {0, 0});
    QCOMPARE(seen.pixelColor(19, 12), QColor(Qt::red));
    QCOMPARE(seen.pixelColor(18, 12), WindowHarness::picture({48, 32}).pixelColor(18, 12));
    h.trigger(ActionId::Undo);
    QCOMPARE(layers(h), 1);
}

void TestClipboard::largerPictureIsFittedIn()
{
    WindowHarness h;
    QVERIFY(h.open());
    give(plain({96, 32}, Qt::green));
    h.trigger(ActionId::Paste);
    QVERIFY(h.waitFor([&] { return layers(h) == 2; }));
    const Layer &layer = h.session->document()->stack().at(1);
    QCOMPARE(layer.pixels.size(), QSize(96, 32)); // its own pixels stay
    QCOMPARE(layer.transform.mapRect(QRectF(0, 0, 96, 32)), QRectF(0, 8, 48, 16));
}

void TestClipboard::pasteInPlaceKeepsPixels()
{
    WindowHarness h;
    QVERIFY(h.open());
    give(plain({96, 10}, Qt::green));
    h.trigger(ActionId::PasteInPlace);
    QVERIFY(h.waitFor([&] { return layers(h) == 2; }));
    QCOMPARE(h.session->document()->stack().at(1).transform, Transform());
}

void TestClipboard::pasteAsNewMakesAPhoto()
{
    WindowHarness h;
    QVERIFY(h.open());
    give(plain({10, 7}, Qt::red));
    h.trigger(ActionId::PasteNew);
    QVERIFY(h.waitFor([&] { return h.workspace->count() == 2; }));
    QVERIFY(h.waitFor([&] { return h.size() == QSize(10, 7); }));
}

void TestClipboard::pasteOfAPathMakesAPhoto()
{
    WindowHarness h;
    QVERIFY(h.open());
    auto *mime = new QMimeData;
    mime->setText(h.samples.at(1));
    give(mime);
    h.trigger(ActionId::Paste);
    QVERIFY(h.waitFor([&] { return h.workspace->count() == 2; }));
    QVERIFY(h.waitFor([&] { return h.session->path() == h.samples.at(1); }));
}

void TestClipboard::pasteWithNothingOpenMakesAPhoto()
{
    WindowHarness h;
    QVERIFY(!h.window->actions()[ActionId::Copy]->isEnabled());
    QVERIFY(!h.window->actions()[ActionId::PasteInPlace]->isEnabled());
    QVERIFY(h.window->actions()[ActionId::Paste]->isEnabled());
    give(plain({10, 7}, Qt::red));
    h.trigger(ActionId::Paste);
    QVERIFY(h.waitFor([&] { return h.size() == QSize(10, 7); }));
}

void TestClipboard::colourInAGreyPhoto()
{
    WindowHarness h;
    const QString path = h.folder.filePath(QStringLiteral("grey.png"));
    QVERIFY(WindowHarness::picture({20, 20}).convertToFormat(QImage::Format_Grayscale8).save(path));
    h.window->openPaths({path});
    QVERIFY(h.waitFor([&] { return h.session->hasDocument(); }));
    QVERIFY(h.session->document()->canvas().format.isGray());
    give(plain({4, 4}, Qt::red));
    h.trigger(ActionId::Paste);
    QVERIFY(h.waitFor([&] { return layers(h) == 2; }));
    QVERIFY(!h.session->document()->canvas().format.isGray());
    QCOMPARE(h.window->canvas().content()->tile(Side::After, 0, {0, 0}).pixelColor(9, 9),
             QColor(Qt::red));
}

void TestClipboard::brokenBytesGetASentence()
{
    WindowHarness h;
    QVERIFY(h.open());
    auto *mime = new QMimeData;
    mime->setData(QStringLiteral("image/png"), QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16));
    give(mime);
    h.trigger(ActionId::Paste);
    auto *bar = h.find<MessageBar>("messageBar");
    QVERIFY(h.waitFor([&] { return bar->isVisible(); }));
    QVERIFY(bar->text().size() > 20);
    QCOMPARE(layers(h), 1);
}

void TestClipboard::nothingUsefulGetsASentence()
{
    WindowHarness h;
    QVERIFY(h.open());
    auto *mime = new QMimeData;
    mime->setText(QStringLiteral("a word or two"));
    give(mime);
    h.trigger(ActionId::Paste);
    auto *bar = h.find<MessageBar>("messageBar");
    QVERIFY(h.waitFor([&] { return bar->isVisible(); }));
    QCOMPARE(layers(h), 1);
    QCOMPARE(h.workspace->count(), 1);
}

void TestClipboard::textOfPaths_data()
{
    QTest::addColumn<QString>("form"); // %1 and %2 are files that are there
    QTest::addColumn<int>("paths");
    QTest::newRow("one") << QStringLiteral("%1") << 1;
    QTest::newRow("two lines") << QStringLiteral("%1\n%2\n") << 2;
    QTest::newRow("lines of the other kind") << QStringLiteral("%1\r\n%2\r\n") << 2;
    QTest::newRow("in quotes") << QStringLiteral("'%1'\n\"%2\"") << 2;
    QTest::newRow("addresses") << QStringLiteral("file://%1\nfile://%2") << 2;
    QTest::newRow("one is not there") << QStringLiteral("%1\n%2x") << 0;
    QTest::newRow("words") << QStringLiteral("some words") << 0;
}

void TestClipboard::textOfPaths()
{
    QFETCH(QString, form);
    QFETCH(int, paths);
    QTemporaryDir folder;
    const QString a = folder.filePath(QStringLiteral("a photo.png"));
    const QString b = folder.filePath(QStringLiteral("b.png"));
    QVERIFY(plain({2, 2}, Qt::red).save(a) && plain({2, 2}, Qt::red).save(b));
    QMimeData mime;
    mime.setText(form.contains(QStringLiteral("%2")) ? form.arg(a, b)
                 : form.contains(QStringLiteral("%1")) ? form.arg(a)
                                                       : form);
    const IncomingPicture incoming = IncomingPicture::from(mime);
    QCOMPARE(incoming.paths.size(), paths);
    if (paths > 0)
        QCOMPARE(incoming.paths.first(), a);
}

void TestClipboard::manyFilesOpenTabs()
{
    WindowHarness h;
    h.window->openPaths(h.samples);
    QVERIFY(h.waitFor([&] { return h.workspace->count() == 2; }));
    QCOMPARE(h.session->path(), h.samples.first());
    QVERIFY(!h.find<QMessageBox>("folderQuestion"));
}

void TestClipboard::folderIsAskedFor()
{
    WindowHarness h;
    const QString album = h.folder.filePath(QStringLiteral("Album"));
    QVERIFY(QDir().mkpath(album + QStringLiteral("/inner")));
    for (const char *name : {"/10.png", "/9.png", "/inner/x.png"})
        QVERIFY(plain({4, 4}, Qt::red).save(album + QLatin1String(name)));
    h.write("Album/notes.txt", "no picture");
    h.window->openPaths({album});
    QCOMPARE(h.workspace->count(), 0);
    auto *question = h.find<QMessageBox>("folderQuestion");
    QVERIFY(question);
    QVERIFY2(question->text().contains(QStringLiteral("2 photos")), qPrintable(question->text()));
    h.click("folderCancel");
    QCoreApplication::processEvents();
    QVERIFY(h.workspace->openings().isEmpty());
    h.window->openPaths({album});
    QTRY_VERIFY(h.find<QMessageBox>("folderQuestion"));
    h.click("folderOpen");
    QVERIFY(h.waitFor([&] { return h.workspace->count() == 2; }));
    QVERIFY(h.waitFor([&] { return h.session->path() == album + QStringLiteral("/9.png"); }));
}

void TestClipboard::largeFolderOpensItsFirst()
{
    WindowHarness h;
    const QString album = h.folder.filePath(QStringLiteral("Large"));
    QVERIFY(QDir().mkpath(album));
    for (int i = 1; i <= 25; ++i)
        QVERIFY(plain({4, 4}, Qt::red).save(album + QStringLiteral("/%1.png").arg(i)));
    h.window->openPaths({album});
    auto *question = h.find<QMessageBox>("folderQuestion");
    QVERIFY(question && question->text().contains(QStringLiteral("25")));
    QVERIFY(h.find<QAbstractButton>("folderOpen")->text().contains(QStringLiteral("20")));
    h.click("folderOpen");
    QVERIFY(h.waitFor([&] { return h.workspace->openings().isEmpty(); }));
    QCOMPARE(h.workspace->count(), 20);
}

void TestClipboard::folderWithoutPhotosIsSaid()
{
    WindowHarness h;
    const QString album = h.folder.filePath(QStringLiteral("Bare"));
    QVERIFY(QDir().mkpath(album));
    h.window->openPaths({album});
    QVERIFY(!h.find<QMessageBox>("folderQuestion"));
    QVERIFY(h.find<MessageBar>("messageBar")->text().contains(QStringLiteral("Bare")));
}

QTEST_MAIN(TestClipboard)
#include "tst_clipboard.moc"
