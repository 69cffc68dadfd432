// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/operationpreview.h"

#include "document/compositor.h"
#include "document/document.h"
#include "session/airun.h"
#include "session/editorsession.h"
#include "session/modelenvironment.h"
#include "session/previewbox.h"
#include "session/sessionjobs.h"

namespace heirloom
{

OperationPreview::OperationPreview(EditorSession &session)
    : m_session(session)
{
}

OperationPreview::~OperationPreview()
{
    if (m_box)
        m_box->close();
}

JobId OperationPreview::start(const QString &operation, const QVariantMap &parameters,
                              double strength, const QRect &region, QPoint centre)
{
    cancel();
    if (!m_session.hasDocument())
        return {};
    auto number = std::make_shared<JobId>();
    auto box = std::make_shared<PreviewBox>(this, [this, number] { deliver(*number); });
    m_box = box;
    const JobId id = m_session.jobs().submit<OperationRecord>(
        tr("Preview"), Priority::Interactive,
        [=, snapshot = m_session.document()->snapshot(), store = m_session.tileStore(),
         &models = m_session.models()](const Progress &progress) -> Result<OperationRecord> {
            CompositorSource source(snapshot, store);
            auto made = createOperation(operation, pictureOf(snapshot.canvas), parameters, strength,
                                        models.context());
            if (!made)
                return fail(made.error());
            if (auto settled = (*made)->settle(source, progress.sub(0, 0)); !settled)
                return fail(settled.error());
            return (*made)->runRegion(
                source, region, centre,
                [&](const QRect &place, const Image &pixels) { box->put(place, pixels); },
                progress);
        },
        [](JobId, const OperationRecord &) {},
        [this, number](JobId job, const Outcome &) {
            *number = job;
            if (m_job.isValid() && m_job != job)
                return; // another one has begun
            m_job = job;
            deliver(job);
            m_job = {};
        });
    *number = id;
    m_job = m_session.jobs().isRunning(id) ? id : JobId();
    return id;
}

void OperationPreview::deliver(JobId id)
{
    if (!m_box || id != m_job || !id.isValid())
        return;
    for (const auto &[place, pixels] : m_box->take())
        Q_EMIT tile(id, place, pixels);
}

void OperationPreview::cancel()
{
    if (m_box)
        m_box->close();
    m_box.reset();
    if (m_job.isValid())
        m_session.jobs().cancel(std::exchange(m_job, {}));
}

} // namespace heirloom
