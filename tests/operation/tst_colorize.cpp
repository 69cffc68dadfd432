// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/lab.h"
#include "operation/scriptedcolorizer.h"
#include "support/testprofiles.h"

#include <QtTest>

#include <cmath>
#include <random>

using namespace heirloom;
using namespace heirloom::test;

class TestColorize : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void luminanceStays_data();
    void luminanceStays();
    void hintsAreObeyed();
    void smallHintsOnLargePicturesAreObeyed();
    void ownColoursAreReplaced();
    void whatIsLeftOfFadedColoursLeads();
    void ownColoursOfAGreyPictureSayNothing();
    void keepGreyStaysGrey();
    void strengthAndSaturationScaleTheColour();
    void warmthLeavesGreyAlone();
    void withoutModelAndHintsNothingChanges();
    void brokenModelIsSaidAndTheTwinUsed();
    void cancelIsCancelled();
    void hintsOfAnotherSizeAreScaledAndSaid();
    void hintsOutsideAreSaid();
    void greyChannelsAreRefused();
    void wrongSettingsAreRefused_data();
    void wrongSettingsAreRefused();
    void regionGivesTheSameBytesAsTheWhole();
    void oddPicturesAreKept_data();
    void oddPicturesAreKept();
    void resultIsMadeAgainFromItsParameters();
    void recordCountsHintsAndGuesses();
};

void TestColorize::luminanceStays_data()
{
    QTest::addColumn<Image>("picture");
    QTest::addColumn<QByteArray>("icc");
    QTest::addColumn<double>("most");
    QTest::newRow("8 bit") << greyPhoto({400, 300}) << QByteArray() << 1.0 / 255;
    QTest::newRow("16 bit") << greyPhoto({400, 300}, Depth::U16) << QByteArray() << 16.0 / 65535;
    QTest::newRow("colours") << photoPicture({400, 300}, Rgb8) << QByteArray() << 1.0 / 255;
    QTest::newRow("noise") << noisePicture({333, 200}, Rgb8) << QByteArray() << 1.0 / 255;
    QTest::newRow("alpha") << photoPicture({100, 90}, {Channels::Rgba, Depth::U8}) << QByteArray()
                           << 1.0 / 255;
    QTest::newRow("wide gamut") << photoPicture({200, 150}, Rgb8) << wideGamutProfile()
                                << 1.0 / 255;
    QTest::newRow("wide gamut, 16 bit") << photoPicture({200, 150}, {Channels::Rgb, Depth::U16})
                                        << wideGamutProfile() << 16.0 / 65535;
}

void TestColorize::luminanceStays()
{
    QFETCH(Image, picture);
    QFETCH(QByteArray, icc);
    QFETCH(double, most);
    ChromaProvider models;
    models.model->chroma = {-0.3F, 0.5F}; // far out of gamut in lights and shadows
    const auto done =
        colored(picture, with({point(40, 40, qRgb(0, 0, 255))}, packId), &models, icc);
    QVERIFY(done);
    QVERIFY(done->image != picture);
    const double worst = worstLumChange(picture, done->image);
    QVERIFY2(worst <= most, qPrintable(QString::number(worst * 65535)));
    for (int y = 0; picture.format().hasAlpha() && y < picture.height(); ++y) {
        for (int x = 0; x < picture.width(); ++x)
            QCOMPARE(sampleAt(done->image, x, y, 3), sampleAt(picture, x, y, 3));
    }
}

void TestColorize::hintsAreObeyed()
{
    const Image photo = greyPhoto({256, 256});
    std::mt19937 random(3);
    ColorizeSettings settings = with({});
    for (int y = 12; y < 256; y += 24) {
        for (int x = 12; x < 256; x += 24)
            settings.hints.all +=
                point(x + 0.5, y + 0.5,
                      qRgb(int(random() % 256), int(random() % 256), int(random() % 256)));
    }
    ChromaProvider models;
    for (const QString &model : {Colorize::twinId(), packId}) {
        settings.model = model;
        const auto done = colored(photo, settings, &models);
        QVERIFY(done);
        for (const ColorHint &hint : std::as_const(settings.hints.all)) {
            const int x = int(hint.path[0].x());
            const int y = int(hint.path[0].y());
            const auto wanted = colorOver(hint.color, lumAt(photo, x, y));
            const Lab a =
                labFromSrgb(RgbColor{float(wanted[0]), float(wanted[1]), float(wanted[2])});
            const Lab b = labFromSrgb(RgbColor{float(sampleAt(done->image, x, y, 0)),
                                               float(sampleAt(done->image, x, y, 1)),
                                               float(sampleAt(done->image, x, y, 2))});
            const double away =
                std::sqrt(std::pow(a.l - b.l, 2) + std::pow(a.a - b.a, 2) + std::pow(a.b - b.b, 2));
            QVERIFY2(away <= 3, qPrintable(QStringLiteral("%1, %2: %3").arg(x).arg(y).arg(away)));
        }
    }
}

void TestColorize::smallHintsOnLargePicturesAreObeyed()
{
    Image flat({2000, 1500}, Rgb8);
    flat.fill(120);
    const QRgb olive = qRgb(120, 124, 70);
    const auto done =
        colored(flat, with({point(1001, 733, olive, 1), point(1100, 733, qRgb(90, 90, 200), 1)}));
    QVERIFY(done);
    const auto wanted = colorOver(olive, 120 / 255.0);
    for (int c = 0; c < 3; ++c)
        QVERIFY(std::abs(sampleAt(done->image, 1001, 733, c) - wanted[size_t(c)]) <= 1.01 / 255);
}

void TestColorize::ownColoursAreReplaced()
{
    ChromaProvider models;
    const Image photo = photoPicture({200, 160}, Rgb8);
    Image grey = photo;
    for (int y = 0; y < grey.height(); ++y) {
        quint8 *p = grey.samples<quint8>(y);
        for (int x = 0; x < grey.width(); ++x, p += 3)
            p[0] = p[1] = p[2] = quint8(std::lround(lumAt(photo, x, y) * 255));
    }
    const auto a = colored(photo, with({}, packId), &models);
    const auto b = colored(grey, with({}, packId), &models);
    QVERIFY(a && b);
    QVERIFY(maxDifference(a->image, b->image) <= 2);
}

void TestColorize::keepGreyStaysGrey()
{
    ChromaProvider models;
    ColorHint grey = point(100, 80, 0, 20);
    grey.kind = ColorHint::Kind::KeepGrey;
    const Image photo = greyPhoto({200, 160});
    const auto done = colored(photo, with({grey}, packId), &models);
    QVERIFY(done);
    for (int c = 0; c < 3; ++c)
        QCOMPARE(sampleAt(done->image, 100, 80, c), sampleAt(photo, 100, 80, c));
}

void TestColorize::strengthAndSaturationScaleTheColour()
{
    ChromaProvider models;
    Image flat({64, 64}, Rgb8);
    flat.fill(128);
    const auto blueOf = [&](double strength, double saturation) {
        ColorizeSettings settings = with({}, packId);
        settings.strength = strength;
        settings.taste.saturation = saturation;
        const auto done = colored(flat, settings, &models);
        return done ? sampleAt(done->image, 30, 30, 2) * 255 - 128 : std::nan("");
    };
    const double whole = blueOf(100, 100);
    QVERIFY(std::abs(whole + 25.5) < 1);
    QVERIFY(std::abs(blueOf(50, 100) - whole / 2) <= 1);
    QVERIFY(std::abs(blueOf(100, 50) - whole / 2) <= 1);
    QVERIFY(std::abs(blueOf(100, 200) - whole * 2) <= 1);
    QCOMPARE(blueOf(0, 100), 0.0);
    QCOMPARE(blueOf(100, 0), 0.0);
}

void TestColorize::warmthLeavesGreyAlone()
{
    ChromaProvider models;
    Image flat({64, 64}, Rgb8);
    flat.fill(128);
    ColorizeSettings settings = with({}, packId);
    settings.taste.warmth = 100;
    const auto warm = colored(flat, settings, &models);
    const auto plain = colored(flat, with({}, packId), &models);
    QVERIFY(warm && plain);
    QVERIFY(sampleAt(warm->image, 30, 30, 2) < sampleAt(plain->image, 30, 30, 2) - 0.03);
    models.model->chroma = {0, 0};
    QVERIFY(colored(flat, settings, &models)->image == flat);
}

void TestColorize::withoutModelAndHintsNothingChanges()
{
    const Image photo = photoPicture({200, 160}, Rgb8);
    const auto done = colored(photo, {});
    QVERIFY(done);
    QVERIFY(done->image == photo);
    QCOMPARE(done->record.alteration, Alteration::None);
    QCOMPARE(done->record.method, Colorize::twinId());
    QCOMPARE(done->record.warnings.size(), 2);
}

void TestColorize::brokenModelIsSaidAndTheTwinUsed()
{
    ChromaProvider models;
    models.broken = true;
    const Image photo = greyPhoto({200, 140});
    const auto done = colored(photo, with({point(100, 70, qRgb(200, 0, 0))}, {}), &models);
    QVERIFY(done);
    QCOMPARE(done->record.method, Colorize::twinId());
    QCOMPARE(done->record.alteration, Alteration::HumanEdits);
    QVERIFY(done->record.warnings.first().contains(QStringLiteral("hints")));
    QVERIFY(!colored(photo, with({}, packId), &models));
}

void TestColorize::cancelIsCancelled()
{
    ChromaProvider models;
    OperationContext context;
    context.models = &models;
    const Image photo = greyPhoto({900, 700});
    auto made = Colorize::create({photo.size(), photo.format(), {}}, with({}, packId), context);
    QVERIFY(made);
    WholeSource source(photo);
    std::stop_source stop;
    stop.request_stop();
    const auto refused = (*made)->settle(source, Progress(stop.get_token(), {}));
    QVERIFY(!refused);
    QVERIFY(refused.error().isCancelled());
    models.model->stops = true;
    QVERIFY(!(*made)->settle(source, {}));
    models.model->stops = false;
    QVERIFY((*made)->settle(source, {}));
    WholeSink sink(photo.size(), photo.format());
    QVERIFY((*made)->run(source, sink, Progress(stop.get_token(), {})).error().isCancelled());
}

void TestColorize::hintsOfAnotherSizeAreScaledAndSaid()
{
    const Image photo = greyPhoto({400, 300});
    ColorizeSettings here = with({point(200.5, 150.5, qRgb(200, 0, 0), 8)});
    here.hints.size = {400, 300};
    ColorizeSettings there = with({point(100.25, 75.25, qRgb(200, 0, 0), 4)});
    there.hints.size = {200, 150};
    const auto a = colored(photo, here);
    const auto b = colored(photo, there);
    QVERIFY(a && b);
    QVERIFY(a->image == b->image);
    QCOMPARE(a->record.warnings.size(), 0);
    QCOMPARE(b->record.warnings.size(), 1);
    QVERIFY(b->record.warnings.first().contains(QStringLiteral("200 x 150")));
}

void TestColorize::hintsOutsideAreSaid()
{
    const Image photo = greyPhoto({400, 300});
    const auto done =
        colored(photo, with({point(200, 150, qRgb(200, 0, 0)), point(-90, 5, qRgb(0, 0, 200))}));
    QVERIFY(done);
    QCOMPARE(done->record.warnings.size(), 1);
    QVERIFY(done->record.warnings.first().startsWith(QStringLiteral("1 of 2")));
    QVERIFY(done->image == colored(photo, with({point(200, 150, qRgb(200, 0, 0))}))->image);
}

void TestColorize::greyChannelsAreRefused()
{
    const auto made =
        Colorize::create({QSize(50, 40), {Channels::Gray, Depth::U8}, {}}, with({}), {});
    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::BadArgument);
}

void TestColorize::wrongSettingsAreRefused_data()
{
    QTest::addColumn<QVariantMap>("parameters");
    const auto row = [](const char *key, const QVariant &value) {
        QTest::addRow("%s %s", key, qPrintable(value.toString()))
            << QVariantMap{{QString::fromLatin1(key), value}};
    };
    row("saturation", 201);
    row("saturation", QStringLiteral("much"));
    row("warmth", -101);
    row("variant", -1);
    row("variant", 101);
    row("hints", QStringLiteral("{\"version\":3}"));
    row("hints", QStringLiteral("{"));
}

void TestColorize::wrongSettingsAreRefused()
{
    QFETCH(QVariantMap, parameters);
    const auto settings = ColorizeSettings::fromParameters(parameters);
    QVERIFY(!settings);
    QCOMPARE(settings.error().code, ErrorCode::BadArgument);
}

void TestColorize::regionGivesTheSameBytesAsTheWhole()
{
    ChromaProvider models;
    for (const QByteArray &icc : {QByteArray(), wideGamutProfile()}) {
        const Image photo = photoPicture({700, 600}, Rgb8);
        const ColorizeSettings settings = with({point(500, 500, qRgb(200, 0, 0), 9)}, packId);
        const auto done = colored(photo, settings, &models, icc);
        QVERIFY(done);
        OperationContext context;
        context.models = &models;
        auto operation = Colorize::create({photo.size(), photo.format(), icc}, settings, context);
        QVERIFY(operation);
        WholeSource source(photo, icc);
        QVERIFY((*operation)->settle(source, {}));
        Image parts(photo.size(), photo.format());
        parts.fill(0);
        const QRect region(490, 430, 60, 150);
        QVERIFY((*operation)
                    ->runRegion(source, region, region.center(),
                                [&](const QRect &place, const Image &pixels) {
                                    parts.paste(pixels, place.topLeft());
                                },
                                {}));
        QVERIFY(parts.copied(region) == done->image.copied(region));
    }
}

void TestColorize::oddPicturesAreKept_data()
{
    QTest::addColumn<Image>("picture");
    QTest::newRow("one pixel") << photoPicture({1, 1}, Rgb8);
    QTest::newRow("narrow") << photoPicture({3, 900}, Rgb8);
    QTest::newRow("wide") << photoPicture({2500, 2}, Rgb8);
    Image flat({200, 150}, Rgb8);
    flat.fill(0);
    QTest::newRow("black") << flat;
    flat.fill(255);
    QTest::newRow("white") << flat;
    Image clear({90, 70}, {Channels::Rgba, Depth::U16});
    clear.fill(0);
    QTest::newRow("transparent") << clear;
}

void TestColorize::oddPicturesAreKept()
{
    QFETCH(Image, picture);
    ChromaProvider models;
    for (const QString &model : {Colorize::twinId(), packId}) {
        const auto done =
            colored(picture, with({point(0.5, 0.5, qRgb(200, 0, 0))}, model), &models);
        QVERIFY(done);
        QCOMPARE(done->image.size(), picture.size());
        QCOMPARE(done->image.format(), picture.format());
        QVERIFY(worstLumChange(done->image, picture) <= 1.0 / 255);
    }
}

void TestColorize::resultIsMadeAgainFromItsParameters()
{
    ChromaProvider models;
    const Image photo = greyPhoto({180, 160}, Depth::U16);
    ColorizeSettings settings = with({point(50, 60, qRgb(10, 200, 90))}, {});
    settings.taste = {130, -20};
    settings.variant = 2;
    settings.seed = 1234567;
    const auto first = colored(photo, settings, &models);
    QVERIFY(first);
    const auto read = ColorizeSettings::fromParameters(first->parameters);
    QVERIFY(read);
    QCOMPARE(read->seed, settings.seed);
    QCOMPARE(read->model, packId);
    const auto again = colored(photo, *read, &models);
    QVERIFY(again);
    QVERIFY(first->image == again->image);
}

void TestColorize::recordCountsHintsAndGuesses()
{
    ColorHint guess = point(20, 20, qRgb(1, 2, 3));
    guess.known = false;
    const auto done =
        colored(greyPhoto({100, 90}), with({point(50, 60, qRgb(10, 200, 90)), guess}));
    QVERIFY(done);
    QCOMPARE(done->record.parameters.value(QStringLiteral("hints")).toInt(), 2);
    QCOMPARE(done->record.parameters.value(QStringLiteral("guessed")).toInt(), 1);
}

/// Four fields of colour, faded to a quarter and tinted: the twin gives them back, stronger.
void TestColorize::whatIsLeftOfFadedColoursLeads()
{
    constexpr QRgb fields[] = {qRgb(190, 80, 70), qRgb(70, 110, 190), qRgb(80, 150, 80),
                               qRgb(190, 170, 80)};
    Image faded({320, 200}, Rgb8);
    const auto fieldAt = [&](int x, int y) { return fields[(x >= 160) + 2 * (y >= 100)]; };
    for (int y = 0; y < 200; ++y) {
        for (int x = 0; x < 320; ++x) {
            const QColor c(fieldAt(x, y));
            // Every tenth row is black or white: lights and shadows to read the tint from.
            const double lum = y % 20 == 0    ? 20
                               : y % 20 == 10 ? 235
                                              : 0.3 * c.red() + 0.59 * c.green() + 0.11 * c.blue();
            const double part = y % 10 == 0 ? 0 : 0.25;
            quint8 *p = faded.samples<quint8>(y) + 3 * x;
            p[0] = quint8(lum + part * (c.red() - lum) + 8);
            p[1] = quint8(lum + part * (c.green() - lum));
            p[2] = quint8(lum + part * (c.blue() - lum) - 5);
        }
    }
    ColorizeSettings settings = with({});
    settings.keepsOwn = true;
    const auto done = colored(faded, settings);
    QVERIFY(done);
    for (const QPoint at : {QPoint(80, 55), QPoint(240, 55), QPoint(80, 145), QPoint(240, 145)}) {
        const QColor truth(fieldAt(at.x(), at.y()));
        const auto chroma = [&](const Image &image) {
            const double lum = lumAt(image, at.x(), at.y());
            return std::array{sampleAt(image, at.x(), at.y(), 2) - lum,
                              sampleAt(image, at.x(), at.y(), 0) - lum};
        };
        const double lum = 0.3 * truth.redF() + 0.59 * truth.greenF() + 0.11 * truth.blueF();
        const double u = truth.blueF() - lum;
        const double v = truth.redF() - lum;
        const auto got = chroma(done->image);
        const double length = std::hypot(got[0], got[1]);
        QVERIFY(length > 1.5 * 0.25 * std::hypot(u, v));
        const double cosine = (got[0] * u + got[1] * v) / length / std::hypot(u, v);
        QVERIFY2(cosine > 0.9, qPrintable(QString::number(cosine)));
    }
    const auto read = ColorizeSettings::fromParameters(settings.toParameters());
    QVERIFY(read && *read == settings);
}

void TestColorize::ownColoursOfAGreyPictureSayNothing()
{
    const Image photo = greyPhoto({96, 64});
    ChromaProvider network;
    ColorizeSettings settings;
    const auto without = colored(photo, settings, &network);
    settings.keepsOwn = true;
    const auto with = colored(photo, settings, &network);
    QVERIFY(with && without);
    QVERIFY(with->image == without->image);
}

QTEST_GUILESS_MAIN(TestColorize)
#include "tst_colorize.moc"
