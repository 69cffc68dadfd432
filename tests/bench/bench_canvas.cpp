// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a hand feels at the canvas of benchwindow.h while a network works in the background. A frame
// is everything the window's thread does from an event to the painted answer.
//
//   bench_canvas [MEGAPIXELS [alone]]     24 by default; alone: without the network
#include "benchwindow.h"
#include "edit/documenteditor.h"
#include "support/processmemory.h"

#include <QWheelEvent>

using namespace heirloom;
using namespace heirloom::bench;

namespace
{

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
    explicit Bench(BenchWindow &window)
        : m_window(window)
        , m_canvas(window.canvas())
        , m_session(window.session())
    {
    }

    void mouse(QEvent::Type type, QPointF at, Qt::MouseButton button)
    {
        m_window.mouse(type, at, button, Qt::MiddleButton);
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
        const QPointF middle = QRectF(m_canvas.rect()).center();
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
        const QPointF at = QRectF(m_canvas.rect()).center();
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
        m_window.settle();
        for (int i = 0; i < 60; ++i) {
            f.ms.push_back(change(
                [&] { (void)m_session.editor().setOpacity(layer, 0.2 + 0.01 * i); }, first));
        }
        m_session.editor().finishGesture();
        return f;
    }

private:
    BenchWindow &m_window;
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

    BenchWindow stage(megapixels);
    if (!alone)
        stage.startBatch();
    Bench bench(stage);
    CanvasView &canvas = stage.canvas();
    bool good = true;
    std::printf("%d x %d, five layers, canvas 1920 x 1080%s\n", stage.size().width(),
                stage.size().height(),
                alone ? ", nothing else running" : ", a network running");
    for (const bool fit : {true, false}) {
        fit ? canvas.fit() : canvas.zoomTo(1);
        std::printf("first whole view %s: %.0f ms\n", fit ? "at fit" : "at 100 %",
                    timed([&] { stage.settle(); }));
        const auto name = [&](const char *what) {
            return QByteArray(what) + (fit ? " at fit" : " at 100 %");
        };
        Figures moves = bench.pan();
        fit ? canvas.fit() : canvas.zoomTo(1);
        stage.settle();
        good &= report(name("pan").constData(), moves, 16 * factor, 33 * factor);
        Figures zooms = bench.zoom();
        good &= report(name("zoom").constData(), zooms, 16 * factor, 33 * factor);
        fit ? canvas.fit() : canvas.zoomTo(1);
        stage.settle();
        Figures first;
        const Figures eyes = bench.eyes(first);
        good &= report(name("eye, first look").constData(), first, 50 * factor, 0);
        report(name("eye, sharp").constData(), eyes, 250 * factor, 0);
        first = {};
        const Figures drags = bench.opacity(first);
        good &=
            report(name("opacity drag, first look").constData(), first, 1000.0 / 30 * factor, 0);
        report(name("opacity drag, sharp").constData(), drags, 250 * factor, 0);
    }
    good &= batchLasted(stage, alone);
    const double peak = double(test::peakResidentBytes()) / (1 << 20);
    const double allowed = 1229 * factor;
    std::printf("peak memory of the process %.0f MB (under %.0f)\n", peak, allowed);
    good &= peak < allowed;
    return good ? 0 : 1;
}
