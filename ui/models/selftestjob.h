// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"

#include <functional>

namespace heirloom
{

class ModelEnvironment;

/// Loads one pack and runs the test that its model.json describes.
class SelfTestJob : public Job
{
public:
    using Finished = std::function<void(const Outcome &)>;

    SelfTestJob(ModelEnvironment &models, QString packId, Finished finished);

    QString title() const override;
    Outcome process(const Progress &progress) override;
    void finish(const Outcome &outcome) override;

private:
    ModelEnvironment &m_models;
    QString m_packId;
    Finished m_finished;
};

} // namespace heirloom
