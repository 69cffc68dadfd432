// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"

#include <functional>
#include <memory>
#include <optional>

namespace heirloom
{

/// A job made of functions and a place for the result between them: compute on the engine thread,
/// then on the owner's thread take (only when compute succeeded) and ended.
template <typename T>
class FunctionJob : public Job
{
public:
    using Compute = std::function<Result<T>(const Progress &)>;
    using Take = std::function<void(T)>;
    using Ended = std::function<void(const Outcome &)>;

    FunctionJob(QString title, Compute compute, Take take, Ended ended = {})
        : m_title(std::move(title))
        , m_compute(std::move(compute))
        , m_take(std::move(take))
        , m_ended(std::move(ended))
    {
    }

    QString title() const override { return m_title; }

    Outcome process(const Progress &progress) override
    {
        auto result = m_compute(progress);
        const Outcome outcome = Outcome::of(result);
        if (result)
            m_result.emplace(std::move(*result));
        return outcome;
    }

    void finish(const Outcome &outcome) override
    {
        if (outcome.kind == Outcome::Kind::Done && m_result)
            m_take(std::move(*m_result));
        if (m_ended)
            m_ended(outcome);
    }

private:
    QString m_title;
    Compute m_compute;
    Take m_take;
    Ended m_ended;
    std::optional<T> m_result;
};

} // namespace heirloom
