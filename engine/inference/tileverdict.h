// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "inference/model.h"
#include "inference/modelpack.h"

#include <QString>

namespace heirloom
{

/// Looks at a network's result for one tile, core and halo, against what it was given: NaN and
/// infinity always; and where the result is a picture, collapse to black or to one colour while the
/// input has light or structure of its own. Structure is judged on means of blocks, so that noise
/// which a network rightly smoothed away does not count. Returns what is wrong, or an empty text.
QString badOutput(const ModelPack &pack, const ModelInput &input, const Planes &output);

} // namespace heirloom
