// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/errortext.h"
#include "panels/jobrow.h"
#include "panels/jobspanel.h"
#include "ui/windowharness.h"

#include <QLabel>
#include <QPushButton>
#include <QSemaphore>
#include <QToolButton>

using namespace heirloom;
using namespace heirloom::test;

class TestJobsPanel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runningJobShowsItsPhotoAndCanBeCancelledAndTriedAgain();
    void failedJobSaysWhy();
    void finishedJobsCanBeCleared();
    void quickWorkIsNotListed();
};

void TestJobsPanel::runningJobShowsItsPhotoAndCanBeCancelledAndTriedAgain()
{
    WindowHarness h;
    QVERIFY(h.open());
    QVERIFY(h.waitFor([&] { return h.worker.isIdle(); }));
    auto *panel = h.find<JobsPanel>("jobsPanel");
    QSemaphore inside;
    QSemaphore go;
    h.fast->beforeRun = [&](int) {
        inside.release();
        go.acquire();
    };
    h.trigger(ActionId::Apply);
    QVERIFY(h.waitFor([&] { return inside.tryAcquire(); }));
    const auto running = [&]() -> JobRow * {
        for (JobRow *row : panel->findChildren<JobRow *>()) {
            auto *cancel = row->findChild<QToolButton *>(QStringLiteral("jobCancel"));
            if (!row->isHidden() && !cancel->isHidden())
                return row;
        }
        return nullptr;
    };
    QVERIFY(h.waitFor([&] { return running(); }));
    JobRow *row = running();
    QVERIFY(h.waitFor([&] {
        const auto labels = row->findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(), [](const QLabel *label) {
            return label->text() == QLatin1String("sample.png");
        });
    }));
    row->findChild<QToolButton *>(QStringLiteral("jobCancel"))->click();
    h.fast->beforeRun = {};
    go.release(1000);
    auto *retry = row->findChild<QToolButton *>(QStringLiteral("jobRetry"));
    QVERIFY(h.waitFor([&] { return !retry->isHidden(); }));
    QCOMPARE(h.size(), QSize(48, 32));
    retry->click();
    QVERIFY(h.waitFor([&] { return h.size() == QSize(96, 64); }));
    QVERIFY(retry->isHidden());
}

void TestJobsPanel::failedJobSaysWhy()
{
    WindowHarness h(WindowHarness::Networks::None);
    h.provider.add(scriptedPack(EnlargeController::fastPack()), false);
    QVERIFY(h.open());
    h.trigger(ActionId::Apply);
    const QString sentence =
        errorSentence(Error(ErrorCode::ModelDamaged,
                            {EnlargeController::fastPack(), QStringLiteral("scripted")}));
    auto *panel = h.find<JobsPanel>("jobsPanel");
    QVERIFY(h.waitFor([&] {
        for (const QLabel *label : panel->findChildren<QLabel *>()) {
            if (label->text() == sentence && !label->isHidden())
                return true;
        }
        return false;
    }));
}

void TestJobsPanel::finishedJobsCanBeCleared()
{
    WindowHarness h;
    QVERIFY(h.open());
    QVERIFY(h.enlarge());
    QVERIFY(h.waitFor([&] { return h.worker.isIdle(); }));
    auto *panel = h.find<JobsPanel>("jobsPanel");
    QVERIFY(!panel->findChildren<JobRow *>().isEmpty());
    panel->findChild<QPushButton *>(QStringLiteral("clearJobs"))->click();
    QVERIFY(h.waitFor([&] { return panel->findChildren<JobRow *>().isEmpty(); }));
    QVERIFY(panel->findChild<QPushButton *>(QStringLiteral("clearJobs"))->isHidden());
}

void TestJobsPanel::quickWorkIsNotListed()
{
    WindowHarness h(WindowHarness::Networks::None); // no speed to be measured
    QVERIFY(h.open());
    QVERIFY(h.waitFor([&] { return h.worker.isIdle(); }));
    QVERIFY(h.find<JobsPanel>("jobsPanel")->findChildren<JobRow *>().isEmpty());
    QVERIFY(!h.find<JobsPanel>("jobsPanel")->queue().items().isEmpty());
}

QTEST_MAIN(TestJobsPanel)
#include "tst_jobspanel.moc"
