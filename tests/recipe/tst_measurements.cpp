// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "image/resample.h"
#include "operation/blurestimate.h"
#include "operation/pictureends.h"
#include "operation/scriptedmodels.h"
#include "recipe/measurements.h"
#include "support/drawnface.h"
#include "support/testpictures.h"

#include <QtTest>

#include <random>

using namespace heirloom;
using namespace heirloom::test;

/// What triage measures, on pictures made so that the answer is known.
class TestMeasurements : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fineTextureHasDetailToTheLastPixel();
    void enlargedPictureHasTheDetailItWasEnlargedFrom_data();
    void enlargedPictureHasTheDetailItWasEnlargedFrom();
    void grainAddsNoDetail();
    void filmGrainAddsNoDetail();
    void backgroundOutOfFocusIsNoBlur();
    void onlyWhatHasNoDetailIsReduced();
    void blurIsFoundWithItsWidth();
    void tinyAndFlatPicturesAreLeftAlone();
    void streamedSourceGivesTheSameNumber();
    void greyAndToneAreMeasured();
    void castAndFacesAreMeasured();
    void damageAndFadingAreMeasuredByNetworks();
    void cancelEndsIt();
};

namespace
{

constexpr PixelFormat Rgb8{Channels::Rgb, Depth::U8};
constexpr PixelFormat GrayF{Channels::Gray, Depth::F32};

/// Disks of many sizes upon one another: the spectrum of photographs, falling with the square of
/// the frequency, with hard edges.
Image deadLeaves(QSize size, unsigned seed)
{
    Image image(size, GrayF);
    image.fill(0.5);
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> unit(0, 1);
    for (int i = 0; i < size.width() * size.height() / 30; ++i) {
        const double r = 1.5 / std::sqrt(std::max(1e-4, unit(random)));
        const double cx = unit(random) * size.width(), cy = unit(random) * size.height();
        const float value = float(0.1 + 0.8 * unit(random));
        for (int y = std::max(0, int(cy - r)); y < std::min(double(size.height()), cy + r); ++y)
            for (int x = std::max(0, int(cx - r)); x < std::min(double(size.width()), cx + r); ++x)
                if (std::hypot(x - cx, y - cy) < r)
                    image.samples<float>(y)[x] = value;
    }
    return image;
}

Image noisy(const Image &image, double sigma)
{
    Image result = image;
    std::mt19937 random(4);
    std::normal_distribution<float> noise(0, float(sigma / 255));
    for (int y = 0; y < result.height(); ++y)
        for (int x = 0; x < result.width(); ++x)
            result.samples<float>(y)[x] += noise(random);
    return result;
}

Image enlarged(const Image &image, int factor)
{
    WholeSource source(image);
    ResampledSource larger(source, image.size() * factor);
    return *larger.read(QRect(QPoint(0, 0), image.size() * factor));
}

/// A plain, slow Gaussian.
Image blurred(const Image &image, double sigma)
{
    const int reach = int(std::ceil(4 * sigma));
    Image result(image.size(), GrayF);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            double sum = 0, weights = 0;
            for (int v = -reach; v <= reach; ++v) {
                for (int u = -reach; u <= reach; ++u) {
                    const int px = std::clamp(x + u, 0, image.width() - 1);
                    const int py = std::clamp(y + v, 0, image.height() - 1);
                    const double w = std::exp(-(u * u + v * v) / (2 * sigma * sigma));
                    sum += w * image.constSamples<float>(py)[px];
                    weights += w;
                }
            }
            result.samples<float>(y)[x] = float(sum / weights);
        }
    }
    return result;
}

DetailScale detailOf(const Image &image)
{
    WholeSource source(image);
    return *measureDetail(source);
}

double blurFound(const Image &image, double noise)
{
    WholeSource source(image);
    return *estimateBlur(source, noise);
}

} // namespace

void TestMeasurements::fineTextureHasDetailToTheLastPixel()
{
    const DetailScale detail = detailOf(deadLeaves({512, 384}, 1));
    QVERIFY2(detail.cutoff > 0.44, qPrintable(QString::number(detail.cutoff)));
}

void TestMeasurements::enlargedPictureHasTheDetailItWasEnlargedFrom_data()
{
    QTest::addColumn<int>("factor");
    QTest::newRow("2 times") << 2;
    QTest::newRow("3 times") << 3;
    QTest::newRow("4 times") << 4;
}

void TestMeasurements::enlargedPictureHasTheDetailItWasEnlargedFrom()
{
    QFETCH(int, factor);
    const double share = detailOf(enlarged(deadLeaves({384, 256}, 2), factor)).share();
    const double truth = 1.0 / (factor * factor);
    // Lanczos leaves a skirt beyond the old limit, so somewhat more is found, never less.
    QVERIFY2(share >= truth && share < 2.6 * truth, qPrintable(QString::number(share / truth)));
}

void TestMeasurements::grainAddsNoDetail()
{
    const Image soft = enlarged(deadLeaves({384, 256}, 3), 3);
    const double without = detailOf(soft).cutoff;
    const double with = detailOf(noisy(soft, 6)).cutoff;
    QVERIFY2(std::abs(with - without) < 0.05,
             qPrintable(QStringLiteral("%1 %2").arg(without).arg(with)));
}

/// Grain of a film has a size: its spectrum falls as detail's does.
void TestMeasurements::filmGrainAddsNoDetail()
{
    const Image soft = enlarged(deadLeaves({384, 256}, 3), 3);
    Image flat(soft.size(), GrayF);
    flat.fill(0);
    const Image grain = blurred(noisy(flat, 14), 0.7); // about 6 of 255 are left
    Image film = soft;
    for (int y = 0; y < film.height(); ++y) {
        for (int x = 0; x < film.width(); ++x)
            film.samples<float>(y)[x] += grain.constSamples<float>(y)[x];
    }
    const DetailScale found = detailOf(film);
    QVERIFY2(std::abs(found.cutoff - detailOf(soft).cutoff) < 0.05,
             qPrintable(QString::number(found.cutoff)));
}

void TestMeasurements::onlyWhatHasNoDetailIsReduced()
{
    QCOMPARE(detailOf(deadLeaves({512, 384}, 1)).percent(), 100);
    const int percent = detailOf(enlarged(deadLeaves({384, 256}, 2), 4)).percent();
    QVERIFY2(percent >= 25 && percent <= 40, qPrintable(QString::number(percent)));
    QCOMPARE(sizeAtDetail({399, 5}, 25), QSize(100, 1));
    QCOMPARE(sizeAtDetail({399, 5}, 100), QSize(399, 5));
    QVERIFY(detailText({7000, 5000}, 100).isEmpty());
    const QString text = detailText({7000, 5000}, 42);
    QVERIFY2(text.contains(QStringLiteral("6.2 of 35.0 megapixels")), qPrintable(text));
}

void TestMeasurements::blurIsFoundWithItsWidth()
{
    const Image sharp = deadLeaves({384, 256}, 4);
    for (const double noise : {2, 8}) {
        for (const double sigma : {1.2, 1.6, 2.0}) {
            const double found = blurFound(noisy(blurred(sharp, sigma), noise), noise);
            QVERIFY2(std::abs(found - sigma) < 0.2 * sigma,
                     qPrintable(QStringLiteral("%1 %2").arg(sigma).arg(found)));
        }
        QVERIFY(blurFound(noisy(sharp, noise), noise) < 0.6);
    }
}

void TestMeasurements::backgroundOutOfFocusIsNoBlur()
{
    const Image sharp = deadLeaves({512, 384}, 4);
    Image portrait = blurred(sharp, 4);
    for (int y = 64; y < 320; ++y) // a third of it
        std::copy_n(sharp.constSamples<float>(y) + 128, 256, portrait.samples<float>(y) + 128);
    const double found = blurFound(noisy(portrait, 2), 2);
    QVERIFY2(found < 0.6, qPrintable(QString::number(found)));
}

void TestMeasurements::tinyAndFlatPicturesAreLeftAlone()
{
    QCOMPARE(detailOf(photoPicture({1, 1}, Rgb8)).share(), 1.0);
    QCOMPARE(detailOf(photoPicture({127, 300}, Rgb8)).share(), 1.0);
    QCOMPARE(blurFound(photoPicture({127, 300}, Rgb8), 1), 0.0);
    Image sky({300, 200}, GrayF);
    for (int y = 0; y < 200; ++y)
        std::fill_n(sky.samples<float>(y), 300, 0.4F + float(y) / 1000);
    QCOMPARE(blurFound(noisy(sky, 1), 1), 0.0);
    Image black({200, 200}, Rgb8);
    black.fill(0);
    QCOMPARE(detailOf(black).share(), 1.0);
    WholeSource source(black);
    const auto all = measure(source);
    QVERIFY(all);
    QCOMPARE(all->sigma, 0.0);
    QVERIFY(all->isGrey());
}

void TestMeasurements::streamedSourceGivesTheSameNumber()
{
    const Image image = photoPicture({300, 777}, Rgb8);
    StreamedSource streamed(image, 0);
    QCOMPARE(measureDetail(streamed)->cutoff, detailOf(image).cutoff);
}

void TestMeasurements::greyAndToneAreMeasured()
{
    Image image({400, 300}, Rgb8);
    for (int y = 0; y < 300; ++y)
        for (int x = 0; x < 400; ++x)
            for (int c = 0; c < 3; ++c)
                image.samples<quint8>(y)[3 * x + c] = quint8(51 + x * 127 / 399);
    WholeSource source(image);
    const auto grey = measure(source);
    QVERIFY(grey->isGrey());
    QVERIFY(std::abs(grey->darkest - 0.2) < 0.005);
    QVERIFY(std::abs(grey->brightest - 0.698) < 0.005);
    for (int y = 0; y < 300; ++y)
        for (int x = 0; x < 400; ++x)
            image.samples<quint8>(y)[3 * x + 2] /= 2;
    WholeSource warm(image);
    QVERIFY(!measure(warm)->isGrey());
}

void TestMeasurements::castAndFacesAreMeasured()
{
    const Image group = asPicture(
        facesOnAWall({420, 320}, {{60, 40, 60, 60}, {300, 60, 60, 60}, {180, 180, 70, 70}}));
    const Image grey = group.converted({Channels::Gray, Depth::U8});
    Image tinted = group;
    for (int y = 0; y < tinted.height(); ++y) {
        quint8 *p = tinted.samples<quint8>(y);
        for (int x = 0; x < tinted.width(); ++x, p += 3)
            p[2] = quint8(p[2] * 0.8);
    }
    for (const Image &image : {group, grey, tinted}) {
        WholeSource source(image);
        const auto m = measure(source);
        QVERIFY(m);
        QCOMPARE(m->faces, 3);
        if (image == tinted)
            QVERIFY2(m->cast > 5, qPrintable(QString::number(m->cast)));
        else
            QVERIFY(m->cast < 0.1);
    }
    WholeSource leaves(deadLeaves({300, 200}, 2));
    QCOMPARE(measure(leaves)->faces, 0);
}

/// Answers every pixel or the whole picture with one number.
class ConstantModel : public Model
{
public:
    ConstantModel(ModelTask task, float answer)
        : m_pack(scriptedPack(QStringLiteral("constant"), 64, 0))
        , m_answer(answer)
    {
        m_pack.task = task;
        m_pack.output.scale = 1;
        m_pack.output.meaning = task == ModelTask::Tone ? ModelPack::Output::Meaning::Curves
                                                        : ModelPack::Output::Meaning::Mask;
        if (task == ModelTask::Tone)
            m_pack.id = QStringLiteral("constant-tone");
        else
            m_pack.output.channels = QStringLiteral("A");
    }
    const ModelPack &pack() const override { return m_pack; }
    Result<Planes> run(const ModelInput &input, RunControl &) override
    {
        const bool isTone = m_pack.task == ModelTask::Tone;
        const QSize size = isTone ? QSize(16, 1) : input.image.size();
        Planes out(isTone ? 3 : 1, size.width(), size.height());
        for (int c = 0; c < out.channels; ++c) {
            for (size_t i = 0; i < out.planeSize(); ++i)
                out.plane(c)[i] = isTone ? m_answer * float(i) / 15 : m_answer;
        }
        return out;
    }

private:
    ModelPack m_pack;
    float m_answer;
};

void TestMeasurements::damageAndFadingAreMeasuredByNetworks()
{
    const Image image = photoPicture({300, 200}, Rgb8);
    WholeSource source(image);
    QVERIFY(!measure(source)->damage);
    QVERIFY(!measure(source)->fading);

    ScriptedProvider none;
    OperationContext context;
    context.models = &none;
    const auto unknown = measure(source, context);
    QVERIFY(unknown);
    QVERIFY(!unknown->damage && !unknown->fading);

    for (const auto &[damaged, light] : {std::pair(1.0F, 0.5F), std::pair(0.0F, 1.0F)}) {
        ScriptedProvider models;
        models.add(std::make_shared<ConstantModel>(ModelTask::Scratch, damaged));
        models.add(std::make_shared<ConstantModel>(ModelTask::Tone, light));
        context.models = &models;
        const auto m = measure(source, context);
        QVERIFY(m);
        QVERIFY(m->damage);
        QCOMPARE(*m->damage, double(damaged));
        QVERIFY(m->fading);
        QVERIFY2(light == 1 ? *m->fading < 0.1 : *m->fading > 10,
                 qPrintable(QString::number(*m->fading)));
        QCOMPARE(m->toJson()[QStringLiteral("damage_share")].toDouble(), double(damaged));
    }
}

void TestMeasurements::cancelEndsIt()
{
    std::stop_source stop;
    stop.request_stop();
    WholeSource source(photoPicture({300, 300}, Rgb8));
    const auto found = measure(source, {}, Progress(stop.get_token(), {}));
    QVERIFY(!found);
    QVERIFY(found.error().isCancelled());
}

QTEST_GUILESS_MAIN(TestMeasurements)
#include "tst_measurements.moc"
