// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/pictureends.h"
#include "operation/texture.h"
#include "support/comparison.h"
#include "support/testpictures.h"

#include <QtTest>

#include <cmath>
#include <complex>
#include <numbers>

using namespace heirloom;
using namespace heirloom::test;

using Wave = PeriodicTexture::Wave;

namespace
{

constexpr double Turn = 2 * std::numbers::pi;
constexpr PixelFormat Rgb8{Channels::Rgb, Depth::U8};

template <typename Change>
Image changed(const Image &image, const Change &change)
{
    Image deep = image.converted(image.format().withDepth(Depth::F32));
    const int step = deep.format().channelCount();
    for (int y = 0; y < deep.height(); ++y) {
        float *row = deep.samples<float>(y);
        for (int x = 0; x < deep.width(); ++x) {
            for (int c = 0; c < deep.format().colorCount(); ++c) {
                float &value = row[x * step + c];
                value = std::clamp(change(value, x, y, c), 0.0F, 1.0F);
            }
        }
    }
    return deep.converted(image.format());
}

/// A sum of waves on a picture, as a paper's surface throws shadows.
Image onPaper(const Image &image, const std::vector<Wave> &waves, double depth = 0.04)
{
    return changed(image, [&](float value, int x, int y, int) {
        double sum = 0;
        for (const Wave &wave : waves)
            sum += std::cos(Turn * (wave.x * x + wave.y * y) + 1);
        return value + float(depth * sum);
    });
}

/// Dots of a printing screen, softened as a scanner does: four by four samples a pixel.
Image printed(const Image &image, double period)
{
    const Image deep = image.converted(image.format().withDepth(Depth::F32));
    const int step = deep.format().channelCount();
    constexpr int parts = 4;
    return changed(image, [&](float, int x, int y, int c) {
        const double angle = 0.3 + 0.5 * c;
        const float value = deep.constSamples<float>(y)[x * step + c];
        int paper = 0;
        for (int j = -parts; j < 2 * parts; ++j) {
            for (int i = -parts; i < 2 * parts; ++i) {
                const double u = x + (i + 0.5) / parts, v = y + (j + 0.5) / parts;
                const double a = u * std::cos(angle) + v * std::sin(angle);
                const double b = v * std::cos(angle) - u * std::sin(angle);
                const double spot =
                    0.5 + 0.25 * (std::cos(Turn * a / period) + std::cos(Turn * b / period));
                paper += value > spot;
            }
        }
        return float(paper) / (9 * parts * parts);
    });
}

Image blurred(const Image &image, double sigma)
{
    const Image deep = image.converted(image.format().withDepth(Depth::F32));
    const int reach = int(std::ceil(3 * sigma));
    return changed(image, [&](float, int x, int y, int c) {
        double sum = 0, weight = 0;
        for (int j = std::max(0, y - reach); j <= std::min(deep.height() - 1, y + reach); ++j) {
            for (int i = std::max(0, x - reach); i <= std::min(deep.width() - 1, x + reach); ++i) {
                const double w =
                    std::exp(-((i - x) * (i - x) + (j - y) * (j - y)) / (2 * sigma * sigma));
                weight += w;
                sum += w * deep.constSamples<float>(j)[3 * i + c];
            }
        }
        return float(sum / weight);
    });
}

PeriodicTexture textureOf(const std::vector<Wave> &waves)
{
    PeriodicTexture texture;
    texture.channels.fill(waves);
    return texture;
}

std::optional<PeriodicTexture> found(const Image &image)
{
    WholeSource source(image);
    const auto texture = findTexture(source);
    return texture ? std::optional(*texture) : std::nullopt;
}

bool holds(const std::vector<Wave> &waves, const Wave &wanted, double tolerance)
{
    return std::any_of(waves.begin(), waves.end(), [&](const Wave &w) {
        return std::min(std::hypot(w.x - wanted.x, w.y - wanted.y),
                        std::hypot(w.x + wanted.x, w.y + wanted.y)) < tolerance;
    });
}

struct Done {
    Image image;
    OperationRecord record;
    QVariantMap parameters;
};

std::optional<Done> cleaned(const Image &image, const TextureSettings &settings = {})
{
    auto made = Texture::create({image.size(), image.format(), {}}, settings, {});
    if (!made)
        return {};
    WholeSource whole(image);
    const auto parameters = (*made)->settle(whole, {});
    StreamedSource source(image, (*made)->retainedRows());
    WholeSink sink(image.size(), image.format());
    const auto record = (*made)->run(source, sink, {});
    if (!parameters || !record)
        return {};
    return Done{sink.image, *record, *parameters};
}

TextureSettings given(const std::vector<Wave> &waves, double amount = 20, double strength = 100)
{
    return {amount, textureOf(waves), strength};
}

const std::vector<Wave> honeycomb{{0.09, 0.03}, {0.019, 0.093}, {-0.071, 0.063}};

/// A transform of rows or columns, term by term.
using Square = std::vector<std::complex<double>>;
Square transformed(const Square &in, int side, double sign)
{
    std::vector<std::complex<double>> turns;
    for (int i = 0; i < side; ++i)
        turns.push_back(std::polar(1.0, sign * Turn * i / side));
    Square rows(in.size()), out(in.size());
    for (int y = 0; y < side; ++y) {
        for (int k = 0; k < side; ++k) {
            for (int x = 0; x < side; ++x)
                rows[size_t(y * side + k)] +=
                    in[size_t(y * side + x)] * turns[size_t(k * x % side)];
        }
    }
    for (int x = 0; x < side; ++x) {
        for (int k = 0; k < side; ++k) {
            for (int y = 0; y < side; ++y)
                out[size_t(k * side + x)] +=
                    rows[size_t(y * side + x)] * turns[size_t(k * y % side)];
        }
    }
    return out;
}

} // namespace

class TestTexture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wavesOfAPaperAreFoundWhereTheyAre_data();
    void wavesOfAPaperAreFoundWhereTheyAre();
    void everyInkHasItsOwnAngle();
    void nothingIsFoundWhereNothingIs_data();
    void nothingIsFoundWhereNothingIs();
    void cleanPictureIsLeftAsItIs();
    void notchesAreThoseOfAPlainTransform();
    void paperIsGoneAndThePictureStays();
    void dotsAreGoneBetterThanByAnyBlur();
    void strengthAndAmountOfNothingChangeNothing();
    void textComesBack();
    void wrongParametersAreRefused_data();
    void wrongParametersAreRefused();
    void regionGivesTheSameBytesAsTheWhole_data();
    void regionGivesTheSameBytesAsTheWhole();
    void sixteenBitsAndAlphaStay();
    void oddPicturesAreKept_data();
    void oddPicturesAreKept();
    void resultIsMadeAgainFromItsParameters();
    void stopIsObeyed();
};

void TestTexture::wavesOfAPaperAreFoundWhereTheyAre_data()
{
    QTest::addColumn<double>("scale");
    QTest::addColumn<int>("side");
    QTest::newRow("fine") << 2.2 << 400;
    QTest::newRow("as it is") << 1.0 << 400;
    QTest::newRow("coarse, seen at a half") << 0.45 << 700;
    QTest::newRow("very coarse, seen at a quarter") << 0.22 << 1300;
}

void TestTexture::wavesOfAPaperAreFoundWhereTheyAre()
{
    QFETCH(double, scale);
    QFETCH(int, side);
    std::vector<Wave> waves = honeycomb;
    for (Wave &wave : waves)
        wave = {wave.x * scale, wave.y * scale};
    const auto texture = found(onPaper(photoPicture({side, side}, Rgb8), waves));
    QVERIFY(texture);
    for (const auto &channel : texture->channels) {
        for (const Wave &wave : waves)
            QVERIFY2(holds(channel, wave, 0.002), qPrintable(texture->toText()));
    }
    QVERIFY(std::abs(texture->period() * waves[0].frequency() - 1) < 0.15);
    // Three waves of 0.04.
    QVERIFY2(std::abs(texture->contrast - 0.04 * 255 * std::sqrt(1.5)) < 4,
             qPrintable(QString::number(texture->contrast)));
}

void TestTexture::everyInkHasItsOwnAngle()
{
    const auto texture = found(printed(photoPicture({500, 400}, Rgb8), 5));
    QVERIFY(texture);
    for (int c = 0; c < 3; ++c) {
        const double angle = 0.3 + 0.5 * c;
        const Wave own{std::cos(angle) / 5, std::sin(angle) / 5};
        for (int other = 0; other < 3; ++other)
            QCOMPARE(holds(texture->channels[size_t(other)], own, 0.003), other == c);
    }
}

void TestTexture::nothingIsFoundWhereNothingIs_data()
{
    QTest::addColumn<Image>("picture");
    const Image photo = photoPicture({500, 400}, Rgb8);
    QTest::newRow("photo") << photo;
    QTest::newRow("noise") << noisePicture({400, 400}, Rgb8);
    const Image steps = noisePicture({63, 50}, Rgb8, 7);
    QTest::newRow("blocks of eight, as JPEG leaves them")
        << changed(photo, [&](float v, int x, int y, int c) {
               return v + 0.1F * (float(sampleAt(steps, x / 8, y / 8, c)) - 0.5F);
           });
    // Rounded to 8 bit, an even wave has waves in other directions too.
    const Image deep = photoPicture({500, 400}, {Channels::Rgb, Depth::U16});
    const Image soft = changed(deep, [](float v, int, int, int) { return 0.2F + 0.6F * v; });
    QTest::newRow("stripes in one direction") << onPaper(soft, {{0.1, 0.04}});
    QTest::newRow("a fence in a third of it") << changed(photo, [](float v, int x, int y, int) {
        return x > 330 ? v + 0.2F * float(std::cos(Turn * (0.1 * x + 0.06 * y)) +
                                          std::cos(Turn * (0.1 * x - 0.06 * y)))
                       : v;
    });
    Image black({300, 300}, Rgb8);
    black.fill(0);
    QTest::newRow("black") << black;
    QTest::newRow("too small to tell") << onPaper(photoPicture({120, 400}, Rgb8), honeycomb);
}

void TestTexture::nothingIsFoundWhereNothingIs()
{
    QFETCH(Image, picture);
    const auto texture = found(picture);
    QVERIFY(texture);
    QVERIFY2(texture->isEmpty(), qPrintable(texture->toText()));
}

void TestTexture::cleanPictureIsLeftAsItIs()
{
    const Image photo = photoPicture({500, 400}, Rgb8);
    const auto done = cleaned(photo);
    QVERIFY(done);
    QVERIFY(done->image == photo);
    QCOMPARE(done->record.alteration, Alteration::None);
    QCOMPARE(done->record.changedShare, 0.0);
    QCOMPARE(done->record.warnings.size(), 1);
    QCOMPARE(done->parameters.value(QStringLiteral("waves")).toString(), QStringLiteral("none"));
}

void TestTexture::notchesAreThoseOfAPlainTransform()
{
    const Image photo = photoPicture({150, 140}, {Channels::Rgb, Depth::F32});
    const PeriodicTexture texture = textureOf({{0.12, 0.05}, {-0.05, 0.12}});
    constexpr double width = 0.2;
    NotchFilter filter;
    filter.set(texture, width);
    const int side = NotchFilter::windowFor(texture);
    QCOMPARE(side, 128);
    ModelInput input;
    input.image = Planes(3, 192, 192);
    const auto sample = [&](int x, int y, int c) {
        return double(photo.constSamples<float>(std::min(y, 139))[3 * std::min(x, 149) + c]);
    };
    for (int c = 0; c < 3; ++c) {
        for (int y = 0; y < 192; ++y) {
            for (int x = 0; x < 192; ++x)
                input.image.row(c, y)[x] = float(sample(x, y, c));
        }
    }
    RunControl control;
    const auto out = filter.run(input, control);
    QVERIFY(out);

    const auto mirrored = [](int i) { return i < 0 ? -1 - i : i > 191 ? 383 - i : i; };
    std::vector<double> expected(192 * 192);
    const double sigma = width / texture.period();
    for (int top = -side; top < 192; top += side / 2) {
        for (int left = -side; left < 192; left += side / 2) {
            Square window(size_t(side * side));
            const auto weight = [&](int x, int y) {
                return std::sin(std::numbers::pi * (x + 0.5) / side) *
                       std::sin(std::numbers::pi * (y + 0.5) / side);
            };
            double mean = 0;
            for (int y = 0; y < side; ++y) {
                for (int x = 0; x < side; ++x)
                    mean += sample(mirrored(left + x), mirrored(top + y), 1) / (side * side);
            }
            for (int y = 0; y < side; ++y) {
                for (int x = 0; x < side; ++x) {
                    window[size_t(y * side + x)] =
                        weight(x, y) * (sample(mirrored(left + x), mirrored(top + y), 1) - mean);
                }
            }
            Square spectrum = transformed(window, side, -1);
            for (int y = 0; y < side; ++y) {
                for (int x = 0; x < side; ++x) {
                    double nearest = 9;
                    for (const Wave &wave : texture.channels[1]) {
                        for (int sx = -1; sx <= 1; ++sx) {
                            for (int sy = -1; sy <= 1; ++sy) {
                                const double fx = double(x) / side + sx, fy = double(y) / side + sy;
                                nearest = std::min({nearest, std::hypot(fx - wave.x, fy - wave.y),
                                                    std::hypot(fx + wave.x, fy + wave.y)});
                            }
                        }
                    }
                    spectrum[size_t(y * side + x)] *=
                        1 - std::exp(-nearest * nearest / (2 * sigma * sigma));
                }
            }
            const Square back = transformed(spectrum, side, 1);
            for (int y = std::max(0, -top); y < std::min(side, 192 - top); ++y) {
                for (int x = std::max(0, -left); x < std::min(side, 192 - left); ++x) {
                    const double w = weight(x, y);
                    expected[size_t((top + y) * 192 + left + x)] +=
                        w * (back[size_t(y * side + x)].real() / (side * side) + mean * w);
                }
            }
        }
    }
    for (int y = 0; y < 192; ++y) {
        for (int x = 0; x < 192; ++x)
            QVERIFY(std::abs(out->row(1, y)[x] - expected[size_t(y * 192 + x)]) < 2e-5);
    }
}

void TestTexture::paperIsGoneAndThePictureStays()
{
    const Image photo = photoPicture({500, 400}, Rgb8);
    const Image paper = onPaper(photo, honeycomb);
    const auto done = cleaned(paper);
    QVERIFY(done);
    QVERIFY2(psnr(done->image, photo) > psnr(paper, photo) + 8,
             qPrintable(
                 QStringLiteral("%1 of %2").arg(psnr(done->image, photo)).arg(psnr(paper, photo))));
    QCOMPARE(done->record.alteration, Alteration::AlgorithmicallyEnhanced);
    QCOMPARE(done->record.method, Texture::twinId());
    QVERIFY(done->record.warnings.isEmpty());
    QVERIFY(found(done->image)->isEmpty());
}

void TestTexture::dotsAreGoneBetterThanByAnyBlur()
{
    const Image photo = photoPicture({400, 300}, Rgb8);
    const Image dots = printed(photo, 5);
    const auto done = cleaned(dots);
    QVERIFY(done);
    double best = 0;
    for (const double sigma : {0.8, 1.2, 1.6, 2.0, 2.5, 3.0})
        best = std::max(best, psnr(blurred(dots, sigma), photo));
    QVERIFY2(psnr(done->image, photo) > best + 0.5,
             qPrintable(QStringLiteral("%1, blur %2").arg(psnr(done->image, photo)).arg(best)));
}

void TestTexture::strengthAndAmountOfNothingChangeNothing()
{
    const Image paper = onPaper(photoPicture({300, 200}, Rgb8), honeycomb);
    QVERIFY(cleaned(paper, given(honeycomb, 20, 0))->image == paper);
    QVERIFY(cleaned(paper, given(honeycomb, 0))->image == paper);
    QVERIFY(cleaned(paper, given(honeycomb))->image != paper);
    QVERIFY(!cleaned(paper, given(honeycomb, 20, 101)));
}

void TestTexture::textComesBack()
{
    PeriodicTexture texture;
    texture.channels[0] = {{0.125, 0.25}, {-0.0625, 0.1}};
    texture.channels[2] = {{0, 0.03125}};
    QCOMPARE(*PeriodicTexture::fromText(texture.toText()), texture);
    QCOMPARE(*PeriodicTexture::fromText(PeriodicTexture().toText()), PeriodicTexture());
    const TextureSettings settings{30, texture, 100};
    QCOMPARE(*TextureSettings::fromParameters(settings.toParameters()), settings);
    QCOMPARE(*TextureSettings::fromParameters({}), TextureSettings());
}

void TestTexture::wrongParametersAreRefused_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    QTest::newRow("amount of words") << "amount" << "much";
    QTest::newRow("amount below") << "amount" << "-1";
    QTest::newRow("amount above") << "amount" << "100.5";
    QTest::newRow("amount, no number") << "amount" << "nan";
    QTest::newRow("waves of words") << "waves" << "silk";
    QTest::newRow("one channel") << "waves" << "0.1 0.1";
    QTest::newRow("half a wave") << "waves" << "0.1; ;";
    QTest::newRow("no waves") << "waves" << "; ;";
    QTest::newRow("too coarse") << "waves" << "0 0.001; ;";
    QTest::newRow("too fine") << "waves" << "0.7 0.1; ;";
    QTest::newRow("not a number") << "waves" << "nan 0.1; ;";
}

void TestTexture::wrongParametersAreRefused()
{
    QFETCH(QString, key);
    QFETCH(QString, text);
    const auto settings = TextureSettings::fromParameters({{key, text}});
    QVERIFY(!settings);
    QCOMPARE(settings.error().code, ErrorCode::BadArgument);
}

void TestTexture::regionGivesTheSameBytesAsTheWhole_data()
{
    QTest::addColumn<QRect>("region");
    QTest::addColumn<bool>("alone");
    for (const bool alone : {false, true}) {
        QTest::addRow("middle, %s", alone ? "alone" : "in tiles")
            << QRect(310, 290, 71, 53) << alone;
        QTest::addRow("corner, %s", alone ? "alone" : "in tiles")
            << QRect(600, 500, 50, 33) << alone;
    }
}

void TestTexture::regionGivesTheSameBytesAsTheWhole()
{
    QFETCH(QRect, region);
    QFETCH(bool, alone);
    const Image paper = onPaper(photoPicture({650, 533}, Rgb8), honeycomb);
    const auto whole = cleaned(paper, given(honeycomb));
    QVERIFY(whole);
    OperationContext context;
    context.regionAlone = alone;
    auto made = Texture::create({paper.size(), paper.format(), {}}, given(honeycomb), context);
    QVERIFY(made);
    WholeSource source(paper);
    Image parts(paper.size(), paper.format());
    parts.fill(0);
    QVERIFY((*made)->runRegion(source, region, region.center(),
                               [&](const QRect &place, const Image &pixels) {
                                   parts.paste(pixels, place.topLeft());
                               },
                               {}));
    QVERIFY(parts.copied(region) == whole->image.copied(region));
}

void TestTexture::sixteenBitsAndAlphaStay()
{
    const PixelFormat deep{Channels::Rgba, Depth::U16};
    const Image photo = photoPicture({400, 300}, deep);
    const Image paper = onPaper(photo, honeycomb);
    const auto done = cleaned(paper);
    QVERIFY(done);
    QCOMPARE(done->image.format(), deep);
    QVERIFY(psnr(done->image, photo) > psnr(paper, photo) + 8);
    int between = 0;
    for (int y = 0; y < paper.height(); ++y) {
        for (int x = 0; x < paper.width(); ++x) {
            QCOMPARE(done->image.constSamples<quint16>(y)[4 * x + 3],
                     paper.constSamples<quint16>(y)[4 * x + 3]);
            between += done->image.constSamples<quint16>(y)[4 * x] % 257 != 0;
        }
    }
    QVERIFY(between > paper.width() * paper.height() / 2);
}

void TestTexture::oddPicturesAreKept_data()
{
    QTest::addColumn<Image>("picture");
    QTest::newRow("one pixel") << photoPicture({1, 1}, Rgb8);
    QTest::newRow("narrow") << photoPicture({3, 400}, Rgb8);
    Image black({200, 150}, Rgb8);
    black.fill(0);
    QTest::newRow("black") << black;
    QTest::newRow("grey, 16 bit") << photoPicture({200, 150}, {Channels::Gray, Depth::U16});
    QTest::newRow("grey, alpha") << photoPicture({200, 150}, {Channels::GrayAlpha, Depth::U8});
}

void TestTexture::oddPicturesAreKept()
{
    QFETCH(Image, picture);
    for (const TextureSettings &settings : {TextureSettings(), given(honeycomb)}) {
        const auto done = cleaned(picture, settings);
        QVERIFY(done);
        QCOMPARE(done->image.size(), picture.size());
        QCOMPARE(done->image.format(), picture.format());
        if (!settings.waves)
            QVERIFY(done->image == picture);
    }
}

void TestTexture::resultIsMadeAgainFromItsParameters()
{
    const Image dots = printed(photoPicture({400, 300}, {Channels::Gray, Depth::U8}), 4.5);
    const auto first = cleaned(dots);
    QVERIFY(first);
    QVERIFY(first->image != dots);
    QCOMPARE(first->record.parameters, first->parameters);
    const auto again = cleaned(dots, *TextureSettings::fromParameters(first->parameters));
    QVERIFY(again);
    QVERIFY(first->image == again->image);
}

void TestTexture::stopIsObeyed()
{
    const Image paper = onPaper(photoPicture({400, 300}, Rgb8), honeycomb);
    std::stop_source stop;
    stop.request_stop();
    const Progress progress(stop.get_token(), {});
    WholeSource source(paper);
    QVERIFY(findTexture(source, progress).error().isCancelled());
    auto made = Texture::create({paper.size(), paper.format(), {}}, given(honeycomb), {});
    WholeSink sink(paper.size(), paper.format());
    QVERIFY((*made)->run(source, sink, progress).error().isCancelled());
}

QTEST_GUILESS_MAIN(TestTexture)
#include "tst_texture.moc"
