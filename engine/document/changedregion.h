// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/snapshot.h"

#include <QRegion>

namespace heirloom
{

/// Where (canvas pixels of now) two states of one document may look different: never too small,
/// and as small as tiles and the reach of adjustments allow. The whole canvas when canvases or the
/// order of layers differ. Looks at pointers, not at pixels: milliseconds. Any thread.
QRegion changedRegion(const Snapshot &before, const Snapshot &now);

} // namespace heirloom
