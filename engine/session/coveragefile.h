// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/tiledbuffer.h"

namespace heirloom
{

/// Masks and selections as PNG files: 8-bit grey, white is inside. Any thread.

/// The size that the file says, upright, from its header; quick. Errors: the Input family.
Result<QSize> coverageFileSize(const QString &path);

/// Any picture that can be opened, of any depth, grey or in colour (its W3C Lum, by its values
/// alone); 8-bit grey comes in bit for bit. One of another size is resampled with scaled, else
/// refused. Errors: the Input family, SizeMismatch, Cancelled.
Result<TiledBuffer> loadCoverage(const QString &path, QSize canvas, bool scaled,
                                 std::shared_ptr<TileStore> store, const Progress &progress = {});

/// Errors: the Output family, Cancelled. An existing file is replaced only with overwrite.
Result<void> saveCoverage(const TiledBuffer &coverage, const QString &path, bool overwrite,
                          const Progress &progress = {});

} // namespace heirloom
