// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe/recipe.h"

#include <QJsonDocument>
#include <QtTest>

using namespace heirloom;

/// Which steps a picture is given, by triage and by recipes, and what becomes of broken files.
class TestRecipe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goodPictureNeedsNothing();
    void noiseIsProposedWithItsMeasurement();
    void filmGrainIsProposedAsSuch();
    void strongCompressionAndBlurAreProposed();
    void textureGoesFirstAndHidesNoiseAndBlur();
    void damageAndFadingAreProposedFromACertainMeasureOn();
    void whatIsOffByDefaultIsNotProposed();
    void whatIsOffByDefaultIsOfferedInItsPlace();
    void stepsRunInTheOrderOfTheRules();
    void neededStepIsLeftOutWhereNothingIsWrong();
    void parametersOfARecipeGoBeforeMeasuredOnes();
    void jsonComesBackTheSame();
    void brokenFilesGetASentence_data();
    void brokenFilesGetASentence();
};

namespace
{

Measurements noisyBy(double sigma)
{
    Measurements m;
    m.size = {640, 480};
    m.sigma = sigma;
    return m;
}

QByteArray bytes(const Recipe &recipe)
{
    return QJsonDocument(recipe.toJson()).toJson();
}

const QString denoise = QStringLiteral("denoise");
const QString upscale = QStringLiteral("upscale");

StepRule rule(const QString &operation, bool offByDefault = false)
{
    return {operation,
            [operation](const Measurements &) {
                return std::optional<ProposedStep>({operation, {}, 100, {}, {}});
            },
            offByDefault};
}

} // namespace

void TestRecipe::goodPictureNeedsNothing()
{
    QVERIFY(proposeSteps(noisyBy(0)).isEmpty());
    QVERIFY(proposeSteps(noisyBy(5.9)).isEmpty()); // texture of sharp photographs
}

void TestRecipe::noiseIsProposedWithItsMeasurement()
{
    const QList<ProposedStep> steps = proposeSteps(noisyBy(14));
    QCOMPARE(steps.size(), 1);
    QCOMPARE(steps.first().operation, denoise);
    QCOMPARE(steps.first().parameters.value(QStringLiteral("sigma")).toDouble(), 14.0);
    QVERIFY(steps.first().measured.contains(QStringLiteral("14.0")));
    QVERIFY(!steps.first().reason.isEmpty());
    const double most =
        proposeSteps(noisyBy(200)).first().parameters.value(QStringLiteral("sigma")).toDouble();
    QCOMPARE(most, 75.0); // what the operation takes
}

void TestRecipe::filmGrainIsProposedAsSuch()
{
    Measurements m = noisyBy(1.2); // what is left of it at full size
    m.grain = 11;
    const QList<ProposedStep> steps = proposeSteps(m);
    QCOMPARE(steps.size(), 1);
    QCOMPARE(steps.first().operation, denoise);
    QCOMPARE(steps.first().parameters.value(QStringLiteral("sigma")).toDouble(), 11.0);
    QVERIFY(steps.first().parameters.value(QStringLiteral("correlated")).toBool());
    QVERIFY(steps.first().measured.contains(QStringLiteral("11.0")));
    QVERIFY(!proposeSteps(noisyBy(14)).first().parameters.contains(QStringLiteral("correlated")));
}

void TestRecipe::strongCompressionAndBlurAreProposed()
{
    Measurements m = noisyBy(2);
    m.jpegQuality = 90;
    QVERIFY(proposeSteps(m).isEmpty());
    m.jpegQuality = 30;
    QCOMPARE(proposeSteps(m).size(), 1);
    QCOMPARE(proposeSteps(m)[0].operation, QStringLiteral("deartifact"));
    QCOMPARE(proposeSteps(m)[0].parameters.value(QStringLiteral("quality")).toInt(), 30);
    m.blur = 1.5;
    m.sigma = 12;
    const QList<ProposedStep> steps = proposeSteps(m);
    QCOMPARE(steps.size(), 3);
    QCOMPARE(steps[1].operation, denoise);
    QCOMPARE(steps[2].operation, QStringLiteral("deblur"));
    QCOMPARE(steps[2].parameters.value(QStringLiteral("amount")).toDouble(), 50.0);
    QVERIFY(steps[2].parameters.value(QStringLiteral("noise")).toDouble() < 12);
}

void TestRecipe::textureGoesFirstAndHidesNoiseAndBlur()
{
    Measurements m = noisyBy(30);
    m.blur = 1.5;
    m.texture.channels[0] = {{0.125, 0.0625}};
    m.texture.contrast = 60;
    const QList<ProposedStep> steps = proposeSteps(m);
    QCOMPARE(steps.size(), 1);
    QCOMPARE(steps[0].operation, QStringLiteral("texture"));
    QCOMPARE(steps[0].parameters.value(QStringLiteral("waves")).toString(), m.texture.toText());
    QVERIFY(steps[0].parameters.value(QStringLiteral("amount")).toDouble() > 30);
    QVERIFY(steps[0].measured.contains(QStringLiteral("7.2")));
}

void TestRecipe::damageAndFadingAreProposedFromACertainMeasureOn()
{
    Measurements m = noisyBy(0);
    m.chroma = 20;
    QVERIFY(proposeSteps(m).isEmpty()); // not measured
    m.damage = 0.0005;
    m.fading = 4;
    QVERIFY(proposeSteps(m).isEmpty());
    QCOMPARE(offerSteps(m).size(), 1);
    QVERIFY(offerSteps(m)[0].isOptional); // tone
    m.damage = 0.002;
    QVERIFY(proposeSteps(m).isEmpty());
    QCOMPARE(offerSteps(m).size(), 2);
    QCOMPARE(offerSteps(m)[0].operation, QStringLiteral("scratches"));
    QVERIFY(offerSteps(m)[0].isOptional);
    m.damage = 0.02;
    m.fading = 30;
    const QList<ProposedStep> steps = proposeSteps(m);
    QCOMPARE(steps.size(), 2);
    QCOMPARE(steps[0].operation, QStringLiteral("scratches"));
    QVERIFY(steps[0].measured.contains(QStringLiteral("2.0")));
    QCOMPARE(steps[1].operation, QStringLiteral("tone"));
    QVERIFY(steps[1].measured.contains(QStringLiteral("30")));
    QVERIFY(!steps[1].isOptional);
}

void TestRecipe::whatIsOffByDefaultIsNotProposed()
{
    QVERIFY(proposeSteps(noisyBy(0), {rule(upscale, true)}).isEmpty());
    Recipe recipe;
    recipe.steps = {{upscale, {}, 100, RecipeStep::When::Needed}};
    QCOMPARE(recipe.stepsFor(noisyBy(0), {rule(upscale, true)}).size(), 1);
}

void TestRecipe::whatIsOffByDefaultIsOfferedInItsPlace()
{
    const QList<ProposedStep> steps =
        offerSteps(noisyBy(0), {rule(denoise), rule(upscale, true), rule(denoise)});
    QCOMPARE(steps.size(), 3);
    QCOMPARE(steps[1].operation, upscale);
    QVERIFY(steps[1].isOptional);
    QVERIFY(!steps[0].isOptional && !steps[2].isOptional);
    // Colours can be asked for, and are never brought back unasked.
    Measurements colored = noisyBy(20);
    colored.chroma = 20;
    const QList<ProposedStep> real = offerSteps(colored);
    QCOMPARE(real.size(), 2);
    QCOMPARE(real[1].operation, QStringLiteral("tone"));
    QVERIFY(real[1].isOptional);
    // Nor is a grey picture coloured unasked.
    const QList<ProposedStep> grey = offerSteps(noisyBy(20));
    QCOMPARE(grey.size(), 3);
    QCOMPARE(grey[2].operation, QStringLiteral("colorize"));
    QVERIFY(grey[2].isOptional);
    QCOMPARE(proposeSteps(noisyBy(20)).size(), 1);
}

void TestRecipe::stepsRunInTheOrderOfTheRules()
{
    const QList<ProposedStep> steps = proposeSteps(noisyBy(0), {rule(upscale), rule(denoise)});
    QCOMPARE(steps.size(), 2);
    QCOMPARE(steps[0].operation, upscale);
    QCOMPARE(steps[1].operation, denoise);
}

void TestRecipe::neededStepIsLeftOutWhereNothingIsWrong()
{
    Recipe recipe;
    recipe.name = QStringLiteral("Both");
    recipe.steps = {{denoise, {}, 80, RecipeStep::When::Needed},
                    {upscale, {{QStringLiteral("scale"), 2.0}}, 100, RecipeStep::When::Always}};
    const QList<ProposedStep> steps = recipe.stepsFor(noisyBy(0));
    QCOMPARE(steps.size(), 1);
    QCOMPARE(steps[0].operation, upscale);
    QVERIFY(steps[0].reason.contains(recipe.name));
    QCOMPARE(recipe.stepsFor(noisyBy(20)).size(), 2);
    QCOMPARE(recipe.stepsFor(noisyBy(20))[0].strength, 80.0);
}

void TestRecipe::parametersOfARecipeGoBeforeMeasuredOnes()
{
    const QString sigma = QStringLiteral("sigma");
    Recipe recipe;
    recipe.steps = {{denoise, {{sigma, 9.0}}, 100, RecipeStep::When::Needed}};
    QCOMPARE(recipe.stepsFor(noisyBy(20)).first().parameters.value(sigma).toDouble(), 9.0);
    recipe.steps.first().parameters.clear();
    QCOMPARE(recipe.stepsFor(noisyBy(20)).first().parameters.value(sigma).toDouble(), 20.0);
}

void TestRecipe::jsonComesBackTheSame()
{
    Recipe recipe;
    recipe.id = QStringLiteral("old-print");
    recipe.name = QStringLiteral("Old print");
    recipe.description = QStringLiteral("For prints.");
    recipe.steps = {{denoise, {{QStringLiteral("sigma"), 9.5}}, 70, RecipeStep::When::Always},
                    {upscale, {}, 100, RecipeStep::When::Needed}};
    const auto read = Recipe::fromJson(bytes(recipe), OperationRegistry::standard());
    QVERIFY(read);
    QVERIFY(*read == recipe);
}

void TestRecipe::brokenFilesGetASentence_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("steps: denoise");
    QTest::newRow("an array") << QByteArray("[1, 2]");
    QTest::newRow("no version") << QByteArray(R"({"steps": []})");
    QTest::newRow("newer") << QByteArray(R"({"version": 2, "steps": []})");
    QTest::newRow("no steps") << QByteArray(R"({"version": 1})");
    QTest::newRow("unknown operation")
        << QByteArray(R"({"version": 1, "steps": [{"operation": "teleport"}]})");
    QTest::newRow("strength") << QByteArray(
        R"({"version": 1, "steps": [{"operation": "denoise", "strength": 400}]})");
    QTest::newRow("when") << QByteArray(
        R"({"version": 1, "steps": [{"operation": "denoise", "when": "sometimes"}]})");
}

void TestRecipe::brokenFilesGetASentence()
{
    QFETCH(QByteArray, json);
    const auto read = Recipe::fromJson(json, OperationRegistry::standard());
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::BadArgument);
}

QTEST_GUILESS_MAIN(TestRecipe)
#include "tst_recipe.moc"
