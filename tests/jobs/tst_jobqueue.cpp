// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/engineworker.h"
#include "jobs/inlineworker.h"
#include "jobs/jobqueue.h"
#include "jobs/scriptedjob.h"

#include <QAbstractItemModelTester>
#include <QtTest>

#include <latch>

using namespace heirloom;

class TestJobQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsHowEveryJobEnded()
    {
        InlineWorker worker;
        JobQueue queue(worker);
        QAbstractItemModelTester tester(&queue,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        worker.submit(scripted({}, {}, QStringLiteral("good")), Priority::Batch);
        worker.submit(scripted(
                          [](const Progress &p) {
                              p.report(0.5);
                              return Outcome::failed(
                                  Error(ErrorCode::DiskFull, {QStringLiteral("out.png")}));
                          },
                          {}, QStringLiteral("bad")),
                      Priority::Batch);
        worker.submit(scripted([](const Progress &) { return Outcome::cancelled(); }, {},
                               QStringLiteral("off")),
                      Priority::Interactive);
        QCOMPARE(queue.rowCount(), 3);
        QCOMPARE(queue.items()[0].state, JobQueue::State::Done);
        QCOMPARE(queue.items()[0].title, QStringLiteral("good"));
        QCOMPARE(queue.items()[1].state, JobQueue::State::Failed);
        QVERIFY(queue.data(queue.index(1), JobQueue::ReasonRole)
                    .toString()
                    .contains(QStringLiteral("out.png")));
        QCOMPARE(queue.data(queue.index(1), JobQueue::FractionRole).toDouble(), 0.5);
        QCOMPARE(queue.items()[2].state, JobQueue::State::Cancelled);
        QCOMPARE(queue.activeCount(), 0);
        queue.clearEnded();
        QCOMPARE(queue.rowCount(), 0);
    }

    void cancelShowsStoppingAtOnce()
    {
        EngineWorker worker;
        JobQueue queue(worker);
        std::latch release(1);
        const JobId first =
            worker.submit(scripted([&](const Progress &p) {
                              release.wait();
                              return p.stopRequested() ? Outcome::cancelled() : Outcome::done();
                          }),
                          Priority::Batch);
        worker.submit(scripted({}), Priority::Batch);
        QCOMPARE(queue.activeCount(), 2);
        QCOMPARE(queue.items()[1].state, JobQueue::State::Waiting);
        queue.cancel(first);
        QCOMPARE(queue.items()[0].state, JobQueue::State::Stopping);
        release.count_down();
        untilIdle(worker);
        QCOMPARE(queue.items()[0].state, JobQueue::State::Cancelled);
        QCOMPARE(queue.items()[1].state, JobQueue::State::Done);
    }

    void keepsOnlyTheLastEndedJobs()
    {
        InlineWorker worker;
        JobQueue queue(worker);
        QAbstractItemModelTester tester(&queue,
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (int i = 0; i < JobQueue::keptEnded + 5; ++i)
            worker.submit(scripted({}, {}, QString::number(i)), Priority::Batch);
        QCOMPARE(queue.rowCount(), JobQueue::keptEnded);
        QCOMPARE(queue.items().first().title, QStringLiteral("5"));
    }

    void outlivesItsWorker()
    {
        auto worker = std::make_unique<InlineWorker>();
        JobQueue queue(*worker);
        const JobId id = worker->submit(scripted({}), Priority::Batch);
        worker.reset();
        queue.cancel(id);
        QCOMPARE(queue.items()[0].state, JobQueue::State::Done);
    }
};

QTEST_GUILESS_MAIN(TestJobQueue)
#include "tst_jobqueue.moc"
