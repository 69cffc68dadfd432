// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/colormatch.h"

#include <QtTest>

using namespace heirloom;

namespace
{

/// Dark above, light below, of 320 x 160 pixels.
ColorGuide guide()
{
    ColorGuide made{{640, 320}, {320, 160}, Planes(1, 320, 160)};
    for (int y = 0; y < 160; ++y)
        std::fill_n(made.luminance.row(0, y), 320, y < 80 ? 0.25F : 0.75F);
    return made;
}

/// The other way round, in two colours of other luminances.
QImage reference(QRgb dark, QRgb light)
{
    QImage image(300, 200, QImage::Format_RGB32);
    for (int y = 0; y < 200; ++y) {
        for (int x = 0; x < 300; ++x)
            image.setPixel(x, y, y < 100 ? light : dark);
    }
    return image;
}

/// Two bins: blue, and red; the share of the first everywhere.
ColorAnswer sure(float first)
{
    ColorAnswer answer{Planes(2, 80, 40), Planes(2, 80, 40), 0};
    std::fill_n(answer.likely.plane(0), answer.likely.planeSize(), first);
    std::fill_n(answer.likely.plane(1), answer.likely.planeSize(), 1 - first);
    return answer;
}

const ColorBins bins{{0.3F, -0.15F}, {-0.15F, 0.3F}};

} // namespace

/// Hints whose colours come from another photo.
class TestColorMatch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void likeLuminancesGetLikeColours();
    void theNetworkChoosesBetweenPlacesThatLookAlike();
    void aGreyReferenceSaysNothing();
};

void TestColorMatch::likeLuminancesGetLikeColours()
{
    const QList<ColorHint> hints =
        matchedHints(guide(), {}, {}, reference(qRgb(30, 40, 110), qRgb(250, 160, 140)));
    QVERIFY(hints.size() >= 12);
    int dark = 0;
    for (const ColorHint &hint : hints) {
        QVERIFY(QRectF(0, 0, 640, 320).contains(hint.path[0]));
        QVERIFY(!hint.known);
        const QColor color(hint.color);
        const bool isAbove = hint.path[0].y() < 160;
        dark += isAbove;
        if (isAbove)
            QVERIFY2(color.blue() > color.red() + 20, qPrintable(color.name()));
        else
            QVERIFY2(color.red() > color.blue() + 20, qPrintable(color.name()));
    }
    QVERIFY(dark > 3 && dark < hints.size() - 3);
}

void TestColorMatch::theNetworkChoosesBetweenPlacesThatLookAlike()
{
    // Blue and red of one luminance, side by side.
    QImage image(300, 200, QImage::Format_RGB32);
    for (int y = 0; y < 200; ++y) {
        for (int x = 0; x < 300; ++x)
            image.setPixel(x, y, (x / 20) % 2 ? qRgb(65, 65, 182) : qRgb(165, 41, 40));
    }
    for (const float first : {0.95F, 0.05F}) {
        for (const ColorHint &hint : matchedHints(guide(), sure(first), bins, image)) {
            const QColor color(hint.color);
            QCOMPARE(color.blue() > color.red(), first > 0.5F);
        }
    }
}

void TestColorMatch::aGreyReferenceSaysNothing()
{
    QVERIFY(matchedHints(guide(), {}, {}, reference(qRgb(60, 60, 60), qRgb(200, 200, 200)))
                .isEmpty());
    QVERIFY(matchedHints(guide(), {}, {}, QImage()).isEmpty());
}

QTEST_GUILESS_MAIN(TestColorMatch)
#include "tst_colormatch.moc"
