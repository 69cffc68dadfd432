// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a hand feels while it paints and a network works in the background: the window, document and
// batch of bench_canvas, and strokes with a soft brush on a layer below others and on its mask.
//
//   bench_stroke [MEGAPIXELS [alone]]     24 by default; alone: without the network
#include "actions.h"
#include "canvas/canvasview.h"
#include "document/document.h"
#include "enlargecontroller.h"
#include "jobs/engineworker.h"
#include "mainwindow.h"
#include "models/modelfetcher.h"
#include "paintcontroller.h"
#include "painttarget.h"
#include "session/modelenvironment.h"
#include "session/workspace.h"
#include "settings/settings.h"
#include "support/testpictures.h"
#include "theme/theme.h"
#include "toolcontroller.h"
#include "tools/brushtool.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QTemporaryDir>
#include <QTimer>
#include <QtTest>

#include <algorithm>
#include <cstdio>

using namespace heirloom;

namespace
{

const QSize viewSize(1920, 1080);

Image picture(QSize size, unsigned seed)
{
    return test::photoPicture(size, {Channels::Rgb, Depth::U8}, seed);
}

void addLayers(Document &document, QSize size)
{
    const auto &store = document.store();
    const auto add = [&](LayerKind kind, const char *name, unsigned seed, double opacity,
                         BlendMode mode) {
        Layer layer;
        layer.kind = kind;
        layer.name = QLatin1String(name);
        layer.pixels = TiledBuffer::fromImage(picture(size, seed), store);
        layer.profile = document.canvas().profile;
        layer.opacity = opacity;
        layer.blendMode = mode;
        return layer;
    };
    Layer noise = add(LayerKind::Ai, "noise removed", 2, 0.8, BlendMode::Normal);
    noise.ai.operation = QStringLiteral("denoise");
    noise.ai.sourceSize = size;
    document.insertLayer(1, noise);
    Layer paint = add(LayerKind::Pixel, "dodge", 3, 0.4, BlendMode::SoftLight);
    paint.mask.pixels = TiledBuffer::fromImage(
        test::gradientPicture(size, {Channels::Gray, Depth::U8}), store);
    document.insertLayer(2, paint);
    Layer detail = add(LayerKind::Ai, "detail", 4, 0.5, BlendMode::Normal);
    detail.ai.operation = QStringLiteral("upscale");
    detail.ai.sourceSize = size;
    document.insertLayer(3, detail);
    Layer light;
    light.kind = LayerKind::Adjustment;
    light.name = QStringLiteral("light");
    light.adjustment = {QStringLiteral("levels"), {{QStringLiteral("gamma"), 1.2}}};
    document.insertLayer(4, light);
}

struct Figures {
    std::vector<double> ms;
    double median() const
    {
        auto sorted = ms;
        std::ranges::sort(sorted);
        return sorted[sorted.size() / 2];
    }
    double worst() const { return *std::ranges::max_element(ms); }
};

bool report(const char *what, const Figures &f, double median)
{
    const bool good = f.median() < median;
    std::printf("%-44s median %6.1f ms (under %.0f), worst %6.1f ms of %zu%s\n", what, f.median(),
                median, f.worst(), f.ms.size(), good ? "" : "   FALLS SHORT");
    std::fflush(stdout);
    return good;
}

/// Draws strokes with the mouse.
struct Stroking {
    CanvasView &canvas;
    EditorSession &session;

    void settle()
    {
        canvas.repaint(); // what is wanted is known only from painting
        if (!QTest::qWaitFor([this] { return canvas.isSettled(); }, 60000))
            qFatal("the canvas did not settle within a minute");
    }

    void mouse(QEvent::Type type, QPointF at, Qt::MouseButton button)
    {
        QMouseEvent event(type, at, canvas.mapToGlobal(at), button,
                          type == QEvent::MouseButtonRelease ? Qt::NoButton
                                                             : Qt::MouseButtons(Qt::LeftButton),
                          {});
        QCoreApplication::sendEvent(&canvas, &event);
    }

    /// What an event costs by itself, and until it is on the canvas (at least a little soft).
    /// dabStep: canvas pixels between two dabs; each event goes far enough for a new one.
    Figures draw(int count, double dabStep, Figures &seen)
    {
        const double step = std::max(
            26.0, 1.1 * dabStep * canvas.viewport().scale() / canvas.devicePixelRatioF());
        Figures events;
        QPointF at(600, 500);
        mouse(QEvent::MouseButtonPress, at, Qt::LeftButton);
        settle(); // what lies below and above the layer is kept from now on
        for (int i = 0; i < count; ++i) {
            at += (i % 8 < 4 ? 1 : -1) * step * QPointF(0.9, 0.43);
            QElapsedTimer timer;
            timer.start();
            mouse(QEvent::MouseMove, at, Qt::NoButton);
            events.ms.push_back(double(timer.nsecsElapsed()) / 1e6);
            bool shown = false;
            QObject watch;
            QObject::connect(canvas.tiles(), &TileCache::arrived, &watch, [&] { shown = true; });
            QTimer::singleShot(20000, &watch, [] { qFatal("an event showed nothing"); });
            while (!shown)
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            canvas.repaint();
            seen.ms.push_back(double(timer.nsecsElapsed()) / 1e6);
            settle();
        }
        mouse(QEvent::MouseButtonRelease, at, Qt::LeftButton);
        return events;
    }
};

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    const double megapixels = argc > 1 ? std::atof(argv[1]) : 24;
    const bool alone = argc > 2;
    const double side = std::sqrt(megapixels * 1e6 / 6);
    const QSize size(int(side * 3), int(side * 2));

    QTemporaryDir folder;
    Settings settings(folder.filePath(QStringLiteral("settings.ini")));
    Theme theme;
    ModelEnvironment::Options options;
    options.cacheFolder = folder.filePath(QStringLiteral("cache"));
    ModelEnvironment models(options);
    EngineWorker worker;
    Workspace workspace(worker, models);
    ModelFetcher fetcher{QString(), QString()};
    MainWindow window({settings, theme, worker, models, workspace, fetcher, {},
                       folder.filePath(QStringLiteral("thumbnails"))});
    window.show();
    window.resize(2500, 1500);

    workspace.open([&](EditorSession &session) {
        return session.openImage(picture(size, 1), {}, QStringLiteral("bench"));
    });
    if (!QTest::qWaitFor([&] { return workspace.current() != nullptr; }, 120000))
        qFatal("the picture was not opened");
    EditorSession &session = *workspace.current();
    addLayers(*session.document(), size);
    QCoreApplication::processEvents();
    window.resize(window.size() + viewSize - window.canvas().size());
    QCoreApplication::processEvents();
    if (window.canvas().size() != viewSize)
        qFatal("the canvas is not 1920 x 1080");

    // The batch: another photo that is enlarged all the while.
    EditorSession other(worker, models, workspace.tileStore());
    JobId batch;
    int tiles = 0;
    if (!alone) {
        other.openImage(picture({3000, 2000}, 9), {}, QStringLiteral("batch"));
        if (!QTest::qWaitFor([&] { return other.hasDocument(); }, 60000))
            qFatal("the batch's picture was not opened");
        UpscaleSettings enlarge;
        enlarge.model = EnlargeController::fastPack();
        QObject::connect(&other, &EditorSession::progressed,
                         [&](JobId, const ProgressReport &) { ++tiles; });
        batch = other.applyUpscale(enlarge);
        if (!QTest::qWaitFor([&] { return tiles > 2; }, 60000))
            qFatal("the network did not start; are the packs there?");
    }

    // The layer that is painted on lies third of five.
    const LayerId layer = session.document()->stack().at(2).id;
    CanvasView &canvas = window.canvas();
    auto *tools = window.findChild<ToolController *>();
    window.actions()[ActionId::Brush]->trigger();
    Stroking stroking{canvas, session};
    bool good = true;
    std::printf("%d x %d, five layers, canvas 1920 x 1080%s\n", size.width(), size.height(),
                alone ? ", nothing else running" : ", a network running");
    for (const bool mask : {false, true}) {
        for (const double diameter : {200.0, 2000.0}) {
            for (const bool fit : {true, false}) {
                session.document()->setActiveLayer(layer);
                tools->paint().target().setMask(mask);
                Brush brush = tools->brush().brush();
                brush.setSize(diameter);
                brush.setHardness(0);
                brush.setSmoothing(0);
                brush.setPressesSize(false);
                tools->brush().setBrush(brush);
                fit ? canvas.fit() : canvas.zoomTo(1);
                stroking.settle();
                Figures seen;
                const Figures events = stroking.draw(diameter > 200 ? 16 : 60, brush.step(1), seen);
                const QByteArray name = QByteArray(mask ? "mask, " : "pixels, ") +
                                        QByteArray::number(diameter) + " px " +
                                        (fit ? "at fit" : "at 100 %");
                good &= report((name + ", an event").constData(), events, diameter > 200 ? 33 : 8);
                good &= report((name + ", seen").constData(), seen, 33);
            }
        }
    }
    if (!alone && !other.isRunning(batch)) {
        std::printf("the network ended too early: figures above are not all beside it\n");
        good = false;
    }
    other.cancel(batch);
    return good ? 0 : 1;
}
