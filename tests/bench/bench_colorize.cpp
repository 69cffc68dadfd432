// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person waits for who colours a photo at the canvas of benchwindow.h while a network works
// in the background: from the key H until the first colours are painted and until the layer is
// there; from a move of a dragged hint until the view shows it, from its release until the document
// does.
//
//   bench_colorize [MEGAPIXELS [alone]]     24 by default; alone: without the network
#include "actions.h"
#include "benchwindow.h"
#include "session/colorhinting.h"

using namespace heirloom;
using namespace heirloom::bench;

namespace
{

class Bench
{
public:
    explicit Bench(BenchWindow &window)
        : m_window(window)
        , m_canvas(window.canvas())
        , m_hinting(window.session().findChild<ColorHinting *>())
    {
        if (!m_hinting)
            qFatal("the photo has no hints");
        QObject::connect(m_hinting, &ColorHinting::looked, m_hinting, [this] { ++m_looks; });
    }

    /// The tool and its first colours; whole: until the layer of them is seen.
    double open(double &whole)
    {
        m_timer.start();
        m_window.window().actions()[ActionId::Colorize]->trigger();
        const double looked = untilLooked(1);
        whole = untilSettled();
        return looked;
    }

    /// A drag of a hundred moves, each when the one before is seen; the first by itself.
    Figures drag(double &first, double &whole)
    {
        const QPointF middle = QRectF(m_canvas.rect()).center();
        QPointF at = middle;
        m_window.mouse(QEvent::MouseButtonPress, at, Qt::LeftButton, Qt::LeftButton);
        m_window.mouse(QEvent::MouseButtonRelease, at, Qt::LeftButton, Qt::LeftButton);
        untilSettled();
        m_window.mouse(QEvent::MouseButtonPress, at, Qt::LeftButton, Qt::LeftButton);
        Figures f;
        for (int i = 0; i <= 100; ++i) {
            at += i % 50 < 25 ? QPointF(9, 5) : QPointF(-9, -5);
            m_timer.start();
            const int wanted = m_looks + 1;
            m_window.mouse(QEvent::MouseMove, at, Qt::NoButton, Qt::LeftButton);
            const double took = untilLooked(wanted);
            if (i == 0)
                first = took;
            else
                f.ms.push_back(took);
        }
        m_timer.start();
        m_window.mouse(QEvent::MouseButtonRelease, at, Qt::LeftButton, Qt::LeftButton);
        whole = untilSettled();
        return f;
    }

private:
    double elapsed() const { return double(m_timer.nsecsElapsed()) / 1e6; }

    double untilLooked(int looks)
    {
        while (m_looks < looks)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        m_canvas.repaint();
        return elapsed();
    }

    double untilSettled()
    {
        if (!QTest::qWaitFor([&] { return !m_hinting->isBusy() && !m_canvas.isPreviewing(); },
                             120000))
            qFatal("the layer is not there after two minutes");
        m_window.settle();
        return elapsed();
    }

    BenchWindow &m_window;
    CanvasView &m_canvas;
    ColorHinting *m_hinting;
    QElapsedTimer m_timer;
    int m_looks = 0;
};

bool report(const char *what, double ms, double most)
{
    std::printf("%-44s %6.0f ms (under %.0f)%s\n", what, ms, most,
                ms < most ? "" : "   FALLS SHORT");
    std::fflush(stdout);
    return ms < most;
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    const double megapixels = argc > 1 ? std::atof(argv[1]) : 24;
    const bool alone = argc > 2;
    BenchWindow stage(megapixels, false);
    stage.canvas().fit();
    stage.settle();
    if (!alone)
        stage.startBatch();
    std::printf("%d x %d, canvas 1920 x 1080%s\n", stage.size().width(), stage.size().height(),
                alone ? ", nothing else running" : ", a network running");
    Bench bench(stage);
    double whole = 0;
    bool good = report("opened, first colours seen", bench.open(whole), 1000);
    std::printf("%-44s %6.0f ms\n", "the layer of them seen", whole);
    for (const bool fit : {true, false}) {
        fit ? stage.canvas().fit() : stage.canvas().zoomTo(1);
        stage.settle();
        double first = 0;
        const Figures moves = bench.drag(first, whole);
        std::printf("%s\n", fit ? "at fit" : "at 100 %");
        good &= report("  a hint's first move seen", first, 300);
        good &= bench::report("  a hint's move seen", moves, 150);
        good &= report("  released, the whole seen", whole, 2000);
    }
    good &= batchLasted(stage, alone);
    return good ? 0 : 1;
}
