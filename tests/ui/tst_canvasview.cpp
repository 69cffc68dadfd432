// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvasview.h"
#include "canvas/loupe.h"
#include "canvas/splithandle.h"
#include "fakecontent.h"

#include <QApplication>
#include <QtTest>

using namespace heirloom;

class TestCanvasView : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void atHundredPercentEveryPixelIsExact();
    void farInEveryPixelIsASquare();
    void fittedPictureComesFromASmallerLevel();
    void wheelZoomsAtTheCursor();
    void wheelCanPanInstead();
    void dragPansAndThePictureFollowsTheHand();
    void splitShowsBeforeOnOneSideAndAfterOnTheOther();
    void draggingTheKnobMovesTheSplit();
    void splitMovesByKeys();
    void splitCanLieAcross();
    void sideBySideShowsTheSamePlaceTwice();
    void originalIsShownWhileAsked();
    void grownPictureKeepsTheView();
    void loupeShowsPiecesPixelByPixel();
    void loupeMovesByMouseAndKeys();
    void piecesLieOverThePictureWithoutALoupe();
    void cursorTellsThePixel();
    void changedPartsLookLikeTheWholeDrawnAnew_data();
    void changedPartsLookLikeTheWholeDrawnAnew();
    void withoutContentNothingHappens();

private:
    void settle() { QTRY_VERIFY(m_view->isSettled()); }
    double ratio() const { return m_view->devicePixelRatioF(); }
    /// What is on the screen, in device pixels.
    QImage screen() { return m_view->grab().toImage(); }

    std::unique_ptr<FakeContent> m_content;
    std::unique_ptr<CanvasView> m_view;
};

void TestCanvasView::init()
{
    m_content = std::make_unique<FakeContent>(QSize(1500, 1100));
    m_view = std::make_unique<CanvasView>();
    m_view->resize(601, 403);
    m_view->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
    m_view->setContent(m_content.get());
    settle();
}

void TestCanvasView::cleanup()
{
    m_view.reset();
    m_content.reset();
}

void TestCanvasView::atHundredPercentEveryPixelIsExact()
{
    m_view->zoomTo(1);
    settle();
    const QImage shown = screen();
    const QPoint corner = m_view->viewport().toDevice(QPointF(0, 0)).toPoint();
    int compared = 0;
    for (int y = 0; y < shown.height() - 1; y += 3) {
        for (int x = 0; x < shown.width() - 1; x += 3) {
            const QPoint p = QPoint(x, y) - corner;
            if (!QRect(QPoint(0, 0), m_content->size()).contains(p))
                continue;
            QCOMPARE(shown.pixel(x, y), FakeContent::pixel(Side::After, p.x(), p.y()));
            ++compared;
        }
    }
    QVERIFY(compared > 10000);
}

void TestCanvasView::farInEveryPixelIsASquare()
{
    m_view->zoomTo(4);
    settle();
    const QImage shown = m_view->frame(Side::After);
    const QPoint corner = m_view->viewport().toDevice(QPointF(0, 0)).toPoint();
    for (int y = 8; y < shown.height() - 8; y += 5) {
        for (int x = 8; x < shown.width() - 8; x += 5) {
            const QPoint p((x - corner.x()) / 4, (y - corner.y()) / 4);
            QCOMPARE(shown.pixel(x, y), FakeContent::pixel(Side::After, p.x(), p.y()));
        }
    }
}

void TestCanvasView::fittedPictureComesFromASmallerLevel()
{
    m_content->grow({8000, 6000});
    m_view->fit();
    settle();
    m_content->asked.clear();
    m_view->setContent(m_content.get());
    settle();
    QVERIFY(!m_content->asked.isEmpty());
    QVERIFY(*std::min_element(m_content->asked.begin(), m_content->asked.end()) >= 2);
}

void TestCanvasView::wheelZoomsAtTheCursor()
{
    m_view->zoomTo(1);
    const QPointF at(150, 120);
    const QPointF before = m_view->viewport().toPicture(at * ratio());
    QWheelEvent wheel(at, m_view->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(m_view.get(), &wheel);
    QCOMPARE(m_view->viewport().scale(), 1.25);
    const QPointF after = m_view->viewport().toPicture(at * ratio());
    QVERIFY(QLineF(before, after).length() < 1);
}

void TestCanvasView::wheelCanPanInstead()
{
    m_view->zoomTo(1);
    m_view->setWheelZooms(false);
    const QPointF center = m_view->viewport().center();
    const QPointF at(150, 120);
    QWheelEvent wheel(at, m_view->mapToGlobal(at), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(m_view.get(), &wheel);
    QCOMPARE(m_view->viewport().scale(), 1.0);
    QVERIFY(m_view->viewport().center().y() > center.y());
    QWheelEvent zoom(at, m_view->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::ControlModifier,
                     Qt::NoScrollPhase, false);
    QApplication::sendEvent(m_view.get(), &zoom);
    QCOMPARE(m_view->viewport().scale(), 1.25);
    QWheelEvent side(at, m_view->mapToGlobal(at), {}, {0, -120}, Qt::NoButton, Qt::ShiftModifier,
                     Qt::NoScrollPhase, false);
    const double x = m_view->viewport().center().x();
    QApplication::sendEvent(m_view.get(), &side);
    QVERIFY(m_view->viewport().center().x() > x);
}

void TestCanvasView::dragPansAndThePictureFollowsTheHand()
{
    m_view->zoomTo(2);
    for (const Qt::MouseButton button : {Qt::MiddleButton, Qt::LeftButton}) {
        const QPoint from(200, 200);
        const QPoint to(260, 170);
        const QPointF grabbed = m_view->viewport().toPicture(QPointF(from) * ratio());
        QTest::mousePress(m_view.get(), button, {}, from);
        QMouseEvent move(QEvent::MouseMove, QPointF(to), m_view->mapToGlobal(QPointF(to)),
                         Qt::NoButton, button, Qt::NoModifier);
        QApplication::sendEvent(m_view.get(), &move);
        QTest::mouseRelease(m_view.get(), button, {}, to);
        const QPointF now = m_view->viewport().toPicture(QPointF(to) * ratio());
        QVERIFY(QLineF(grabbed, now).length() <= 1);
    }
}

void TestCanvasView::splitShowsBeforeOnOneSideAndAfterOnTheOther()
{
    m_view->zoomTo(1);
    m_view->setCompareMode(CompareMode::Split);
    settle();
    QVERIFY(m_view->splitHandle()->isVisible());
    const QImage shown = screen();
    const int y = int(300 * ratio());
    QCOMPARE(qBlue(shown.pixel(int(100 * ratio()), y)), 0);
    QCOMPARE(qBlue(shown.pixel(int(500 * ratio()), y)), 255);
}

void TestCanvasView::draggingTheKnobMovesTheSplit()
{
    m_view->zoomTo(1);
    m_view->setCompareMode(CompareMode::Split);
    SplitHandle *handle = m_view->splitHandle();
    const QPoint grab(SplitHandle::thickness / 2, 50); // anywhere on the line will do
    const QPoint target = m_view->mapFromGlobal(handle->mapToGlobal(grab)) + QPoint(-200, 0);
    QTest::mousePress(handle, Qt::LeftButton, {}, grab);
    const QPointF local = handle->mapFromGlobal(m_view->mapToGlobal(target));
    QMouseEvent move(QEvent::MouseMove, local, handle->mapToGlobal(local), Qt::NoButton,
                     Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(handle, &move);
    QTest::mouseRelease(handle, Qt::LeftButton, {}, handle->rect().center());
    QVERIFY(std::abs(handle->position() - (0.5 - 200.0 / m_view->width())) < 0.01);
    settle();
    const QImage shown = screen();
    const int y = int(300 * ratio());
    QCOMPARE(qBlue(shown.pixel(int(60 * ratio()), y)), 0);
    QCOMPARE(qBlue(shown.pixel(int(200 * ratio()), y)), 255);
}

void TestCanvasView::splitMovesByKeys()
{
    m_view->setCompareMode(CompareMode::Split);
    SplitHandle *handle = m_view->splitHandle();
    QTest::keyClick(handle, Qt::Key_Right);
    QVERIFY(qFuzzyCompare(handle->position(), 0.51));
    QTest::keyClick(handle, Qt::Key_Left, Qt::ShiftModifier);
    QVERIFY(qFuzzyCompare(handle->position(), 0.41));
    QTest::keyClick(handle, Qt::Key_End);
    QCOMPARE(handle->position(), 1.0);
    QTest::mouseDClick(handle, Qt::LeftButton);
    QCOMPARE(handle->position(), 0.5);
}

void TestCanvasView::splitCanLieAcross()
{
    m_view->zoomTo(1);
    m_view->setCompareMode(CompareMode::Split);
    m_view->setSplitVertical(false);
    settle();
    const QImage shown = screen();
    const int x = int(300 * ratio());
    QCOMPARE(qBlue(shown.pixel(x, int(100 * ratio()))), 0);
    QCOMPARE(qBlue(shown.pixel(x, int(300 * ratio()))), 255);
}

void TestCanvasView::sideBySideShowsTheSamePlaceTwice()
{
    m_view->zoomTo(1);
    m_view->setCompareMode(CompareMode::SideBySide);
    settle();
    const QImage shown = screen();
    const int width = m_view->viewport().viewSize().width();
    const int offset = int(std::round(m_view->width() * ratio())) - width;
    for (int y = int(80 * ratio()); y < int(380 * ratio()); y += 17) {
        for (int x = 5; x < width - 5; x += 13) {
            const QRgb before = shown.pixel(x, y);
            const QRgb after = shown.pixel(x + offset, y);
            QCOMPARE(qRed(before), qRed(after));
            QCOMPARE(qBlue(before), 0);
            QCOMPARE(qBlue(after), 255);
        }
    }
}

void TestCanvasView::originalIsShownWhileAsked()
{
    m_view->zoomTo(1);
    m_view->setCompareMode(CompareMode::Split);
    m_view->setOriginalShown(true);
    settle();
    QVERIFY(!m_view->splitHandle()->isVisible());
    QCOMPARE(qBlue(screen().pixel(int(500 * ratio()), int(300 * ratio()))), 0);
    m_view->setOriginalShown(false);
    settle();
    QVERIFY(m_view->splitHandle()->isVisible());
    QCOMPARE(qBlue(screen().pixel(int(500 * ratio()), int(300 * ratio()))), 255);
}

void TestCanvasView::grownPictureKeepsTheView()
{
    m_view->zoomTo(1);
    m_view->centerOn({400, 300});
    m_content->grow({3000, 2200});
    QCOMPARE(m_view->viewport().scale(), 0.5);
    QCOMPARE(m_view->viewport().center(), QPointF(800, 600));
    settle();
}

void TestCanvasView::loupeShowsPiecesPixelByPixel()
{
    Loupe *loupe = m_view->loupe();
    loupe->setScale(4);
    loupe->moveToMiddle();
    loupe->show();
    settle();
    // A result at four times the size, as the picture's pixels 700..799.
    QImage result(400, 400, QImage::Format_RGB32);
    for (int y = 0; y < 400; ++y) {
        for (int x = 0; x < 400; ++x)
            result.setPixel(x, y, qRgb(x % 251, y % 241, (x + y) % 239));
    }
    m_view->setPreviewPieces({{result, QRectF(700, 500, 100, 100)}});
    const QImage shown = loupe->grab().toImage();
    const QRect visible = loupe->visiblePixels();
    QVERIFY(visible.contains(QPoint(750, 550)));
    // Where the piece's corner lies on the loupe, in device pixels.
    const QPointF center = loupe->pictureCenter();
    const QSize device(int(std::ceil(loupe->width() * ratio())),
                       int(std::ceil(loupe->height() * ratio())));
    const QPoint corner(int(std::round(device.width() / 2.0 - center.x() * 4)) + 2800,
                        int(std::round(device.height() / 2.0 - center.y() * 4)) + 2000);
    int compared = 0;
    for (int y = 10; y < 200; y += 7) {
        for (int x = 10; x < 200; x += 7) {
            const QPoint at = corner + QPoint(x, y);
            if (!shown.rect().adjusted(8, 8, -8, -60).contains(at))
                continue;
            QCOMPARE(shown.pixel(at), result.pixel(x, y));
            ++compared;
        }
    }
    QVERIFY(compared > 100);
}

void TestCanvasView::loupeMovesByMouseAndKeys()
{
    Loupe *loupe = m_view->loupe();
    loupe->setScale(2);
    loupe->moveToMiddle();
    loupe->show();
    QSignalSpy moved(loupe, &Loupe::moved);
    const QPoint before = loupe->pos();
    QTest::mousePress(loupe, Qt::LeftButton, {}, QPoint(50, 50));
    QMouseEvent move(QEvent::MouseMove, QPointF(80, 40), loupe->mapToGlobal(QPointF(80, 40)),
                     Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(loupe, &move);
    QTest::mouseRelease(loupe, Qt::LeftButton, {}, QPoint(50, 50));
    QCOMPARE(loupe->pos(), before + QPoint(30, -10));
    QTest::keyClick(loupe, Qt::Key_Left);
    QCOMPARE(loupe->pos(), before + QPoint(20, -10));
    QCOMPARE(moved.count(), 2);
    // Its middle shows what lies beneath its middle.
    const QPointF middle = QRectF(loupe->geometry()).center() * ratio();
    QVERIFY(QLineF(loupe->pictureCenter(), m_view->viewport().toPicture(middle)).length() < 0.01);
}

void TestCanvasView::piecesLieOverThePictureWithoutALoupe()
{
    m_view->zoomTo(2);
    m_view->centerOn({700, 500});
    settle();
    QImage result(200, 200, QImage::Format_RGB32);
    result.fill(Qt::green);
    m_view->setPreviewPieces({{result, QRectF(650, 450, 100, 100)}});
    const QPoint at = m_view->viewport().toDevice(QPointF(700, 500)).toPoint();
    QCOMPARE(m_view->frame(Side::After).pixelColor(at), QColor(Qt::green));
    QVERIFY(m_view->frame(Side::Before).pixelColor(at) != QColor(Qt::green));
}

void TestCanvasView::cursorTellsThePixel()
{
    m_view->zoomTo(1);
    std::optional<QPoint> pixel;
    connect(m_view.get(), &CanvasView::hovered, this,
            [&pixel](std::optional<QPoint> p) { pixel = p; });
    const QPointF at(100, 100);
    QMouseEvent move(QEvent::MouseMove, at, m_view->mapToGlobal(at), Qt::NoButton, Qt::NoButton,
                     Qt::NoModifier);
    QApplication::sendEvent(m_view.get(), &move);
    QVERIFY(pixel);
    const QPointF exact = m_view->viewport().toPicture(at * ratio());
    QCOMPARE(*pixel, QPoint(int(exact.x()), int(exact.y())));
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(m_view.get(), &leave);
    QVERIFY(!pixel);
}

void TestCanvasView::changedPartsLookLikeTheWholeDrawnAnew_data()
{
    QTest::addColumn<double>("scale");
    for (const double scale : {0.0, 0.31, 0.5, 0.77, 1.0, 1.6, 4.0})
        QTest::addRow("%g", scale) << scale; // 0: fit
}

void TestCanvasView::changedPartsLookLikeTheWholeDrawnAnew()
{
    QFETCH(double, scale);
    if (scale > 0)
        m_view->zoomTo(scale);
    settle();
    int differed = 0;
    for (const QRect &part : {QRect(700, 500, 90, 60), QRect(0, 0, 7, 5), QRect(1490, 3, 10, 1097),
                              QRect(760, 540, 1, 1), QRect(650, 510, 300, 2)}) {
        const QImage before = m_view->frame(Side::After);
        m_content->repaint(part);
        QTRY_VERIFY(m_view->isSettled());
        const QImage drawn = m_view->frame(Side::After);
        differed += drawn != before;
        m_view->setSurround(m_view->surround()); // forgets what was drawn
        // Where a part begins, scaling counts from another place: weights are 8 bits wide.
        const QImage anew = m_view->frame(Side::After);
        int worst = 0;
        for (int y = 0; y < anew.height(); ++y) {
            for (int x = 0; x < anew.width(); ++x) {
                const QColor a = drawn.pixelColor(x, y);
                const QColor b = anew.pixelColor(x, y);
                worst = std::max({worst, std::abs(a.red() - b.red()),
                                  std::abs(a.green() - b.green()), std::abs(a.blue() - b.blue())});
            }
        }
        QVERIFY2(worst <= 4, qPrintable(QString::number(worst)));
    }
    QVERIFY(differed >= 2);
}

void TestCanvasView::withoutContentNothingHappens()
{
    m_view->setContent(nullptr);
    const QPointF at(10, 10);
    QWheelEvent wheel(at, m_view->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(m_view.get(), &wheel);
    QTest::mouseClick(m_view.get(), Qt::LeftButton);
    m_view->setCompareMode(CompareMode::Split);
    QVERIFY(!m_view->splitHandle()->isVisible());
    const QImage shown = screen();
    QCOMPARE(shown.pixel(5, 5), shown.pixel(200, 100));
}

QTEST_MAIN(TestCanvasView)
#include "tst_canvasview.moc"
