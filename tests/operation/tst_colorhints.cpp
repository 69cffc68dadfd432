// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/colorhints.h"

#include <QtTest>

using namespace heirloom;

namespace
{

QByteArray contract()
{
    return R"({"version":1, "width":400, "height":300,
        "points":[{"x":10.5, "y":20, "radius":3, "color":"#A0b0C0"}],
        "strokes":[{"points":[[1,2],[3,4.5]], "radius":2, "color":"#ff0000",
                    "name":"uniform", "note":"olive: letter of 1943", "known":false}],
        "keep_grey":[{"x":5,"y":6,"radius":7}]})";
}

QByteArray onePoint(const QByteArray &members)
{
    return "{\"version\":1,\"points\":[{" + members + "}]}";
}

} // namespace

class TestColorHints : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheContract();
    void comesBackFromItsText();
    void emptyTextIsNoHints();
    void wrongTextIsNamed_data();
    void wrongTextIsNamed();
    void limitsAreSaid();
    void placesGrowWithThePicture();
    void countsWhatLiesOutside();
};

void TestColorHints::readsTheContract()
{
    const auto hints = ColorHints::fromJson(contract());
    QVERIFY(hints);
    QCOMPARE(hints->size, QSize(400, 300));
    QCOMPARE(hints->all.size(), 3);
    const ColorHint &stroke = hints->all[0];
    QCOMPARE(stroke.kind, ColorHint::Kind::Stroke);
    QCOMPARE(stroke.path, (QList<QPointF>{{1, 2}, {3, 4.5}}));
    QCOMPARE(stroke.color, qRgb(255, 0, 0));
    QCOMPARE(stroke.name, QStringLiteral("uniform"));
    QCOMPARE(stroke.note, QStringLiteral("olive: letter of 1943"));
    QVERIFY(!stroke.known);
    const ColorHint &point = hints->all[1];
    QCOMPARE(point.kind, ColorHint::Kind::Point);
    QCOMPARE(point.path, (QList<QPointF>{{10.5, 20}}));
    QCOMPARE(point.radius, 3.0);
    QCOMPARE(point.color, qRgb(0xa0, 0xb0, 0xc0));
    QVERIFY(point.known);
    QCOMPARE(hints->all[2].kind, ColorHint::Kind::KeepGrey);
    QCOMPARE(hints->all[2].radius, 7.0);
    QCOMPARE(hints->countGuessed(), 1);
}

void TestColorHints::comesBackFromItsText()
{
    const auto hints = ColorHints::fromJson(contract());
    QVERIFY(hints);
    const QByteArray text = hints->toJson();
    const auto again = ColorHints::fromJson(text);
    QVERIFY(again);
    QCOMPARE(*again, *hints);
    QCOMPARE(again->toJson(), text);
}

void TestColorHints::emptyTextIsNoHints()
{
    for (const QByteArray &text :
         {QByteArray(), QByteArray(" \n"), QByteArray("{\"version\":1}"), ColorHints().toJson()}) {
        const auto hints = ColorHints::fromJson(text);
        QVERIFY(hints);
        QVERIFY(hints->isEmpty());
    }
}

void TestColorHints::wrongTextIsNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("named");
    const auto row = [](const char *name, const QByteArray &text, const char *named) {
        QTest::newRow(name) << text << QString::fromLatin1(named);
    };
    row("words", "olive", "byte 1");
    row("cut off", contract().left(90), "byte 9");
    row("a list", "[]", "no JSON object");
    row("no version", "{}", "version");
    row("newer", "{\"version\":2}", "version = 2");
    row("no number", onePoint(R"("x":"1","y":2,"radius":3,"color":"#000000")"), "points[0].x = 1");
    row("no radius", onePoint(R"("x":1,"y":2,"color":"#000000")"), "points[0].radius");
    row("no area", onePoint(R"("x":1,"y":2,"radius":0,"color":"#000000")"), "points[0].radius = 0");
    row("far off", onePoint(R"("x":1e9,"y":2,"radius":3,"color":"#000000")"), "points[0].x");
    row("name of a colour", onePoint(R"("x":1,"y":2,"radius":3,"color":"red")"), "color = red");
    row("short colour", onePoint(R"("x":1,"y":2,"radius":3,"color":"#fff")"), "color = #fff");
    row("no colour", onePoint(R"("x":1,"y":2,"radius":3)"), "points[0].color");
    row("spelt otherwise", onePoint(R"("x":1,"y":2,"radius":3,"color":"#000000","colour":1)"),
        "points[0].colour");
    row("grey with a colour",
        R"({"version":1,"keep_grey":[{"x":1,"y":2,"radius":3,"color":"#000000"}]})",
        "keep_grey[0].color");
    row("known is text", onePoint(R"("x":1,"y":2,"radius":3,"color":"#000000","known":"no")"),
        "points[0].known");
    row("note is a number", onePoint(R"("x":1,"y":2,"radius":3,"color":"#000000","note":3)"),
        "points[0].note");
    row("points are no list", R"({"version":1,"points":3})", "points");
    row("points of no objects", R"({"version":1,"points":[3]})", "points");
    row("stroke without points",
        R"({"version":1,"strokes":[{"points":[],"radius":3,"color":"#000000"}]})",
        "strokes[0].points");
    row("stroke of triples",
        R"({"version":1,"strokes":[{"points":[[1,2,3]],"radius":3,"color":"#000000"}]})",
        "strokes[0].points");
    row("width alone", R"({"version":1,"width":3})", "height");
    row("unknown list", R"({"version":1,"dots":[]})", "dots");
}

void TestColorHints::wrongTextIsNamed()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, named);
    const auto hints = ColorHints::fromJson(text);
    QVERIFY(!hints);
    QCOMPARE(hints.error().code, ErrorCode::BadArgument);
    QCOMPARE(hints.error().arguments.size(), 2);
    QVERIFY2(hints.error().arguments[0].contains(named), qPrintable(hints.error().arguments[0]));
}

void TestColorHints::limitsAreSaid()
{
    ColorHints many;
    ColorHint hint;
    hint.path = {{1, 1}};
    many.all.fill(hint, ColorHints::mostHints);
    QVERIFY(ColorHints::fromJson(many.toJson()));
    many.all += hint;
    const auto refused = ColorHints::fromJson(many.toJson());
    QVERIFY(!refused);
    QVERIFY(refused.error().arguments[1].contains(QString::number(ColorHints::mostHints)));
    QVERIFY(!ColorHints::fromJson(QByteArray(ColorHints::mostBytes + 1, '[')));
    hint.name = QString(201, u'a');
    many.all = {hint};
    QVERIFY(!ColorHints::fromJson(many.toJson()));
}

void TestColorHints::placesGrowWithThePicture()
{
    const auto hints = ColorHints::fromJson(contract());
    QVERIFY(hints);
    const ColorHints larger = hints->scaledTo({800, 1200});
    QCOMPARE(larger.size, QSize(800, 1200));
    QCOMPARE(larger.all[1].path.first(), QPointF(21, 80));
    QCOMPARE(larger.all[2].radius, 7 * std::sqrt(8.0));
    ColorHints sizeless = *hints;
    sizeless.size = {};
    QCOMPARE(sizeless.scaledTo({800, 1200}).all, hints->all);
}

void TestColorHints::countsWhatLiesOutside()
{
    ColorHints hints;
    for (const QPointF at : {QPointF(50, 40), QPointF(-3, 10), QPointF(-5, 10), QPointF(103, 10),
                             QPointF(50, 85), QPointF(50, 83)}) {
        ColorHint hint;
        hint.path = {at};
        hints.all += hint; // radius 4
    }
    QCOMPARE(hints.countOutside({100, 80}), 2);
}

QTEST_GUILESS_MAIN(TestColorHints)
#include "tst_colorhints.moc"
