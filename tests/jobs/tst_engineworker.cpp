// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What only the threaded worker does.
#include "jobs/engineworker.h"
#include "jobs/inlineworker.h"
#include "jobs/scriptedjob.h"

#include <QElapsedTimer>
#include <QtTest>

#include <future>
#include <latch>

#ifdef Q_OS_LINUX
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

using namespace heirloom;

class TestEngineWorker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void jobsRunOnAnotherThreadAndDieOnTheOwners()
    {
        struct Witness {
            std::thread::id *died;
            ~Witness() { *died = std::this_thread::get_id(); }
        };
        std::thread::id ran;
        std::thread::id died;
        EngineWorker worker;
        for (int i = 0; i < 100; ++i) {
            died = {};
            worker.submit(scripted([&ran, w = std::make_shared<Witness>(&died)](const Progress &) {
                              ran = std::this_thread::get_id();
                              return Outcome::done();
                          }),
                          Priority::Batch);
            untilIdle(worker);
            QVERIFY(ran != std::this_thread::get_id());
            // Destroyed with the event that brought the outcome, after the last signal.
            QCoreApplication::processEvents();
            QVERIFY(died == std::this_thread::get_id());
        }
    }

    void cancelReturnsWhileTheJobIsStillBusy()
    {
        EngineWorker worker;
        std::latch started(1);
        std::latch release(1);
        Outcome got;
        bool finished = false;
        const JobId id =
            worker.submit(scripted(
                              [&](const Progress &p) {
                                  started.count_down();
                                  release.wait(); // deaf to the request
                                  return p.stopRequested() ? Outcome::cancelled() : Outcome::done();
                              },
                              [&](const Outcome &o) {
                                  got = o;
                                  finished = true;
                              }),
                          Priority::Batch);
        started.wait();
        worker.cancel(id); // would never return if it waited for the job
        QVERIFY(!finished);
        QVERIFY(!worker.isIdle());
        release.count_down();
        untilIdle(worker);
        QVERIFY(finished);
        QCOMPARE(got.kind, Outcome::Kind::Cancelled);
    }

    void workThatWasCompleteStaysDone()
    {
        EngineWorker worker;
        std::latch started(1);
        std::latch release(1);
        Outcome got = Outcome::cancelled();
        const JobId id = worker.submit(scripted(
                                           [&](const Progress &) {
                                               started.count_down();
                                               release.wait();
                                               return Outcome::done();
                                           },
                                           [&](const Outcome &o) { got = o; }),
                                       Priority::Batch);
        started.wait();
        worker.cancel(id);
        release.count_down();
        untilIdle(worker);
        QCOMPARE(got.kind, Outcome::Kind::Done);
    }

    void destroyingTheWorkerStopsTheRunningJobAndForgetsTheWaiting()
    {
        std::latch started(1);
        std::atomic<bool> left = false;
        std::atomic<bool> secondRan = false;
        int finishes = 0;
        {
            EngineWorker worker;
            worker.submit(scripted(
                              [&](const Progress &p) {
                                  started.count_down();
                                  const Outcome o = untilStopped(p);
                                  left = true;
                                  return o;
                              },
                              [&](const Outcome &) { ++finishes; }),
                          Priority::Batch);
            worker.submit(scripted(
                              [&](const Progress &) {
                                  secondRan = true;
                                  return Outcome::done();
                              },
                              [&](const Outcome &) { ++finishes; }),
                          Priority::Batch);
            started.wait();
        }
        QVERIFY(left);
        QVERIFY(!secondRan);
        QCoreApplication::processEvents();
        QCOMPARE(finishes, 0);
    }

    void destroyingTheWorkerDuringANestedJobStopsBoth()
    {
        std::latch batch(1);
        std::latch nested(1);
        std::atomic<int> left = 0;
        {
            EngineWorker worker;
            worker.submit(scripted([&](const Progress &p) {
                              batch.count_down();
                              while (!p.yieldRequested())
                                  std::this_thread::yield();
                              p.yield();
                              const Outcome o = untilStopped(p);
                              ++left;
                              return o;
                          }),
                          Priority::Batch);
            batch.wait();
            worker.submit(scripted([&](const Progress &p) {
                              nested.count_down();
                              const Outcome o = untilStopped(p);
                              ++left;
                              return o;
                          }),
                          Priority::Interactive);
            nested.wait();
        }
        QCOMPARE(left.load(), 2);
    }

    void theWorkerMayBeDestroyedByAFinish()
    {
        auto *worker = new EngineWorker;
        QPointer<EngineWorker> alive(worker);
        std::latch secondStarted(1);
        worker->submit(scripted({},
                                [&](const Outcome &) {
                                    secondStarted.wait();
                                    delete worker;
                                }),
                       Priority::Batch);
        worker->submit(scripted([&](const Progress &p) {
                           secondStarted.count_down();
                           return untilStopped(p);
                       }),
                       Priority::Batch);
        while (alive)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QVERIFY(alive.isNull());
    }

    void aNestedEventLoopInFinishStillGetsTheOtherResults()
    {
        EngineWorker worker;
        bool inner = false;
        bool outer = false;
        worker.submit(scripted({},
                               [&](const Outcome &) {
                                   QEventLoop loop; // as a dialog does
                                   worker.submit(scripted({},
                                                          [&](const Outcome &) {
                                                              inner = true;
                                                              loop.quit();
                                                          }),
                                                 Priority::Batch);
                                   loop.exec();
                                   outer = inner;
                               }),
                      Priority::Batch);
        untilIdle(worker);
        QVERIFY(inner);
        QVERIFY(outer);
        QVERIFY(worker.isIdle());
    }

    void aBatchJobCanBeCancelledWhileAnInteractiveOneRunsInsideIt()
    {
        EngineWorker worker;
        std::latch begun(1);
        std::latch nested(1);
        std::latch release(1);
        Outcome batch;
        Outcome interactive = Outcome::cancelled();
        const JobId id =
            worker.submit(scripted(
                              [&](const Progress &p) {
                                  begun.count_down();
                                  while (!p.yieldRequested())
                                      std::this_thread::yield();
                                  p.yield();
                                  return p.stopRequested() ? Outcome::cancelled() : Outcome::done();
                              },
                              [&](const Outcome &o) { batch = o; }),
                          Priority::Batch);
        begun.wait();
        worker.submit(scripted(
                          [&](const Progress &p) {
                              nested.count_down();
                              release.wait();
                              return p.stopRequested() ? Outcome::cancelled() : Outcome::done();
                          },
                          [&](const Outcome &o) { interactive = o; }),
                      Priority::Interactive);
        nested.wait();
        worker.cancel(id);
        release.count_down();
        untilIdle(worker);
        QCOMPARE(batch.kind, Outcome::Kind::Cancelled);
        QCOMPARE(interactive.kind, Outcome::Kind::Done);
    }

    /// The next is asked for only when the one before has been taken in, as a hand does it.
    void aBatchJobRestsWhileInteractiveOnesFollowOneAnother()
    {
        EngineWorker worker;
        std::atomic<bool> released = false;
        std::atomic<int> yields = 0;
        std::latch begun(1);
        worker.submit(scripted([&](const Progress &p) {
                          begun.count_down();
                          while (!released) {
                              if (p.yieldRequested()) {
                                  ++yields;
                                  p.yield();
                              }
                              std::this_thread::yield();
                          }
                          return Outcome::done();
                      }),
                      Priority::Batch);
        begun.wait();
        int left = 20;
        const std::function<void()> ask = [&] {
            worker.submit(scripted({},
                                   [&](const Outcome &) {
                                       if (--left > 0)
                                           ask();
                                       else
                                           released = true;
                                   }),
                          Priority::Interactive);
        };
        ask();
        untilIdle(worker);
        QCOMPARE(left, 0);
        // Where the machine is slow a pause may end between two of them.
        QVERIFY2(yields < 10, qPrintable(QString::number(yields)));
    }

    void reportsNobodyHasSeenAreReplacedByNewerOnes()
    {
        EngineWorker worker;
        std::promise<void> ended;
        int reports = 0;
        double last = 0;
        connect(&worker, &Worker::progressed, this, [&](JobId, const ProgressReport &r) {
            ++reports;
            last = r.fraction;
        });
        // The owner does not look while the job reports; 1.0 always passes the 30 ms filter.
        worker.submit(scripted([&](const Progress &p) {
                          for (int i = 0; i < 1000; ++i)
                              p.report(1.0);
                          ended.set_value();
                          return Outcome::done();
                      }),
                      Priority::Batch);
        ended.get_future().wait();
        untilIdle(worker);
        QCOMPARE(reports, 1);
        QCOMPARE(last, 1.0);
    }

    void theEngineThreadHasALowerPriority()
    {
#ifdef Q_OS_LINUX
        const int own = getpriority(PRIO_PROCESS, id_t(syscall(SYS_gettid)));
        int engine = own;
        EngineWorker worker;
        worker.submit(scripted([&engine](const Progress &) {
                          engine = getpriority(PRIO_PROCESS, id_t(syscall(SYS_gettid)));
                          return Outcome::done();
                      }),
                      Priority::Batch);
        untilIdle(worker);
        QCOMPARE(engine, std::min(19, own + EngineWorker::niceness));
        QCOMPARE(getpriority(PRIO_PROCESS, id_t(syscall(SYS_gettid))), own);
#else
        QSKIP("Threads have no nice value of their own here.");
#endif
    }

    void theInlineWorkerHearsAStopRequestedOutside()
    {
        std::stop_source outside;
        InlineWorker worker(outside.get_token());
        std::latch started(1);
        std::thread ctrlC([&] {
            started.wait();
            outside.request_stop();
        });
        Outcome running;
        worker.submit(scripted(
                          [&](const Progress &p) {
                              started.count_down();
                              return untilStopped(p);
                          },
                          [&](const Outcome &o) { running = o; }),
                      Priority::Batch);
        ctrlC.join();
        QCOMPARE(running.kind, Outcome::Kind::Cancelled);
        Outcome later;
        bool started2 = false;
        worker.submit(scripted(
                          [&](const Progress &) {
                              started2 = true;
                              return Outcome::done();
                          },
                          [&](const Outcome &o) { later = o; }),
                      Priority::Batch);
        QCOMPARE(later.kind, Outcome::Kind::Cancelled);
        QVERIFY(!started2);
    }
};

QTEST_GUILESS_MAIN(TestEngineWorker)
#include "tst_engineworker.moc"
