// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person waits for in the Enlarge panel, through the session that the window drives: the
// 400 x 300 loupe, the first tile of a view, and a whole 1920 x 1080 view. Medians of 5 after one
// preview that loads the model.
//
//   bench_preview PHOTO [MODEL [TILE [FACTOR]]]
#include "core/errortext.h"
#include "jobs/engineworker.h"
#include "session/editorsession.h"
#include "session/modelenvironment.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QGuiApplication>

#include <algorithm>
#include <cstdio>

using namespace heirloom;

namespace {

struct Times {
    double first = -1;
    double whole = -1;
};

Times preview(EditorSession &session, const UpscaleSettings &settings, const QRect &region)
{
    QEventLoop loop;
    Times times;
    QElapsedTimer timer;
    const auto tile = QObject::connect(&session, &EditorSession::previewTile, &loop, [&] {
        if (times.first < 0)
            times.first = double(timer.nsecsElapsed()) / 1e9;
    });
    JobId wanted;
    QObject::connect(&session, &EditorSession::finished, &loop,
                     [&](JobId id, const Outcome &outcome) {
                         if (id != wanted)
                             return;
                         if (outcome.kind == Outcome::Kind::Done)
                             times.whole = double(timer.nsecsElapsed()) / 1e9;
                         else if (outcome.error)
                             std::fprintf(stderr, "%s\n",
                                          qPrintable(errorSentence(*outcome.error)));
                         loop.quit();
                     });
    timer.start();
    wanted = session.previewUpscale(settings, region, region.center());
    loop.exec();
    return times;
}

Times median(EditorSession &session, const UpscaleSettings &settings, QSize picture, QSize view)
{
    std::vector<double> first, whole;
    for (int i = 0; i < 5; ++i) {
        // Another place each time, so that nothing is found in a cache.
        const int x = (picture.width() - view.width()) * (i + 1) / 7;
        const int y = (picture.height() - view.height()) * (5 - i) / 7;
        const Times t = preview(session, settings, QRect(QPoint(x, y), view));
        first.push_back(t.first);
        whole.push_back(t.whole);
    }
    std::ranges::sort(first);
    std::ranges::sort(whole);
    return {first[2], whole[2]};
}

} // namespace

int main(int argc, char **argv)
{
    QGuiApplication app(argc, argv);
    if (argc < 2) {
        std::fputs("usage: bench_preview PHOTO [MODEL [TILE [FACTOR]]]\n", stderr);
        return 2;
    }
    ModelEnvironment::Options options;
    options.keepTiles = false;
    options.tile = app.arguments().value(3).toInt();
    ModelEnvironment models(options);
    EngineWorker worker;
    EditorSession session(worker, models);
    QEventLoop loop;
    QObject::connect(&session, &EditorSession::documentReplaced, &loop, &QEventLoop::quit);
    session.open(app.arguments().at(1));
    loop.exec();

    UpscaleSettings settings;
    settings.target = UpscaleTarget::byFactor(argc > 4 ? app.arguments().at(4).toDouble() : 4);
    settings.model = argc > 2 ? app.arguments().at(2) : QStringLiteral("realesrgan-general-x4v3");
    const auto plan = session.planUpscale(settings);
    if (!plan) {
        std::fprintf(stderr, "%s\n", qPrintable(errorSentence(plan.error())));
        return 1;
    }
    preview(session, settings, QRect(0, 0, 400, 300));
    const Times loupe = median(session, settings, plan->target, QSize(400, 300));
    const Times view = median(session, settings, plan->target, QSize(1920, 1080));
    std::printf("%s: loupe 400x300 whole %.2f s (within 1.5); view 1920x1080 first tile %.2f s "
                "(within 0.7), whole %.2f s (within 8)\n",
                qPrintable(settings.model), loupe.whole, view.first, view.whole);
    return loupe.whole <= 1.5 && view.first <= 0.7 && view.whole <= 8 ? 0 : 1;
}
