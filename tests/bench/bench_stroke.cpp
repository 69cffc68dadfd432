// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a hand feels while it paints and a network works in the background: the window, document and
// batch of benchwindow.h, and strokes with a soft brush on a layer below others and on its mask.
//
//   bench_stroke [MEGAPIXELS [alone]]     24 by default; alone: without the network
#include "actions.h"
#include "benchwindow.h"
#include "paintcontroller.h"
#include "painttarget.h"
#include "toolcontroller.h"
#include "tools/brushtool.h"

#include <QTimer>

using namespace heirloom;
using namespace heirloom::bench;

namespace
{

/// Draws strokes with the mouse.
struct Stroking {
    BenchWindow &window;

    void mouse(QEvent::Type type, QPointF at, Qt::MouseButton button)
    {
        window.mouse(type, at, button, Qt::LeftButton);
    }

    /// What an event costs by itself, and until it is on the canvas (at least a little soft).
    /// dabStep: canvas pixels between two dabs; each event goes far enough for a new one.
    Figures draw(int count, double dabStep, Figures &seen)
    {
        CanvasView &canvas = window.canvas();
        const double step = std::max(
            26.0, 1.1 * dabStep * canvas.viewport().scale() / canvas.devicePixelRatioF());
        Figures events;
        QPointF at(600, 500);
        mouse(QEvent::MouseButtonPress, at, Qt::LeftButton);
        window.settle(); // what lies below and above the layer is kept from now on
        for (int i = 0; i < count; ++i) {
            at += (i % 8 < 4 ? 1 : -1) * step * QPointF(0.9, 0.43);
            QElapsedTimer timer;
            timer.start();
            mouse(QEvent::MouseMove, at, Qt::NoButton);
            events.ms.push_back(double(timer.nsecsElapsed()) / 1e6);
            bool shown = false;
            QObject watch;
            QObject::connect(canvas.tiles(), &CanvasTiles::arrived, &watch, [&] { shown = true; });
            QTimer::singleShot(20000, &watch, [] { qFatal("an event showed nothing"); });
            while (!shown)
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            canvas.repaint();
            seen.ms.push_back(double(timer.nsecsElapsed()) / 1e6);
            window.settle();
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

    BenchWindow stage(megapixels);
    if (!alone)
        stage.startBatch();

    // The layer that is painted on lies third of five.
    Document &document = *stage.session().document();
    const LayerId layer = document.stack().at(2).id;
    CanvasView &canvas = stage.canvas();
    auto *tools = stage.window().findChild<ToolController *>();
    stage.window().actions()[ActionId::Brush]->trigger();
    Stroking stroking{stage};
    bool good = true;
    std::printf("%d x %d, five layers, canvas 1920 x 1080%s\n", stage.size().width(),
                stage.size().height(),
                alone ? ", nothing else running" : ", a network running");
    for (const bool mask : {false, true}) {
        for (const double diameter : {200.0, 2000.0}) {
            for (const bool fit : {true, false}) {
                document.setActiveLayer(layer);
                tools->paint().target().setMask(mask);
                Brush brush = tools->brush().brush();
                brush.setSize(diameter);
                brush.setHardness(0);
                brush.setSmoothing(0);
                brush.setPressesSize(false);
                tools->brush().setBrush(brush);
                fit ? canvas.fit() : canvas.zoomTo(1);
                stage.settle();
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
    good &= batchLasted(stage, alone);
    return good ? 0 : 1;
}
