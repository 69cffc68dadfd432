// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exportcontroller.h"

#include "dialogs/exportdialog.h"
#include "dialogs/exportname.h"
#include "enlargecontroller.h"
#include "session/modelenvironment.h"

#include <QPointer>
#include <QStandardPaths>

namespace heirloom
{

namespace
{

/// What this photo's session can enlarge with, the usual network first.
EnlargeOffer offerOf(EditorSession &session)
{
    EnlargeOffer offer;
    for (const ModelPack &pack : session.models().packs(ModelTask::Upscale)) {
        if (pack.id == EnlargeController::fastPack())
            offer.models.prepend({pack.id, ExportController::tr("Fast")});
        else if (pack.id == EnlargeController::finePack())
            offer.models.append({pack.id, ExportController::tr("Fine, much slower")});
        else
            offer.models.append({pack.id, pack.name});
    }
    offer.plan = [open = QPointer(&session)](const UpscaleSettings &settings) {
        return open ? open->planUpscale(settings)
                    : Result<UpscalePlan>(fail(ErrorCode::Cancelled));
    };
    offer.seconds = [open = QPointer(&session)](const UpscalePlan &plan) {
        return open ? open->estimateSeconds(plan) : std::nullopt;
    };
    return offer;
}

} // namespace

ExportController::ExportController(Workspace &workspace, Settings &settings, QStringList samples,
                                   QWidget *window)
    : QObject(window)
    , m_settings(settings)
    , m_samples(std::move(samples))
    , m_window(window)
{
    connect(&workspace, &Workspace::opened, this, &ExportController::watch);
    connect(&workspace, &Workspace::aboutToClose, this,
            [this](const EditorSession *session) { m_jobs.remove(session); });
}

void ExportController::watch(EditorSession *session)
{
    connect(session, &EditorSession::exported, this,
            [this, session](JobId, const ExportReport &report) {
                Q_EMIT exported(session, report);
            });
    connect(session, &EditorSession::finished, this,
            [this, session](JobId id, const Outcome &outcome) {
                if (id != job(session))
                    return;
                const auto afterwards = m_jobs.take(session).afterwards;
                Q_EMIT changed();
                if (outcome.kind == Outcome::Kind::Failed)
                    Q_EMIT failed(session, *outcome.error);
                else if (outcome.kind == Outcome::Kind::Done && afterwards)
                    afterwards();
            });
}

void ExportController::exportPicture(EditorSession &session, std::function<void()> afterwards)
{
    if (!session.hasDocument() || job(&session).isValid())
        return;
    auto *dialog = new ExportDialog(session.exportPicture(), session.sourceInfo().fileFormat,
                                    m_settings, m_window, offerOf(session));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(&session, &QObject::destroyed, dialog, &QDialog::reject);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, open = QPointer(&session), afterwards = std::move(afterwards)] {
                if (open)
                    start(*open, dialog->options(), dialog->enlargement(), afterwards);
            });
    dialog->open();
}

void ExportController::exportNow(EditorSession &session)
{
    if (!session.hasDocument() || job(&session).isValid())
        return;
    // The dialog knows all the choices, also when nobody looks at it.
    const ExportDialog dialog(session.exportPicture(), session.sourceInfo().fileFormat, m_settings);
    ExportOptions options = dialog.options();
    if (m_samples.contains(session.path()) && options.fileFormat)
        options.path = suggestedExportPath(
            {}, session.name(), *options.fileFormat,
            QStandardPaths::writableLocation(QStandardPaths::PicturesLocation));
    start(session, options, {}, {});
}

void ExportController::start(EditorSession &session, const ExportOptions &options,
                             const std::optional<UpscaleSettings> &enlarge,
                             std::function<void()> afterwards)
{
    m_jobs[&session] = {{}, std::move(afterwards)};
    const JobId id = session.exportTo(options, enlarge);
    if (const auto it = m_jobs.find(&session); it != m_jobs.end())
        it->id = id;
    Q_EMIT changed();
}

void ExportController::cancel(EditorSession &session)
{
    if (const JobId id = job(&session); id.isValid())
        session.cancel(id);
}

} // namespace heirloom
