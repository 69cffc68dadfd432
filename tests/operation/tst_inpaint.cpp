// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/damagedpicture.h"
#include "operation/holefill.h"
#include "operation/holemap.h"
#include "operation/inpaint.h"
#include "operation/pictureends.h"
#include "operation/scriptedmodels.h"
#include "support/comparison.h"
#include "support/testpictures.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <random>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr PixelFormat Rgb8{Channels::Rgb, Depth::U8};
constexpr PixelFormat Gray8{Channels::Gray, Depth::U8};
const QString pack = denoisePack().id;

InpaintSettings by(const QString &method)
{
    InpaintSettings settings;
    settings.method = method;
    return settings;
}

struct Done {
    Image image;
    OperationRecord record;
};

std::optional<Done> filled(const Image &image, const Image &mask, const InpaintSettings &settings,
                           ModelProvider *models = nullptr)
{
    OperationContext context;
    context.models = models;
    auto made = Inpaint::create({image.size(), image.format(), {}, mask}, settings, context);
    if (!made)
        return {};
    StreamedSource looked(image, 0);
    if (!(*made)->settle(looked, {}))
        return {};
    StreamedSource source(image, (*made)->retainedRows());
    WholeSink sink(image.size(), image.format());
    const auto record = (*made)->run(source, sink, {});
    if (!record || sink.next != image.height())
        return {};
    return Done{sink.image, *record};
}

/// Planes that no fill bends: a slope in x and y.
Image slope(QSize size, PixelFormat format)
{
    Image image(size, {Channels::Rgb, Depth::F32});
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x) {
            for (int c = 0; c < 3; ++c)
                image.samples<float>(y)[3 * x + c] =
                    0.2F + 0.3F * float(x) / float(size.width()) +
                    0.05F * float(c) + 0.3F * float(y) / float(size.height());
        }
    }
    return image.converted(format);
}

bool isEqualOutside(const Image &a, const Image &b, const Image &mask)
{
    const int bytes = a.format().bytesPerPixel();
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            if (mask.constSamples<quint8>(y)[x] < 128 &&
                std::memcmp(a.constRow(y) + x * bytes, b.constRow(y) + x * bytes, size_t(bytes)))
                return false;
        }
    }
    return true;
}

} // namespace

class TestInpaint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void windowsHoldEveryHoleOnceAndAreLessWork();
    void everyMethodContinuesASlope_data();
    void everyMethodContinuesASlope();
    void membraneSolvesLaplace();
    void nothingOutsideTheMaskChanges_data();
    void nothingOutsideTheMaskChanges();
    void regionGivesTheSameBytesAsTheWhole_data();
    void regionGivesTheSameBytesAsTheWhole();
    void whatLiesInTheHoleDoesNotMatter();
    void whatInventsRunsOnlyByName();
    void denoiserIsAskedLessAndLess();
    void greyPictureStaysGrey();
    void transparentPixelsAreNoSource();
    void veryWideHoleIsFilled();
    void strengthMixesWithThePicture();
    void emptyMaskChangesNothingAndSaysSo();
    void masksThatDoNotFitAreRefused();
    void smallestPictures();
    void missingModelIsSaidAndTheTwinUsed();
    void classicalTakesPatchesForLargeHoles();
    void wrongValuesAreRefused();
    void parametersComeBack();
};

void TestInpaint::windowsHoldEveryHoleOnceAndAreLessWork()
{
    const QSize size(400, 300);
    Image mask = maskOf(size, {{10, 20, 3, 200}, {200, 250, 60, 2}, {380, 280, 1, 1}});
    for (int i = 0; i < 250; ++i) // a scratch from corner to corner
        std::fill_n(mask.samples<quint8>(i) + 60 + i, 3, quint8(255));
    const HoleMap map(mask, 256);
    Image held(size, Gray8);
    held.fill(0);
    qint64 work = 0;
    for (int tile = 0; tile < map.tiles().count(); ++tile) {
        const int m = map.windowMargin(tile);
        QVERIFY(m <= map.margin(tile));
        for (const QRect &window : map.windows(tile)) {
            QVERIFY(map.tiles().tile(tile).core.contains(window));
            work += qint64(window.width() + 2 * m) * (window.height() + 2 * m);
            for (int y = window.top(); y <= window.bottom(); ++y) {
                for (int x = window.left(); x <= window.right(); ++x)
                    QCOMPARE(int(++held.samples<quint8>(y)[x]), 1);
            }
        }
    }
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            QVERIFY(!map.isHole(x, y) || held.constSamples<quint8>(y)[x] == 1);
    }
    QVERIFY(work < qint64(size.width()) * size.height());
}

void TestInpaint::everyMethodContinuesASlope_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<double>("tolerance");
    QTest::newRow("membrane") << QStringLiteral("membrane") << 1.1;
    QTest::newRow("telea") << QStringLiteral("telea") << 13.0;
    QTest::newRow("navier-stokes") << QStringLiteral("navier-stokes") << 13.0;
    QTest::newRow("patch-match") << QStringLiteral("patch-match") << 13.0;
}

void TestInpaint::everyMethodContinuesASlope()
{
    QFETCH(QString, method);
    QFETCH(double, tolerance);
    for (const PixelFormat format :
         {Rgb8, PixelFormat{Channels::Rgba, Depth::U16}, PixelFormat{Channels::Gray, Depth::U16}}) {
        const Image clean = slope({300, 280}, format);
        const Image mask = maskOf(clean.size(), {{40, 30, 9, 200}, {200, 100, 24, 24}});
        Image bad = clean;
        for (int y = 0; y < bad.height(); ++y) {
            for (int x = 0; x < bad.width(); ++x) {
                if (mask.constSamples<quint8>(y)[x])
                    std::memset(bad.row(y) + x * format.bytesPerPixel(), 0xFF,
                                size_t(format.colorCount() * format.bytesPerSample()));
            }
        }
        const auto done = filled(bad, mask, by(method));
        QVERIFY(done);
        QVERIFY2(maxDifference(done->image, clean) <= tolerance,
                 qPrintable(QString::number(maxDifference(done->image, clean))));
        QCOMPARE(done->record.method, method);
        QCOMPARE(done->record.alteration, Alteration::AlgorithmicallyEnhanced);
        QVERIFY(done->record.modelId.isEmpty());
    }
}

/// Against the plain way: every missing value the mean of its neighbours, thousands of times.
void TestInpaint::membraneSolvesLaplace()
{
    const int side = 40;
    Planes picture(1, side, side), mask(1, side, side);
    std::mt19937 random(3);
    for (float &v : picture.values)
        v = float(random() % 256) / 255;
    for (int y = 12; y < 25; ++y)
        std::fill_n(mask.row(0, y) + 10, 18, 1.0F);
    for (int y = 0; y < 9; ++y) // open at the picture's edge
        mask.row(0, y)[30] = mask.row(0, y)[31] = 1;
    Planes plain = picture;
    for (int round = 0; round < 6000; ++round) {
        for (int y = 0; y < side; ++y) {
            for (int x = 0; x < side; ++x) {
                if (mask.row(0, y)[x] > 0)
                    plain.row(0, y)[x] =
                        (plain.row(0, std::max(y - 1, 0))[x] +
                         plain.row(0, std::min(y + 1, side - 1))[x] +
                         plain.row(0, y)[std::max(x - 1, 0)] +
                         plain.row(0, y)[std::min(x + 1, side - 1)]) / 4;
            }
        }
    }
    fillHoles(picture, mask, ClassicalFill::Membrane);
    for (size_t i = 0; i < plain.values.size(); ++i)
        QVERIFY2(std::abs(picture.values[i] - plain.values[i]) < 0.02,
                 qPrintable(QString::number(picture.values[i] - plain.values[i])));
}

void TestInpaint::nothingOutsideTheMaskChanges_data()
{
    QTest::addColumn<QString>("method");
    for (const char *method : {"neural", "membrane", "telea", "navier-stokes", "patch-match"})
        QTest::newRow(method) << QString::fromLatin1(method);
}

void TestInpaint::nothingOutsideTheMaskChanges()
{
    QFETCH(QString, method);
    ScriptedProvider models;
    models.add(denoisePack())->offset = 0.1F;
    for (const PixelFormat format :
         {Rgb8, Gray8, PixelFormat{Channels::Rgba, Depth::U8},
          PixelFormat{Channels::Rgb, Depth::U16}, PixelFormat{Channels::GrayAlpha, Depth::U16}}) {
        const Image image = photoPicture({330, 290}, format);
        const Image mask =
            maskOf(image.size(), {{0, 0, 5, 290}, {100, 250, 200, 12}, {325, 0, 5, 5}});
        const auto done = filled(image, mask, by(method), &models);
        QVERIFY(done);
        QVERIFY(isEqualOutside(done->image, image, mask));
        QVERIFY(!(done->image == image));
        QCOMPARE(done->record.changedShare, (5 * 290 + 200 * 12 + 25) / (330.0 * 290));
        if (format.hasAlpha()) {
            for (int y = 0; y < image.height(); y += 3) {
                for (int x = 0; x < image.width(); x += 3)
                    QCOMPARE(sampleAt(done->image, x, y, format.colorCount()),
                             sampleAt(image, x, y, format.colorCount()));
            }
        }
    }
}

void TestInpaint::regionGivesTheSameBytesAsTheWhole_data()
{
    nothingOutsideTheMaskChanges_data();
}

void TestInpaint::regionGivesTheSameBytesAsTheWhole()
{
    QFETCH(QString, method);
    ScriptedProvider models;
    models.add(denoisePack())->offset = 0.05F;
    OperationContext context;
    context.models = &models;
    const Image image = photoPicture({700, 600}, Rgb8);
    const Image mask = maskOf(image.size(), {{250, 10, 12, 580}, {300, 200, 260, 230}});
    const auto whole = filled(image, mask, by(method), &models);
    QVERIFY(whole);
    auto made = Inpaint::create({image.size(), image.format(), {}, mask}, by(method), context);
    QVERIFY(made);
    WholeSource source(image);
    QVERIFY((*made)->settle(source, {}));
    const QRect region(240, 190, 120, 100);
    QRegion covered;
    const auto done = (*made)->runRegion(
        source, region, region.center(),
        [&](const QRect &place, const Image &pixels) {
            QVERIFY(pixels == whole->image.copied(place));
            covered += place;
        },
        {});
    QVERIFY(done);
    QVERIFY(QRegion(region).subtracted(covered).isEmpty());
}

void TestInpaint::whatLiesInTheHoleDoesNotMatter()
{
    ScriptedProvider models;
    models.add(denoisePack());
    const Image image = photoPicture({120, 90}, Rgb8);
    const Image mask = maskOf(image.size(), {{30, 20, 20, 30}});
    Image other = image;
    for (int y = 20; y < 50; ++y)
        std::fill_n(other.samples<quint8>(y) + 90, 60, quint8(y * 5));
    for (const char *method : {"neural", "membrane", "telea", "navier-stokes", "patch-match"}) {
        const auto a = filled(image, mask, by(QString::fromLatin1(method)), &models);
        const auto b = filled(other, mask, by(QString::fromLatin1(method)), &models);
        QVERIFY(a && b);
        QVERIFY2(a->image == b->image, method);
    }
}

void TestInpaint::whatInventsRunsOnlyByName()
{
    ScriptedProvider models;
    ModelPack inventing = denoisePack();
    inventing.task = ModelTask::Inpaint;
    inventing.onlyByName = true;
    models.add(inventing);
    const Image image = photoPicture({60, 50}, Rgb8);
    const Image mask = maskOf(image.size(), {{20, 10, 4, 20}});
    const auto byItself = filled(image, mask, {}, &models);
    QVERIFY(byItself);
    QCOMPARE(byItself->record.method, Inpaint::twinId());
    QVERIFY(!filled(image, mask, by(QStringLiteral("neural")), &models));
    InpaintSettings named;
    named.model = inventing.id;
    const auto asked = filled(image, mask, named, &models);
    QVERIFY(asked);
    QCOMPARE(asked->record.modelId, inventing.id);
}

void TestInpaint::denoiserIsAskedLessAndLess()
{
    ScriptedProvider models;
    auto model = models.add(denoisePack());
    QList<double> sigmas;
    model->beforeRun = [&](int) {
        sigmas += model->scalars.value(QStringLiteral("sigma"));
    };
    const Image image = photoPicture({120, 90}, Rgb8);
    const auto done =
        filled(image, maskOf(image.size(), {{30, 20, 4, 30}}), by(QStringLiteral("auto")), &models);
    QVERIFY(done);
    QVERIFY(sigmas.size() >= 2);
    QVERIFY(std::is_sorted(sigmas.rbegin(), sigmas.rend()));
    QCOMPARE(done->record.modelId, pack);
    QCOMPARE(done->record.method, pack);
    QCOMPARE(done->record.alteration, Alteration::CompositeWithTrainedAlgorithmicMedia);
    QCOMPARE(done->record.tiles, 1);
}

void TestInpaint::greyPictureStaysGrey()
{
    // A network that gives each colour something else.
    class Tinting : public Model
    {
    public:
        Tinting() : m_pack(denoisePack()) {}
        const ModelPack &pack() const override { return m_pack; }
        Result<Planes> run(const ModelInput &input, RunControl &) override
        {
            Planes out = input.image;
            for (int c = 0; c < 3; ++c) {
                for (size_t i = 0; i < out.planeSize(); ++i)
                    out.plane(c)[i] += 0.05F * float(c);
            }
            return out;
        }

    private:
        ModelPack m_pack;
    };
    DenoiserFiller filler(std::make_shared<Tinting>());
    ModelInput input;
    input.image = Planes(3, 20, 20);
    for (int c = 0; c < 3; ++c) {
        for (int i = 0; i < 400; ++i)
            input.image.plane(c)[i] = float(i % 20) / 40;
    }
    Planes mask(1, 20, 20);
    for (int y = 5; y < 15; ++y)
        mask.row(0, y)[9] = mask.row(0, y)[10] = 1;
    input.planes = {{holePlane, mask}};
    RunControl control;
    const auto grey = filler.run(input, control);
    QVERIFY(grey);
    for (int y = 5; y < 15; ++y) {
        QCOMPARE(grey->row(0, y)[9], grey->row(1, y)[9]);
        QCOMPARE(grey->row(0, y)[9], grey->row(2, y)[9]);
    }
    input.image.plane(1)[0] = 0.9F; // a colour somewhere
    const auto tinted = filler.run(input, control);
    QVERIFY(tinted);
    QVERIFY(tinted->row(0, 8)[9] != tinted->row(2, 8)[9]);
}

void TestInpaint::transparentPixelsAreNoSource()
{
    Image image({60, 60}, {Channels::Rgba, Depth::U8});
    for (int y = 0; y < 60; ++y) {
        for (int x = 0; x < 60; ++x) {
            quint8 *p = image.samples<quint8>(y) + 4 * x;
            const bool shown = x < 30;
            p[0] = p[1] = p[2] = shown ? 40 : 250;
            p[3] = shown ? 255 : 0;
        }
    }
    const auto done = filled(image, maskOf(image.size(), {{22, 20, 8, 8}}),
                             by(QStringLiteral("membrane")));
    QVERIFY(done);
    QCOMPARE(qRound(sampleAt(done->image, 29, 24, 0) * 255), 40);
}

void TestInpaint::veryWideHoleIsFilled()
{
    const Image clean = slope({900, 800}, Rgb8);
    const Image mask = maskOf(clean.size(), {{150, 120, 600, 560}});
    const auto done = filled(clean, mask, by(QStringLiteral("membrane")));
    QVERIFY(done);
    QVERIFY(isEqualOutside(done->image, clean, mask));
    QVERIFY2(maxDifference(done->image, clean) < 8,
             qPrintable(QString::number(maxDifference(done->image, clean))));
}

void TestInpaint::strengthMixesWithThePicture()
{
    const Image image = photoPicture({100, 80}, Rgb8);
    const Image mask = maskOf(image.size(), {{30, 10, 12, 50}});
    InpaintSettings settings = by(QStringLiteral("membrane"));
    const auto full = filled(image, mask, settings);
    settings.strength = 50;
    const auto mixed = filled(image, mask, settings);
    settings.strength = 0;
    const auto none = filled(image, mask, settings);
    QVERIFY(full && mixed && none);
    QVERIFY(none->image == image);
    for (int y = 10; y < 60; y += 7) {
        const double between = (sampleAt(image, 35, y, 1) + sampleAt(full->image, 35, y, 1)) / 2;
        QVERIFY(std::abs(sampleAt(mixed->image, 35, y, 1) - between) <= 0.51 / 255);
    }
}

void TestInpaint::emptyMaskChangesNothingAndSaysSo()
{
    ScriptedProvider models;
    auto model = models.add(denoisePack());
    const Image image = photoPicture({300, 80}, Rgb8);
    for (const char *method : {"auto", "telea"}) {
        const auto done =
            filled(image, maskOf(image.size(), {}), by(QString::fromLatin1(method)), &models);
        QVERIFY(done);
        QVERIFY(done->image == image);
        QCOMPARE(done->record.changedShare, 0.0);
        QCOMPARE(done->record.alteration, Alteration::None);
        QCOMPARE(done->record.warnings.size(), 1);
    }
    QCOMPARE(model->runs, 0);
}

void TestInpaint::masksThatDoNotFitAreRefused()
{
    const OperationPicture picture{{50, 40}, Rgb8, {}};
    const auto code = [&](const Image &mask) {
        OperationPicture with = picture;
        with.mask = mask;
        const auto made = Inpaint::create(with, by(QStringLiteral("classical")), {});
        return made ? ErrorCode::Internal : made.error().code;
    };
    QCOMPARE(code({}), ErrorCode::BadArgument);
    QCOMPARE(code(maskOf({40, 50}, {})), ErrorCode::SizeMismatch);
    QCOMPARE(code(maskOf({50, 40}, {{0, 0, 50, 40}})), ErrorCode::BadArgument);
    QVERIFY(planOperation(Inpaint::id(), picture, {}, {}).error().code == ErrorCode::BadArgument);
}

void TestInpaint::smallestPictures()
{
    for (const char *method : {"membrane", "telea", "navier-stokes"}) {
        const Image one = photoPicture({1, 1}, Rgb8);
        const auto same = filled(one, maskOf({1, 1}, {}), by(QString::fromLatin1(method)));
        QVERIFY(same);
        QVERIFY(same->image == one);
        Image black({3, 2}, Rgb8);
        black.fill(0);
        const auto done =
            filled(black, maskOf({3, 2}, {{1, 0, 1, 1}}), by(QString::fromLatin1(method)));
        QVERIFY(done);
        QVERIFY2(done->image == black, method);
    }
}

void TestInpaint::missingModelIsSaidAndTheTwinUsed()
{
    const Image image = photoPicture({60, 50}, Rgb8);
    const Image mask = maskOf(image.size(), {{20, 10, 4, 20}});
    const auto none = filled(image, mask, {});
    QVERIFY(none);
    QCOMPARE(none->record.method, Inpaint::twinId());
    QCOMPARE(none->record.warnings.size(), 1);
    ScriptedProvider damaged;
    damaged.add(denoisePack(), false);
    const auto fallen = filled(image, mask, {}, &damaged);
    QVERIFY(fallen);
    QCOMPARE(fallen->record.method, Inpaint::twinId());
    QCOMPARE(fallen->record.warnings.size(), 1);
    QVERIFY(!filled(image, mask, by(QStringLiteral("neural")), &damaged));
    QVERIFY(!filled(image, mask, by(QStringLiteral("neural"))));
    InpaintSettings named;
    named.model = QStringLiteral("no-such-model");
    QVERIFY(!filled(image, mask, named, &damaged));
}

void TestInpaint::classicalTakesPatchesForLargeHoles()
{
    const Image image = photoPicture({200, 160}, Rgb8);
    const auto narrow = filled(image, maskOf(image.size(), {{20, 10, 12, 120}}),
                               by(QStringLiteral("classical")));
    const auto wide = filled(image, maskOf(image.size(), {{20, 10, 4, 120}, {80, 60, 44, 40}}),
                             by(QStringLiteral("classical")));
    QVERIFY(narrow && wide);
    QCOMPARE(narrow->record.method, QStringLiteral("membrane"));
    QCOMPARE(wide->record.method, QStringLiteral("patch-match"));
    QCOMPARE(wide->record.alteration, Alteration::AlgorithmicallyEnhanced);
}

void TestInpaint::wrongValuesAreRefused()
{
    const QString method = QStringLiteral("method");
    const QString model = QStringLiteral("model");
    QVERIFY(!InpaintSettings::fromParameters({{method, QStringLiteral("magic")}}));
    QVERIFY(!InpaintSettings::fromParameters(
        {{method, QStringLiteral("telea")}, {model, QStringLiteral("x")}}));
}

void TestInpaint::parametersComeBack()
{
    InpaintSettings named;
    named.model = pack;
    for (const InpaintSettings &settings : {InpaintSettings(), by(QStringLiteral("telea")), named})
        QVERIFY(*InpaintSettings::fromParameters(settings.toParameters()) == settings);
}

QTEST_GUILESS_MAIN(TestInpaint)
#include "tst_inpaint.moc"
