// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/operation.h"

namespace heirloom
{

/// A record as it is kept with a layer, and back. Keys are stable. Warnings are not kept: they were
/// said when it ran.
QJsonObject recordToJson(const OperationRecord &record);
OperationRecord recordFromJson(const QJsonObject &json);

} // namespace heirloom
