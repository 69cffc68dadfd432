// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe/recipelibrary.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QSaveFile>

#include <algorithm>

/// A static library's resources are there once they were asked for; outside of any namespace.
static void initRecipes()
{
    Q_INIT_RESOURCE(recipes);
}

namespace heirloom
{

namespace
{

QString tr(const char *text)
{
    return QCoreApplication::translate("heirloom::Recipe", text);
}

struct Shipped {
    const char *id; ///< and the file's name
    const char *name;
    const char *description;
};

/// The steps are in the files, the words here, where translators find them.
constexpr Shipped shipped[] = {
    {"old-print", QT_TRANSLATE_NOOP("heirloom::Recipe", "Old print"),
     QT_TRANSLATE_NOOP(
         "heirloom::Recipe",
         "A scanned print on paper: fills what looks like scratches and dust, takes "
         "the surface of silk paper out, calms the grain, brings tones and colours back.")},
    {"newspaper", QT_TRANSLATE_NOOP("heirloom::Recipe", "Newspaper clipping"),
     QT_TRANSLATE_NOOP("heirloom::Recipe",
                       "Printed in dots: takes traces of compression and the screen out, brings "
                       "the tones back in part.")},
    {"slide", QT_TRANSLATE_NOOP("heirloom::Recipe", "Slide"),
     QT_TRANSLATE_NOOP("heirloom::Recipe",
                       "A scanned slide: fills what looks like dust, softens the film's grain, "
                       "brings faded dyes back.")},
    {"negative", QT_TRANSLATE_NOOP("heirloom::Recipe", "Negative"),
     QT_TRANSLATE_NOOP("heirloom::Recipe",
                       "A scanned negative, in colour or not: develops it by its density, then "
                       "fills what looks like dust.")},
    {"phone-print", QT_TRANSLATE_NOOP("heirloom::Recipe", "Phone picture of a print"),
     QT_TRANSLATE_NOOP("heirloom::Recipe",
                       "A print taken with a phone: removes traces of compression, noise and "
                       "slight blur, brings the tones back in part.")},
    {"small-web-picture", QT_TRANSLATE_NOOP("heirloom::Recipe", "Small web picture"),
     QT_TRANSLATE_NOOP("heirloom::Recipe",
                       "Small and strongly compressed: removes blocks and noise, then makes it "
                       "twice as large.")},
    {"portrait", QT_TRANSLATE_NOOP("heirloom::Recipe", "Portrait"),
     QT_TRANSLATE_NOOP("heirloom::Recipe",
                       "Gentle, so that skin keeps its texture: noise, blur and traces of "
                       "compression go in part.")},
    {"fundus", QT_TRANSLATE_NOOP("heirloom::Recipe", "Retinal fundus photograph"),
     QT_TRANSLATE_NOOP("heirloom::Recipe",
                       "The back of the eye, round on black: calms noise, evens the light, brings "
                       "vessels out in the green. Heirloom is no medical device: look at the "
                       "unchanged picture for any finding.")},
};

Result<QByteArray> bytesOf(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return fail(ErrorCode::InputMissing, {path});
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::InputUnreadable, {path, file.errorString()});
    return file.readAll();
}

bool isCalled(const Recipe &recipe, const QString &name)
{
    return recipe.id == name || recipe.name.compare(name, Qt::CaseInsensitive) == 0;
}

} // namespace

QList<Recipe> shippedRecipes()
{
    initRecipes();
    const OperationRegistry registry = OperationRegistry::standard();
    QList<Recipe> recipes;
    for (const Shipped &entry : shipped) {
        const QString path = QStringLiteral(":/recipes/%1.json").arg(QLatin1String(entry.id));
        auto recipe = bytesOf(path).and_then(
            [&](const QByteArray &bytes) { return Recipe::fromJson(bytes, registry); });
        Q_ASSERT(recipe); // and a test reads each
        if (!recipe)
            continue;
        recipe->name = tr(entry.name);
        recipe->description = tr(entry.description);
        recipes += *recipe;
    }
    return recipes;
}

Result<Recipe> readRecipe(const QString &path)
{
    const auto bytes = bytesOf(path);
    if (!bytes)
        return fail(bytes.error());
    auto recipe = Recipe::fromJson(*bytes, OperationRegistry::standard());
    if (recipe && recipe->name.isEmpty())
        recipe->name = QFileInfo(path).completeBaseName();
    return recipe;
}

Result<void> writeRecipe(const Recipe &recipe, const QString &path)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QSaveFile file(path);
    const QByteArray bytes = QJsonDocument(recipe.toJson()).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return fail(ErrorCode::OutputNotWritable, {path, file.errorString()});
    return {};
}

Result<Recipe> findRecipe(const QString &nameOrFile)
{
    const QList<Recipe> recipes = shippedRecipes();
    const auto known = std::ranges::find_if(
        recipes, [&](const Recipe &recipe) { return isCalled(recipe, nameOrFile); });
    if (known != recipes.end())
        return *known;
    if (QFileInfo::exists(nameOrFile))
        return readRecipe(nameOrFile);
    QStringList ids;
    for (const Recipe &recipe : recipes)
        ids += recipe.id;
    return fail(ErrorCode::BadArgument,
                {nameOrFile, tr("%1, or a recipe's file").arg(ids.join(QStringLiteral(", ")))});
}

QList<Recipe> recipesIn(const QString &folder)
{
    QList<Recipe> recipes;
    if (folder.isEmpty())
        return recipes;
    for (const QFileInfo &file :
         QDir(folder).entryInfoList({QStringLiteral("*.json")}, QDir::Files, QDir::Name)) {
        if (const auto recipe = readRecipe(file.filePath()))
            recipes += *recipe;
    }
    std::ranges::stable_sort(recipes, [](const Recipe &a, const Recipe &b) {
        return a.name.localeAwareCompare(b.name) < 0;
    });
    return recipes;
}

} // namespace heirloom
