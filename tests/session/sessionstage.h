// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/compositor.h"
#include "document/document.h"
#include "jobs/engineworker.h"
#include "jobs/inlineworker.h"
#include "operation/scriptedmodels.h"
#include "session/editorsession.h"
#include "session/modelenvironment.h"

#include <QEventLoop>
#include <QTemporaryDir>

#include <memory>

namespace heirloom::test
{

inline const QString scriptedId = QStringLiteral("scripted");

/// A session over either worker, with a scripted network and everything it said.
struct Stage {
    QTemporaryDir folder;
    ScriptedProvider provider;
    std::shared_ptr<ReplicatingModel> model = provider.add(scriptedPack(scriptedId));
    ModelEnvironment environment;
    std::unique_ptr<Worker> worker;
    std::unique_ptr<EditorSession> session;
    QHash<JobId, Outcome> outcomes;
    QList<OperationRecord> applied;
    QList<std::pair<QRect, Image>> tiles;
    int dropped = 0;

    static ModelEnvironment::Options options(const QString &folder)
    {
        ModelEnvironment::Options options;
        options.cacheFolder = folder + QStringLiteral("/cache");
        options.packFolders = {folder + QStringLiteral("/none")};
        return options;
    }

    explicit Stage(bool threaded)
        : environment(options(folder.path()), provider)
    {
        if (threaded)
            worker = std::make_unique<EngineWorker>();
        else
            worker = std::make_unique<InlineWorker>();
        session = std::make_unique<EditorSession>(*worker, environment);
        QObject::connect(session.get(), &EditorSession::finished,
                         [this](JobId id, const Outcome &outcome) { outcomes[id] = outcome; });
        QObject::connect(session.get(), &EditorSession::applied,
                         [this](JobId, const OperationRecord &record) { applied += record; });
        QObject::connect(session.get(), &EditorSession::previewTile,
                         [this](JobId, const QRect &place, const Image &pixels) {
                             tiles.append({place, pixels});
                         });
        QObject::connect(session.get(), &EditorSession::dropped, [this](JobId) { ++dropped; });
    }

    /// Waits for a job's last word.
    Outcome outcome(JobId id)
    {
        if (!id.isValid())
            return Outcome::failed(Error(ErrorCode::Internal, {QStringLiteral("refused")}));
        QEventLoop loop;
        QObject::connect(session.get(), &EditorSession::finished, &loop, &QEventLoop::quit);
        while (!outcomes.contains(id))
            loop.exec();
        return outcomes.value(id);
    }

    bool open(const Image &image)
    {
        return outcome(session->openImage(image, {}, QStringLiteral("photo"))).kind ==
               Outcome::Kind::Done;
    }

    Image shown()
    {
        const Snapshot snapshot = session->document()->snapshot();
        CompositorSource source(snapshot, session->tileStore());
        const auto image = source.read(QRect(QPoint(0, 0), source.size()));
        return image ? *image : Image();
    }
};

} // namespace heirloom::test
