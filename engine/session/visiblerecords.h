// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/layerstack.h"
#include "operation/operation.h"

#include <QList>

namespace heirloom
{

/// The operations that can be seen in a picture of these layers, oldest first, each as strong as
/// its layer's opacity leaves it (0..100). Any thread.
QList<OperationRecord> visibleRecords(const LayerStack &stack);

} // namespace heirloom
