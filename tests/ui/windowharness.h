// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "actions.h"
#include "canvas/canvasview.h"
#include "document/document.h"
#include "enlargecontroller.h"
#include "jobs/engineworker.h"
#include "mainwindow.h"
#include "models/modelfetcher.h"
#include "operation/scriptedmodels.h"
#include "session/modelenvironment.h"
#include "session/workspace.h"
#include "settings/settings.h"
#include "theme/theme.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QDockWidget>
#include <QTemporaryDir>
#include <QtTest>

namespace heirloom::test
{

/// A whole window over the real session and engine thread, with networks of a few lines instead of
/// real ones, and nothing of the user's: settings, caches and photos lie in a temporary folder.
class WindowHarness
{
public:
    enum class Networks { Both, None };

    explicit WindowHarness(Networks networks = Networks::Both)
    {
        if (networks == Networks::Both) {
            fast = provider.add(scriptedPack(EnlargeController::fastPack()));
            fine = provider.add(scriptedPack(EnlargeController::finePack()));
        }
        for (const char *name : {"sample.png", "other.png"}) {
            samples << folder.filePath(QLatin1String(name));
            picture(QSize(48, 32)).save(samples.last());
        }
        settings = std::make_unique<Settings>(folder.filePath(QStringLiteral("settings.ini")));
        ModelEnvironment::Options options;
        options.packFolders = QStringList{folder.filePath(QStringLiteral("packs"))};
        options.cacheFolder = folder.filePath(QStringLiteral("cache"));
        models = std::make_unique<ModelEnvironment>(options, provider);
        workspace = std::make_unique<Workspace>(worker, *models);
        empty = std::make_unique<EditorSession>(worker, *models, workspace->tileStore());
        window = std::make_unique<MainWindow>(
            WindowServices{*settings, theme, worker, *models, *workspace, fetcher, samples,
                           folder.filePath(QStringLiteral("thumbnails")), nullptr,
                           folder.filePath(QStringLiteral("recipes"))});
        window->show();
        window->activateWindow();
    }

    static QImage picture(QSize size)
    {
        QImage image(size, QImage::Format_RGB888);
        for (int y = 0; y < size.height(); ++y) {
            for (int x = 0; x < size.width(); ++x)
                image.setPixelColor(x, y, QColor(x * 5 % 256, y * 7 % 256, (x + y) * 3 % 256));
        }
        return image;
    }

    QString write(const char *name, const QByteArray &bytes)
    {
        const QString path = folder.filePath(QLatin1String(name));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
            qFatal("cannot write %s", name);
        return path;
    }

    template <typename T>
    T *find(const char *name) const
    {
        return window->findChild<T *>(QLatin1String(name));
    }
    void click(const char *name) const
    {
        auto *button = find<QAbstractButton>(name);
        QVERIFY2(button && button->isVisible() && button->isEnabled(), name);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    void trigger(ActionId id) const { window->actions()[id]->trigger(); }
    QSize size() const
    {
        return session->hasDocument() ? session->document()->canvas().size : QSize();
    }
    bool waitFor(std::function<bool()> condition) const
    {
        return QTest::qWaitFor(std::move(condition), 20000);
    }
    bool open(int sample = 0)
    {
        window->openPaths({samples.at(sample)});
        return waitFor([this] { return session->hasDocument(); });
    }
    bool enlarge()
    {
        trigger(ActionId::Apply);
        return waitFor([this] { return size() == QSize(96, 64); });
    }

    QTemporaryDir folder;
    QStringList samples;
    ScriptedProvider provider;
    std::shared_ptr<ReplicatingModel> fast, fine;
    Theme theme;
    ModelFetcher fetcher{QString(), QString()};
    std::unique_ptr<Settings> settings;
    std::unique_ptr<ModelEnvironment> models;
    EngineWorker worker; ///< goes before the networks that its last job may be using
    std::unique_ptr<Workspace> workspace;
    std::unique_ptr<EditorSession> empty; ///< stands in while nothing is open
    /// The current photo, written as if there were only one.
    struct Current {
        WindowHarness &harness;
        EditorSession *operator->() const
        {
            EditorSession *current = harness.workspace->current();
            return current ? current : harness.empty.get();
        }
        EditorSession &operator*() const { return *operator->(); }
    };
    Current session{*this};
    std::unique_ptr<MainWindow> window;
};

} // namespace heirloom::test
