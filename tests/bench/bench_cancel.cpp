// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Cancelling inside a tile of the slowest model, twenty times, through the session that the window
// drives: how long until the engine is idle, and what stays behind in memory.
//
//   bench_cancel PHOTO
#include "core/errortext.h"
#include "jobs/engineworker.h"
#include "session/editorsession.h"
#include "session/modelenvironment.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QGuiApplication>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <unistd.h>

using namespace heirloom;

namespace {

double residentMegabytes()
{
    QFile file(QStringLiteral("/proc/self/statm"));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    return file.readAll().split(' ').value(1).toDouble() * double(sysconf(_SC_PAGESIZE)) / 1048576;
}

} // namespace

int main(int argc, char **argv)
{
    QGuiApplication app(argc, argv);
    if (argc < 2) {
        std::fputs("usage: bench_cancel PHOTO\n", stderr);
        return 2;
    }
    ModelEnvironment::Options options;
    options.keepTiles = false;
    ModelEnvironment models(options);
    EngineWorker worker;
    EditorSession session(worker, models);
    QEventLoop loop;
    QObject::connect(&session, &EditorSession::documentReplaced, &loop, &QEventLoop::quit);
    session.open(app.arguments().at(1));
    loop.exec();

    UpscaleSettings settings;
    settings.target = UpscaleTarget::byFactor(4);
    settings.model = QStringLiteral("realesrgan-x4plus");
    std::vector<double> seconds;
    double third = 0, last = 0;
    for (int i = 0; i < 20; ++i) {
        QElapsedTimer timer;
        QObject scope;
        bool cancelled = false;
        QObject::connect(&session, &EditorSession::finished, &scope,
                         [&](JobId, const Outcome &outcome) {
                             cancelled = outcome.kind == Outcome::Kind::Cancelled;
                             if (outcome.error)
                                 std::fprintf(stderr, "%s\n",
                                              qPrintable(errorSentence(*outcome.error)));
                         });
        QObject::connect(&worker, &Worker::idle, &loop, &QEventLoop::quit);
        const JobId id = session.applyUpscale(settings);
        // Well inside a tile, at another moment each time; the first also loads the model.
        QTimer::singleShot((i == 0 ? 5000 : 700) + 97 * i, &scope, [&] {
            timer.start();
            session.cancel(id);
        });
        loop.exec();
        QObject::disconnect(&worker, &Worker::idle, &loop, &QEventLoop::quit);
        if (!cancelled) {
            std::fputs("the run ended before it was cancelled\n", stderr);
            return 1;
        }
        seconds.push_back(double(timer.nsecsElapsed()) / 1e9);
        last = residentMegabytes();
        if (i == 2)
            third = last;
    }
    const double worst = *std::ranges::max_element(seconds);
    std::printf("cancel inside an x4plus tile, 20 times: worst %.3f s (under 0.3); memory after "
                "the 3rd %.0f MB, after the 20th %.0f MB (at most 20 more)\n",
                worst, third, last);
    return worst < 0.3 && last <= third + 20 ? 0 : 1;
}
