// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "operation/colorhints.h"

namespace heirloom
{

/// HINTS.json as the window and the command line both read it. Errors: InputMissing,
/// InputUnreadable, BadArgument (naming the file and the place in it). Any thread.
Result<ColorHints> readHintsFile(const QString &path);
/// The file is there whole or as it was. Errors: OutputNotWritable.
Result<void> writeHintsFile(const ColorHints &hints, const QString &path);

} // namespace heirloom
