// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/pictureends.h"
#include "operation/printfinder.h"

#include <QLineF>
#include <QtTest>

#include <cmath>
#include <numbers>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

struct Laid {
    QPointF centre;
    QSizeF size;
    double angle = 0; ///< degrees clockwise

    /// In the print's own pixels, from its top left.
    QPointF inside(QPointF p) const
    {
        const double r = angle * std::numbers::pi / 180;
        const QPointF d = p - centre;
        return {d.x() * std::cos(r) + d.y() * std::sin(r) + size.width() / 2,
                -d.x() * std::sin(r) + d.y() * std::cos(r) + size.height() / 2};
    }
    QPointF corner(int i) const
    {
        const double r = angle * std::numbers::pi / 180;
        const double u = (i == 1 || i == 2 ? 0.5 : -0.5) * size.width();
        const double v = (i >= 2 ? 0.5 : -0.5) * size.height();
        return centre +
               QPointF(u * std::cos(r) - v * std::sin(r), u * std::sin(r) + v * std::cos(r));
    }
};

/// Prints with a checked pattern on a plain bed, edges soft by sixteen samples a pixel.
Image scanOf(QSize size, const QList<Laid> &prints, PixelFormat format, float bed = 0.92F)
{
    Image scan(size, {Channels::Rgba, Depth::F32});
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            float sum = 0;
            for (int s = 0; s < 16; ++s) {
                const QPointF p(x + (s % 4 + 0.5) / 4, y + (s / 4 + 0.5) / 4.0);
                float light = bed;
                for (const Laid &print : prints) {
                    const QPointF q = print.inside(p);
                    if (q.x() >= 0 && q.y() >= 0 && q.x() < print.size.width() &&
                        q.y() < print.size.height())
                        light = 0.15F + 0.3F * float((int(q.x() / 24) + int(q.y() / 24)) % 2);
                }
                sum += light / 16;
            }
            float *out = scan.samples<float>(y) + 4 * x;
            out[0] = out[1] = out[2] = sum;
            out[3] = 1;
        }
    }
    return scan.converted(format);
}

QList<FoundPrint> found(const Image &scan)
{
    StreamedSource source(scan, 0);
    return findPrints(source).value_or(QList<FoundPrint>());
}

constexpr PixelFormat Rgb8{Channels::Rgb, Depth::U8};

} // namespace

class TestPrintFinder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tiltAndCornersAreFound_data();
    void tiltAndCornersAreFound();
    void severalPrintsComeInReadingOrder();
    void everyFormatIsCutOut();
    void straightPrintIsNotResampled();
    void cutOutPrintIsUpright();
    void turningBackKeepsAllOfTheScan();
    void nothingIsFoundWhereNothingLies();
    void cancellingEnds();
};

void TestPrintFinder::tiltAndCornersAreFound_data()
{
    QTest::addColumn<double>("angle");
    QTest::addColumn<int>("scale");
    for (const double angle : {0.0, 0.3, -1.7, 4.2, -12.0, 30.0, -44.0})
        QTest::addRow("%g degrees", angle) << angle << 1;
    QTest::addRow("large scan") << 2.5 << 4;
}

void TestPrintFinder::tiltAndCornersAreFound()
{
    QFETCH(double, angle);
    QFETCH(int, scale);
    const Laid laid{QPointF(331.3, 262.8) * scale, QSizeF(360, 250) * scale, angle};
    const QList<FoundPrint> prints =
        found(scanOf(QSize(660, 540) * scale, {laid}, {Channels::Gray, Depth::U8}));
    QCOMPARE(prints.size(), 1);
    QVERIFY2(std::abs(prints[0].angle - angle) < 0.2, qPrintable(QString::number(prints[0].angle)));
    for (int i = 0; i < 4; ++i) {
        const double off = QLineF(prints[0].corners[size_t(i)], laid.corner(i)).length();
        QVERIFY2(off < 1.5 * scale, qPrintable(QString::number(off)));
    }
}

void TestPrintFinder::severalPrintsComeInReadingOrder()
{
    const QList<Laid> laid{{{180, 150}, {260, 180}, 2}, {{500, 160}, {200, 220}, -3},
                           {{330, 420}, {300, 200}, 0.5}};
    const QList<FoundPrint> prints = found(scanOf({660, 560}, laid, Rgb8, 0.03F));
    QCOMPARE(prints.size(), 3);
    for (int i = 0; i < 3; ++i) {
        QVERIFY(QLineF(prints[i].bounds().center(), laid[i].centre).length() < 3);
        QVERIFY(std::abs(prints[i].angle - laid[i].angle) < 0.2);
    }
}

void TestPrintFinder::everyFormatIsCutOut()
{
    const Laid laid{{200, 150}, {200, 140}, 3};
    for (const Channels channels :
         {Channels::Gray, Channels::GrayAlpha, Channels::Rgb, Channels::Rgba}) {
        for (const Depth depth : {Depth::U8, Depth::U16}) {
            const Image scan = scanOf({400, 300}, {laid}, {channels, depth});
            const QList<FoundPrint> prints = found(scan);
            QCOMPARE(prints.size(), 1);
            const Image cut = printCutOut(scan, prints[0]);
            QVERIFY(cut.format() == scan.format());
            QVERIFY(std::abs(cut.width() - 200) <= 2 && std::abs(cut.height() - 140) <= 2);
        }
    }
}

void TestPrintFinder::straightPrintIsNotResampled()
{
    const Image scan = scanOf({400, 300}, {{{200, 150}, {200, 140}, 0}}, Rgb8);
    const QList<FoundPrint> prints = found(scan);
    QCOMPARE(prints.size(), 1);
    FoundPrint straight = prints[0];
    straight.angle = 0;
    QVERIFY(printCutOut(scan, straight) == scan.copied(QRect(100, 80, 200, 140)));
    QVERIFY(turnedBack(scan, 0).sharesPixelsWith(scan));
}

void TestPrintFinder::cutOutPrintIsUpright()
{
    const Laid laid{{200, 150}, {240, 144}, 5};
    const Image scan = scanOf({400, 300}, {laid}, {Channels::Gray, Depth::U8});
    const QList<FoundPrint> prints = found(scan);
    QCOMPARE(prints.size(), 1);
    const Image cut = printCutOut(scan, prints[0]);
    int wrong = 0, looked = 0;
    for (int y = 12; y < 140; y += 24) {
        for (int x = 12; x < 236; x += 24, ++looked) {
            const int wanted = (x / 24 + y / 24) % 2 ? 115 : 38;
            wrong += std::abs(cut.constSamples<quint8>(y)[x] - wanted) > 6;
        }
    }
    QVERIFY(looked > 50);
    QCOMPARE(wrong, 0);
}

void TestPrintFinder::turningBackKeepsAllOfTheScan()
{
    const Laid laid{{200, 150}, {200, 140}, 6};
    const Image scan = scanOf({400, 300}, {laid}, Rgb8);
    const Image upright = turnedBack(scan, 6);
    QVERIFY(upright.width() > 400 && upright.height() > 300);
    const QList<FoundPrint> prints = found(upright);
    QCOMPARE(prints.size(), 1);
    QVERIFY2(std::abs(prints[0].angle) < 0.1, qPrintable(QString::number(prints[0].angle)));
}

void TestPrintFinder::nothingIsFoundWhereNothingLies()
{
    for (const QSize size : {QSize(1, 1), QSize(1, 300), QSize(40, 40), QSize(300, 200)}) {
        for (const double light : {0.0, 255.0}) {
            Image plain(size, Rgb8);
            plain.fill(light);
            QVERIFY(found(plain).isEmpty());
        }
    }
    // A print that fills the scan has no edge.
    QVERIFY(found(scanOf({300, 200}, {{{150, 100}, {400, 300}, 0}}, Rgb8)).isEmpty());
    // A hair on the bed is no print.
    QVERIFY(found(scanOf({300, 200}, {{{150, 100}, {200, 2}, 20}}, Rgb8)).isEmpty());
}

void TestPrintFinder::cancellingEnds()
{
    std::stop_source stop;
    stop.request_stop();
    WholeSource source(scanOf({100, 100}, {}, Rgb8));
    const auto prints = findPrints(source, Progress(stop.get_token(), {}));
    QVERIFY(!prints);
    QCOMPARE(prints.error().code, ErrorCode::Cancelled);
}

QTEST_GUILESS_MAIN(TestPrintFinder)
#include "tst_printfinder.moc"
