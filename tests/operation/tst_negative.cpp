// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/errortext.h"
#include "image/lab.h"
#include "operation/negative.h"
#include "operation/pictureends.h"
#include "support/comparison.h"
#include "support/testpictures.h"

#include <QtTest>

#include <cmath>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

using Film = NegativeSettings::Film;

constexpr PixelFormat Rgb8{Channels::Rgb, Depth::U8};
constexpr PixelFormat Rgb16{Channels::Rgb, Depth::U16};
constexpr double toe = 0.006; ///< exposure that the film just begins to answer
constexpr std::array<double, 3> gammaOfFilm{0.6, 0.6, 0.6};
/// Light through the unexposed film: what an orange mask lets through.
constexpr std::array<double, 3> orange{0.85, 0.40, 0.22};

double coded(double linear)
{
    return double(linearToSrgb(float(linear)));
}

/// A film exposed to the picture and scanned, with so much unexposed film around it. gamma: of the
/// layers for red, green and blue.
Image negativeOf(const Image &positive, const std::array<double, 3> &base, int rebate,
                 const std::array<double, 3> &gamma)
{
    const Image scene = positive.converted({Channels::Rgb, Depth::F32});
    const QSize size = positive.size() + QSize(2 * rebate, 2 * rebate);
    Image scan(size, {Channels::Rgb, Depth::F32});
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            const QPoint at(x - rebate, y - rebate);
            const bool exposed = QRect(QPoint(0, 0), scene.size()).contains(at);
            for (int c = 0; c < 3; ++c) {
                const double light =
                    exposed
                        ? double(srgbToLinear(scene.constSamples<float>(at.y())[at.x() * 3 + c]))
                        : 0;
                const double density = gamma[size_t(c)] * std::log10(1 + light / toe);
                scan.samples<float>(y)[x * 3 + c] =
                    float(coded(base[size_t(c)] * std::pow(10, -density)));
            }
        }
    }
    return scan.converted(positive.format());
}

struct Done {
    Image image;
    OperationRecord record;
    QVariantMap parameters;
};

Result<Done> developed(const Image &image, const NegativeSettings &settings)
{
    auto made = Negative::create({image.size(), image.format(), {}}, settings, {});
    if (!made)
        return fail(made.error());
    StreamedSource looked(image, 0);
    StreamedSource source(image, (*made)->retainedRows());
    const auto parameters = (*made)->settle(looked, {});
    if (!parameters)
        return fail(parameters.error());
    WholeSink sink(image.size(), image.format());
    const auto record = (*made)->run(source, sink, {});
    if (!record)
        return fail(record.error());
    return Done{sink.image, *record, *parameters};
}

NegativeSettings given(Film film, const std::array<double, 3> &base, double range)
{
    NegativeSettings settings;
    settings.film = film;
    settings.base = base;
    settings.range = {range, range, range};
    return settings;
}

/// From pure black to pure white, so that nothing has to be guessed.
Image fullScene(PixelFormat format)
{
    Image scene = photoPicture({200, 150}, {Channels::Rgb, format.depth});
    for (int y = 0; y < 20; ++y) {
        for (int x = 0; x < 60; ++x) {
            for (int c = 0; c < 3; ++c) {
                if (format.depth == Depth::U16)
                    scene.samples<quint16>(y)[x * 3 + c] = x < 30 ? 0 : 65535;
                else
                    scene.samples<quint8>(y)[x * 3 + c] = x < 30 ? 0 : 255;
            }
        }
    }
    return scene.converted(format);
}

} // namespace

class TestNegative : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sceneComesBack_data();
    void sceneComesBack();
    void whitestIsNeutralThoughLayersDiffALittle();
    void everyPixelGoesThroughTheFilmsCurve_data();
    void everyPixelGoesThroughTheFilmsCurve();
    void settledParametersGiveTheSamePicture();
    void holesBesideTheFilmAreNotItsBase();
    void unknownFilmIsASentence();
    void parametersComeBack();
    void wrongParametersAreRefused_data();
    void wrongParametersAreRefused();
    void tinyAndPlainPicturesAreDone_data();
    void tinyAndPlainPicturesAreDone();
    void strengthBlends();
};

void TestNegative::sceneComesBack_data()
{
    QTest::addColumn<QString>("film");
    QTest::addColumn<int>("rebate");
    QTest::newRow("colour with its rebate") << QStringLiteral("colour") << 12;
    QTest::newRow("colour without") << QStringLiteral("colour") << 0;
    QTest::newRow("silver") << QStringLiteral("bw") << 12;
}

void TestNegative::sceneComesBack()
{
    QFETCH(QString, film);
    QFETCH(int, rebate);
    const bool silver = film == QLatin1String("bw");
    Image scene = fullScene(Rgb16);
    if (silver) // with luminance in all three
        scene = scene.converted({Channels::Gray, Depth::U16}).converted(Rgb16);
    const std::array<double, 3> base = silver ? std::array{0.8, 0.8, 0.8} : orange;
    const auto done = developed(negativeOf(scene, base, rebate, gammaOfFilm), {});
    QVERIFY(done);
    QCOMPARE(done->parameters.value(QStringLiteral("film")).toString(), film);
    QCOMPARE(done->record.method, Negative::twinId());
    const Image back = done->image.copied(QRect({rebate, rebate}, scene.size()));
    double sum = 0;
    for (int y = 0; y < scene.height(); ++y) {
        for (int i = 0; i < scene.width() * 3; ++i)
            sum += std::abs(int(back.constSamples<quint16>(y)[i]) -
                            int(scene.constSamples<quint16>(y)[i]));
    }
    const double mean = sum / (scene.width() * scene.height() * 3.0) / 65535;
    QVERIFY2(mean < 0.02, qPrintable(QString::number(mean)));
}

void TestNegative::whitestIsNeutralThoughLayersDiffALittle()
{
    const Image scene = fullScene(Rgb16);
    const auto done = developed(negativeOf(scene, orange, 12, {0.6, 0.595, 0.59}), {});
    QVERIFY(done);
    const auto *white = done->image.constSamples<quint16>(12 + 10) + qsizetype(12 + 45) * 3;
    const auto [least, most] = std::minmax({white[0], white[1], white[2]});
    QVERIFY2(least > 65000 && most - least < 300, qPrintable(QString::number(most - least)));
}

void TestNegative::everyPixelGoesThroughTheFilmsCurve_data()
{
    QTest::addColumn<Film>("film");
    QTest::newRow("colour") << Film::Color;
    QTest::newRow("silver") << Film::BlackAndWhite;
    QTest::newRow("slide") << Film::Slide;
}

void TestNegative::everyPixelGoesThroughTheFilmsCurve()
{
    QFETCH(Film, film);
    const double range = 1.4;
    const std::array<double, 3> base =
        film == Film::Color ? std::array{236.0, 170.0, 129.0} : std::array{240.0, 240.0, 240.0};
    const Image scan = photoPicture({61, 47}, Rgb16);
    const auto done = developed(scan, given(film, base, range));
    QVERIFY(done);
    double worst = 0;
    for (int y = 0; y < scan.height(); ++y) {
        for (int x = 0; x < scan.width(); ++x) {
            std::array<double, 3> light{};
            for (size_t c = 0; c < 3; ++c)
                light[c] =
                    double(srgbToLinear(scan.constSamples<quint16>(y)[x * 3 + int(c)] / 65535.0F));
            if (film == Film::BlackAndWhite)
                light.fill(0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]);
            for (size_t c = 0; c < 3; ++c) {
                const double through = double(srgbToLinear(float(base[c] / 255)));
                const double density =
                    std::max(0.0, std::log10(through / std::max(light[c], 1e-5)));
                const double result =
                    film == Film::Slide
                        ? (std::pow(10, -density) - std::pow(10, -range)) /
                              (1 - std::pow(10, -range))
                        : (std::pow(10, density / 0.6) - 1) / (std::pow(10, range / 0.6) - 1);
                const double wanted = coded(std::clamp(result, 0.0, 1.0));
                const double got = done->image.constSamples<quint16>(y)[x * 3 + int(c)] / 65535.0;
                worst = std::max(worst, std::abs(got - wanted));
            }
        }
    }
    QVERIFY2(worst < 0.002, qPrintable(QString::number(worst)));
}

void TestNegative::settledParametersGiveTheSamePicture()
{
    const Image scan = negativeOf(fullScene(Rgb8), orange, 8, gammaOfFilm);
    const auto first = developed(scan, {});
    QVERIFY(first);
    const auto settings = NegativeSettings::fromParameters(first->parameters);
    QVERIFY(settings);
    const auto again = developed(scan, *settings);
    QVERIFY(again);
    QVERIFY(again->image == first->image);
    QCOMPARE(again->parameters, first->parameters);
}

void TestNegative::holesBesideTheFilmAreNotItsBase()
{
    Image scan = negativeOf(fullScene(Rgb8), orange, 16, gammaOfFilm);
    const auto whole = developed(scan, {});
    for (int hole = 0; hole < 6; ++hole) { // white light through sprocket holes
        for (int y = 3; y < 12; ++y)
            std::fill_n(scan.samples<quint8>(y) + (10 + hole * 36) * 3, 14 * 3, quint8(255));
    }
    const auto perforated = developed(scan, {});
    QVERIFY(whole);
    QVERIFY2(perforated, qPrintable(perforated ? QString() : errorSentence(perforated.error())));
    const auto base = [](const Done &done) {
        return done.parameters.value(QStringLiteral("base"))
            .toString()
            .section(u' ', 0, 0)
            .toDouble();
    };
    QVERIFY2(std::abs(base(*whole) - base(*perforated)) < 3,
             qPrintable(perforated->parameters.value(QStringLiteral("base")).toString()));
}

void TestNegative::unknownFilmIsASentence()
{
    // Colours, but no orange: a positive, or a film without a mask.
    const auto done = developed(fullScene(Rgb8), {});
    QVERIFY(!done);
    QCOMPARE(done.error().code, ErrorCode::BadArgument);
    QVERIFY(done.error().arguments.last().contains(QStringLiteral("slide")));
    NegativeSettings slide;
    slide.film = Film::Slide;
    QVERIFY(developed(fullScene(Rgb8), slide));
}

void TestNegative::parametersComeBack()
{
    for (const NegativeSettings &settings :
         {NegativeSettings(), given(Film::Color, {230.5, 160.25, 120}, 1.25),
          given(Film::Slide, {250, 250, 250}, 2.5)}) {
        const auto back = NegativeSettings::fromParameters(settings.toParameters());
        QVERIFY(back);
        QVERIFY(*back == settings);
    }
}

void TestNegative::wrongParametersAreRefused_data()
{
    QTest::addColumn<QVariantMap>("parameters");
    QTest::newRow("film") << QVariantMap{{QStringLiteral("film"), QStringLiteral("tin")}};
    QTest::newRow("two numbers") << QVariantMap{{QStringLiteral("base"), QStringLiteral("3 4")}};
    QTest::newRow("black base") << QVariantMap{{QStringLiteral("base"), QStringLiteral("0 9 9")}};
    QTest::newRow("no number") << QVariantMap{{QStringLiteral("base"), QStringLiteral("a b c")}};
    QTest::newRow("range") << QVariantMap{{QStringLiteral("range"), 9}};
    QTest::newRow("two ranges") << QVariantMap{{QStringLiteral("range"), QStringLiteral("1 2")}};
    QTest::newRow("one range too large")
        << QVariantMap{{QStringLiteral("range"), QStringLiteral("1 1 9")}};
    QTest::newRow("gamma") << QVariantMap{{QStringLiteral("gamma"), QStringLiteral("nan")}};
}

void TestNegative::wrongParametersAreRefused()
{
    QFETCH(QVariantMap, parameters);
    const auto settings = NegativeSettings::fromParameters(parameters);
    QVERIFY(!settings);
    QCOMPARE(settings.error().code, ErrorCode::BadArgument);
}

void TestNegative::tinyAndPlainPicturesAreDone_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("value");
    QTest::addColumn<Channels>("channels");
    QTest::newRow("one pixel") << QSize(1, 1) << 90 << Channels::Rgb;
    QTest::newRow("black") << QSize(40, 30) << 0 << Channels::Rgb;
    QTest::newRow("white") << QSize(40, 30) << 255 << Channels::Rgb;
    QTest::newRow("grey") << QSize(40, 30) << 120 << Channels::Gray;
    QTest::newRow("with alpha") << QSize(40, 30) << 120 << Channels::Rgba;
}

void TestNegative::tinyAndPlainPicturesAreDone()
{
    QFETCH(QSize, size);
    QFETCH(int, value);
    QFETCH(Channels, channels);
    Image image(size, {channels, Depth::U8});
    for (int y = 0; y < size.height(); ++y)
        std::fill_n(image.samples<quint8>(y), size.width() * image.format().channelCount(),
                    quint8(value));
    const auto done = developed(image, {});
    QVERIFY2(done, qPrintable(done ? QString() : errorSentence(done.error())));
    QCOMPARE(done->parameters.value(QStringLiteral("film")).toString(), QStringLiteral("bw"));
    QCOMPARE(done->image.format(), image.format());
    if (image.format().hasAlpha())
        QCOMPARE(int(done->image.constSamples<quint8>(0)[3]), value);
}

void TestNegative::strengthBlends()
{
    NegativeSettings settings = given(Film::Color, {236, 170, 129}, 1.4);
    const Image scan = photoPicture({50, 40}, Rgb8);
    settings.strength = 0;
    const auto none = developed(scan, settings);
    QVERIFY(none);
    QVERIFY(none->image == scan);
    settings.strength = 120;
    QVERIFY(!developed(scan, settings));
}

QTEST_GUILESS_MAIN(TestNegative)
#include "tst_negative.moc"
