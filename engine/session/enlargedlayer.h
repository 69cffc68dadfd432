// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/snapshot.h"
#include "operation/upscale.h"

namespace heirloom
{

/// The AI layer of an enlargement, to be laid on top of an enlarged canvas; opacity 1.
Layer enlargedLayer(const Snapshot &enlarged, const OperationRecord &record,
                    const UpscalePlan &plan, const TiledBuffer &pixels);

/// A half transparent result laid over the half transparent picture it was made from would be too
/// opaque: there the result stands alone, with its strength inside.
bool replacesWhatIsBelow(const Canvas &canvas);
void hideAll(LayerStack &stack);

} // namespace heirloom
