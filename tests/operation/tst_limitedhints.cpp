// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/limitedhints.h"
#include "scriptedcolorizer.h"

#include <QtTest>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr QRgb Red = qRgb(180, 60, 50);
constexpr QRgb Blue = qRgb(50, 70, 180);

ColorHint inside(ColorHint hint, const QRectF &region)
{
    hint.region = {QPolygonF(region)};
    return hint;
}

int worst(const Image &a, const Image &b, const QRect &where)
{
    int most = 0;
    for (int y = where.top(); y <= where.bottom(); ++y) {
        for (int x = where.left(); x <= where.right(); ++x) {
            for (int c = 0; c < 3; ++c)
                most = std::max(most, std::abs(int(a.constSamples<quint8>(y)[3 * x + c]) -
                                               int(b.constSamples<quint8>(y)[3 * x + c])));
        }
    }
    return most;
}

} // namespace

/// Hints that hold in a region, and the lines around a mask.
class TestLimitedHints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRegionTakesItsHintsColourAndNothingElseDoes();
    void hintsOfOneRegionShareItByNearness();
    void laterRegionsWin();
    void keptGreyInARegionIsGrey();
    void aHiddenHintSaysNothing();
    void aHintOfARegionScalesWithThePicture();
    void linesAroundAMaskEncloseWhatItShows();
    void manyCornersAreMadeFewer();
};

void TestLimitedHints::aRegionTakesItsHintsColourAndNothingElseDoes()
{
    const Image photo = greyPhoto({96, 64});
    const QRect region(20, 12, 40, 30);
    ChromaProvider network;
    ColorizeSettings settings;
    const auto without = colored(photo, settings, &network);
    settings.hints.all = {inside(point(30, 20, Red), QRectF(region))};
    const auto with = colored(photo, settings, &network);
    QVERIFY(with && without);
    // Lines of the chroma look one pixel around.
    for (const QRect &beside : {QRect(0, 0, 96, 9), QRect(0, 45, 96, 19), QRect(0, 0, 17, 64),
                                QRect(63, 0, 33, 64)})
        QCOMPARE(worst(with->image, without->image, beside), 0);
    const QRect amid = region.adjusted(3, 3, -3, -3);
    for (int y = amid.top(); y <= amid.bottom(); ++y) {
        for (int x = amid.left(); x <= amid.right(); ++x) {
            const auto wanted = colorOver(Red, lumAt(photo, x, y));
            for (int c = 0; c < 3; ++c)
                QVERIFY(std::abs(sampleAt(with->image, x, y, c) - wanted[size_t(c)]) < 0.03);
        }
    }
}

/// Against every hint asked for every pixel, in double precision.
void TestLimitedHints::hintsOfOneRegionShareItByNearness()
{
    ColorGuide guide{{64, 64}, {64, 64}, Planes(1, 64, 64)};
    for (int y = 0; y < 64; ++y) {
        for (int x = 0; x < 64; ++x)
            guide.luminance.row(0, y)[x] = 0.3F + 0.4F * float(x) / 64;
    }
    ColorHints hints;
    hints.size = {64, 64};
    const QRectF all(-10, -10, 90, 90);
    hints.all = {inside(point(10, 32, Red), all), inside(point(54, 32, Blue), all)};
    const LimitedChroma limited = limitedChroma(guide, hints);
    for (int y = 0; y < 64; y += 7) {
        for (int x = 0; x < 64; ++x) {
            const float light = guide.luminance.row(0, y)[x];
            double u = 0;
            double sum = 0;
            for (const ColorHint &hint : hints.all) {
                const double dx = (hint.path[0].x() - x) / 64;
                const double dy = (hint.path[0].y() - y) / 64;
                const double dl =
                    double(guide.luminance.row(0, 32)[int(hint.path[0].x())]) - double(light);
                const double weight = 1 / (dx * dx + dy * dy + dl * dl + 1e-5);
                u += weight * double(chromaOver(hint.color, light).u);
                sum += weight;
            }
            QCOMPARE(limited.where.row(0, y)[x], 1.0F);
            QVERIFY(std::abs(double(limited.chroma.row(0, y)[x]) - u / sum) < 1e-4);
        }
    }
}

void TestLimitedHints::laterRegionsWin()
{
    const Image photo = greyPhoto({96, 64});
    const auto both = colored(photo, with({inside(point(30, 20, Red), {10, 10, 50, 40}),
                                           inside(point(50, 30, Blue), {40, 20, 50, 40})}));
    const auto blue = colored(photo, with({inside(point(50, 30, Blue), {40, 20, 50, 40})}));
    QVERIFY(both && blue);
    QCOMPARE(worst(both->image, blue->image, QRect(44, 24, 12, 20)), 0);
    QVERIFY(worst(both->image, blue->image, QRect(14, 14, 20, 30)) > 20);
}

void TestLimitedHints::keptGreyInARegionIsGrey()
{
    const Image photo = greyPhoto({96, 64});
    ChromaProvider network;
    ColorizeSettings settings;
    ColorHint grey = inside(point(30, 20, 0), {20, 12, 40, 30});
    grey.kind = ColorHint::Kind::KeepGrey;
    settings.hints.all = {grey};
    const auto done = colored(photo, settings, &network);
    QVERIFY(done);
    QVERIFY(worst(done->image, photo, QRect(24, 16, 32, 22)) <= 1);
    QVERIFY(worst(done->image, photo, QRect(70, 0, 26, 64)) > 10);
}

void TestLimitedHints::aHiddenHintSaysNothing()
{
    const Image photo = greyPhoto({96, 64});
    const ColorHint shown = point(70, 40, Blue);
    for (ColorHint hidden : {point(30, 20, Red), inside(point(30, 20, Red), {20, 12, 40, 30})}) {
        hidden.hidden = true;
        const auto done = colored(photo, with({shown, hidden}));
        const auto alone = colored(photo, with({shown}));
        QVERIFY(done && alone);
        QVERIFY(done->image == alone->image);
        QCOMPARE(done->record.parameters.value(QStringLiteral("hints")).toInt(), 1);
    }
}

void TestLimitedHints::aHintOfARegionScalesWithThePicture()
{
    ColorHints hints;
    hints.size = {100, 50};
    hints.all = {inside(point(30, 20, Red), {10, 10, 40, 20})};
    const ColorHints larger = hints.scaledTo({200, 150});
    QCOMPARE(larger.all[0].region[0].boundingRect(), QRectF(20, 30, 80, 60));
    const auto read = ColorHints::fromJson(larger.toJson());
    QVERIFY(read);
    QCOMPARE(*read, larger);
}

void TestLimitedHints::linesAroundAMaskEncloseWhatItShows()
{
    Image mask({60, 50}, {Channels::Gray, Depth::U8});
    for (int y = 0; y < 50; ++y) {
        for (int x = 0; x < 60; ++x) {
            const double away = std::hypot(x - 30, y - 25);
            mask.samples<quint8>(y)[x] = away < 20 && away > 8 ? 255 : 0; // a ring: with a hole
        }
    }
    const QList<QPolygonF> lines = outlineOf(mask);
    QCOMPARE(lines.size(), 2);
    int wrong = 0;
    for (int y = 0; y < 50; ++y) {
        for (int x = 0; x < 60; ++x) {
            bool isInside = false;
            for (const QPolygonF &line : lines)
                isInside ^= line.containsPoint(QPointF(x + 0.5, y + 0.5), Qt::OddEvenFill);
            const double away = std::hypot(x - 30, y - 25);
            if (std::abs(away - 20) > 2 && std::abs(away - 8) > 2)
                wrong += isInside != (away < 20 && away > 8);
        }
    }
    QCOMPARE(wrong, 0);
    for (int y = 0; y < 50; ++y)
        std::fill_n(mask.samples<quint8>(y), 60, 127);
    QVERIFY(outlineOf(mask).isEmpty());
}

void TestLimitedHints::manyCornersAreMadeFewer()
{
    Image mask({400, 300}, {Channels::Gray, Depth::U8});
    for (int y = 0; y < 300; ++y) {
        for (int x = 0; x < 400; ++x)
            mask.samples<quint8>(y)[x] = (x / 8 + y / 8) % 2 ? 255 : 0;
    }
    qsizetype points = 0;
    for (const QPolygonF &line : outlineOf(mask, 500))
        points += line.size();
    QVERIFY(points <= 500);
}

QTEST_GUILESS_MAIN(TestLimitedHints)
#include "tst_limitedhints.moc"
