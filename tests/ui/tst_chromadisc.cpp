// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chromadisc.h"

#include <QSignalSpy>
#include <QtTest>

#include <cmath>

using namespace heirloom;

namespace
{

double lum(const QColor &c)
{
    return 0.3 * c.redF() + 0.59 * c.greenF() + 0.11 * c.blueF();
}

} // namespace

class TestChromaDisc : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPlaceHasTheLuminance_data();
    void everyPlaceHasTheLuminance();
    void theMiddleIsGreyAndTheRightIsRed();
    void theMarkStandsAtTheColour();
    void aDragTellsWhereItIsAndThatItEnded();
    void arrowKeysMoveTheMark();
};

void TestChromaDisc::everyPlaceHasTheLuminance_data()
{
    QTest::addColumn<double>("luminance");
    for (const double l : {0.0, 0.1, 0.5, 0.85, 1.0})
        QTest::addRow("%.2f", l) << l;
}

void TestChromaDisc::everyPlaceHasTheLuminance()
{
    QFETCH(double, luminance);
    ChromaDisc disc;
    disc.setLuminance(luminance);
    for (int y = 5; y < disc.height(); y += 12) {
        for (int x = 5; x < disc.width(); x += 12) {
            QTest::mousePress(&disc, Qt::LeftButton, {}, {x, y});
            QVERIFY2(std::abs(lum(disc.color()) - luminance) < 0.004,
                     qPrintable(disc.color().name()));
        }
    }
}

void TestChromaDisc::theMiddleIsGreyAndTheRightIsRed()
{
    ChromaDisc disc;
    QTest::mouseClick(&disc, Qt::LeftButton, {}, disc.rect().center() + QPoint(1, 1));
    QVERIFY(disc.color().saturationF() < 0.02);
    QTest::mouseClick(&disc, Qt::LeftButton, {}, {disc.width() - 6, disc.height() / 2});
    QVERIFY(disc.color().red() > disc.color().green() + 60);
    QTest::mouseClick(&disc, Qt::LeftButton, {}, {disc.width() / 2, 6});
    QVERIFY(disc.color().blue() > disc.color().green() + 60);
}

void TestChromaDisc::theMarkStandsAtTheColour()
{
    ChromaDisc disc;
    for (const QColor &color : {QColor(150, 110, 90), QColor(90, 120, 150), QColor(99, 99, 99)}) {
        disc.setLuminance(lum(color));
        disc.setColor(color);
        QVERIFY2(std::abs(disc.color().redF() - color.redF()) < 0.01 &&
                     std::abs(disc.color().blueF() - color.blueF()) < 0.01,
                 qPrintable(disc.color().name()));
    }
}

void TestChromaDisc::aDragTellsWhereItIsAndThatItEnded()
{
    ChromaDisc disc;
    QSignalSpy moving(&disc, &ChromaDisc::moving), chosen(&disc, &ChromaDisc::chosen);
    QTest::mousePress(&disc, Qt::LeftButton, {}, {60, 40});
    QCOMPARE(moving.size(), 1);
    QCOMPARE(chosen.size(), 0);
    QTest::mouseRelease(&disc, Qt::LeftButton, {}, {60, 40});
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen[0][0].value<QColor>(), disc.color());
}

void TestChromaDisc::arrowKeysMoveTheMark()
{
    ChromaDisc disc;
    disc.setColor(QColor(128, 128, 128));
    for (int i = 0; i < 5; ++i)
        QTest::keyClick(&disc, Qt::Key_Right);
    QVERIFY(disc.color().red() > disc.color().green());
    for (int i = 0; i < 10; ++i)
        QTest::keyClick(&disc, Qt::Key_Left);
    QVERIFY(disc.color().red() < disc.color().green());
}

QTEST_MAIN(TestChromaDisc)
#include "tst_chromadisc.moc"
