// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/errortext.h"
#include "operation/pictureoperation.h"
#include "recipe/recipelibrary.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace heirloom;

namespace
{

Measurements measured(double sigma)
{
    Measurements m;
    m.size = {640, 480};
    m.sigma = sigma;
    m.blur = 1.2;
    m.jpegQuality = 40;
    return m;
}

QString write(const QTemporaryDir &folder, const char *name, const QByteArray &bytes)
{
    const QString path = folder.filePath(QLatin1String(name));
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", name);
    return path;
}

const QByteArray Denoising = R"({"version": 1, "steps": [{"operation": "denoise"}]})";

} // namespace

/// The recipes that come with the program, and recipes in files.
class TestRecipeLibrary : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void shippedRecipesAreWhole();
    void shippedRecipesMeasureEachPhotoAnew();
    void shippedOneIsFoundByIdOrName();
    void otherwiseItIsAFile();
    void wrongFilesGetASentence_data();
    void wrongFilesGetASentence();
    void whatIsWrittenIsReadBack();
    void folderListsRecipesByName();
};

void TestRecipeLibrary::shippedRecipesAreWhole()
{
    const QList<Recipe> recipes = shippedRecipes();
    QVERIFY(recipes.size() >= 5);
    QSet<QString> ids, names;
    for (const Recipe &recipe : recipes) {
        QVERIFY(!recipe.id.isEmpty() && !recipe.name.isEmpty());
        QVERIFY2(recipe.description.endsWith(u'.'), qPrintable(recipe.id));
        QVERIFY2(!recipe.steps.isEmpty(), qPrintable(recipe.id));
        ids += recipe.id;
        names += recipe.name;
        // Every step can be done to a photo, with the parameters that it would get.
        QSet<QString> possible;
        Measurements textured = measured(20);
        textured.texture.channels[0] = {{0.1, 0.1}};
        for (const Measurements &m : {measured(20), textured}) {
            for (const ProposedStep &step : recipe.stepsFor(m)) {
                possible += step.operation;
                const auto plan = planOperation(step.operation,
                                                {{640, 480}, {Channels::Rgb, Depth::U8}, {}},
                                                step.parameters, {});
                QVERIFY2(plan, qPrintable(recipe.id + u' ' + step.operation));
            }
        }
        QCOMPARE(possible.size(), recipe.steps.size());
    }
    QCOMPARE(ids.size(), recipes.size());
    QCOMPARE(names.size(), recipes.size());
}

void TestRecipeLibrary::shippedRecipesMeasureEachPhotoAnew()
{
    const QString sigma = QStringLiteral("sigma");
    int denoising = 0;
    for (const Recipe &recipe : shippedRecipes()) {
        for (const double there : {9.0, 21.0}) {
            for (const ProposedStep &step : recipe.stepsFor(measured(there))) {
                if (step.operation != QStringLiteral("denoise"))
                    continue;
                ++denoising;
                QCOMPARE(step.parameters.value(sigma).toDouble(), there);
            }
        }
        for (const ProposedStep &step : recipe.stepsFor(measured(0)))
            QVERIFY2(step.operation != QStringLiteral("denoise"), qPrintable(recipe.id));
    }
    QVERIFY(denoising > 0);
}

void TestRecipeLibrary::shippedOneIsFoundByIdOrName()
{
    for (const Recipe &recipe : shippedRecipes()) {
        for (const QString &name : {recipe.id, recipe.name, recipe.name.toUpper()}) {
            const auto found = findRecipe(name);
            QVERIFY(found);
            QVERIFY(*found == recipe);
        }
    }
}

void TestRecipeLibrary::otherwiseItIsAFile()
{
    const QTemporaryDir folder;
    const auto found = findRecipe(write(folder, "my prints.json", Denoising));
    QVERIFY(found);
    QCOMPARE(found->name, QStringLiteral("my prints")); // it says no other
    const auto none = findRecipe(QStringLiteral("no such thing"));
    QVERIFY(!none);
    QCOMPARE(none.error().code, ErrorCode::BadArgument);
    QVERIFY(errorSentence(none.error()).contains(QStringLiteral("old-print"))); // what there is
}

void TestRecipeLibrary::wrongFilesGetASentence_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("a picture") << QByteArray("\x89PNG\r\n\x1a\n");
    QTest::newRow("other JSON") << QByteArray(R"({"steps": 3})");
    QTest::newRow("an operation of later") << QByteArray(
        R"({"version": 1, "steps": [{"operation": "teleport"}]})");
}

void TestRecipeLibrary::wrongFilesGetASentence()
{
    QFETCH(QByteArray, bytes);
    const QTemporaryDir folder;
    const auto read = readRecipe(write(folder, "wrong.json", bytes));
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::BadArgument);
    QVERIFY(recipesIn(folder.path()).isEmpty());
    const auto missing = readRecipe(folder.filePath(QStringLiteral("none.json")));
    QVERIFY(!missing);
    QCOMPARE(missing.error().code, ErrorCode::InputMissing);
}

void TestRecipeLibrary::whatIsWrittenIsReadBack()
{
    const QTemporaryDir folder;
    Recipe recipe = shippedRecipes().first();
    recipe.id.clear();
    recipe.name = QStringLiteral("Mine");
    const QString path = folder.filePath(QStringLiteral("new/mine.json")); // the folder is made
    QVERIFY(writeRecipe(recipe, path));
    const auto read = readRecipe(path);
    QVERIFY(read);
    QVERIFY(*read == recipe);
    const auto refused = writeRecipe(recipe, path + QStringLiteral("/below/a file.json"));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::OutputNotWritable);
}

void TestRecipeLibrary::folderListsRecipesByName()
{
    const QTemporaryDir folder;
    QVERIFY(recipesIn({}).isEmpty());
    QVERIFY(recipesIn(folder.filePath(QStringLiteral("none"))).isEmpty());
    write(folder, "zebra.json", Denoising);
    write(folder, "apple.json", Denoising);
    write(folder, "notes.txt", Denoising);
    const QList<Recipe> recipes = recipesIn(folder.path());
    QCOMPARE(recipes.size(), 2);
    QCOMPARE(recipes[0].name, QStringLiteral("apple"));
    QCOMPARE(recipes[1].name, QStringLiteral("zebra"));
}

QTEST_GUILESS_MAIN(TestRecipeLibrary)
#include "tst_recipelibrary.moc"
