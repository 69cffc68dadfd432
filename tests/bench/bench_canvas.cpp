// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a hand feels at the canvas while a network works in the background: a window whose canvas is
// 1920 x 1080 device pixels, a document of five layers (the Original, two results of operations,
// a masked pixel layer, an adjustment), and a batch enlargement on the engine thread all along.
// A frame is everything the window's thread does from an event to the painted answer.
//
//   bench_canvas [MEGAPIXELS [alone]]     24 by default; alone: without the network
#include "canvas/canvasview.h"
#include "document/document.h"
#include "edit/documenteditor.h"
#include "enlargecontroller.h"
#include "jobs/engineworker.h"
#include "mainwindow.h"
#include "models/modelfetcher.h"
#include "session/modelenvironment.h"
#include "session/workspace.h"
#include "settings/settings.h"
#include "support/processmemory.h"
#include "support/testpictures.h"
#include "theme/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QTemporaryDir>
#include <QWheelEvent>
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

bool report(const char *what, const Figures &f, double median, double worst)
{
    const bool good = f.median() < median && (worst <= 0 || f.worst() < worst);
    std::printf("%-34s median %6.1f ms (under %.0f), worst %6.1f ms", what, f.median(), median,
                f.worst());
    if (worst > 0)
        std::printf(" (under %.0f)", worst);
    std::printf(" of %zu%s\n", f.ms.size(), good ? "" : "   FALLS SHORT");
    std::fflush(stdout);
    return good;
}

double timed(const std::function<void()> &body)
{
    QElapsedTimer timer;
    timer.start();
    body();
    return double(timer.nsecsElapsed()) / 1e6;
}

class Bench
{
public:
    Bench(MainWindow &window, EditorSession &session)
        : m_canvas(window.canvas())
        , m_session(session)
    {
    }

    void settle()
    {
        m_canvas.repaint(); // what is wanted is known only from painting
        if (!QTest::qWaitFor([this] { return m_canvas.isSettled(); }, 60000))
            qFatal("the canvas did not settle within a minute");
    }

    void mouse(QEvent::Type type, QPointF at, Qt::MouseButton button)
    {
        QMouseEvent event(type, at, m_canvas.mapToGlobal(at), button,
                          type == QEvent::MouseButtonRelease ? Qt::NoButton
                                                             : Qt::MouseButtons(Qt::MiddleButton),
                          {});
        QCoreApplication::sendEvent(&m_canvas, &event);
    }

    /// One frame: the event, whatever is waiting, the paint event.
    double frame(const std::function<void()> &event)
    {
        return timed([&] {
            event();
            QCoreApplication::sendPostedEvents();
            QCoreApplication::processEvents();
        });
    }

    Figures pan()
    {
        Figures f;
        const QPointF middle(viewSize.width() / 2.0, viewSize.height() / 2.0);
        QPointF at = middle;
        mouse(QEvent::MouseButtonPress, at, Qt::MiddleButton);
        for (int i = 0; i < 100; ++i) {
            at += i % 50 < 25 ? QPointF(23, 11) : QPointF(-23, -11);
            f.ms.push_back(frame([&] { mouse(QEvent::MouseMove, at, Qt::NoButton); }));
        }
        mouse(QEvent::MouseButtonRelease, at, Qt::MiddleButton);
        return f;
    }

    Figures zoom()
    {
        Figures f;
        const QPointF at(viewSize.width() / 2.0, viewSize.height() / 2.0);
        for (int i = 0; i < 100; ++i) {
            const int turn = i % 4 < 2 ? 120 : -120;
            f.ms.push_back(frame([&] {
                QWheelEvent event(at, m_canvas.mapToGlobal(at), {}, QPoint(0, turn), Qt::NoButton,
                                  {}, Qt::NoScrollPhase, false);
                QCoreApplication::sendEvent(&m_canvas, &event);
            }));
        }
        return f;
    }

    /// From a change until the view shows it all over (first), and sharp (the result).
    double change(const std::function<void()> &make, Figures &first)
    {
        double looked = -1;
        QElapsedTimer timer;
        timer.start();
        make();
        m_canvas.repaint(); // what is wanted is known only from painting
        while (!m_canvas.isSettled()) {
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            m_canvas.repaint();
            if (looked < 0)
                looked = double(timer.nsecsElapsed()) / 1e6;
        }
        const double whole = double(timer.nsecsElapsed()) / 1e6;
        first.ms.push_back(looked < 0 ? whole : looked);
        return whole;
    }

    Figures eyes(Figures &first)
    {
        Figures f;
        const LayerStack stack = m_session.document()->stack();
        for (int i = 0; i < 16; ++i) {
            const Layer layer = stack.at(1 + i / 2 % 4);
            const bool shown = m_session.document()->layer(layer.id)->visible;
            f.ms.push_back(change(
                [&] { (void)m_session.editor().setVisible(layer.id, !shown); }, first));
        }
        return f;
    }

    Figures opacity(Figures &first)
    {
        Figures f;
        const LayerId layer = m_session.document()->stack().at(2).id;
        m_session.document()->setActiveLayer(layer);
        settle();
        for (int i = 0; i < 60; ++i) {
            f.ms.push_back(change(
                [&] { (void)m_session.editor().setOpacity(layer, 0.2 + 0.01 * i); }, first));
        }
        m_session.editor().finishGesture();
        return f;
    }

private:
    CanvasView &m_canvas;
    EditorSession &m_session;
};

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    const double megapixels = argc > 1 ? std::atof(argv[1]) : 24;
    const bool alone = argc > 2;
    const double factor = megapixels > 24 ? 2 : 1; // what is asked of 100 megapixels
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

    Bench bench(window, session);
    bool good = true;
    std::printf("%d x %d, five layers, canvas 1920 x 1080%s\n", size.width(), size.height(),
                alone ? ", nothing else running" : ", a network running");
    for (const bool fit : {true, false}) {
        fit ? window.canvas().fit() : window.canvas().zoomTo(1);
        std::printf("first whole view %s: %.0f ms\n", fit ? "at fit" : "at 100 %",
                    timed([&] { bench.settle(); }));
        const auto name = [&](const char *what) {
            return QByteArray(what) + (fit ? " at fit" : " at 100 %");
        };
        Figures moves = bench.pan();
        fit ? window.canvas().fit() : window.canvas().zoomTo(1);
        bench.settle();
        good &= report(name("pan").constData(), moves, 16 * factor, 33 * factor);
        Figures zooms = bench.zoom();
        good &= report(name("zoom").constData(), zooms, 16 * factor, 33 * factor);
        fit ? window.canvas().fit() : window.canvas().zoomTo(1);
        bench.settle();
        Figures first;
        const Figures eyes = bench.eyes(first);
        good &= report(name("eye, first look").constData(), first, 50 * factor, 0);
        report(name("eye, sharp").constData(), eyes, 250 * factor, 0);
        first = {};
        const Figures drags = bench.opacity(first);
        good &= report(name("opacity drag, first look").constData(), first, 1000.0 / 30 * factor, 0);
        report(name("opacity drag, sharp").constData(), drags, 250 * factor, 0);
    }
    if (!alone && !other.isRunning(batch)) {
        std::printf("the network ended too early: figures above are not all beside it\n");
        good = false;
    }
    const double peak = double(test::peakResidentBytes()) / (1 << 20);
    const double allowed = 1229 * factor;
    std::printf("peak memory of the process %.0f MB (under %.0f)\n", peak, allowed);
    good &= peak < allowed;
    other.cancel(batch);
    return good ? 0 : 1;
}
