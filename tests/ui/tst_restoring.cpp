// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "docks.h"
#include "panels/restorepanel.h"
#include "panels/toolspanel.h"
#include "ui/windowharness.h"

#include <QLabel>

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

QTEST_MAIN(TestRestoring)
#include "tst_restoring.moc"
