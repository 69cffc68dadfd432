// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/damagedpicture.h"
#include "operation/fillchoice.h"
#include "operation/holefill.h"
#include "operation/inpaint.h"
#include "operation/pictureends.h"
#include "operation/scriptedmodels.h"
#include "operation/textfinder.h"

#include <QtTest>

#include <algorithm>
#include <random>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr PixelFormat Rgb8{Channels::Rgb, Depth::U8};
constexpr QSize Size(240, 100);
constexpr QRect SmoothHole(40, 20, 3, 60), RoughHole(180, 20, 3, 60);

/// Smooth on the left, of rough texture on the right.
Image halves()
{
    std::mt19937 random(1);
    Image image(Size, Rgb8);
    for (int y = 0; y < Size.height(); ++y) {
        for (int x = 0; x < Size.width(); ++x) {
            const int tone = x < Size.width() / 2 ? 90 + x / 4 : 60 + int(random() % 120);
            std::fill_n(image.samples<quint8>(y) + 3 * x, 3, quint8(tone));
        }
    }
    return image;
}

/// Rows of marks as of writing: bars and what joins them, of one stroke's width.
Image written(QSize size, const QRect &place)
{
    Image image(size, Rgb8);
    for (int y = 0; y < size.height(); ++y)
        std::fill_n(image.samples<quint8>(y), 3 * size.width(), quint8(205));
    int letter = 0;
    for (int top = place.top(); top + 14 <= place.bottom(); top += 24) {
        for (int left = place.left(); left + 9 <= place.right(); left += 13, ++letter) {
            const auto ink = [&](const QRect &r) {
                for (int y = r.top(); y <= r.bottom(); ++y)
                    std::fill_n(image.samples<quint8>(y) + 3 * r.left(), 3 * r.width(), quint8(40));
            };
            ink({left, top, 2, 14});
            ink({left, top + (letter % 3) * 6, 9, 2});
            if (letter % 2)
                ink({left + 7, top, 2, 14});
        }
    }
    return image;
}

Image readText(const Image &image)
{
    WholeSource source(image);
    const auto text = findText(source);
    return text ? *text : Image();
}

struct Done {
    Image image, choice;
    OperationRecord record;
    int runs = 0;
};

std::optional<Done> filled(const Image &image, const Image &mask, double network,
                           const QString &method = QStringLiteral("auto"))
{
    ScriptedProvider models;
    const auto model = models.add(denoisePack());
    model->offset = 0.02F;
    OperationContext context;
    context.models = &models;
    InpaintSettings settings;
    settings.method = method;
    settings.network = network;
    auto made = Inpaint::create({image.size(), image.format(), {}, mask}, settings, context);
    if (!made)
        return {};
    WholeSource source(image);
    if (!(*made)->settle(source, {}))
        return {};
    WholeSink sink(image.size(), image.format());
    const auto record = (*made)->run(source, sink, {});
    const auto choice = (*made)->choiceMap(source, {});
    if (!record || !choice)
        return {};
    // A part is as the whole.
    const QRect region(150, 30, 60, 20);
    bool same = true;
    const auto again = (*made)->runRegion(
        source, region & image.rect(), region.center(),
        [&](const QRect &r, const Image &pixels) { same = same && pixels == sink.image.copied(r); },
        {});
    if (!again || !same)
        return {};
    return Done{sink.image, *choice, *record, model->runs};
}

qint64 areaOf(const QRect &r)
{
    return qint64(r.width()) * r.height();
}

} // namespace

/// What is left to a network and what to the classical fill.
class TestFillChoice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roughPlacesAreTheNetworks();
    void smallerSharesTakeLess();
    void allAndNothingAreAsTheMethodsThemselves();
    void networkIsNotAskedWhereItHasNoPart();
    void writingIsFoundAndTextureIsNot();
    void writingIsLeftToTheClassicalFill();
    void shareComesBackAndWrongOnesAreRefused();
};

void TestFillChoice::roughPlacesAreTheNetworks()
{
    const Image image = halves(), mask = maskOf(Size, {SmoothHole, RoughHole});
    const auto done = filled(image, mask, 60);
    QVERIFY(done);
    QCOMPARE(countIn(done->choice, SmoothHole, Inpaint::classicalValue), areaOf(SmoothHole));
    QCOMPARE(countIn(done->choice, RoughHole, 255), areaOf(RoughHole));
    QCOMPARE(countIn(done->choice, done->choice.rect(), 0),
             areaOf(done->choice.rect()) - areaOf(SmoothHole) - areaOf(RoughHole));
    const auto network = filled(image, mask, 100), classical = filled(image, mask, 0);
    QVERIFY(network && classical);
    QVERIFY(done->image.copied(SmoothHole) == classical->image.copied(SmoothHole));
    QVERIFY(done->image.copied(RoughHole) == network->image.copied(RoughHole));
    QVERIFY(!(network->image.copied(SmoothHole) == classical->image.copied(SmoothHole)));
    QCOMPARE(done->record.parameters.value(QStringLiteral("network")).toDouble(), 60.0);
}

void TestFillChoice::smallerSharesTakeLess()
{
    const Image image = halves(), mask = maskOf(Size, {QRect(30, 50, 180, 2)});
    qint64 before = 0;
    for (const double share : {0.0, 10.0, 30.0, 60.0, 90.0, 100.0}) {
        const auto done = filled(image, mask, share);
        QVERIFY(done);
        const qint64 taken = countIn(done->choice, done->choice.rect(), 255);
        QVERIFY2(taken >= before, qPrintable(QString::number(share)));
        before = taken;
    }
    QCOMPARE(before, 360);
}

void TestFillChoice::allAndNothingAreAsTheMethodsThemselves()
{
    const Image image = halves(), mask = maskOf(Size, {SmoothHole, RoughHole});
    const auto nothing = filled(image, mask, 0);
    const auto classical = filled(image, mask, 100, QStringLiteral("classical"));
    QVERIFY(nothing && classical);
    QVERIFY(nothing->image == classical->image);
    QCOMPARE(nothing->record.method, Inpaint::twinId());
    QVERIFY(nothing->record.modelId.isEmpty());
    const auto all = filled(image, mask, 100);
    QVERIFY(all);
    QVERIFY(!all->record.parameters.contains(QStringLiteral("network")));
    QCOMPARE(countIn(all->choice, SmoothHole, 255), areaOf(SmoothHole));
}

void TestFillChoice::networkIsNotAskedWhereItHasNoPart()
{
    const Image image = halves();
    const auto smooth = filled(image, maskOf(Size, {SmoothHole}), 60);
    const auto rough = filled(image, maskOf(Size, {RoughHole}), 60);
    QVERIFY(smooth && rough);
    QCOMPARE(smooth->runs, 0);
    QVERIFY(rough->runs > 0);
}

void TestFillChoice::writingIsFoundAndTextureIsNot()
{
    const QRect place(60, 60, 145, 40);
    const Image text = readText(written({400, 300}, place));
    QVERIFY(!text.isNull());
    QVERIFY(countIn(text, place, 255) > areaOf(place) * 9 / 10);
    QCOMPARE(countIn(text, QRect(250, 0, 150, 300), 255), 0);
    QCOMPARE(countIn(readText(halves()), QRect(QPoint(0, 0), Size), 255), 0);
}

void TestFillChoice::writingIsLeftToTheClassicalFill()
{
    const QRect place(60, 60, 145, 40);
    const Image image = written({400, 300}, place);
    const QRect hole(120, 50, 2, 80); // across the lines
    const auto done = filled(image, maskOf(image.size(), {hole}), 95);
    QVERIFY(done);
    const QRect inside(120, 62, 2, 36);
    QCOMPARE(countIn(done->choice, inside, Inpaint::classicalValue), areaOf(inside));
    QVERIFY2(done->record.warnings.join(u' ').contains(QStringLiteral("writing")),
             qPrintable(done->record.warnings.join(u'\n')));
}

void TestFillChoice::shareComesBackAndWrongOnesAreRefused()
{
    InpaintSettings settings;
    settings.network = 40;
    QCOMPARE(*InpaintSettings::fromParameters(settings.toParameters()), settings);
    for (const QVariant &wrong : {QVariant(-1), QVariant(101), QVariant(QStringLiteral("much"))})
        QVERIFY(!InpaintSettings::fromParameters({{QStringLiteral("network"), wrong}}));
}

QTEST_GUILESS_MAIN(TestFillChoice)
#include "tst_fillchoice.moc"
