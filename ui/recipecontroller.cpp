// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipecontroller.h"

#include "document/document.h"
#include "panels/restorepanel.h"
#include "recipe/recipelibrary.h"
#include "restorecontroller.h"
#include "session/layersrecipe.h"
#include "widgets/messagebar.h"

#include <QDir>
#include <QFileDialog>
#include <QFileInfo>

namespace heirloom
{

RecipeController::RecipeController(const Parts &parts)
    : QObject(parts.window)
    , m_parts(parts)
    , m_recipes(shippedRecipes() + recipesIn(parts.folder))
{
    connect(&parts.panel, &RestorePanel::recipeChosen, this, &RecipeController::choose);
    connect(&parts.panel, &RestorePanel::saveRecipeRequested, this, &RecipeController::askToSave);
    connect(&parts.panel, &RestorePanel::loadRecipeRequested, this, &RecipeController::askToLoad);
    connect(&parts.restore, &RestoreController::recipeChanged, this, &RecipeController::show);
    show();
}

void RecipeController::choose(int index)
{
    m_parts.restore.setRecipe(index > 0 ? std::optional(m_recipes.at(index - 1)) : std::nullopt);
}

void RecipeController::show()
{
    const auto &recipe = m_parts.restore.recipe();
    m_parts.panel.setRecipes(m_recipes, recipe ? int(m_recipes.indexOf(*recipe)) + 1 : 0);
}

void RecipeController::askToSave()
{
    const EditorSession *session = m_parts.restore.session();
    if (!session || !session->hasDocument())
        return;
    if (recipeOf(session->document()->snapshot(), m_parts.models).recipe.steps.isEmpty()) {
        m_parts.messages.showNote(tr("This photo has no steps yet that a recipe could hold. "
                                     "Restore it first; fills by hand belong to one photo alone."));
        return;
    }
    auto *dialog = new QFileDialog(m_parts.window, tr("Save steps as recipe"));
    dialog->setObjectName(QStringLiteral("saveRecipe"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Recipes (*.json)"));
    dialog->setDefaultSuffix(QStringLiteral("json"));
    if (!m_parts.folder.isEmpty()) {
        QDir().mkpath(m_parts.folder);
        dialog->setDirectory(m_parts.folder);
    }
    dialog->selectFile(tr("My recipe") + QStringLiteral(".json"));
    connect(dialog, &QFileDialog::fileSelected, this, &RecipeController::save);
    dialog->open();
}

void RecipeController::save(const QString &path)
{
    const EditorSession *session = m_parts.restore.session();
    if (!session || !session->hasDocument())
        return;
    LayersRecipe made = recipeOf(session->document()->snapshot(), m_parts.models);
    made.recipe.name = QFileInfo(path).completeBaseName();
    if (const auto written = writeRecipe(made.recipe, path); !written)
        return m_parts.messages.showError(written.error());
    take(made.recipe);
    QString text = tr("Saved: %1. What is measured is measured anew for each photo.").arg(path);
    if (made.leavesOut)
        text += u' ' + tr("Fills and masks belong to this photo and are not in it.");
    m_parts.messages.showDone(text);
}

void RecipeController::askToLoad()
{
    auto *dialog = new QFileDialog(m_parts.window, tr("Load a recipe"), m_parts.folder);
    dialog->setObjectName(QStringLiteral("loadRecipe"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Recipes (*.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &RecipeController::load);
    dialog->open();
}

void RecipeController::load(const QString &path)
{
    const auto recipe = readRecipe(path);
    if (!recipe)
        return m_parts.messages.showError(recipe.error());
    take(*recipe);
    m_parts.restore.setRecipe(*recipe);
}

/// In the place of one with the same name.
void RecipeController::take(const Recipe &recipe)
{
    const auto same = std::ranges::find_if(m_recipes, [&](const Recipe &known) {
        return known.id.isEmpty() && known.name == recipe.name;
    });
    if (same != m_recipes.end())
        *same = recipe;
    else
        m_recipes += recipe;
    show();
}

} // namespace heirloom
