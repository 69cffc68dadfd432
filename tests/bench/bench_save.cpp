// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Ctrl+S through the session that the window drives: a 24-megapixel document of five layers (two of
// them AI, one an adjustment) saved for the first time, then again after a stroke on one layer.
// Says how long the window's thread was held (the call, and the longest time between two turns of
// its event loop while the file was written) and when the file was on disk; beside it, what writing
// the same picture as one PNG takes, which every such save has to do once.
//
//   bench_save [WIDTH HEIGHT]
#include "core/errortext.h"
#include "document/compositor.h"
#include "document/document.h"
#include "edit/history.h"
#include "io/imagewriter.h"
#include "jobs/engineworker.h"
#include "session/editorsession.h"
#include "session/modelenvironment.h"
#include "support/testpictures.h"

#include <QBuffer>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFileInfo>
#include <QGuiApplication>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <ctime>

using namespace heirloom;
using namespace heirloom::test;

namespace
{

constexpr PixelFormat Rgb8{Channels::Rgb, Depth::U8};

double seconds(const QElapsedTimer &timer)
{
    return double(timer.nsecsElapsed()) / 1e9;
}

struct Times {
    double call = 0;    ///< ms inside saveProject()
    double longest = 0; ///< ms between two turns of the event loop
    double onDisk = -1; ///< s
    double work = 0;    ///< s of processor, which a busy machine changes less
};

double processorSeconds()
{
    return double(std::clock()) / CLOCKS_PER_SEC;
}

Times save(EditorSession &session, const QString &path)
{
    QEventLoop loop;
    Times times;
    QElapsedTimer timer, turn;
    QTimer heart;
    QObject::connect(&heart, &QTimer::timeout, &loop, [&] {
        times.longest = std::max(times.longest, seconds(turn) * 1000);
        turn.restart();
    });
    QObject::connect(&session, &EditorSession::finished, &loop,
                     [&](JobId, const Outcome &outcome) {
                         if (outcome.kind == Outcome::Kind::Done)
                             times.onDisk = seconds(timer);
                         else if (outcome.error)
                             std::fprintf(stderr, "%s\n",
                                          qPrintable(errorSentence(*outcome.error)));
                         loop.quit();
                     });
    const double before = processorSeconds();
    timer.start();
    session.saveProject(path);
    times.call = seconds(timer) * 1000;
    heart.start(1);
    turn.start();
    loop.exec();
    times.work = processorSeconds() - before;
    return times;
}

/// The composite as one PNG in memory.
Times onePng(const Snapshot &snapshot, const std::shared_ptr<TileStore> &store)
{
    const double before = processorSeconds();
    QElapsedTimer timer;
    timer.start();
    CompositorSource source(snapshot, store);
    QBuffer buffer;
    buffer.open(QIODevice::ReadWrite);
    WriteSpec spec;
    spec.fileFormat = FileFormat::Png;
    spec.size = source.size();
    spec.format = source.format();
    auto writer = ImageWriter::create(spec, buffer);
    for (int y = 0; writer && y < spec.size.height(); y += 256) {
        const auto band = source.read(QRect(0, y, spec.size.width(), 256));
        if (!band || !(*writer)->write(*band))
            return {};
    }
    Times times;
    if (writer && (*writer)->finish())
        times.onDisk = seconds(timer);
    times.work = processorSeconds() - before;
    return times;
}

} // namespace

int main(int argc, char **argv)
{
    QGuiApplication app(argc, argv);
    const QSize size(argc > 2 ? app.arguments().at(1).toInt() : 6000,
                     argc > 2 ? app.arguments().at(2).toInt() : 4000);
    ModelEnvironment models{ModelEnvironment::Options()};
    EngineWorker worker;
    EditorSession session(worker, models);
    QEventLoop loop;
    QObject::connect(&session, &EditorSession::documentReplaced, &loop, &QEventLoop::quit);
    session.openImage(photoPicture(size, Rgb8), {}, QStringLiteral("photo"));
    loop.exec();
    Document &document = *session.document();
    const Snapshot opened = document.snapshot();
    for (const quint32 seed : {2U, 3U}) {
        Layer result;
        result.kind = LayerKind::Ai;
        result.name = QStringLiteral("result");
        result.pixels = TiledBuffer::fromImage(photoPicture(size, Rgb8, seed), session.tileStore());
        result.profile = ColorProfile::sRgb();
        result.opacity = 0.7;
        result.ai.operation = QStringLiteral("denoise");
        document.insertLayer(document.stack().count(), result);
    }
    Layer painted;
    painted.name = QStringLiteral("Retouch");
    painted.pixels = TiledBuffer(size, {Channels::Rgba, Depth::U8}, session.tileStore());
    painted.profile = ColorProfile::sRgb();
    const LayerId retouch = document.insertLayer(3, painted);
    Layer light;
    light.kind = LayerKind::Adjustment;
    light.name = QStringLiteral("light");
    light.adjustment = {QStringLiteral("exposure"), {{QStringLiteral("exposure"), 0.3}}};
    document.insertLayer(4, light);
    session.history().record(QStringLiteral("Layers"), opened);

    const QTemporaryDir dir(QStringLiteral("bench_save"));
    const QString path = dir.filePath(QStringLiteral("p.ora"));
    const Times first = save(session, path);
    const Snapshot before = document.snapshot();
    TiledBuffer pixels = document.layer(retouch)->pixels;
    pixels.write({size.width() / 2, size.height() / 2},
                 noisePicture({300, 40}, pixels.format()));
    document.setPixels(retouch, pixels);
    session.history().record(QStringLiteral("Stroke"), before);
    const Times again = save(session, path);
    const Times png = onePng(document.snapshot(), session.tileStore());
    for (const auto &[name, t] :
         {std::pair("first save", first), std::pair("one layer changed", again)})
        std::printf(
            "%s: window held %.1f ms by the call, %.1f ms at most afterwards; on disk after "
            "%.2f s, %.2f times one PNG of the picture (%.2f s); processor %.2f s, %.2f times "
            "(%.2f s)\n",
            name, t.call, t.longest, t.onDisk, t.onDisk / png.onDisk, png.onDisk, t.work,
            t.work / png.work, png.work);
    std::printf("%.1f MB\n", double(QFileInfo(path).size()) / 1e6);
    return first.onDisk > 0 && again.onDisk > 0 && again.onDisk <= 5 && again.call <= 16 ? 0 : 1;
}
