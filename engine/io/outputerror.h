// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"

#include <QIODevice>

namespace heirloom
{

/// The error for a device that did not take what was written to it: a full disk has its own code.
Error outputError(const QIODevice &device, const QString &name);
/// The same from a system error number.
Error outputError(int errorNumber, const QString &name);

} // namespace heirloom
