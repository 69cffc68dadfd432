// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/planes.h"
#include "operation/operation.h"

namespace heirloom
{

/// A usable pack that finds subjects is installed. Without loading anything; any thread.
bool canFindSubject(const OperationContext &context);

/// What a photograph is of, told from its background by a network that knows such things at a size
/// of its own (X. Qin et al., "Highly Accurate Dichotomous Image Segmentation", ECCV 2022).
/// luminance: one plane, 0..1, sRGB. Gives one of its size, 0 background .. 1 subject. Begins again
/// after something more urgent. Errors: ModelMissing, those of loading, Cancelled, OutOfMemory,
/// ModelFailed, ModelOutputBad. Engine thread.
Result<Planes> subjectOf(const Planes &luminance, const OperationContext &context,
                         const Progress &progress);

} // namespace heirloom
