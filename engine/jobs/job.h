// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ids.h"
#include "core/progress.h"
#include "core/result.h"

#include <QString>

#include <optional>

namespace heirloom
{

enum class Priority { Interactive, Batch };

/// How a job ended. Cancelled is an outcome of its own, not an error.
struct Outcome {
    enum class Kind { Done, Cancelled, Failed };
    Kind kind = Kind::Done;
    std::optional<Error> error; ///< set when Failed

    static Outcome done() { return {}; }
    static Outcome cancelled() { return {Kind::Cancelled, {}}; }
    static Outcome failed(Error e) { return {Kind::Failed, std::move(e)}; }
    /// Cancelled errors become the cancelled outcome.
    template <typename T>
    static Outcome of(const Result<T> &result)
    {
        if (result)
            return done();
        return result.error().isCancelled() ? cancelled() : failed(result.error());
    }
};

/// A piece of work with its own data. process() runs on the engine thread and sees nothing but that
/// data and its Progress; finish() runs afterwards on the thread that owns the worker (the GUI
/// thread), where results are re-checked and taken in by one command.
class Job
{
public:
    virtual ~Job() = default;

    virtual QString title() const = 0;
    virtual Outcome process(const Progress &progress) = 0;
    virtual void finish(const Outcome &outcome) = 0;
};

} // namespace heirloom
