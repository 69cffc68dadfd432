// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/lab.h"

#include <QtTest>

using namespace heirloom;

class TestLab : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knownColours()
    {
        // CIE L*a*b* of sRGB's corners under D65, from the standards' formulas.
        struct Known {
            RgbColor rgb;
            Lab lab;
        };
        const Known known[] = {
            {{1, 1, 1}, {100, 0, 0}},
            {{0, 0, 0}, {0, 0, 0}},
            {{1, 0, 0}, {53.24F, 80.09F, 67.20F}},
            {{0, 1, 0}, {87.73F, -86.18F, 83.18F}},
            {{0, 0, 1}, {32.30F, 79.19F, -107.86F}},
        };
        for (const Known &k : known) {
            const Lab lab = labFromSrgb(k.rgb);
            QVERIFY(std::abs(lab.l - k.lab.l) < 0.02F);
            QVERIFY(std::abs(lab.a - k.lab.a) < 0.03F);
            QVERIFY(std::abs(lab.b - k.lab.b) < 0.03F);
        }
    }

    void roundTripIsBetterThan16Bit()
    {
        float worst = 0;
        Planes rgb(3, 41 * 41, 41);
        for (int r = 0; r < 41; ++r) {
            for (int gb = 0; gb < 41 * 41; ++gb) {
                rgb.row(0, r)[gb] = float(r) / 40;
                rgb.row(1, r)[gb] = float(gb % 41) / 40;
                rgb.row(2, r)[gb] = float(gb / 41) / 40;
            }
        }
        const Planes back = srgbFromLab(labFromSrgb(rgb));
        for (size_t i = 0; i < rgb.values.size(); ++i)
            worst = std::max(worst, std::abs(back.values[i] - rgb.values[i]));
        QVERIFY2(worst < 0.5F / 65535, qPrintable(QString::number(double(worst) * 65535)));
    }

    void valuesOutsideTheRangeSurvive()
    {
        for (const RgbColor rgb : {RgbColor{-0.1F, 0.5F, 1.2F}, RgbColor{1.1F, -0.05F, 0.3F}}) {
            const RgbColor back = srgbFromLab(labFromSrgb(rgb));
            QVERIFY(std::abs(back.r - rgb.r) < 1e-4F);
            QVERIFY(std::abs(back.g - rgb.g) < 1e-4F);
            QVERIFY(std::abs(back.b - rgb.b) < 1e-4F);
        }
    }

    void grayHasNoColour()
    {
        for (int v = 0; v <= 255; ++v) {
            const float g = float(v) / 255;
            const Lab lab = labFromSrgb(RgbColor{g, g, g});
            QVERIFY(std::abs(lab.a) < 1e-3F && std::abs(lab.b) < 1e-3F);
        }
    }
};

QTEST_APPLESS_MAIN(TestLab)
#include "tst_lab.moc"
