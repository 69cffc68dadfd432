// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "io/imagewriter.h"
#include "session/exportrows.h"

namespace heirloom
{

/// All of it, or an error that tells a full disk from others.
Result<void> writeAll(QIODevice &device, const QByteArray &bytes, const QString &path);

/// Reads the written file again, row by row: size, layout, no missing rows, and the pixels
/// themselves where the format keeps them exactly (PNG, TIFF). Errors: OutputCheckFailed.
Result<void> checkWritten(QIODevice &device, const QString &path, const WriteSpec &spec,
                          const PixelDigest &digest, const Progress &progress);

} // namespace heirloom
