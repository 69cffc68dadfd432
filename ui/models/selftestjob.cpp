// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/selftestjob.h"

#include "inference/selftest.h"
#include "session/modelenvironment.h"

#include <QCoreApplication>

namespace heirloom
{

SelfTestJob::SelfTestJob(ModelEnvironment &models, QString packId, Finished finished)
    : m_models(models)
    , m_packId(std::move(packId))
    , m_finished(std::move(finished))
{
}

QString SelfTestJob::title() const
{
    return QCoreApplication::translate("heirloom::SelfTestJob", "Testing %1").arg(m_packId);
}

Outcome SelfTestJob::process(const Progress &progress)
{
    const Result<std::shared_ptr<Model>> model = m_models.load(m_packId);
    if (!model)
        return Outcome::of(model);
    return Outcome::of(runSelfTest(**model, progress));
}

void SelfTestJob::finish(const Outcome &outcome)
{
    if (m_finished)
        m_finished(outcome);
}

} // namespace heirloom
