// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "panels/restorepanel.h"

#include "operation/registry.h"
#include "operation/scratches.h"
#include "theme/icon.h"
#include "widgets/durationtext.h"
#include "widgets/progressstrip.h"
#include "widgets/valueslider.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace heirloom
{

namespace
{

/// Of the picture's own pixels, below which the detail is worth a word.
constexpr double coarse = 0.7;
constexpr int besideBox = 26; ///< pixels that a row's text is moved in

QLabel *quietLabel(const QString &text = {})
{
    auto *label = new QLabel(text);
    label->setProperty("quiet", true);
    label->setWordWrap(true);
    return label;
}

QString titleOf(const QString &operation)
{
    const OperationRegistry registry = OperationRegistry::standard();
    const OperationInfo *info = registry.find(operation);
    return info ? info->title : operation;
}

} // namespace

RestorePanel::RestorePanel(QWidget *parent)
    : QWidget(parent)
    , m_recipes(new QComboBox)
    , m_again(new QAction(tr("&Measure again"), this))
    , m_about(quietLabel())
    , m_detail(quietLabel())
    , m_verdict(new QLabel)
    , m_quiet(quietLabel())
    , m_list(new QVBoxLayout)
    , m_run(new QPushButton(tr("Restore")))
    , m_total(quietLabel())
    , m_progress(new ProgressStrip)
{
    setObjectName(QStringLiteral("restorePanel"));
    m_about->setObjectName(QStringLiteral("recipeAbout"));
    m_verdict->setObjectName(QStringLiteral("restoreVerdict"));
    m_verdict->setProperty("heading", true);
    m_verdict->setWordWrap(true);
    m_run->setObjectName(QStringLiteral("restoreButton"));
    m_run->setProperty("primary", true);
    m_run->setToolTip(tr("Does the ticked steps, each as a layer that can be turned down, masked "
                         "and thrown away"));
    m_run->setWhatsThis(m_run->toolTip());
    m_total->setObjectName(QStringLiteral("restoreTotal"));
    m_list->setSpacing(8);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 10, 12, 6);
    layout->setSpacing(8);
    layout->addWidget(buildHead());
    layout->addWidget(m_about);
    layout->addWidget(m_verdict);
    layout->addWidget(m_quiet);
    layout->addLayout(m_list);
    layout->addWidget(m_run);
    layout->addWidget(m_total);
    layout->addWidget(m_progress);
    layout->addWidget(m_detail);
    connect(m_run, &QPushButton::clicked, this, &RestorePanel::runRequested);
    connect(m_progress, &ProgressStrip::cancelled, this, &RestorePanel::cancelRequested);
    clear();
}

QWidget *RestorePanel::buildHead()
{
    m_recipes->setObjectName(QStringLiteral("recipes"));
    m_recipes->setAccessibleName(tr("Recipe"));
    m_recipes->setToolTip(tr("What decides on the steps: what is measured, or a recipe for this "
                             "kind of picture, which measures as well"));
    m_recipes->setWhatsThis(m_recipes->toolTip());
    m_recipes->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_recipes->addItem(tr("Automatic"));
    connect(m_recipes, &QComboBox::activated, this, &RestorePanel::recipeChosen);

    auto *menu = new QMenu(this);
    m_again->setObjectName(QStringLiteral("measureAgain"));
    m_again->setToolTip(tr("Looks at the picture as it is now"));
    connect(m_again, &QAction::triggered, this, &RestorePanel::measureRequested);
    menu->addAction(m_again);
    menu->addSeparator();
    connect(menu->addAction(tr("&Save steps as recipe...")), &QAction::triggered, this,
            &RestorePanel::saveRecipeRequested);
    connect(menu->addAction(tr("&Load recipe...")), &QAction::triggered, this,
            &RestorePanel::loadRecipeRequested);
    auto *more = new QToolButton;
    more->setObjectName(QStringLiteral("restoreMore"));
    more->setIcon(heirloom::icon("more"));
    more->setPopupMode(QToolButton::InstantPopup);
    more->setMenu(menu);
    more->setFocusPolicy(Qt::TabFocus);
    more->setAccessibleName(tr("Measure again, recipes"));
    more->setToolTip(more->accessibleName());
    more->setWhatsThis(more->accessibleName());

    auto *head = new QWidget;
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_recipes, 1);
    row->addWidget(more);
    return head;
}

void RestorePanel::setRecipes(const QList<Recipe> &recipes, int current)
{
    const QSignalBlocker blocker(m_recipes);
    m_sentences.clear();
    while (m_recipes->count() > 1)
        m_recipes->removeItem(1);
    bool own = false;
    for (const Recipe &recipe : recipes) {
        m_recipes->addItem(recipe.name);
        m_sentences += recipe.description;
        own = own || recipe.id.isEmpty();
    }
    m_recipes->setProperty("data", own); // what a person wrote is no text of the program's
    m_recipes->setCurrentIndex(current);
    refresh();
}

void RestorePanel::clearSteps()
{
    m_rows.clear();
    while (QLayoutItem *item = m_list->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater(); // its box may be the one that was just clicked
        }
        delete item;
    }
}

void RestorePanel::clear()
{
    clearSteps();
    m_verdict->clear();
    m_quiet->clear();
    m_detail->clear();
    refresh();
}

void RestorePanel::setMeasuring()
{
    clear();
    m_quiet->setText(tr("Looking at the picture..."));
    refresh();
}

void RestorePanel::setFound(const Measurements &measurements, const QList<ProposedStep> &steps,
                            bool done)
{
    clearSteps();
    const bool isNeeded = std::ranges::any_of(
        steps, [](const ProposedStep &step) { return !step.isOptional; });
    const bool byRecipe = m_recipes->currentIndex() > 0;
    if (done && !isNeeded) {
        m_verdict->setText(byRecipe ? tr("Done") : tr("Done; nothing more is needed"));
        m_quiet->setText(tr("Each step is a layer: turn it down, mask it or throw it away."));
    } else if (!isNeeded) {
        const bool isDamaged = !byRecipe && std::ranges::any_of(steps, [](const ProposedStep &s) {
            return s.operation == Scratches::id();
        });
        m_verdict->setText(isDamaged ? tr("Perhaps damaged") : tr("Nothing needed"));
        m_quiet->setText(tr("No noise, blur or JPEG traces to remove."));
    } else {
        m_verdict->setText(byRecipe ? tr("What the recipe does here")
                                    : tr("What this photo needs"));
        m_quiet->clear();
    }
    for (const ProposedStep &step : steps)
        addRow(step);
    m_detail->setText(measurements.detail.share() < coarse
                          ? tr("%1 megapixels, about %2 of detail")
                                .arg(measurements.megapixels(), 0, 'f', 1)
                                .arg(measurements.detailMegapixels(), 0, 'f', 1)
                          : QString());
    refresh();
}

void RestorePanel::addRow(const ProposedStep &step)
{
    auto *row = new QWidget;
    auto *column = new QVBoxLayout(row);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto *box = new QCheckBox(titleOf(step.operation));
    box->setObjectName(QStringLiteral("step_") + step.operation);
    box->setChecked(!step.isOptional);
    box->setToolTip(step.reason);
    box->setWhatsThis(step.reason);
    auto *time = new QLabel;
    time->setObjectName(QStringLiteral("time_") + step.operation);
    time->setProperty("quiet", true);
    time->setContentsMargins(besideBox, 0, 0, 0);
    time->hide();
    column->addWidget(box);
    auto *why = quietLabel(step.measured.isEmpty() ? step.reason
                                                   : step.measured + u'\n' + step.reason);
    why->setContentsMargins(besideBox, 0, 0, 0);
    column->addWidget(why);
    column->addWidget(time); // below: beside a long title it made the panel too wide
    ValueSlider *strength = nullptr;
    if (step.isOptional) {
        strength = new ValueSlider(tr("Strength"), 0, 100, 100);
        strength->setSuffix(tr(" %"));
        strength->setContentsMargins(besideBox, 0, 0, 0);
        strength->slider()->setObjectName(QStringLiteral("strength_") + step.operation);
        strength->hide();
        column->addWidget(strength);
        connect(box, &QCheckBox::toggled, strength, &QWidget::setVisible);
    }
    m_list->addWidget(row);
    m_rows.push_back({step, box, time, strength, {}});
    connect(box, &QCheckBox::toggled, this, &RestorePanel::refresh);
}

void RestorePanel::setTimes(const QList<std::optional<double>> &seconds)
{
    for (size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i].seconds = seconds.value(qsizetype(i));
        m_rows[i].time->setText(m_rows[i].seconds ? durationText(*m_rows[i].seconds) : QString());
        m_rows[i].time->setVisible(m_rows[i].seconds.has_value());
    }
    refresh();
}

QString RestorePanel::totalText() const
{
    int ticked = 0, unknown = 0;
    double sum = 0;
    for (const Row &row : m_rows) {
        if (!row.box->isChecked())
            continue;
        ++ticked;
        unknown += row.seconds ? 0 : 1;
        sum += row.seconds.value_or(0);
    }
    if (ticked == 0)
        return {};
    if (unknown == ticked)
        return tr("Its time is known after the first run.");
    if (unknown > 0)
        return tr("In all: %1, and what is not known yet").arg(durationText(sum));
    return ticked > 1 ? tr("In all: %1").arg(durationText(sum)) : QString();
}

QList<ProposedStep> RestorePanel::chosen() const
{
    QList<ProposedStep> steps;
    for (const Row &row : m_rows) {
        if (!row.box->isChecked())
            continue;
        steps += row.step;
        if (row.strength)
            steps.last().strength = row.strength->value();
    }
    return steps;
}

void RestorePanel::setRunning(const QString &title)
{
    m_isRunning = !title.isEmpty();
    if (m_isRunning)
        m_progress->begin(title);
    else
        m_progress->end();
    refresh();
}

void RestorePanel::setProgress(const ProgressReport &report)
{
    m_progress->report(report);
}

void RestorePanel::refresh()
{
    const bool isChosen = !chosen().isEmpty();
    const bool isNeeded =
        std::ranges::any_of(m_rows, [](const Row &row) { return !row.step.isOptional; });
    m_about->setText(m_sentences.value(m_recipes->currentIndex() - 1));
    m_total->setText(totalText());
    m_run->setVisible((isNeeded || isChosen) && !m_isRunning);
    m_run->setEnabled(isChosen);
    m_again->setEnabled(!m_isRunning);
    m_recipes->setEnabled(!m_isRunning);
    m_total->setVisible(!m_isRunning && !m_total->text().isEmpty());
    for (QLabel *label : {m_about, m_verdict, m_quiet, m_detail})
        label->setVisible(!label->text().isEmpty());
    for (const Row &row : m_rows) {
        row.box->setEnabled(!m_isRunning);
        if (row.strength)
            row.strength->setEnabled(!m_isRunning);
    }
}

void RestorePanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    Q_EMIT shown();
}

} // namespace heirloom
