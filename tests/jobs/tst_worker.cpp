// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What every worker does, threaded or not: each test runs over both.
#include "jobs/engineworker.h"
#include "jobs/inlineworker.h"
#include "jobs/scriptedjob.h"

#include <QThread>
#include <QtTest>

#include <random>
#include <stdexcept>

using namespace heirloom;

class TestWorker : public QObject
{
    Q_OBJECT

    static std::unique_ptr<Worker> make()
    {
        QFETCH_GLOBAL(QString, kind);
        if (kind == QStringLiteral("engine"))
            return std::make_unique<EngineWorker>();
        return std::make_unique<InlineWorker>();
    }

    static Outcome outcomeOf(ScriptedJob::Process process)
    {
        const auto worker = make();
        Outcome got = Outcome::cancelled();
        int calls = 0;
        worker->submit(scripted(std::move(process),
                                [&](const Outcome &o) {
                                    got = o;
                                    ++calls;
                                }),
                       Priority::Batch);
        untilIdle(*worker);
        if (calls != 1)
            qFatal("finish() was called %d times", calls);
        return got;
    }

private Q_SLOTS:
    void initTestCase_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::newRow("engine") << QStringLiteral("engine");
        QTest::newRow("inline") << QStringLiteral("inline");
    }

    void aFinishedJobIsDoneAndIsToldOnTheOwnersThread()
    {
        const auto worker = make();
        QThread *finishedOn = nullptr;
        int value = 0;
        QStringList log;
        connect(worker.get(), &Worker::queued, this,
                [&](JobId, const QString &t) { log << QStringLiteral("queued ") + t; });
        connect(worker.get(), &Worker::started, this, [&] { log << QStringLiteral("started"); });
        connect(worker.get(), &Worker::finished, this, [&] { log << QStringLiteral("finished"); });
        connect(worker.get(), &Worker::idle, this, [&] {
            log << QStringLiteral("idle");
            QVERIFY(worker->isIdle());
        });
        worker->submit(scripted(
                           [&value](const Progress &) {
                               value = 7;
                               return Outcome::done();
                           },
                           [&](const Outcome &outcome) {
                               QCOMPARE(outcome.kind, Outcome::Kind::Done);
                               QVERIFY(!worker->isIdle());
                               finishedOn = QThread::currentThread();
                               log << QStringLiteral("finish");
                           },
                           QStringLiteral("seven")),
                       Priority::Batch);
        untilIdle(*worker);
        QCOMPARE(value, 7);
        QCOMPARE(finishedOn, QThread::currentThread());
        // The inline worker is through before submit() returns; the order is the same.
        QCOMPARE(log.join(u' '), QStringLiteral("queued seven started finish finished idle"));
    }

    void anErrorArrivesAsItWasReturned()
    {
        const Outcome outcome = outcomeOf([](const Progress &) {
            return Outcome::failed(
                Error(ErrorCode::DiskFull, {QStringLiteral("a.png")}, QStringLiteral("ENOSPC")));
        });
        QCOMPARE(outcome.kind, Outcome::Kind::Failed);
        QCOMPARE(outcome.error->code, ErrorCode::DiskFull);
        QCOMPARE(outcome.error->arguments, QStringList{QStringLiteral("a.png")});
        QCOMPARE(outcome.error->details, QStringLiteral("ENOSPC"));
    }

    void exceptionsBecomeInternalFailures()
    {
        const Outcome known = outcomeOf(
            [](const Progress &) -> Outcome { throw std::runtime_error("the sky fell"); });
        QCOMPARE(known.kind, Outcome::Kind::Failed);
        QCOMPARE(known.error->code, ErrorCode::Internal);
        QVERIFY(known.error->details.contains(QStringLiteral("the sky fell")));

        const Outcome unknown = outcomeOf([](const Progress &) -> Outcome { throw 42; });
        QCOMPARE(unknown.kind, Outcome::Kind::Failed);
        QCOMPARE(unknown.error->code, ErrorCode::Internal);
    }

    void theWorkerGoesOnAfterAFailure()
    {
        const auto worker = make();
        int done = 0;
        worker->submit(scripted([](const Progress &) -> Outcome { throw 1; }), Priority::Batch);
        worker->submit(scripted({}, [&](const Outcome &) { ++done; }), Priority::Batch);
        untilIdle(*worker);
        QCOMPARE(done, 1);
    }

    void aRunningJobIsCancelledFromItsOwnProgress()
    {
        const auto worker = make();
        Outcome got;
        connect(worker.get(), &Worker::progressed, this, [&](JobId id) { worker->cancel(id); });
        worker->submit(scripted(
                           [](const Progress &progress) {
                               progress.report(0.5);
                               return untilStopped(progress);
                           },
                           [&](const Outcome &o) { got = o; }),
                       Priority::Batch);
        untilIdle(*worker);
        QCOMPARE(got.kind, Outcome::Kind::Cancelled);
        QVERIFY(!got.error);
    }

    void aFailureWhileStoppingCountsAsCancelled()
    {
        const auto worker = make();
        Outcome got;
        connect(worker.get(), &Worker::progressed, this, [&](JobId id) { worker->cancel(id); });
        worker->submit(scripted(
                           [](const Progress &progress) -> Outcome {
                               progress.report(0.5);
                               untilStopped(progress);
                               throw std::runtime_error("the allocator said no");
                           },
                           [&](const Outcome &o) { got = o; }),
                       Priority::Batch);
        untilIdle(*worker);
        QCOMPARE(got.kind, Outcome::Kind::Cancelled);
    }

    void aWaitingJobThatIsCancelledNeverStarts()
    {
        const auto worker = make();
        bool started = false;
        bool submitted = false;
        Outcome got;
        // While the first job waits for its own request, the second can only wait.
        connect(worker.get(), &Worker::progressed, this, [&](JobId first) {
            if (submitted)
                return;
            submitted = true;
            const JobId second = worker->submit(scripted(
                                                    [&started](const Progress &) {
                                                        started = true;
                                                        return Outcome::done();
                                                    },
                                                    [&](const Outcome &o) { got = o; }),
                                                Priority::Batch);
            worker->cancel(second);
            QVERIFY(!worker->isIdle());
            worker->cancel(first);
        });
        worker->submit(scripted([](const Progress &p) {
                           p.report(0.1);
                           return untilStopped(p);
                       }),
                       Priority::Batch);
        untilIdle(*worker);
        QVERIFY(submitted);
        QVERIFY(!started);
        QCOMPARE(got.kind, Outcome::Kind::Cancelled);
    }

    void cancellingAStrangeOrEndedJobDoesNothing()
    {
        const auto worker = make();
        int calls = 0;
        const JobId id = worker->submit(scripted({},
                                                 [&](const Outcome &o) {
                                                     QCOMPARE(o.kind, Outcome::Kind::Done);
                                                     ++calls;
                                                 }),
                                        Priority::Batch);
        untilIdle(*worker);
        worker->cancel(id);
        worker->cancel(JobId(4711));
        worker->cancelAll();
        QVERIFY(worker->isIdle());
        QCOMPARE(calls, 1);
    }

    void finishMaySubmitMoreAndIdleComesOnceAtTheEnd()
    {
        const auto worker = make();
        QStringList log;
        connect(worker.get(), &Worker::idle, this, [&] { log << QStringLiteral("idle"); });
        worker->submit(scripted({},
                                [&](const Outcome &) {
                                    log << QStringLiteral("first");
                                    worker->submit(scripted({},
                                                            [&](const Outcome &) {
                                                                log << QStringLiteral("second");
                                                            }),
                                                   Priority::Batch);
                                }),
                       Priority::Batch);
        untilIdle(*worker);
        QCOMPARE(log.join(u' '), QStringLiteral("first second idle"));
    }

    void jobsOfOnePriorityKeepTheirOrder()
    {
        const auto worker = make();
        QList<int> ran;
        QList<int> expected;
        for (int i = 0; i < 50; ++i) {
            expected << i;
            worker->submit(scripted({}, [&ran, i](const Outcome &) { ran << i; }), Priority::Batch);
        }
        untilIdle(*worker);
        QCOMPARE(ran, expected);
    }

    void waitingInteractiveJobsGoBeforeWaitingBatchJobs()
    {
        const auto worker = make();
        std::mutex mutex; // the log is written where the jobs run
        QStringList ran;
        const auto note = [&](const char *name) {
            return scripted([&mutex, &ran, name](const Progress &) {
                const std::scoped_lock lock(mutex);
                ran << QString::fromLatin1(name);
                return Outcome::done();
            });
        };
        // Submitted by the first job's progress: while that one waits for a request, nothing else
        // can start, whatever the threads do.
        JobId first;
        connect(worker.get(), &Worker::started, this, [&first](JobId id) {
            if (!first.isValid())
                first = id;
        });
        connect(worker.get(), &Worker::progressed, this, [&](JobId id) {
            if (id != first)
                return;
            worker->submit(note("batch"), Priority::Batch);
            worker->submit(note("interactive"), Priority::Interactive);
            worker->cancel(first);
        });
        worker->submit(scripted([](const Progress &p) {
                           p.report(0.1);
                           return untilStopped(p);
                       }),
                       Priority::Batch);
        untilIdle(*worker);
        QCOMPARE(ran.join(u' '), QStringLiteral("interactive batch"));
    }

    void anInteractiveJobRunsInsideAYieldingBatchJob()
    {
        const auto worker = make();
        std::mutex mutex;
        QStringList ran;
        std::thread::id outer;
        std::thread::id inner;
        const auto log = [&](const char *text) {
            const std::scoped_lock lock(mutex);
            ran << QString::fromLatin1(text);
        };
        bool submitted = false;
        Outcome batch = Outcome::cancelled();
        connect(worker.get(), &Worker::progressed, this, [&] {
            if (submitted)
                return;
            submitted = true;
            worker->submit(scripted([&](const Progress &p) {
                               inner = std::this_thread::get_id();
                               // Nothing is more urgent than an interactive job.
                               log(p.yieldRequested() ? "wrong" : "interactive");
                               return Outcome::done();
                           }),
                           Priority::Interactive);
        });
        worker->submit(scripted(
                           [&](const Progress &p) {
                               outer = std::this_thread::get_id();
                               log("begin");
                               p.report(0.5);
                               // As a tile loop does between two tiles.
                               const Progress part = p.sub(0.5, 0.5);
                               while (!part.yieldRequested())
                                   std::this_thread::yield();
                               part.yield();
                               log(part.yieldRequested() ? "wrong" : "end");
                               return Outcome::done();
                           },
                           [&](const Outcome &o) { batch = o; }),
                       Priority::Batch);
        untilIdle(*worker);
        QCOMPARE(ran.join(u' '), QStringLiteral("begin interactive end"));
        QCOMPARE(batch.kind, Outcome::Kind::Done);
        QVERIFY(outer == inner);
    }

    void aThrowingInteractiveJobLeavesTheBatchJobAlone()
    {
        const auto worker = make();
        bool submitted = false;
        Outcome batch = Outcome::cancelled();
        Outcome interactive;
        connect(worker.get(), &Worker::progressed, this, [&] {
            if (submitted)
                return;
            submitted = true;
            worker->submit(scripted([](const Progress &) -> Outcome { throw 5; },
                                    [&](const Outcome &o) { interactive = o; }),
                           Priority::Interactive);
        });
        worker->submit(scripted(
                           [](const Progress &p) {
                               p.report(0.5);
                               while (!p.yieldRequested())
                                   std::this_thread::yield();
                               p.yield();
                               return p.stopRequested() ? Outcome::cancelled() : Outcome::done();
                           },
                           [&](const Outcome &o) { batch = o; }),
                       Priority::Batch);
        untilIdle(*worker);
        QCOMPARE(batch.kind, Outcome::Kind::Done);
        QCOMPARE(interactive.kind, Outcome::Kind::Failed);
    }

    void theLastReportComesBeforeFinish()
    {
        const auto worker = make();
        double seen = 0;
        double atFinish = 0;
        connect(worker.get(), &Worker::progressed, this,
                [&](JobId, const ProgressReport &r) { seen = r.fraction; });
        worker->submit(scripted(
                           [](const Progress &p) {
                               for (int i = 0; i <= 1000; ++i)
                                   p.reportTile(i, 1000);
                               return Outcome::done();
                           },
                           [&](const Outcome &) { atFinish = seen; }),
                       Priority::Batch);
        untilIdle(*worker);
        QCOMPARE(atFinish, 1.0);
    }

    void everyJobEndsExactlyOnceWhateverIsCancelled()
    {
        const auto worker = make();
        std::mt19937 random(20260101);
        const int count = 400;
        std::vector<int> finishes(count, 0);
        QHash<quint64, int> signalled;
        connect(worker.get(), &Worker::finished, this, [&](JobId id) { ++signalled[id.value()]; });
        QList<JobId> ids;
        for (int i = 0; i < count; ++i) {
            const auto priority = random() % 3 == 0 ? Priority::Interactive : Priority::Batch;
            ids << worker->submit(scripted(
                                      [](const Progress &p) {
                                          for (int n = 0; n < 50; ++n) {
                                              if (p.stopRequested())
                                                  return Outcome::cancelled();
                                              if (p.yieldRequested())
                                                  p.yield();
                                          }
                                          return Outcome::done();
                                      },
                                      [&finishes, i](const Outcome &) { ++finishes[i]; }),
                                  priority);
            worker->cancel(ids.at(int(random() % std::size_t(ids.size()))));
            if (random() % 10 == 0)
                QCoreApplication::processEvents();
        }
        untilIdle(*worker);
        QCOMPARE(std::count(finishes.begin(), finishes.end(), 1), count);
        QCOMPARE(signalled.size(), count);
        for (const int n : std::as_const(signalled))
            QCOMPARE(n, 1);
    }
};

QTEST_GUILESS_MAIN(TestWorker)
#include "tst_worker.moc"
