// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "jobs/worker.h"

#include <exception>

namespace heirloom
{

Outcome Worker::run(Job &job, const Progress &progress)
{
    Outcome outcome;
    try {
        outcome = job.process(progress);
    } catch (const std::exception &e) {
        const QString what = QString::fromLocal8Bit(e.what());
        outcome = Outcome::failed(Error(ErrorCode::Internal, {what}, what));
    } catch (...) {
        outcome = Outcome::failed(
            Error(ErrorCode::Internal, {job.title()}, QStringLiteral("unknown exception")));
    }
    // Code that is broken off leaves by whatever error its libraries raise; that is not news.
    if (outcome.kind == Outcome::Kind::Failed && progress.stopRequested())
        return Outcome::cancelled();
    return outcome;
}

} // namespace heirloom
