// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recipe/recipe.h"

#include <QObject>

#include <optional>

class QWidget;

namespace heirloom
{

class EditorSession;
class MessageBar;
class ModelEnvironment;
class RestoreController;
class RestorePanel;

/// The recipes that Restore can follow: those of the program, those in the user's folder and those
/// that were loaded; keeps what was done to a photo as a recipe. Owned by the main window; GUI
/// thread.
class RecipeController : public QObject
{
    Q_OBJECT

public:
    struct Parts {
        RestoreController &restore;
        RestorePanel &panel;
        ModelEnvironment &models;
        MessageBar &messages;
        QString folder; ///< of the user's own; empty: there are none
        QWidget *window;
    };
    explicit RecipeController(const Parts &parts);

    /// The steps of the current photo, called as the file; it can be chosen then.
    void save(const QString &path);
    /// Chooses the recipe in a file.
    void load(const QString &path);

private:
    void choose(int index);
    void askToSave();
    void askToLoad();
    void take(const Recipe &recipe);
    void show();

    Parts m_parts;
    QList<Recipe> m_recipes;
};

} // namespace heirloom
