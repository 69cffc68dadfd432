// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the benches of the canvas have in common: a window whose canvas is 1920 x 1080 device
// pixels, a document of five layers (the Original, two results of operations, a masked pixel layer,
// an adjustment), and a batch enlargement on the engine thread all along.
#pragma once

#include "canvas/canvasview.h"
#include "document/document.h"
#include "enlargecontroller.h"
#include "jobs/engineworker.h"
#include "mainwindow.h"
#include "models/modelfetcher.h"
#include "session/modelenvironment.h"
#include "session/workspace.h"
#include "settings/settings.h"
#include "support/testpictures.h"
#include "theme/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cstdio>

namespace heirloom::bench
{

inline Image picture(QSize size, unsigned seed)
{
    return test::photoPicture(size, {Channels::Rgb, Depth::U8}, seed);
}

inline void addLayers(Document &document, QSize size)
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

/// worst: 0: not asked.
inline bool report(const char *what, const Figures &f, double median, double worst = 0)
{
    const bool good = f.median() < median && (worst <= 0 || f.worst() < worst);
    std::printf("%-44s median %6.1f ms (under %.0f), worst %6.1f ms", what, f.median(), median,
                f.worst());
    if (worst > 0)
        std::printf(" (under %.0f)", worst);
    std::printf(" of %zu%s\n", f.ms.size(), good ? "" : "   FALLS SHORT");
    std::fflush(stdout);
    return good;
}

/// The window and its photo. One a process; needs a QApplication.
class BenchWindow
{
public:
    /// layered: with addLayers(); else the Original alone.
    explicit BenchWindow(double megapixels, bool layered = true)
        : m_settings(m_folder.filePath(QStringLiteral("settings.ini")))
        , m_models(options(m_folder))
        , m_workspace(m_worker, m_models)
        , m_window({m_settings, m_theme, m_worker, m_models, m_workspace, m_fetcher, {},
                    m_folder.filePath(QStringLiteral("thumbnails"))})
        , m_other(m_worker, m_models, m_workspace.tileStore())
    {
        const double side = std::sqrt(megapixels * 1e6 / 6);
        m_size = QSize(int(side * 3), int(side * 2));
        m_window.show();
        m_window.resize(2500, 1500);
        m_workspace.open([this](EditorSession &session) {
            return session.openImage(picture(m_size, 1), {}, QStringLiteral("bench"));
        });
        if (!QTest::qWaitFor([this] { return m_workspace.current() != nullptr; }, 120000))
            qFatal("the picture was not opened");
        if (layered)
            addLayers(*session().document(), m_size);
        QCoreApplication::processEvents();
        const QSize view(1920, 1080);
        m_window.resize(m_window.size() + view - canvas().size());
        QCoreApplication::processEvents();
        if (canvas().size() != view)
            qFatal("the canvas is not 1920 x 1080");
    }
    ~BenchWindow() { m_other.cancel(m_batch); }

    /// Enlarges another photo from now on; returns once the network computes.
    void startBatch()
    {
        m_other.openImage(picture({3000, 2000}, 9), {}, QStringLiteral("batch"));
        if (!QTest::qWaitFor([this] { return m_other.hasDocument(); }, 60000))
            qFatal("the batch's picture was not opened");
        UpscaleSettings enlarge;
        enlarge.model = EnlargeController::fastPack();
        int tiles = 0;
        const auto counting = QObject::connect(
            &m_other, &EditorSession::progressed, [&](JobId, const ProgressReport &) { ++tiles; });
        m_batch = m_other.applyUpscale(enlarge);
        if (!QTest::qWaitFor([&] { return tiles > 2; }, 60000))
            qFatal("the network did not start; are the packs there?");
        QObject::disconnect(counting);
    }
    bool batchRuns() const { return m_other.isRunning(m_batch); }

    QSize size() const { return m_size; }
    MainWindow &window() { return m_window; }
    CanvasView &canvas() { return m_window.canvas(); }
    EditorSession &session() { return *m_workspace.current(); }

    void settle()
    {
        canvas().repaint(); // what is wanted is known only from painting
        if (!QTest::qWaitFor([this] { return canvas().isSettled(); }, 60000))
            qFatal("the canvas did not settle within a minute");
    }

    /// button: the one that the event is about; held: those that are down but at a release.
    void mouse(QEvent::Type type, QPointF at, Qt::MouseButton button, Qt::MouseButton held)
    {
        QMouseEvent event(type, at, canvas().mapToGlobal(at), button,
                          type == QEvent::MouseButtonRelease ? Qt::NoButton
                                                             : Qt::MouseButtons(held),
                          {});
        QCoreApplication::sendEvent(&canvas(), &event);
    }

private:
    static ModelEnvironment::Options options(const QTemporaryDir &folder)
    {
        ModelEnvironment::Options options;
        options.cacheFolder = folder.filePath(QStringLiteral("cache"));
        return options;
    }

    QTemporaryDir m_folder;
    Settings m_settings;
    Theme m_theme;
    ModelEnvironment m_models;
    EngineWorker m_worker;
    Workspace m_workspace;
    ModelFetcher m_fetcher{QString(), QString()};
    MainWindow m_window;
    EditorSession m_other; ///< the batch's
    JobId m_batch;
    QSize m_size;
};

/// What is printed at the end of every canvas bench; false when the batch had ended before.
inline bool batchLasted(const BenchWindow &window, bool alone)
{
    if (alone || window.batchRuns())
        return true;
    std::printf("the network ended too early: figures above are not all beside it\n");
    return false;
}

} // namespace heirloom::bench
