// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/colormaterial.h"

#include <QSet>
#include <QtTest>

using namespace heirloom;

namespace
{

QByteArray listOf(const QByteArray &entry)
{
    return "{\"version\": 1, \"materials\": [" + entry + "]}";
}

const QByteArray Good =
    R"({"id": "a", "group": "wood", "shadow": "#101010", "mid": "#604020", "light": "#f0e0d0"})";

double luminance(QRgb c)
{
    return (0.3 * qRed(c) + 0.59 * qGreen(c) + 0.11 * qBlue(c)) / 255;
}

} // namespace

class TestColorMaterial : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shippedOnesAreReadAndNamed();
    void shippedOnesComeGroupByGroup();
    void skinIsWarmEverywhereAndSkyIsNot();
    void rampGoesThroughItsColours();
    void faultsAreNamed_data();
    void faultsAreNamed();
};

void TestColorMaterial::shippedOnesAreReadAndNamed()
{
    const QList<ColorMaterial> &all = shippedMaterials();
    QVERIFY(all.size() >= 70);
    QSet<QString> ids;
    for (const ColorMaterial &material : all) {
        QVERIFY2(!material.name().isEmpty(), qPrintable(material.id));
        QVERIFY2(!materialGroupName(material.group).isEmpty(), qPrintable(material.group));
        ids.insert(material.id);
    }
    QCOMPARE(ids.size(), all.size());
    QVERIFY(ColorMaterial().name().isEmpty());
}

void TestColorMaterial::shippedOnesComeGroupByGroup()
{
    QStringList groups;
    for (const ColorMaterial &material : shippedMaterials()) {
        if (groups.isEmpty() || groups.last() != material.group) {
            QVERIFY2(!groups.contains(material.group), qPrintable(material.id));
            groups += material.group;
        }
    }
    QVERIFY(groups.size() >= 8);
}

void TestColorMaterial::skinIsWarmEverywhereAndSkyIsNot()
{
    for (const ColorMaterial &material : shippedMaterials()) {
        for (const QRgb c : {material.shadow, material.mid, material.light}) {
            if (material.id.startsWith(u"skin-"))
                QVERIFY2(qRed(c) > qGreen(c) && qGreen(c) > qBlue(c), qPrintable(material.id));
            if (material.id == u"sky-clear")
                QVERIFY(qBlue(c) > qGreen(c) && qGreen(c) > qRed(c));
        }
    }
}

void TestColorMaterial::rampGoesThroughItsColours()
{
    for (const ColorMaterial &material : shippedMaterials()) {
        for (const QRgb c : {material.shadow, material.mid, material.light})
            QCOMPARE(material.at(luminance(c)), c);
        QCOMPARE(material.at(0), material.shadow);
        QCOMPARE(material.at(1), material.light);
    }
}

void TestColorMaterial::faultsAreNamed_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("place");
    QTest::newRow("no JSON") << QByteArray("{") << QString();
    QTest::newRow("another version") << QByteArray(R"({"version": 2, "materials": []})")
                                     << QString();
    QTest::newRow("no id") << listOf(R"({"group": "wood"})") << QStringLiteral("materials[0].id");
    QByteArray bad = Good;
    QTest::newRow("no colour") << listOf(Good + "," + bad.replace("#604020", "brown"))
                               << QStringLiteral("materials[1].mid");
    bad = Good;
    QTest::newRow("not from dark to light")
        << listOf(bad.replace("#101010", "#ffffff")) << QStringLiteral("materials[0].mid");
}

void TestColorMaterial::faultsAreNamed()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, place);
    QVERIFY(ColorMaterial::listFromJson(listOf(Good)));
    const auto list = ColorMaterial::listFromJson(json);
    QVERIFY(!list);
    QCOMPARE(list.error().code, ErrorCode::BadArgument);
    QVERIFY2(list.error().arguments.value(0).contains(place),
             qPrintable(list.error().arguments.value(0)));
}

QTEST_GUILESS_MAIN(TestColorMaterial)
#include "tst_colormaterial.moc"
