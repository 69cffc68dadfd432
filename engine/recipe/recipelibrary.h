// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipe/recipe.h"

namespace heirloom
{

/// The recipes that the program brings along (engine/recipe/shipped), with translated names and
/// sentences, in the order in which they are shown.
QList<Recipe> shippedRecipes();

/// A recipe's file; without a name in it it is called as the file is. Errors: InputMissing,
/// InputUnreadable, Recipe::fromJson()'s.
Result<Recipe> readRecipe(const QString &path);

/// Written whole or not at all. Errors: OutputNotWritable.
Result<void> writeRecipe(const Recipe &recipe, const QString &path);

/// A shipped recipe by its id or its name (capitals do not count), or else a file. Errors:
/// BadArgument where it is neither, readRecipe()'s.
Result<Recipe> findRecipe(const QString &nameOrFile);

/// What can be read of the recipes in a folder, by name. Files that are none are left out.
QList<Recipe> recipesIn(const QString &folder);

} // namespace heirloom
