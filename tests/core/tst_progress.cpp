// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/progress.h"

#include <QtTest>

using namespace heirloom;
using namespace std::chrono_literals;

class TestProgress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPartReportsInTheWholesRange();
    void reportsCloserThan30MillisecondsAreDropped();
    void theLastReportAlwaysPasses();
    void remainingTimeFollowsTheClock();
    void copiesShareTheStop();
    void yieldRunsWhatTheWorkerInstalled();
};

namespace {

struct Watched {
    std::chrono::steady_clock::time_point now{};
    std::vector<ProgressReport> seen;
    std::stop_source stop;
    Progress progress{stop.get_token(), [this](const ProgressReport &r) { seen.push_back(r); },
                      [this] { return now; }};
};

} // namespace

void TestProgress::aPartReportsInTheWholesRange()
{
    Watched w;
    w.progress.sub(0.5, 0.5).sub(0.0, 0.5).report(0.5);
    QCOMPARE(w.seen.size(), size_t(1));
    QCOMPARE(w.seen[0].fraction, 0.625);
}

void TestProgress::reportsCloserThan30MillisecondsAreDropped()
{
    Watched w;
    w.progress.report(0.1);
    w.now += 29ms;
    w.progress.report(0.2);
    QCOMPARE(w.seen.size(), size_t(1));
    w.now += 1ms;
    w.progress.report(0.3);
    QCOMPARE(w.seen.size(), size_t(2));
}

void TestProgress::theLastReportAlwaysPasses()
{
    Watched w;
    w.progress.reportTile(23, 24);
    w.progress.reportTile(24, 24);
    QCOMPARE(w.seen.size(), size_t(2));
    QCOMPARE(w.seen[1].tile, 24);
    QCOMPARE(w.seen[1].fraction, 1.0);
}

void TestProgress::remainingTimeFollowsTheClock()
{
    Watched w;
    w.now += 10s;
    w.progress.report(0.25);
    QVERIFY(qAbs(w.seen[0].remainingSeconds - 30.0) < 1e-6);
}

void TestProgress::copiesShareTheStop()
{
    Watched w;
    const Progress part = w.progress.sub(0, 0.1);
    QVERIFY(!part.stopRequested());
    w.stop.request_stop();
    QVERIFY(part.stopRequested());
}

void TestProgress::yieldRunsWhatTheWorkerInstalled()
{
    Watched w;
    bool wanted = true;
    int ran = 0;
    w.progress.setYield([&] { return wanted; }, [&] { ++ran; wanted = false; });
    const Progress part = w.progress.sub(0, 1);
    QVERIFY(part.yieldRequested());
    part.yield();
    QCOMPARE(ran, 1);
    QVERIFY(!part.yieldRequested());
}

QTEST_APPLESS_MAIN(TestProgress)
#include "tst_progress.moc"
