// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "operation/inpaint.h"
#include "session/ailayers.h"
#include "session/layersrecipe.h"
#include "sessionstage.h"
#include "support/testpictures.h"

#include <QtTest>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

const QString denoise = QStringLiteral("denoise");
const QString upscale = QStringLiteral("upscale");
const QString model = QStringLiteral("model");

struct RecipeStage : Stage {
    RecipeStage()
        : Stage(false)
    {
        if (!open(noisePicture({90, 70}, {Channels::Rgb, Depth::U8})))
            qFatal("not opened");
    }
    LayerId add(const QString &operation, const QVariantMap &parameters, const AiLook &look = {})
    {
        if (outcome(session->aiLayers().add(operation, parameters, look)).kind !=
            Outcome::Kind::Done)
            qFatal("not done");
        return session->document()->activeLayer();
    }
    LayersRecipe recipe() { return recipeOf(session->document()->snapshot(), environment); }
};

} // namespace

/// A document's AI layers as a recipe.
class TestLayersRecipe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void photoWithoutResultsHasNoSteps();
    void whatWasMeasuredIsLeftOut();
    void whatWasChosenIsKept();
    void hiddenLayersFillsAndMasksStayBehind();
};

void TestLayersRecipe::photoWithoutResultsHasNoSteps()
{
    RecipeStage s;
    QVERIFY(s.recipe().recipe.steps.isEmpty());
    QVERIFY(!s.recipe().leavesOut);
}

void TestLayersRecipe::whatWasMeasuredIsLeftOut()
{
    RecipeStage s;
    AiLook look;
    look.opacity = 0.7;
    s.add(denoise, {{QStringLiteral("sigma"), 14.0}}, look);
    const QList<RecipeStep> steps = s.recipe().recipe.steps;
    QCOMPARE(steps.size(), 1);
    QCOMPARE(steps[0].operation, denoise);
    QVERIFY2(steps[0].parameters.isEmpty(), qPrintable(steps[0].parameters.keys().join(u' ')));
    QCOMPARE(steps[0].strength, 70.0);
    QVERIFY(steps[0].when == RecipeStep::When::Needed);
}

void TestLayersRecipe::whatWasChosenIsKept()
{
    RecipeStage s;
    s.add(upscale, {{QStringLiteral("scale"), 3.0}, {model, QStringLiteral("lanczos")}});
    s.add(upscale, {{QStringLiteral("scale"), 2.0}}); // by the network that there is
    const QList<RecipeStep> steps = s.recipe().recipe.steps;
    QCOMPARE(steps.size(), 2);
    QCOMPARE(steps[0].parameters.value(QStringLiteral("scale")).toDouble(), 3.0);
    QCOMPARE(steps[0].parameters.value(model).toString(), QStringLiteral("lanczos"));
    QVERIFY(steps[0].when == RecipeStep::When::Always);
    QVERIFY(!steps[1].parameters.contains(model));
    // It does the same again.
    const QList<ProposedStep> again = s.recipe().recipe.stepsFor({});
    QCOMPARE(again.size(), 2);
    RecipeStage other;
    for (const ProposedStep &step : again)
        other.add(step.operation, step.parameters);
    QVERIFY(other.shown() == s.shown());
}

void TestLayersRecipe::hiddenLayersFillsAndMasksStayBehind()
{
    RecipeStage s;
    const QSize size = s.session->document()->canvas().size;
    const LayerId hidden = s.add(denoise, {{QStringLiteral("sigma"), 14.0}});
    s.session->document()->setVisible(hidden, false);
    QVERIFY(s.recipe().recipe.steps.isEmpty());
    QVERIFY(!s.recipe().leavesOut);

    AiLook look;
    look.mask = Mask::uniform(size, 0, s.session->tileStore());
    look.mask.pixels.fill({10, 10, 8, 8}, {std::byte{255}});
    s.add(Inpaint::id(), {{QStringLiteral("method"), QStringLiteral("membrane")}}, look);
    QVERIFY(s.recipe().recipe.steps.isEmpty());
    QVERIFY(s.recipe().leavesOut);

    RecipeStage masked;
    masked.add(denoise, {{QStringLiteral("sigma"), 14.0}}, look);
    QCOMPARE(masked.recipe().recipe.steps.size(), 1);
    QVERIFY(masked.recipe().leavesOut);
}

QTEST_GUILESS_MAIN(TestLayersRecipe)
#include "tst_layersrecipe.moc"
