// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/blendmode.h"
#include "document/plaincompositor.h"

#include <QtTest>

using namespace heirloom;

class TestBlendMode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void idsAreStableAndUnique()
    {
        QSet<QString> ids;
        for (int i = 0; i < BlendModeCount; ++i) {
            const QString id = blendModeId(BlendMode(i));
            ids.insert(id);
            QCOMPARE(blendModeFromId(id), std::optional(BlendMode(i)));
            QVERIFY(!blendModeName(BlendMode(i)).isEmpty());
        }
        QCOMPARE(ids.size(), BlendModeCount);
        QCOMPARE(blendModeId(BlendMode::SoftLight), QStringLiteral("soft-light"));
        QVERIFY(!blendModeFromId(QStringLiteral("dissolve")));
    }

    void everyModeEqualsThePlainFormulas_data()
    {
        QTest::addColumn<int>("mode");
        for (int i = 0; i < BlendModeCount; ++i)
            QTest::addRow("%s", qPrintable(blendModeId(BlendMode(i)))) << i;
    }
    void everyModeEqualsThePlainFormulas()
    {
        QFETCH(int, mode);
        std::mt19937 random(quint32(mode) + 1);
        std::uniform_real_distribution<float> unit(0, 1);
        constexpr int count = 4000;
        for (int variant = 0; variant < 8; ++variant) {
            const bool backAlpha = variant & 1, sourceAlpha = variant & 2, covered = variant & 4;
            std::vector<float> values(size_t(count) * 9);
            for (float &v : values) {
                v = unit(random);
                if (v < 0.1F || v > 0.9F)
                    v = v < 0.1F ? 0 : 1; // ends are special
            }
            std::vector<float> result = values;
            auto row = [&](std::vector<float> &v, int first, bool alpha) {
                PixelRow r;
                for (int c = 0; c < 3; ++c)
                    r.color[c] = v.data() + (first + c) * count;
                r.alpha = alpha ? v.data() + (first + 3) * count : nullptr;
                return r;
            };
            const float opacity = variant == 3 ? 1.0F : 0.6F;
            blendRow(BlendMode(mode), 3, row(result, 0, backAlpha), row(values, 4, sourceAlpha),
                     covered ? values.data() + 8 * count : nullptr, opacity, count);
            for (int x = 0; x < count; ++x) {
                auto value = [&](int p) { return double(values[size_t(p * count + x)]); };
                PlainCompositor::Color b{value(0), value(1), value(2)};
                const PlainCompositor::Color s{value(4), value(5), value(6)};
                const double ab = backAlpha ? value(3) : 1;
                const double as =
                    double(opacity) * (sourceAlpha ? value(7) : 1) * (covered ? value(8) : 1);
                const double ao = as + ab * (1 - as);
                if (backAlpha)
                    QVERIFY(std::abs(double(result[size_t(3 * count + x)]) - ao) < 1e-5);
                if (ao < 1e-3)
                    continue;
                const auto mixed = PlainCompositor::blended(BlendMode(mode), b, s);
                for (int c = 0; c < 3; ++c) {
                    const double cs = (1 - ab) * s[size_t(c)] + ab * mixed[size_t(c)];
                    const double wanted = (as * cs + (1 - as) * ab * b[size_t(c)]) / ao;
                    QVERIFY(std::abs(double(result[size_t(c * count + x)]) - wanted) < 2e-4);
                    if (as == 0)
                        QCOMPARE(result[size_t(c * count + x)], values[size_t(c * count + x)]);
                }
            }
        }
    }

    void grayHasLuminosityAlone()
    {
        float b[2] = {0.25F, 0.5F}, s[2] = {0.75F, 0.125F};
        PixelRow back, source;
        back.color[0] = b;
        source.color[0] = s;
        blendRow(BlendMode::Color, 1, back, source, nullptr, 1, 2);
        QCOMPARE(b[0], 0.25F);
        blendRow(BlendMode::Luminosity, 1, back, source, nullptr, 1, 2);
        QCOMPARE(b[1], 0.125F);
    }
};

QTEST_APPLESS_MAIN(TestBlendMode)
#include "tst_blendmode.moc"
