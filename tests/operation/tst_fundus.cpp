// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/lab.h"
#include "operation/fundus.h"
#include "operation/pictureends.h"
#include "support/comparison.h"
#include "support/testpictures.h"

#include <QtTest>

#include <cmath>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr PixelFormat Rgb8{Channels::Rgb, Depth::U8};

/// The back of an eye: a reddish disc with an optic disc and dark vessels, its light falling off to
/// one side, on black. Where: in pixels.
struct Eye {
    QSize size{400, 300};
    double x = 210, y = 146, radius = 132;
    double fall = 0;           ///< natural logarithm of the light from middle to edge
    int top = 0, bottom = 300; ///< rows outside of which it is cut off
    double contrast = 0.06;    ///< of the vessels, coded
    double texture = 0;        ///< all over the field: so much at the most

    bool contains(int px, int py) const
    {
        return std::hypot(px + 0.5 - x, py + 0.5 - y) < radius && py >= top && py < bottom;
    }
};

Image picture(const Eye &eye, PixelFormat format = Rgb8)
{
    Image deep(eye.size, {Channels::Rgb, Depth::F32});
    for (int y = 0; y < deep.height(); ++y) {
        float *pixel = deep.samples<float>(y);
        for (int x = 0; x < deep.width(); ++x, pixel += 3) {
            if (!eye.contains(x, y)) {
                std::fill_n(pixel, 3, 0.01F);
                continue;
            }
            const double u = (x + 0.5 - eye.x) / eye.radius, v = (y + 0.5 - eye.y) / eye.radius;
            const double vessel =
                std::abs(std::sin(5 * v + std::sin(3 * u))) < 0.15 ? eye.contrast : 0;
            const double disc = std::hypot(u - 0.5, v) < 0.15 ? 0.2 : 0;
            const double light = std::exp(eye.fall * (u - (u * u + v * v) / 2));
            const double texture = eye.texture * std::sin(0.9 * x) * std::cos(1.1 * y);
            const double color[3] = {0.62 + disc, 0.34 + disc - vessel + texture, 0.2 + disc / 2};
            for (int c = 0; c < 3; ++c)
                pixel[c] = linearToSrgb(float(light * double(srgbToLinear(float(color[c])))));
        }
    }
    return deep.converted(format);
}

struct Done {
    Image image;
    OperationRecord record;
    FundusSettings settings;
};

std::optional<Done> improved(const Image &image, const FundusSettings &settings = {},
                             int tile = 0)
{
    OperationContext context;
    context.tile = tile;
    auto made = Fundus::create({image.size(), image.format(), {}}, settings, context);
    if (!made)
        return {};
    StreamedSource looked(image, 0);
    const auto parameters = (*made)->settle(looked, {});
    StreamedSource source(image, (*made)->retainedRows());
    WholeSink sink(image.size(), image.format());
    const auto record = (*made)->run(source, sink, {});
    if (!parameters || !record)
        return {};
    return Done{sink.image, *record, *FundusSettings::fromParameters(*parameters)};
}

/// Standard deviation of green in the field, away from its edge.
double spread(const Image &image, const Eye &eye)
{
    double sum = 0, squares = 0;
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (std::hypot(x + 0.5 - eye.x, y + 0.5 - eye.y) > 0.9 * eye.radius)
                continue;
            const double value = sampleAt(image, x, y, 1);
            sum += value;
            squares += value * value;
            ++count;
        }
    }
    return std::sqrt(squares / count - sum * sum / count / count);
}

/// The equalisation as its paper tells it, one pixel at a time: the levels of the blocks around it,
/// each from all pixels of that block anew.
float plainlyEqualised(const Planes &rgb, const FundusField &field, double limit, int px, int py)
{
    const int side = FundusFilter::blockFor(field, rgb.size());
    const auto isInside = [&](int x, int y) {
        return std::hypot(x + 0.5 - field.x * rgb.width, y + 0.5 - field.y * rgb.width) <
               0.98 * field.radius * rgb.width;
    };
    const float value = rgb.row(1, py)[px];
    double sum = 0, weights = 0;
    for (int row = -1; row <= rgb.height / side; ++row) {
        for (int column = -1; column <= rgb.width / side; ++column) {
            const double wx = 1 - std::abs((px + 0.5) / side - column - 0.5);
            const double wy = 1 - std::abs((py + 0.5) / side - row - 0.5);
            if (wx <= 0 || wy <= 0)
                continue;
            std::vector<double> counts(256, 0.0);
            double total = 0;
            for (int y = std::max(0, row * side); y < std::min(rgb.height, (row + 1) * side); ++y) {
                for (int x = std::max(0, column * side);
                     x < std::min(rgb.width, (column + 1) * side); ++x) {
                    if (!isInside(x, y))
                        continue;
                    counts[size_t(std::clamp(int(rgb.row(1, y)[x] * 256), 0, 255))] += 1;
                    total += 1;
                }
            }
            if (total <= 0)
                continue;
            for (int round = 0; round < 6; ++round) {
                double over = 0;
                for (double &count : counts) {
                    over += std::max(0.0, count - limit * total / 256);
                    count = std::min(count, limit * total / 256);
                }
                for (double &count : counts)
                    count += over / 256;
            }
            double below = 0;
            for (int bin = 0; bin < 256; ++bin)
                below += counts[size_t(bin)] * std::clamp(double(value) * 256 - bin, 0.0, 1.0);
            sum += wx * wy * total * below / total;
            weights += wx * wy * total;
        }
    }
    return float(sum / weights);
}

} // namespace

class TestFundus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fieldIsFound_data();
    void fieldIsFound();
    void nothingIsFoundWhereNothingIs_data();
    void nothingIsFoundWhereNothingIs();
    void lightIsEvened();
    void vesselsStandOutMore_data();
    void vesselsStandOutMore();
    void equalisationIsThePapers();
    void notOneBitChangesOutside_data();
    void notOneBitChangesOutside();
    void itSaysThatItIsNoMedicalDevice();
    void everyTilingGivesTheSameBytes_data();
    void everyTilingGivesTheSameBytes();
    void regionGivesTheSameBytesAsTheWhole();
    void textComesBack();
    void wrongParametersAreRefused_data();
    void wrongParametersAreRefused();
    void oddPicturesAreKept_data();
    void oddPicturesAreKept();
    void resultIsMadeAgainFromItsParameters();
};

void TestFundus::fieldIsFound_data()
{
    QTest::addColumn<Eye>("eye");
    QTest::newRow("whole") << Eye{};
    QTest::newRow("falling light") << Eye{.fall = 0.6};
    QTest::newRow("cut off above and below") << Eye{.radius = 160, .top = 30, .bottom = 262};
    QTest::newRow("larger than the picture is high") << Eye{.x = 200, .y = 150, .radius = 180};
    QTest::newRow("at the side") << Eye{.x = 260, .radius = 135};
}

void TestFundus::fieldIsFound()
{
    QFETCH(Eye, eye);
    const FundusField field = [&] {
        WholeSource source(picture(eye));
        return findFundus(source).value();
    }();
    QVERIFY(!field.isEmpty());
    const double width = eye.size.width();
    QVERIFY2(std::abs(field.x * width - eye.x) < 2, qPrintable(field.toText()));
    QVERIFY2(std::abs(field.y * width - eye.y) < 3, qPrintable(field.toText()));
    QVERIFY2(std::abs(field.radius * width - eye.radius) < 3, qPrintable(field.toText()));
    if (eye.top > 0) {
        QVERIFY(std::abs(field.top * width - eye.top) < 4);
        QVERIFY(std::abs(field.bottom * width - eye.bottom) < 4);
    } else {
        QVERIFY(field.top * width <= std::max(0.0, eye.y - eye.radius) + 1);
        QVERIFY(field.bottom * width >=
                std::min(double(eye.size.height()), eye.y + eye.radius) - 1);
    }
}

void TestFundus::nothingIsFoundWhereNothingIs_data()
{
    QTest::addColumn<Image>("image");
    QTest::newRow("a photo") << photoPicture({400, 300}, Rgb8);
    QTest::newRow("grain") << noisePicture({400, 300}, Rgb8);
    Image black({300, 200}, Rgb8);
    black.fill(0);
    QTest::newRow("black") << black;
    Image print = black;
    print.paste(photoPicture({200, 120}, Rgb8), {50, 40});
    QTest::newRow("a print on black") << print;
    Image bright = picture({});
    for (int y = 0; y < bright.height(); ++y) {
        for (int i = 0; i < 3 * bright.width(); ++i)
            bright.samples<uchar>(y)[i] = uchar(255 - bright.samples<uchar>(y)[i]);
    }
    QTest::newRow("a disc on white") << bright;
}

void TestFundus::nothingIsFoundWhereNothingIs()
{
    QFETCH(Image, image);
    const auto done = improved(image);
    QVERIFY(done);
    QVERIFY(done->settings.field->isEmpty());
    QVERIFY(done->image == image);
    QCOMPARE(done->record.alteration, Alteration::None);
}

void TestFundus::lightIsEvened()
{
    const Eye even{.contrast = 0}, uneven{.fall = 0.6, .contrast = 0};
    FundusSettings settings;
    settings.light = 100;
    settings.contrast = 0;
    const auto done = improved(picture(uneven), settings);
    QVERIFY(done);
    const double least = spread(picture(even), even); // the optic disc's
    const double before = spread(picture(uneven), uneven), after = spread(done->image, uneven);
    QVERIFY2(
        after - least < 0.15 * (before - least),
        qPrintable(QStringLiteral("%1 of %2, %3 at the least").arg(after).arg(before).arg(least)));
}

void TestFundus::vesselsStandOutMore_data()
{
    QTest::addColumn<PixelFormat>("format");
    QTest::newRow("8 bit") << Rgb8;
    QTest::newRow("16 bit, alpha") << PixelFormat{Channels::Rgba, Depth::U16};
}

void TestFundus::vesselsStandOutMore()
{
    QFETCH(PixelFormat, format);
    const Eye eye{.contrast = 0.03, .texture = 0.06};
    const Image before = picture(eye, format);
    const auto done = improved(before);
    QVERIFY(done);
    QCOMPARE(done->record.alteration, Alteration::AlgorithmicallyEnhanced);
    // A vessel and what is beside it.
    const auto step = [&](const Image &image) {
        int onVessel = 0, beside = 0;
        double dark = 0, bright = 0;
        for (int y = 60; y < 230; ++y) {
            const double v = (y + 0.5 - eye.y) / eye.radius;
            const double wave =
                std::abs(std::sin(5 * v + std::sin(3 * (150.5 - eye.x) / eye.radius)));
            (wave < 0.15 ? dark : bright) += sampleAt(image, 150, y, 1);
            (wave < 0.15 ? onVessel : beside) += 1;
        }
        return bright / beside - dark / onVessel;
    };
    QVERIFY2(step(done->image) > 1.3 * step(before),
             qPrintable(QStringLiteral("%1 of %2").arg(step(done->image)).arg(step(before))));
}

void TestFundus::equalisationIsThePapers()
{
    ModelInput input;
    input.image = Planes(3, 96, 80);
    for (int y = 0; y < 80; ++y) {
        for (int x = 0; x < 96; ++x) {
            for (int c = 0; c < 3; ++c)
                input.image.row(c, y)[x] =
                    0.3F + 0.2F * std::sin(0.2F * float(x) + float(c)) * std::cos(0.13F * float(y));
        }
    }
    FundusField field{0.5, 0.42, 0.45, 0, 80.0 / 96, {}};
    input.scalars = {{QStringLiteral("light"), 0.0},
                     {QStringLiteral("contrast"), 1.0},
                     {QStringLiteral("limit"), 3.0}};
    FundusFilter filter;
    filter.set(field, {96, 80});
    RunControl control;
    const auto out = filter.run(input, control);
    QVERIFY(out);
    float seen = 0;
    for (const QPoint p : {QPoint(48, 40), QPoint(30, 35), QPoint(60, 60), QPoint(45, 12)}) {
        const float wanted = plainlyEqualised(input.image, field, 3, p.x(), p.y());
        const float green = input.image.row(1, p.y())[p.x()];
        seen = std::max(seen, std::abs(wanted - green));
        for (int c = 0; c < 3; ++c) {
            const float have = out->row(c, p.y())[p.x()];
            const float expected = input.image.row(c, p.y())[p.x()] + wanted - green;
            // The reference has no soft edge: its outermost pixels count a little differently.
            QVERIFY2(std::abs(have - expected) < 0.01F,
                     qPrintable(QStringLiteral("%1 of %2").arg(have).arg(expected)));
        }
    }
    QVERIFY(seen > 0.02F);
}

void TestFundus::notOneBitChangesOutside_data()
{
    QTest::addColumn<Eye>("eye");
    QTest::newRow("whole") << Eye{.fall = 0.5};
    QTest::newRow("cut off") << Eye{.radius = 160, .fall = 0.5, .top = 30, .bottom = 262};
}

void TestFundus::notOneBitChangesOutside()
{
    QFETCH(Eye, eye);
    const Image before = picture(eye, {Channels::Rgb, Depth::U16});
    const auto done = improved(before);
    QVERIFY(done);
    int outside = 0, changed = 0;
    for (int y = 0; y < before.height(); ++y) {
        for (int x = 0; x < before.width(); ++x) {
            const auto *a = before.constSamples<quint16>(y) + 3 * x;
            const auto *b = done->image.constSamples<quint16>(y) + 3 * x;
            const bool same = std::equal(a, a + 3, b);
            changed += !same;
            // A pixel or two of the disc's edge are not known to the pixel.
            const bool near = eye.contains(x - 3, y) || eye.contains(x + 3, y) ||
                              eye.contains(x, y - 3) || eye.contains(x, y + 3);
            if (!eye.contains(x, y) && !near) {
                QVERIFY(same);
                ++outside;
            }
        }
    }
    QVERIFY(outside > 10000);
    QVERIFY(changed > 30000);
}

void TestFundus::itSaysThatItIsNoMedicalDevice()
{
    const auto plan = planFundus({{400, 300}, Rgb8, {}}, {}, {});
    QVERIFY(plan);
    QVERIFY(plan->warnings.contains(Fundus::caution()));
    const auto done = improved(picture({}));
    QVERIFY(done);
    QVERIFY(done->record.warnings.contains(Fundus::caution()));
    QVERIFY(Fundus::caution().contains(QStringLiteral("no medical device")));
}

void TestFundus::everyTilingGivesTheSameBytes_data()
{
    QTest::addColumn<int>("tile");
    QTest::newRow("100") << 100;
    QTest::newRow("37") << 37;
}

void TestFundus::everyTilingGivesTheSameBytes()
{
    QFETCH(int, tile);
    const Image before = picture({.fall = 0.4}, {Channels::Rgb, Depth::U16});
    const auto whole = improved(before);
    const auto tiled = improved(before, {}, tile);
    QVERIFY(whole && tiled);
    QVERIFY(tiled->record.tiles > 4);
    QVERIFY(whole->image == tiled->image);
}

void TestFundus::regionGivesTheSameBytesAsTheWhole()
{
    const Image before = picture({.fall = 0.4});
    const auto whole = improved(before);
    QVERIFY(whole);
    OperationContext context;
    context.regionAlone = true;
    auto made = Fundus::create({before.size(), before.format(), {}}, whole->settings, context);
    QVERIFY(made);
    WholeSource source(before);
    Image parts(before.size(), before.format());
    parts.fill(0);
    const QRect region(190, 120, 60, 50);
    QVERIFY((*made)->runRegion(source, region, region.center(),
                               [&](const QRect &place, const Image &pixels) {
                                   parts.paste(pixels, place.topLeft());
                               },
                               {}));
    QVERIFY(parts.copied(region) == whole->image.copied(region));
}

void TestFundus::textComesBack()
{
    const FundusField field{0.5, 0.4, 0.3, 0.1, 0.7, {0.1, -0.2, 0.3, 0, -0.4}};
    QCOMPARE(*FundusField::fromText(field.toText()), field);
    QCOMPARE(*FundusField::fromText(FundusField().toText()), FundusField());
    const FundusSettings settings{70, 30, 4, field, 100};
    QCOMPARE(*FundusSettings::fromParameters(settings.toParameters()), settings);
    QCOMPARE(*FundusSettings::fromParameters({}), FundusSettings());
}

void TestFundus::wrongParametersAreRefused_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("text");
    QTest::newRow("light") << "light" << "101";
    QTest::newRow("contrast of words") << "contrast" << "much";
    QTest::newRow("limit") << "limit" << "0.5";
    QTest::newRow("limit, no number") << "limit" << "nan";
    QTest::newRow("field of words") << "field" << "round";
    QTest::newRow("nine numbers") << "field" << "0 0 1 0 1 0 0 0 0";
    QTest::newRow("no radius") << "field" << "0 0 0 0 1 0 0 0 0 0";
    QTest::newRow("light beyond reason") << "field" << "0 0 1 0 1 0 0 0 0 9";
}

void TestFundus::wrongParametersAreRefused()
{
    QFETCH(QString, key);
    QFETCH(QString, text);
    const auto settings = FundusSettings::fromParameters({{key, text}});
    QVERIFY(!settings);
    QCOMPARE(settings.error().code, ErrorCode::BadArgument);
}

void TestFundus::oddPicturesAreKept_data()
{
    QTest::addColumn<Image>("image");
    QTest::newRow("one pixel") << photoPicture({1, 1}, Rgb8);
    QTest::newRow("narrow") << photoPicture({3, 400}, Rgb8);
    QTest::newRow("grey, 16 bit") << picture({}, {Channels::Gray, Depth::U16});
    QTest::newRow("grey, alpha") << picture({}, {Channels::GrayAlpha, Depth::U8});
}

void TestFundus::oddPicturesAreKept()
{
    QFETCH(Image, image);
    FundusSettings given;
    given.field = FundusField{0.5, 0.4, 0.3, 0, 0.75, {}};
    for (const FundusSettings &settings : {FundusSettings(), given}) {
        const auto done = improved(image, settings);
        QVERIFY(done);
        QCOMPARE(done->image.size(), image.size());
        QCOMPARE(done->image.format(), image.format());
    }
}

void TestFundus::resultIsMadeAgainFromItsParameters()
{
    const Image before = picture({.fall = 0.4}, {Channels::Rgb, Depth::U16});
    const auto first = improved(before);
    QVERIFY(first);
    QVERIFY(first->image != before);
    const auto again = improved(before, first->settings);
    QVERIFY(again);
    QVERIFY(first->image == again->image);
}

QTEST_GUILESS_MAIN(TestFundus)
#include "tst_fundus.moc"
