// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "edit/documenteditor.h"
#include "session/canvasmaprun.h"
#include "session/sessionstage.h"
#include "support/testpictures.h"

#include <QSignalSpy>
#include <QtTest>

using namespace heirloom;
using namespace heirloom::test;

/// The same over a worker with a thread and one without.
class TestCanvasMapRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qRegisterMetaType<CanvasMapFigures>("heirloom::CanvasMapFigures"); }
    void piecesMakeTheWholeMap_data() { workers(); }
    void piecesMakeTheWholeMap();
    void largePictureIsShownRoughlyFirst_data() { workers(); }
    void largePictureIsShownRoughlyFirst();
    void bandsBeginWhereOneLooks();
    void newRunEndsTheOneBefore();
    void cancelledAmongTheJobsIsTold();
    void withoutAPictureNothingHappens();

private:
    static void workers()
    {
        QTest::addColumn<bool>("threaded");
        QTest::newRow("inline") << false;
        QTest::newRow("thread") << true;
    }
    /// A photo of this size with a masked layer.
    static bool prepare(Stage &stage, QSize size)
    {
        const PixelFormat rgb{Channels::Rgb, Depth::U8};
        if (!stage.open(photoPicture(size, rgb)))
            return false;
        DocumentEditor &editor = stage.session->editor();
        const auto layer = editor.addPixels(
            TiledBuffer::fromImage(photoPicture(size, rgb, 5), stage.session->tileStore()),
            ColorProfile::sRgb(), {}, QStringLiteral("paint"));
        Mask mask = Mask::uniform(size, 0, stage.session->tileStore());
        Tile::Pixel full{};
        full[0] = std::byte{255};
        mask.pixels.fill({10, 20, 50, 40}, full);
        return layer && editor.setMask(*layer, mask, QStringLiteral("mask")).has_value();
    }
};

void TestCanvasMapRun::piecesMakeTheWholeMap()
{
    QFETCH(bool, threaded);
    Stage stage(threaded);
    const QSize size(300, 600);
    QVERIFY(prepare(stage, size));
    DifferenceMap map(stage.session->document()->snapshot(), stage.session->tileStore());
    const Image meant = map.measure(QRect(QPoint(0, 0), size));

    CanvasMapRun run(*stage.session);
    Image joined(size, CanvasMap::format);
    QRegion covered;
    connect(&run, &CanvasMapRun::piece, this, [&](const QRect &place, const Image &values) {
        QCOMPARE(values.size(), place.size());
        QVERIFY(!covered.intersects(place));
        covered += place;
        joined.paste(values, place.topLeft());
    });
    std::optional<CanvasMapFigures> figures;
    connect(&run, &CanvasMapRun::measured, this,
            [&](const CanvasMapFigures &told) { figures = told; });
    run.start(CanvasMapKind::Difference, {150, 300});
    QTRY_VERIFY(figures);
    QVERIFY(!run.isRunning());
    QCOMPARE(covered, QRegion(QRect(QPoint(0, 0), size)));
    QVERIFY(joined == meant);
    QVERIFY(figures->difference == map.figures());
    QVERIFY(figures->difference.changed > 0);
    QCOMPARE(figures->difference.differingOutside, 0);
    QCOMPARE(figures->difference.outside, qint64(300) * 600 - 50 * 40);
}

void TestCanvasMapRun::largePictureIsShownRoughlyFirst()
{
    QFETCH(bool, threaded);
    Stage stage(threaded);
    const QSize size(1700, 90);
    QVERIFY(prepare(stage, size));
    CanvasMapRun run(*stage.session);
    QList<QSize> sizes;
    connect(&run, &CanvasMapRun::piece, this, [&](const QRect &place, const Image &values) {
        if (sizes.isEmpty())
            QCOMPARE(place, QRect(QPoint(0, 0), size));
        sizes << values.size();
    });
    QSignalSpy measured(&run, &CanvasMapRun::measured);
    run.start(CanvasMapKind::Difference, {0, 0});
    QTRY_COMPARE(measured.count(), 1);
    QCOMPARE(sizes, (QList<QSize>{QSize(850, 45), size}));
    // Other frequencies would be measured in a smaller picture, so there is none.
    sizes.clear();
    run.start(CanvasMapKind::InventedDetail, {0, 0});
    QTRY_COMPARE(measured.count(), 2);
    QCOMPARE(sizes, (QList<QSize>{size}));
}

void TestCanvasMapRun::bandsBeginWhereOneLooks()
{
    Stage stage(true);
    QVERIFY(prepare(stage, {80, 1000}));
    CanvasMapRun run(*stage.session);
    QList<int> tops;
    connect(&run, &CanvasMapRun::piece, this, [&](const QRect &place) { tops << place.top(); });
    QSignalSpy measured(&run, &CanvasMapRun::measured);
    run.start(CanvasMapKind::Difference, {40, 600});
    QTRY_COMPARE(measured.count(), 1);
    QCOMPARE(tops, (QList<int>{512, 768, 256, 0}));
}

void TestCanvasMapRun::newRunEndsTheOneBefore()
{
    Stage stage(true);
    QVERIFY(prepare(stage, {400, 900}));
    CanvasMapRun run(*stage.session);
    QSignalSpy measured(&run, &CanvasMapRun::measured);
    QSignalSpy stopped(&run, &CanvasMapRun::stopped);
    QList<CanvasMapFigures> told;
    connect(&run, &CanvasMapRun::measured, this, [&](const CanvasMapFigures &f) { told << f; });
    run.start(CanvasMapKind::Difference, {0, 0});
    run.start(CanvasMapKind::InventedDetail, {0, 0});
    QTRY_COMPARE(measured.count(), 1);
    QTRY_VERIFY(stage.worker->isIdle());
    QCOMPARE(measured.count(), 1);
    QCOMPARE(stopped.count(), 0); // that was no one's wish
    QCOMPARE(told.first().difference.pixels, 0);
    QCOMPARE(told.first().invented.pixels, qint64(400) * 900);
}

void TestCanvasMapRun::cancelledAmongTheJobsIsTold()
{
    Stage stage(true);
    QVERIFY(prepare(stage, {400, 900}));
    CanvasMapRun run(*stage.session);
    QSignalSpy measured(&run, &CanvasMapRun::measured);
    QSignalSpy stopped(&run, &CanvasMapRun::stopped);
    run.start(CanvasMapKind::InventedDetail, {0, 0});
    stage.worker->cancelAll();
    QTRY_VERIFY(!run.isRunning());
    QCOMPARE(measured.count() + stopped.count(), 1); // it may have been through already
}

void TestCanvasMapRun::withoutAPictureNothingHappens()
{
    Stage stage(false);
    CanvasMapRun run(*stage.session);
    QSignalSpy measured(&run, &CanvasMapRun::measured);
    run.start(CanvasMapKind::Difference, {0, 0});
    QVERIFY(!run.isRunning());
    QCOMPARE(measured.count(), 0);
}

QTEST_MAIN(TestCanvasMapRun)
#include "tst_canvasmaprun.moc"
