// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "recipe/recipe.h"
#include "recipe/triage.h"

#include <QWidget>

#include <optional>
#include <vector>

class QAction;
class QCheckBox;
class QComboBox;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace heirloom
{

class ProgressStrip;
class ValueSlider;

/// What a photo needs or a recipe asks for, step by step with reasons and times, and one button
/// that does it. Knows no session: RestoreController fills and reads it, RecipeController gives it
/// the recipes. GUI thread.
class RestorePanel : public QWidget
{
    Q_OBJECT

public:
    explicit RestorePanel(QWidget *parent = nullptr);

    /// current: 0 is what was measured, else a recipe, counted from 1.
    void setRecipes(const QList<Recipe> &recipes, int current);
    /// Nothing is open, or nothing was measured yet.
    void clear();
    void setMeasuring();
    /// A step a row, ticked unless it is optional; done: the picture is what steps made of it.
    void setFound(const Measurements &measurements, const QList<ProposedStep> &steps, bool done);
    /// How long each step of setFound() will take; nothing: not known yet.
    void setTimes(const QList<std::optional<double>> &seconds);
    /// Those that are ticked, in order.
    QList<ProposedStep> chosen() const;
    /// Empty: no steps run.
    void setRunning(const QString &title);
    void setProgress(const ProgressReport &report);

Q_SIGNALS:
    /// It came into sight: what it shows is wanted now.
    void shown();
    void measureRequested();
    void runRequested();
    void cancelRequested();
    void recipeChosen(int index); ///< as in setRecipes()
    void saveRecipeRequested();
    void loadRecipeRequested();

protected:
    void showEvent(QShowEvent *event) override;

private:
    struct Row {
        ProposedStep step;
        QCheckBox *box;
        QLabel *time;
        ValueSlider *strength; ///< null: as the step says
        std::optional<double> seconds;
    };
    QWidget *buildHead();
    void addRow(const ProposedStep &step);
    void clearSteps();
    void refresh();
    QString totalText() const;

    QComboBox *m_recipes;
    QAction *m_again;
    QLabel *m_about;
    QLabel *m_detail;
    QLabel *m_verdict;
    QLabel *m_quiet;
    QVBoxLayout *m_list;
    QPushButton *m_run;
    QLabel *m_total;
    ProgressStrip *m_progress;
    std::vector<Row> m_rows;
    QStringList m_sentences; ///< of the recipes
    bool m_isRunning = false;
};

} // namespace heirloom
