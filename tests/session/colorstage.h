// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/scriptedcolorizer.h"
#include "session/colorhinting.h"
#include "sessionstage.h"

#include <QtTest>

namespace heirloom::test
{

/// Rows of a test for both kinds of worker, as threaded.
inline void workers()
{
    QTest::addColumn<bool>("threaded");
    QTest::newRow("inline") << false;
    QTest::newRow("threaded") << true;
}

/// A session on a grey photo with a network that paints all in one chroma.
struct ColorStage {
    QTemporaryDir folder;
    ChromaProvider provider;
    ModelEnvironment environment;
    std::unique_ptr<Worker> worker;
    std::unique_ptr<EditorSession> session;
    ColorHinting *hinting = nullptr; ///< the session's
    QList<Error> errors;

    explicit ColorStage(bool threaded)
        : environment(Stage::options(folder.path()), provider)
    {
        if (threaded)
            worker = std::make_unique<EngineWorker>();
        else
            worker = std::make_unique<InlineWorker>();
        session = std::make_unique<EditorSession>(*worker, environment);
        hinting = new ColorHinting(*session);
        QObject::connect(hinting, &ColorHinting::failed, hinting,
                         [this](const Error &error) { errors += error; });
    }
    bool waitIdle()
    {
        return QTest::qWaitFor([this] { return worker->isIdle() && !hinting->isBusy(); }, 20000);
    }
    bool open(const Image &image)
    {
        session->openImage(image, {}, QStringLiteral("photo"));
        return QTest::qWaitFor([this] { return session->hasDocument(); }, 20000) && waitIdle();
    }
    void change(const QList<ColorHint> &hints)
    {
        ColorizeSettings settings = hinting->settings();
        settings.hints.all = hints;
        hinting->change(settings, QStringLiteral("Hints"));
    }
    const Document &document() const { return *session->document(); }
    int layers() const { return document().stack().count(); }
    qsizetype hintsOfLayer() const
    {
        const Layer *layer = document().layer(hinting->layer());
        const auto settings = ColorizeSettings::fromParameters(layer->ai.parameters);
        return settings ? settings->hints.all.size() : -1;
    }
    Image shown() const
    {
        CompositorSource source(document().snapshot(), session->tileStore());
        const auto image = source.read(QRect(QPoint(0, 0), source.size()));
        return image ? *image : Image();
    }
};

} // namespace heirloom::test
