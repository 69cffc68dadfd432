// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/pictureends.h"
#include "operation/scriptedmodels.h"
#include "operation/tone.h"
#include "support/comparison.h"
#include "support/testpictures.h"

#include <QtTest>

#include <cmath>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr PixelFormat Rgb8{Channels::Rgb, Depth::U8};
const QString packId = QStringLiteral("scripted-tone");

/// Answers curves that a test chose, and keeps the small picture it was asked about.
class CurvesModel : public Model
{
public:
    CurvesModel()
    {
        m_pack = scriptedPack(packId);
        m_pack.task = ModelTask::Tone;
        m_pack.output.scale = 1;
        m_pack.output.meaning = ModelPack::Output::Meaning::Curves;
        m_pack.input.fixedSize = QSize(128, 128);
        m_pack.input.tileable = false;
    }
    const ModelPack &pack() const override { return m_pack; }
    Result<Planes> run(const ModelInput &input, RunControl &) override
    {
        ++runs;
        asked = input.image;
        if (cancels > 0 && cancels-- > 0)
            return fail(ErrorCode::Cancelled);
        Planes out(3, answerLength, 1);
        for (int c = 0; c < 3; ++c) {
            for (int i = 0; i < answerLength; ++i)
                out.plane(c)[i] = answer.channels[size_t(c)][size_t(i % ToneCurves::points)];
        }
        return out;
    }

    ToneCurves answer = ToneCurves::identity();
    int answerLength = ToneCurves::points;
    int runs = 0;
    int cancels = 0; ///< so many passes make room for something else
    Planes asked;

private:
    ModelPack m_pack;
};

class CurvesProvider : public ModelProvider
{
public:
    std::vector<ModelPack> packs(ModelTask task) const override
    {
        return task == ModelTask::Tone ? std::vector{model->pack()} : std::vector<ModelPack>();
    }
    Result<ModelPack> pack(const QString &id) const override
    {
        if (id != packId)
            return fail(ErrorCode::ModelMissing, {id});
        return model->pack();
    }
    Result<std::shared_ptr<Model>> load(const QString &id) override
    {
        if (id != packId || broken)
            return fail(ErrorCode::ModelDamaged, {id, QStringLiteral("scripted")});
        return std::shared_ptr<Model>(model);
    }
    std::shared_ptr<CurvesModel> model = std::make_shared<CurvesModel>();
    bool broken = false;
};

struct Done {
    Image image;
    OperationRecord record;
    QVariantMap parameters;
};

std::optional<Done> toned(const Image &image, const ToneSettings &settings,
                          ModelProvider *models = nullptr)
{
    OperationContext context;
    context.models = models;
    auto made = Tone::create({image.size(), image.format(), {}}, settings, context);
    if (!made)
        return {};
    StreamedSource looked(image, 0);
    StreamedSource source(image, (*made)->retainedRows());
    const auto parameters = (*made)->settle(looked, {});
    WholeSink sink(image.size(), image.format());
    const auto record = (*made)->run(source, sink, {});
    if (!parameters || !record)
        return {};
    return Done{sink.image, *record, *parameters};
}

/// Lifts shadows and dims lights of every channel in another measure.
ToneCurves warm()
{
    ToneCurves curves = ToneCurves::identity();
    for (size_t i = 0; i < ToneCurves::points; ++i) {
        const float v = curves.channels[0][i];
        curves.channels[0][i] = 0.1F + 0.85F * v;
        curves.channels[1][i] = v * v;
        curves.channels[2][i] = 0.7F * v;
    }
    return *ToneCurves::fromText(curves.toText());
}

ToneSettings given(const ToneCurves &curves, double strength = 100)
{
    ToneSettings settings;
    settings.curves = curves;
    settings.model = Tone::twinId();
    settings.strength = strength;
    return settings;
}

} // namespace

class TestTone : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thumbnailIsTheMeanOverAreas_data();
    void thumbnailIsTheMeanOverAreas();
    void samplesAreThePicturesOwnPixels_data();
    void samplesAreThePicturesOwnPixels();
    void curvesAreStraightBetweenTheirPoints();
    void curvesComeBackFromText();
    void wrongTextIsRefused_data();
    void wrongTextIsRefused();
    void everyPixelGoesThroughTheCurves_data();
    void everyPixelGoesThroughTheCurves();
    void predictorSeesTheWholePictureAndItsCurvesAreUsed();
    void whatCannotBeSeenIsNotChanged();
    void greyStaysGrey();
    void twinSpreadsEachChannel();
    void brokenModelIsSaidAndTheTwinUsed();
    void answersOfAnotherShapeAreRefused();
    void roomIsMadeForWhatIsMoreUrgent();
    void aModelThatStopsByItselfEndsInAnError();
    void regionGivesTheSameBytesAsTheWhole();
    void oddPicturesAreKept_data();
    void oddPicturesAreKept();
    void resultIsMadeAgainFromItsParameters();
};

void TestTone::thumbnailIsTheMeanOverAreas_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("whole cells") << QSize(256, 384);
    QTest::newRow("broken cells") << QSize(333, 191);
    QTest::newRow("its own size") << QSize(128, 128);
    QTest::newRow("hardly larger") << QSize(129, 140);
}

void TestTone::thumbnailIsTheMeanOverAreas()
{
    QFETCH(QSize, size);
    const Image photo = photoPicture(size, Rgb8);
    StreamedSource source(photo, 0);
    const auto small = toneThumbnail(source, {});
    QVERIFY(small);
    QCOMPARE(small->size(), QSize(128, 128));
    // The plain way: every cell over every pixel.
    const auto overlap = [](int cell, int pixel, int length) {
        const double unit = double(length) / 128;
        return std::max(0.0, std::min((cell + 1) * unit, pixel + 1.0) -
                                 std::max(cell * unit, double(pixel)));
    };
    for (const QPoint cell : {QPoint(0, 0), QPoint(127, 127), QPoint(5, 77), QPoint(64, 3)}) {
        double sum[3] = {};
        double weight = 0;
        for (int y = 0; y < size.height(); ++y) {
            const double wy = overlap(cell.y(), y, size.height());
            for (int x = 0; wy > 0 && x < size.width(); ++x) {
                const double w = wy * overlap(cell.x(), x, size.width());
                weight += w;
                for (int c = 0; w > 0 && c < 3; ++c)
                    sum[c] += w * photo.constSamples<quint8>(y)[3 * x + c] / 255.0;
            }
        }
        for (int c = 0; c < 3; ++c)
            QVERIFY(std::abs(small->row(c, cell.y())[cell.x()] - sum[c] / weight) < 1e-4);
    }
}

void TestTone::samplesAreThePicturesOwnPixels_data()
{
    thumbnailIsTheMeanOverAreas_data();
    QTest::newRow("smaller") << QSize(90, 200);
}

void TestTone::samplesAreThePicturesOwnPixels()
{
    QFETCH(QSize, size);
    const Image photo = photoPicture(size, Rgb8);
    StreamedSource source(photo, 0);
    Planes samples;
    QVERIFY(toneThumbnail(source, {}, &samples));
    QCOMPARE(samples.size(), QSize(128, 128));
    for (int y = 0; y < 128; ++y) {
        const int row = int((y + 0.5) * size.height() / 128);
        for (int x = 0; x < 128; ++x) {
            const quint8 *pixel = photo.constSamples<quint8>(row) +
                                  3 * int((x + 0.5) * size.width() / 128);
            for (int c = 0; c < 3; ++c)
                QVERIFY(std::abs(samples.row(c, y)[x] - float(pixel[c]) / 255) < 1e-4F);
        }
    }
}

void TestTone::curvesAreStraightBetweenTheirPoints()
{
    const ToneCurves curves = warm();
    const float a = curves.channels[1][6];
    const float b = curves.channels[1][7];
    QVERIFY(std::abs(curves.at(1, 6.25F / 15) - (0.75F * a + 0.25F * b)) < 1e-5);
    QCOMPARE(curves.at(1, 1), curves.channels[1][15]);
    QCOMPARE(curves.at(0, -3), curves.channels[0][0]);
    ToneCurves steep = ToneCurves::identity();
    steep.channels[0][15] = 3;
    QCOMPARE(steep.at(0, 1), 1.0F); // cut
    for (const float v : {0.0F, 0.3F, 0.77F, 1.0F})
        QVERIFY(std::abs(ToneCurves::identity().at(2, v) - v) < 1e-6);
}

void TestTone::curvesComeBackFromText()
{
    QCOMPARE(*ToneCurves::fromText(warm().toText()), warm());
    QCOMPARE(ToneCurves::identity().toText(), QStringLiteral("identity"));
    QCOMPARE(*ToneCurves::fromText(QStringLiteral("identity")), ToneCurves::identity());
    const auto settings = ToneSettings::fromParameters(given(warm()).toParameters());
    QVERIFY(settings);
    QCOMPARE(*settings, given(warm()));
    QVERIFY(!ToneSettings::fromParameters({})->curves);
}

void TestTone::wrongTextIsRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("too few") << QStringLiteral("0 0.5 1");
    QTest::newRow("too many") << warm().toText() + QStringLiteral(" 1");
    QTest::newRow("words") << warm().toText().replace(QStringLiteral("0.1000"),
                                                      QStringLiteral("red"));
    QTest::newRow("not a number") << warm().toText().replace(QStringLiteral("0.1000"),
                                                             QStringLiteral("nan"));
    QTest::newRow("far out") << warm().toText().replace(QStringLiteral("0.1000"),
                                                        QStringLiteral("9"));
}

void TestTone::wrongTextIsRefused()
{
    QFETCH(QString, text);
    const auto settings = ToneSettings::fromParameters({{QStringLiteral("curves"), text}});
    QVERIFY(!settings);
    QCOMPARE(settings.error().code, ErrorCode::BadArgument);
}

void TestTone::everyPixelGoesThroughTheCurves_data()
{
    QTest::addColumn<int>("depth");
    QTest::addColumn<double>("strength");
    for (const int depth : {8, 16}) {
        for (const double strength : {100.0, 40.0, 0.0})
            QTest::addRow("%d bit, %g %%", depth, strength) << depth << strength;
    }
}

void TestTone::everyPixelGoesThroughTheCurves()
{
    QFETCH(int, depth);
    QFETCH(double, strength);
    const PixelFormat format{Channels::Rgba, depth == 8 ? Depth::U8 : Depth::U16};
    const Image photo = photoPicture({150, 90}, format);
    const ToneCurves curves = warm();
    const auto done = toned(photo, given(curves, strength));
    QVERIFY(done);
    const double top = depth == 8 ? 255 : 65535;
    const auto value = [&](const Image &image, int x, int y, int c) {
        return depth == 8 ? int(image.constSamples<quint8>(y)[4 * x + c])
                          : int(image.constSamples<quint16>(y)[4 * x + c]);
    };
    for (int y = 0; y < photo.height(); ++y) {
        for (int x = 0; x < photo.width(); ++x) {
            for (int c = 0; c < 3; ++c) {
                const double was = value(photo, x, y, c) / top;
                const double whole = double(curves.at(c, float(was)));
                const double wanted = (was + strength / 100 * (whole - was)) * top;
                QVERIFY2(std::abs(value(done->image, x, y, c) - wanted) <= 1,
                         qPrintable(QStringLiteral("%1 at %2, %3: %4, not %5").arg(c).arg(x).arg(y)
                                        .arg(value(done->image, x, y, c)).arg(wanted)));
            }
            QCOMPARE(value(done->image, x, y, 3), value(photo, x, y, 3));
        }
    }
}

void TestTone::predictorSeesTheWholePictureAndItsCurvesAreUsed()
{
    CurvesProvider models;
    models.model->answer = warm();
    const Image photo = photoPicture({300, 200}, Rgb8);
    const auto done = toned(photo, {}, &models);
    QVERIFY(done);
    StreamedSource source(photo, 0);
    Planes samples;
    QVERIFY(toneThumbnail(source, {}, &samples));
    QCOMPARE(models.model->asked, samples);
    QCOMPARE(done->record.method, packId);
    QCOMPARE(done->record.modelSha256, QString::fromLatin1(models.model->pack().sha256));
    QCOMPARE(done->record.parameters.value(QStringLiteral("curves")).toString(), warm().toText());
    QCOMPARE(done->record.alteration, Alteration::AlgorithmicallyEnhanced);
    QVERIFY(done->image == toned(photo, given(warm()))->image);
}

void TestTone::whatCannotBeSeenIsNotChanged()
{
    CurvesProvider models;
    for (auto &channel : models.model->answer.channels) {
        for (float &value : channel)
            value = 0.005F + 0.99F * value;
    }
    const Image photo = photoPicture({300, 200}, Rgb8);
    const auto done = toned(photo, {}, &models);
    QVERIFY(done);
    QVERIFY(done->image == photo);
    QCOMPARE(done->record.alteration, Alteration::None);
    QCOMPARE(done->record.warnings.size(), 1);
    QCOMPARE(done->parameters.value(QStringLiteral("curves")).toString(),
             QStringLiteral("identity"));
}

void TestTone::greyStaysGrey()
{
    CurvesProvider models;
    models.model->answer = warm();
    const Image grey =
        photoPicture({200, 150}, {Channels::Gray, Depth::U8}).converted(Rgb8);
    const auto done = toned(grey, {}, &models);
    QVERIFY(done);
    QVERIFY(done->image != grey);
    for (int y = 0; y < grey.height(); ++y) {
        const quint8 *p = done->image.constSamples<quint8>(y);
        for (int x = 0; x < grey.width(); ++x)
            QVERIFY(p[3 * x] == p[3 * x + 1] && p[3 * x] == p[3 * x + 2]);
    }
}

void TestTone::twinSpreadsEachChannel()
{
    const Image photo = photoPicture({256, 256}, Rgb8);
    ToneCurves dull = ToneCurves::identity();
    for (size_t i = 0; i < ToneCurves::points; ++i) {
        dull.channels[0][i] = 0.3F + 0.4F * dull.channels[0][i];
        dull.channels[2][i] = 0.2F + 0.3F * dull.channels[2][i];
    }
    const Image faded = toned(photo, given(dull))->image;
    ToneSettings settings;
    settings.model = Tone::twinId();
    const auto done = toned(faded, settings);
    QVERIFY(done);
    QCOMPARE(done->record.method, Tone::twinId());
    QVERIFY(psnr(done->image, photo) > psnr(faded, photo) + 3);
}

void TestTone::brokenModelIsSaidAndTheTwinUsed()
{
    CurvesProvider models;
    models.broken = true;
    const Image photo = photoPicture({200, 140}, Rgb8);
    const auto done = toned(photo, {}, &models);
    QVERIFY(done);
    QCOMPARE(done->record.method, Tone::twinId());
    QVERIFY(!done->record.warnings.isEmpty());
    QVERIFY(done->record.warnings.first().contains(QStringLiteral("levels")));
    ToneSettings named;
    named.model = packId;
    QVERIFY(!toned(photo, named, &models));
}

void TestTone::answersOfAnotherShapeAreRefused()
{
    CurvesProvider models;
    models.model->answerLength = 5;
    QVERIFY(!toned(photoPicture({200, 140}, Rgb8), {}, &models));
}

void TestTone::roomIsMadeForWhatIsMoreUrgent()
{
    CurvesProvider models;
    models.model->answer = warm();
    OperationContext context;
    context.models = &models;
    const Image photo = photoPicture({200, 140}, Rgb8);
    auto made = Tone::create({photo.size(), photo.format(), {}}, {}, context);
    QVERIFY(made);
    int waiting = 2;
    const Progress progress = urgentFor(waiting);
    models.model->cancels = waiting;
    WholeSource source(photo);
    const auto parameters = (*made)->settle(source, progress);
    QVERIFY(parameters);
    QCOMPARE(waiting, 0);
    QCOMPARE(models.model->runs, 3);
    QCOMPARE(parameters->value(QStringLiteral("curves")).toString(), warm().toText());
}

void TestTone::aModelThatStopsByItselfEndsInAnError()
{
    CurvesProvider models;
    OperationContext context;
    context.models = &models;
    models.model->cancels = 1000;
    const Image photo = photoPicture({200, 140}, Rgb8);
    auto made = Tone::create({photo.size(), photo.format(), {}}, {}, context);
    QVERIFY(made);
    WholeSource source(photo);
    const auto refused = (*made)->settle(source, {});
    QVERIFY(!refused && refused.error().code == ErrorCode::ModelFailed);
}

void TestTone::regionGivesTheSameBytesAsTheWhole()
{
    const Image photo = photoPicture({700, 600}, Rgb8);
    const auto done = toned(photo, given(warm()));
    QVERIFY(done);
    const Image &whole = done->image;
    auto operation = Tone::create({photo.size(), photo.format(), {}}, given(warm()), {});
    QVERIFY(operation);
    WholeSource source(photo);
    Image parts(photo.size(), photo.format());
    parts.fill(0);
    const QRect region(490, 480, 60, 50);
    QVERIFY((*operation)->runRegion(source, region, region.center(),
                                    [&](const QRect &place, const Image &pixels) {
                                        parts.paste(pixels, place.topLeft());
                                    },
                                    {}));
    QVERIFY(parts.copied(region) == whole.copied(region));
}

void TestTone::oddPicturesAreKept_data()
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

void TestTone::oddPicturesAreKept()
{
    QFETCH(Image, picture);
    ToneSettings settings;
    settings.model = Tone::twinId();
    const auto done = toned(picture, settings);
    QVERIFY(done);
    QCOMPARE(done->image.size(), picture.size());
    QCOMPARE(done->image.format(), picture.format());
}

void TestTone::resultIsMadeAgainFromItsParameters()
{
    CurvesProvider models;
    models.model->answer = warm();
    const Image photo = photoPicture({180, 160}, {Channels::Rgb, Depth::U16});
    const auto first = toned(photo, {}, &models);
    QVERIFY(first);
    models.model->answer = ToneCurves::identity();
    const auto again = toned(photo, *ToneSettings::fromParameters(first->parameters), &models);
    QVERIFY(again);
    QVERIFY(first->image == again->image);
}

QTEST_GUILESS_MAIN(TestTone)
#include "tst_tone.moc"
