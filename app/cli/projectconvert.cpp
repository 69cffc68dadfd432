// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "projectconvert.h"

#include "document/document.h"
#include "jobs/inlineworker.h"
#include "session/editorsession.h"
#include "session/modelenvironment.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>

namespace heirloom
{

namespace
{

/// The outcome of the session's job that is given in by start.
Outcome outcomeOf(EditorSession &session, const std::function<void()> &start)
{
    Outcome last = Outcome::cancelled();
    const auto ended = QObject::connect(&session, &EditorSession::finished,
                                        [&](JobId, const Outcome &outcome) { last = outcome; });
    const auto refused =
        QObject::connect(&session, &EditorSession::refused, [&](const Error &error) {
            last = Outcome::failed(error);
        });
    start();
    QCoreApplication::sendPostedEvents();
    QObject::disconnect(ended);
    QObject::disconnect(refused);
    return last;
}

Error errorOf(const Outcome &outcome)
{
    return outcome.error.value_or(Error(ErrorCode::Cancelled));
}

} // namespace

Result<PictureResult> convertProject(const CommandContext &context, const Place &place,
                                     const ExportOptions &options, const Progress &progress,
                                     QStringList &warnings)
{
    InlineWorker worker(context.stop);
    ModelEnvironment models;
    EditorSession session(worker, models);
    Progress part = progress.sub(0, 0.3);
    QObject::connect(
        &session, &EditorSession::progressed,
        [&part](JobId, const ProgressReport &report) { part.report(report.fraction); });

    QElapsedTimer clock;
    clock.start();
    const Outcome opened = outcomeOf(session, [&] { session.open(place.input); });
    if (opened.kind != Outcome::Kind::Done)
        return fail(errorOf(opened));
    PictureResult result;
    result.decodeSeconds = double(clock.restart()) / 1000;
    warnings += warningsOf(session.notices());

    part = progress.sub(0.3, 0.7);
    QObject::connect(&session, &EditorSession::exported,
                     [&](JobId, const ExportReport &report) { result.report = report; });
    const bool toProject = place.isProject;
    if (toProject && QFileInfo::exists(options.path)) {
        if (QFileInfo(options.path) == QFileInfo(place.input))
            return fail(ErrorCode::OutputIsInput, {options.path});
        if (!options.overwrite)
            return fail(ErrorCode::OutputExists, {options.path});
    }
    const Outcome written = outcomeOf(session, [&] {
        if (toProject)
            session.saveProject(options.path, options.overwrite);
        else
            session.exportTo(options);
    });
    if (written.kind != Outcome::Kind::Done)
        return fail(errorOf(written));
    if (toProject) {
        const Canvas &canvas = session.document()->canvas();
        result.report.path = options.path;
        result.report.size = canvas.size;
        result.report.format = canvas.format;
        result.report.bytes = QFileInfo(options.path).size();
        result.report.encodeSeconds = double(clock.elapsed()) / 1000;
    }
    return result;
}

} // namespace heirloom
