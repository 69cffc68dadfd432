// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "docks.h"
#include "panels/restorepanel.h"
#include "panels/toolspanel.h"
#include "recipe/recipelibrary.h"
#include "recipecontroller.h"
#include "ui/windowharness.h"
#include "widgets/messagebar.h"

#include <QComboBox>
#include <QLabel>
#include <QSlider>

#include <algorithm>
#include <random>

using namespace heirloom;
using namespace heirloom::test;

/// The Restore tool: what a photo needs, and that done with one click.
class TestRestoring : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goodPhotoNeedsNothing();
    void noisyPhotoIsRestoredWithOneClickAndOneUndo();
    void stepsThatAreNotTickedAreNotDone();
    void nothingIsMeasuredWhileThePanelIsOutOfSight();
    void anotherPhotoHasItsOwnFindings();
    void recipeGivesTheStepsOfItsPhoto();
    void stepsAreSavedAsARecipe();
    void wrongRecipeFilesGetASentence();
    void coloursAreBroughtBackOnlyWhenTicked();
    void timesAreSaidOnceTheyAreKnown();
    void unsureDamageIsOfferedAndFitsIntoThePanel();
};

namespace
{

QString photo(WindowHarness &h, const char *name, double sigma)
{
    QImage image(200, 160, QImage::Format_RGB888);
    std::mt19937 random(2);
    std::normal_distribution<double> noise(0, sigma > 0 ? sigma : 1);
    const auto value = [&](double v) {
        return int(std::clamp(v + (sigma > 0 ? noise(random) : 0), 0.0, 255.0));
    };
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            image.setPixelColor(x, y, QColor(value(60 + x / 2), value(120), value(200 - y)));
    const QString path = h.folder.filePath(QLatin1String(name));
    image.save(path);
    return path;
}

bool open(WindowHarness &h, const QString &path)
{
    h.window->openPaths({path});
    return h.waitFor([&] { return h.session->path() == path; });
}

void choose(WindowHarness &h)
{
    h.window->docks().tools().choose(QStringLiteral("restore"));
}

QString verdict(WindowHarness &h)
{
    return h.find<QLabel>("restoreVerdict")->text();
}

bool found(WindowHarness &h)
{
    return h.waitFor([&] { return !verdict(h).isEmpty(); });
}

} // namespace

void TestRestoring::goodPhotoNeedsNothing()
{
    WindowHarness h;
    QVERIFY(open(h, photo(h, "good.png", 0)));
    choose(h);
    QVERIFY(found(h));
    QCOMPARE(verdict(h), RestorePanel::tr("Nothing needed"));
    QVERIFY(!h.find<QAbstractButton>("restoreButton")->isVisible());
    QVERIFY(!h.session->isModified());
}

void TestRestoring::unsureDamageIsOfferedAndFitsIntoThePanel()
{
    WindowHarness h;
    auto *panel = h.find<RestorePanel>("restorePanel");
    Measurements m;
    m.chroma = 20;
    m.damage = 0.002;
    const QList<ProposedStep> steps = offerSteps(m);
    panel->setFound(m, steps, false);
    QCOMPARE(verdict(h), RestorePanel::tr("Perhaps damaged"));
    QVERIFY(!h.find<QCheckBox>("step_scratches")->isChecked());
    panel->setTimes(QList<std::optional<double>>(steps.size(), 0.3));
    QVERIFY(h.find<QLabel>("time_scratches")->isVisibleTo(panel));
    constexpr int narrow = 260; // the dock, its margins taken off
    QVERIFY2(panel->minimumSizeHint().width() <= narrow,
             qPrintable(QString::number(panel->minimumSizeHint().width())));
}

void TestRestoring::noisyPhotoIsRestoredWithOneClickAndOneUndo()
{
    WindowHarness h;
    QVERIFY(open(h, photo(h, "noisy.png", 15)));
    choose(h);
    QVERIFY(found(h));
    QVERIFY(h.find<QCheckBox>("step_denoise"));
    h.click("restoreButton");
    QVERIFY(h.waitFor([&] { return h.session->document()->stack().count() == 2; }));
    QCOMPARE(h.session->document()->stack().at(1).ai.operation, QStringLiteral("denoise"));
    // It looks again, and there is nothing left to do.
    QVERIFY(h.waitFor(
        [&] { return verdict(h) == RestorePanel::tr("Done; nothing more is needed"); }));
    h.trigger(ActionId::Undo);
    QCOMPARE(h.session->document()->stack().count(), 1);
}

void TestRestoring::stepsThatAreNotTickedAreNotDone()
{
    WindowHarness h;
    QVERIFY(open(h, photo(h, "noisy.png", 15)));
    choose(h);
    QVERIFY(found(h));
    h.find<QCheckBox>("step_denoise")->setChecked(false);
    QVERIFY(!h.find<QAbstractButton>("restoreButton")->isEnabled());
}

void TestRestoring::nothingIsMeasuredWhileThePanelIsOutOfSight()
{
    WindowHarness h;
    QVERIFY(open(h, photo(h, "noisy.png", 15)));
    QVERIFY(h.waitFor([&] { return h.worker.isIdle(); }));
    QVERIFY(verdict(h).isEmpty());
}

void TestRestoring::anotherPhotoHasItsOwnFindings()
{
    WindowHarness h;
    QVERIFY(open(h, photo(h, "noisy.png", 15)));
    choose(h);
    QVERIFY(found(h));
    const QString needs = verdict(h);
    QVERIFY(open(h, photo(h, "good.png", 0)));
    QVERIFY(h.waitFor([&] { return verdict(h) == RestorePanel::tr("Nothing needed"); }));
    h.trigger(ActionId::PreviousPhoto);
    QVERIFY(h.waitFor([&] { return verdict(h) == needs; }));
}

void TestRestoring::recipeGivesTheStepsOfItsPhoto()
{
    WindowHarness h(WindowHarness::Networks::None);
    QVERIFY(open(h, photo(h, "noisy.png", 15)));
    choose(h);
    QVERIFY(found(h));
    auto *recipes = h.find<QComboBox>("recipes");
    QCOMPARE(recipes->count(), 1 + shippedRecipes().size());
    const auto pick = [&](int index) {
        recipes->setCurrentIndex(index);
        Q_EMIT recipes->activated(index);
    };
    const Recipe old = shippedRecipes().first();
    pick(1);
    QVERIFY(h.find<QCheckBox>("step_scratches")->isChecked());
    QVERIFY(h.find<QCheckBox>("step_denoise")->isChecked());
    QCOMPARE(h.find<QLabel>("recipeAbout")->text(), old.description);
    // Another photo is looked at as before.
    QVERIFY(open(h, photo(h, "good.png", 0)));
    QVERIFY(h.waitFor([&] { return verdict(h) == RestorePanel::tr("Nothing needed"); }));
    QCOMPARE(recipes->currentIndex(), 0);
    h.trigger(ActionId::PreviousPhoto);
    QVERIFY(h.waitFor([&] { return recipes->currentIndex() == 1; }));
    h.find<QCheckBox>("step_scratches")->setChecked(false);
    h.click("restoreButton");
    QVERIFY(h.waitFor([&] { return verdict(h) == RestorePanel::tr("Done"); }));
    const LayerStack &stack = h.session->document()->stack();
    QVERIFY(stack.count() >= 2);
    QCOMPARE(stack.at(1).ai.operation, QStringLiteral("denoise"));
    const auto denoise = std::find_if(
        old.steps.begin(), old.steps.end(),
        [](const auto &step) { return step.operation == QStringLiteral("denoise"); });
    QVERIFY(denoise != old.steps.end());
    QCOMPARE(stack.at(1).opacity, denoise->strength / 100);
    // What was done is not offered again unasked.
    QVERIFY(!h.find<QCheckBox>("step_tone") || !h.find<QCheckBox>("step_tone")->isVisible());
    QVERIFY(!h.find<QAbstractButton>("restoreButton")->isVisible());
}

void TestRestoring::stepsAreSavedAsARecipe()
{
    WindowHarness h(WindowHarness::Networks::None);
    QVERIFY(open(h, photo(h, "noisy.png", 15)));
    choose(h);
    QVERIFY(found(h));
    h.click("restoreButton");
    QVERIFY(h.waitFor([&] { return h.session->document()->stack().count() == 2; }));
    QVERIFY(h.waitFor([&] { return h.worker.isIdle(); }));
    auto *recipes = h.window->findChild<RecipeController *>();
    const QString path = h.folder.filePath(QStringLiteral("mine/My album.json"));
    recipes->save(path);
    const auto saved = readRecipe(path);
    QVERIFY(saved);
    QCOMPARE(saved->name, QStringLiteral("My album"));
    QCOMPARE(saved->steps.size(), 1);
    QVERIFY(saved->steps.first().parameters.isEmpty()); // measured anew
    auto *list = h.find<QComboBox>("recipes");
    QCOMPARE(list->itemText(list->count() - 1), saved->name);
    QCOMPARE(list->currentIndex(), 0);
    recipes->load(path);
    QCOMPARE(list->currentText(), saved->name);
    QCOMPARE(list->count(), 2 + shippedRecipes().size()); // once
}

void TestRestoring::wrongRecipeFilesGetASentence()
{
    WindowHarness h;
    QVERIFY(h.open());
    choose(h);
    QVERIFY(found(h));
    auto *list = h.find<QComboBox>("recipes");
    const int count = list->count();
    auto *bar = h.window->findChild<MessageBar *>();
    for (const QByteArray &bytes : {QByteArray(), QByteArray("no recipe"),
                                    QByteArray(R"({"version": 9, "steps": []})")}) {
        bar->dismiss();
        h.window->findChild<RecipeController *>()->load(h.write("wrong.json", bytes));
        QVERIFY(bar->isVisible());
        QVERIFY(!bar->text().isEmpty());
        QCOMPARE(list->count(), count);
        QCOMPARE(list->currentIndex(), 0);
    }
}

void TestRestoring::coloursAreBroughtBackOnlyWhenTicked()
{
    WindowHarness h(WindowHarness::Networks::None);
    QVERIFY(open(h, photo(h, "good.png", 0)));
    choose(h);
    QVERIFY(found(h));
    auto *box = h.find<QCheckBox>("step_tone");
    auto *strength = h.find<QSlider>("strength_tone");
    QVERIFY(h.waitFor([&] { return box->isVisible(); }));
    QVERIFY(!box->isChecked());
    QVERIFY(!strength->isVisible());
    QVERIFY(!h.find<QAbstractButton>("restoreButton")->isVisible());
    box->setChecked(true);
    QVERIFY(strength->isVisible());
    strength->setValue(60);
    h.click("restoreButton");
    QVERIFY(h.waitFor([&] { return h.session->document()->stack().count() == 2; }));
    const Layer &layer = h.session->document()->stack().at(1);
    QCOMPARE(layer.ai.operation, QStringLiteral("tone"));
    QCOMPARE(layer.opacity, 0.6);
}

void TestRestoring::timesAreSaidOnceTheyAreKnown()
{
    WindowHarness h(WindowHarness::Networks::None);
    QVERIFY(open(h, photo(h, "noisy.png", 15)));
    choose(h);
    QVERIFY(found(h));
    const auto *total = h.find<QLabel>("restoreTotal");
    QVERIFY(h.find<QLabel>("time_denoise")->text().isEmpty());
    QVERIFY(total->isVisible()); // that it is not known
    h.click("restoreButton");
    QVERIFY(h.waitFor([&] { return h.session->document()->stack().count() == 2; }));
    QVERIFY(open(h, photo(h, "again.png", 20)));
    QVERIFY(h.waitFor([&] {
        const auto *time = h.find<QLabel>("time_denoise");
        return time && time->isVisible() && !time->text().isEmpty();
    }));
    QVERIFY(!total->isVisible()); // of one step it is that step's
    h.find<QCheckBox>("step_tone")->setChecked(true);
    QVERIFY(total->isVisible());
    QVERIFY(total->text() != h.find<QLabel>("time_denoise")->text());
}

QTEST_MAIN(TestRestoring)
#include "tst_restoring.moc"
