// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas/canvastiles.h"

#include <QSignalSpy>
#include <QtTest>

using namespace heirloom;

namespace
{

constexpr int side = CanvasContent::tileSide;

/// Of one colour, which can change; remembers in which order its tiles were asked for.
class FlatContent : public CanvasContent
{
public:
    QSize size() const override { return whole; }
    bool hasAlpha() const override { return false; }
    QImage tile(Side, int level, QPoint index) override
    {
        asked << std::pair(level, index);
        QElapsedTimer clock;
        clock.start();
        while (clock.elapsed() < costMilliseconds)
            ;
        const QRect r = QRect(index * tileSide, QSize(tileSide, tileSide)) &
                        QRect(QPoint(0, 0), levelSize(whole, level));
        QImage image(r.size(), QImage::Format_RGB32);
        image.fill(color);
        return image;
    }
    void become(const QColor &other, const QRect &region = {})
    {
        color = other;
        asked.clear();
        Q_EMIT changed(region);
    }

    QSize whole{6 * side, 4 * side};
    QColor color = Qt::red;
    int costMilliseconds = 0; ///< of a tile
    QList<std::pair<int, QPoint>> asked;
};

} // namespace

class TestCanvasTiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void changeIsSeenSoftAllOverBeforeAnythingGetsSharp();
    void onlyTilesInTheChangedPartAreFetchedAgain();
    void fewMissingTilesComeWithoutASoftLook();
    void oldTileIsNotShownBesideTheSoftNewOne();
    void hurryOfChangesThatCostMuchIsSeenSofter();
    void partsThatCameAreTold();
    void grownContentIsToldAtOnce();

private:
    const QRect m_all{0, 0, 6 * side, 4 * side};
    /// Draws as a canvas does: what is there of the level, or the smaller one in its place.
    int draw()
    {
        const int level = m_cache->levelToShow(Side::After, 0, m_all);
        m_cache->area(Side::After, level,
                      level == 0 ? m_all : QRect(m_all.topLeft(), m_all.size() / 2), Qt::black);
        return level;
    }
    void settle()
    {
        draw();
        QTRY_VERIFY(m_cache->isComplete());
    }

    std::unique_ptr<FlatContent> m_content;
    std::unique_ptr<CanvasTiles> m_cache;
};

void TestCanvasTiles::init()
{
    m_cache.reset();
    m_content = std::make_unique<FlatContent>();
    m_cache = std::make_unique<CanvasTiles>();
    m_cache->setContent(m_content.get());
    settle();
    QCOMPARE(draw(), 0);
}

void TestCanvasTiles::changeIsSeenSoftAllOverBeforeAnythingGetsSharp()
{
    QSignalSpy arrived(m_cache.get(), &CanvasTiles::arrived);
    m_content->become(Qt::blue);
    QVERIFY(arrived.isEmpty()); // nothing new to paint yet
    QVERIFY(!m_cache->isComplete());
    QVERIFY(arrived.wait());
    QCOMPARE(m_content->asked.size(), 6); // a quarter of 24
    for (const auto &[level, index] : m_content->asked)
        QCOMPARE(level, 1);
    QCOMPARE(draw(), 1);
    const QImage look = m_cache->area(Side::After, 1, QRect(0, 0, 3 * side, 2 * side), Qt::black);
    QCOMPARE(look.pixelColor(0, 0), QColor(Qt::blue));
    QCOMPARE(look.pixelColor(3 * side - 1, 2 * side - 1), QColor(Qt::blue));
    QTRY_VERIFY(m_cache->isComplete());
    QCOMPARE(m_content->asked.size(), 6 + 24);
    QCOMPARE(draw(), 0);
}

void TestCanvasTiles::onlyTilesInTheChangedPartAreFetchedAgain()
{
    m_content->become(Qt::blue, QRect(2 * side + 100, side + 100, 10, 10));
    QTRY_VERIFY(m_cache->isComplete());
    QCOMPARE(m_content->asked.size(), 1);
    QCOMPARE(m_content->asked.first(), std::pair(0, QPoint(2, 1)));
    const QImage look = m_cache->area(Side::After, 0, m_all, Qt::black);
    QCOMPARE(look.pixelColor(2 * side, side), QColor(Qt::blue));
    QCOMPARE(look.pixelColor(2 * side - 1, side), QColor(Qt::red));
    // At a tile's edge the neighbour may be touched when sizes are halved.
    m_content->become(Qt::green, QRect(side - 1, 2 * side + 100, 1, 1));
    QTRY_VERIFY(m_cache->isComplete());
    QCOMPARE(m_content->asked.size(), 2);
}

void TestCanvasTiles::fewMissingTilesComeWithoutASoftLook()
{
    m_content->become(Qt::blue, QRect(0, 0, 3 * side - 20, side - 20)); // three tiles
    QTRY_VERIFY(m_cache->isComplete());
    QCOMPARE(m_content->asked.size(), 3);
    for (const auto &[level, index] : m_content->asked)
        QCOMPARE(level, 0);
}

void TestCanvasTiles::oldTileIsNotShownBesideTheSoftNewOne()
{
    QSignalSpy arrived(m_cache.get(), &CanvasTiles::arrived);
    m_content->become(Qt::blue);
    QVERIFY(arrived.wait());
    // Of the level itself everything is still old, and the smaller level has it new.
    const QImage look = m_cache->area(Side::After, 0, m_all, Qt::black);
    for (int x = side / 2; x < m_all.width(); x += side)
        QCOMPARE(look.pixelColor(x, side / 2), QColor(Qt::blue));
}

void TestCanvasTiles::hurryOfChangesThatCostMuchIsSeenSofter()
{
    QSignalSpy arrived(m_cache.get(), &CanvasTiles::arrived);
    m_content->costMilliseconds = 5;
    m_content->become(Qt::blue);
    QVERIFY(arrived.wait());
    QCOMPARE(m_content->asked.size(), 6);
    arrived.clear();
    m_content->become(Qt::green);
    QVERIFY(arrived.wait());
    QCOMPARE(m_content->asked.size(), 2); // a sixteenth of 24
    for (const auto &[level, index] : m_content->asked)
        QCOMPARE(level, 2);
    QCOMPARE(m_cache->levelToShow(Side::After, 0, m_all), 2);
    const QImage look =
        m_cache->area(Side::After, 2, QRect(0, 0, 3 * side / 2, side), Qt::black);
    QCOMPARE(look.pixelColor(3 * side / 2 - 1, side - 1), QColor(Qt::green));
    QTRY_VERIFY(m_cache->isComplete());
    QCOMPARE(draw(), 0);
}

void TestCanvasTiles::partsThatCameAreTold()
{
    QSignalSpy arrived(m_cache.get(), &CanvasTiles::arrived);
    m_content->become(Qt::blue, QRect(2 * side + 100, side + 100, 10, 10));
    QVERIFY(arrived.wait());
    QCOMPARE(arrived.first().first().toRect(), QRect(2 * side, side, side, side));
}

void TestCanvasTiles::grownContentIsToldAtOnce()
{
    QSignalSpy arrived(m_cache.get(), &CanvasTiles::arrived);
    m_content->whole = QSize(8 * side, 8 * side);
    m_content->become(Qt::blue);
    QCOMPARE(arrived.size(), 1);
    QVERIFY(arrived.first().first().toRect().isNull());
}

QTEST_MAIN(TestCanvasTiles)
#include "tst_canvastiles.moc"
