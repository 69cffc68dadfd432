// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "inference/model.h"

namespace heirloom
{

/// The picture that models/README.md, "self_test", describes, for a pack.
Planes selfTestPicture(int channels, int width, int height, quint32 seed, double noise);

/// Runs the pack's self-test. Errors: ModelFailed naming the first value that is off; Cancelled.
Result<void> runSelfTest(Model &model, const Progress &progress = {});

} // namespace heirloom
