// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/model.h"

#include "inference/modelpack.h"

#include <QCoreApplication>

#include <chrono>

namespace heirloom
{

namespace
{

// A Model that says "cancelled" although nobody asked would otherwise keep its caller for ever.
constexpr int MostUnaskedCancels = 3;

} // namespace

Result<Planes> answerOf(Model &model, const ModelInput &input, RunControl &control,
                        Interruptions *interruptions)
{
    using Clock = std::chrono::steady_clock;
    const Progress &progress = control.progress;
    for (int unasked = 0;;) {
        Result<Planes> output = model.run(input, control);
        if (output || !output.error().isCancelled())
            return output;
        if (progress.stopRequested())
            return fail(ErrorCode::Cancelled);
        if (!progress.yieldRequested() && ++unasked > MostUnaskedCancels)
            return fail(ErrorCode::ModelFailed,
                        {model.pack().id,
                         QCoreApplication::translate("heirloom::Model",
                                                     "it stopped although nobody asked it to")});
        const auto start = Clock::now();
        progress.yield();
        if (interruptions) {
            ++interruptions->count;
            interruptions->seconds +=
                std::chrono::duration<double>(Clock::now() - start).count();
        }
    }
}

} // namespace heirloom
