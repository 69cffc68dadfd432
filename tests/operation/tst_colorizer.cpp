// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/hintpropagation.h"
#include "operation/scriptedcolorizer.h"

#include <QtTest>

#include <random>

using namespace heirloom;
using namespace heirloom::test;

class TestColorizer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chromaOverIsThePlainColorBlend();
    void networkSeesGuideHintsAndPropagation();
    void variantsDifferAndRepeat();
    void variantsLeaveHintsAlone();
    void onlyOtherHintsAskTheNetworkAgain();
    void suggestionsAreLikeliestFirst();
    void uncertaintyIsOneWhereAllIsPossible();
    void answersOfAnotherShapeAreRefused();
    void roomIsMadeForWhatIsMoreUrgent();
    void aModelThatStopsByItselfEndsInAnError();
};

void TestColorizer::chromaOverIsThePlainColorBlend()
{
    std::mt19937 random(5);
    for (int i = 0; i < 2000; ++i) {
        const QRgb color = qRgb(int(random() % 256), int(random() % 256), int(random() % 256));
        const float light = float(random() % 1001) / 1000;
        float rgb[3];
        joinChroma(light, chromaOver(color, light), rgb);
        const auto wanted = colorOver(color, double(light));
        for (size_t c = 0; c < 3; ++c)
            QVERIFY(std::abs(double(rgb[c]) - wanted[c]) < 1e-4);
    }
}

void TestColorizer::networkSeesGuideHintsAndPropagation()
{
    ChromaProvider models;
    const Image photo = greyPhoto({640, 400});
    const auto done =
        colored(photo, with({point(320, 200, qRgb(200, 60, 60), 12)}, packId), &models);
    QVERIFY(done);
    const ModelInput &asked = models.model->asked;
    QCOMPARE(asked.image.size(), QSize(320, 224)); // 320 x 200, padded
    const Planes hints = asked.planes.value(QStringLiteral("hints"));
    QCOMPARE(hints.channels, 4);
    QCOMPARE(hints.row(2, 100)[160], 1.0F);
    QCOMPARE(hints.row(2, 100)[170], 0.0F);
    QVERIFY(hints.row(1, 100)[160] > 0.2F);
    const Planes cells = propagatedHints(asked.image, hints);
    const Planes propagated = asked.planes.value(QStringLiteral("propagated"));
    QCOMPARE(propagated.size(), asked.image.size());
    for (const QPoint p : {QPoint(0, 0), QPoint(161, 99), QPoint(319, 223)})
        QCOMPARE(propagated.row(1, p.y())[p.x()], cells.row(1, p.y() / 4)[p.x() / 4]);
    QVERIFY(std::abs(asked.image.row(0, 60)[31] - (lumAt(photo, 62, 120) + lumAt(photo, 63, 120) +
                                                   lumAt(photo, 62, 121) + lumAt(photo, 63, 121)) /
                                                      4) < 2.0 / 255);
    QCOMPARE(asked.image.row(0, 223)[5], asked.image.row(0, 199)[5]);
    QCOMPARE(done->record.modelSha256, QString::fromLatin1(models.model->pack().sha256));
    QCOMPARE(done->record.alteration, Alteration::CompositeWithTrainedAlgorithmicMedia);
}

void TestColorizer::variantsDifferAndRepeat()
{
    ChromaProvider models;
    const Image photo = greyPhoto({200, 160});
    ColorizeSettings settings = with({}, packId);
    settings.seed = 7;
    QList<Image> images;
    for (int i = 0; i < 4; ++i) {
        settings.variant = i;
        images += colored(photo, settings, &models)->image;
    }
    for (int i = 0; i < 4; ++i) {
        for (int j = 0; j < i; ++j)
            QVERIFY(maxDifference(images[i], images[j]) > 4);
    }
    QVERIFY(colored(photo, settings, &models)->image == images[3]);
    settings.seed = 8;
    QVERIFY(colored(photo, settings, &models)->image != images[3]);
    models.model->sure = 1; // nothing else is possible
    QVERIFY(colored(photo, settings, &models)->image == images[0]);
}

void TestColorizer::variantsLeaveHintsAlone()
{
    ChromaProvider models;
    Image flat({128, 128}, Rgb8);
    flat.fill(128);
    ColorizeSettings settings = with({point(64.5, 64.5, qRgb(60, 120, 180))}, packId);
    const Image plain = colored(flat, settings, &models)->image;
    settings.variant = 2;
    const Image other = colored(flat, settings, &models)->image;
    QVERIFY(other != plain);
    for (int c = 0; c < 3; ++c)
        QCOMPARE(sampleAt(other, 64, 64, c), sampleAt(plain, 64, 64, c));
}

void TestColorizer::onlyOtherHintsAskTheNetworkAgain()
{
    ChromaProvider models;
    const Image photo = greyPhoto({300, 200});
    OperationContext context;
    context.models = &models;
    ColorizeSettings settings = with({point(50, 50, qRgb(200, 0, 0))}, packId);
    auto made = Colorize::create({photo.size(), photo.format(), {}}, settings, context);
    QVERIFY(made);
    WholeSource source(photo);
    QVERIFY((*made)->prepare(source, {}));
    QVERIFY((*made)->answer(settings, {}));
    Image part = photo.copied(QRect(40, 40, 30, 30));
    QVERIFY((*made)->paint(part, {40, 40}));
    QVERIFY(part == colored(photo, settings, &models)->image.copied(QRect(40, 40, 30, 30)));
    models.model->runs = 0;
    settings.taste.saturation = 50;
    QVERIFY((*made)->answer(settings, {}));
    settings.variant = 1;
    QVERIFY((*made)->answer(settings, {}));
    QCOMPARE(models.model->runs, 0);
    settings.hints.all[0].path[0] += QPointF(20, 0);
    QVERIFY((*made)->answer(settings, {}));
    QCOMPARE(models.model->runs, 1);
}

void TestColorizer::suggestionsAreLikeliestFirst()
{
    ChromaProvider models;
    Image flat({64, 64}, Rgb8);
    flat.fill(128);
    OperationContext context;
    context.models = &models;
    auto made = Colorize::create({flat.size(), flat.format(), {}}, with({}, packId), context);
    QVERIFY(made);
    WholeSource source(flat);
    QVERIFY((*made)->settle(source, {}));
    const auto found =
        suggestions((*made)->guide(), (*made)->lastAnswer(), (*made)->bins(), {30, 30}, 8);
    QCOMPARE(found.size(), size_t(2));
    QVERIFY(std::abs(found[0].likelihood - 0.7F) < 1e-5F);
    QCOMPARE(qBlue(found[0].color), int(std::lround((128 / 255.0 - 0.3) * 255)));
    QVERIFY(qBlue(found[1].color) > 128);
}

void TestColorizer::uncertaintyIsOneWhereAllIsPossible()
{
    ColorAnswer answer;
    answer.likely = Planes(4, 2, 1);
    for (int b = 0; b < 4; ++b)
        answer.likely.row(b, 0)[0] = 0.25F;
    answer.likely.row(2, 0)[1] = 1;
    const Planes unsure = uncertainty(answer);
    QVERIFY(std::abs(unsure.values[0] - 1) < 1e-5F);
    QCOMPARE(unsure.values[1], 0.0F);
}

void TestColorizer::answersOfAnotherShapeAreRefused()
{
    ChromaProvider models;
    models.model->answerChannels = 3;
    QVERIFY(!colored(greyPhoto({200, 140}), with({}, packId), &models));
    models.model->answerChannels = 4;
    models.model->chroma.u = std::nanf("");
    QVERIFY(!colored(greyPhoto({200, 140}), with({}, packId), &models));
}

void TestColorizer::roomIsMadeForWhatIsMoreUrgent()
{
    ChromaProvider models;
    OperationContext context;
    context.models = &models;
    const Image photo = greyPhoto({200, 160});
    auto made = Colorize::create({photo.size(), photo.format(), {}}, with({}, packId), context);
    QVERIFY(made);
    int waiting = 2;
    const Progress progress = urgentFor(waiting);
    models.model->cancels = waiting;
    WholeSource source(photo);
    QVERIFY((*made)->settle(source, progress));
    QCOMPARE(waiting, 0);
    QCOMPARE(models.model->runs, 3);
    WholeSink sink(photo.size(), photo.format());
    QVERIFY((*made)->run(source, sink, progress));
    QVERIFY(sink.image == colored(photo, with({}, packId), &models)->image);
}

void TestColorizer::aModelThatStopsByItselfEndsInAnError()
{
    ChromaProvider models;
    OperationContext context;
    context.models = &models;
    models.model->stops = true;
    const Image photo = greyPhoto({200, 160});
    auto made = Colorize::create({photo.size(), photo.format(), {}}, with({}, packId), context);
    QVERIFY(made);
    WholeSource source(photo);
    const auto refused = (*made)->settle(source, {});
    QVERIFY(!refused && refused.error().code == ErrorCode::ModelFailed);
}

QTEST_GUILESS_MAIN(TestColorizer)
#include "tst_colorizer.moc"
