// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/visiblerecords.h"

#include "operation/operationrecord.h"

namespace heirloom
{

QList<OperationRecord> visibleRecords(const LayerStack &stack)
{
    QList<OperationRecord> records;
    for (const Layer &layer : stack) {
        if (layer.kind != LayerKind::Ai || !layer.isShown())
            continue;
        OperationRecord record = recordFromJson(layer.ai.record);
        record.strength *= layer.opacity;
        records += record;
    }
    return records;
}

} // namespace heirloom
