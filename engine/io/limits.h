// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/imagereader.h"

namespace heirloom
{

/// Sides and pixels against the limits, and never a side of 0.
Result<void> checkSize(const QString &name, qint64 width, qint64 height, const ReadLimits &limits);
/// Memory for what a format needs beside the rows it delivers.
Result<void> checkMemory(const QString &name, qint64 bytesNeeded, const ReadLimits &limits);

/// Profiles and packets larger than this are nobody's.
inline constexpr qint64 maxProfileBytes = qint64(16) << 20;

/// Rows that a damaged file does not have: middle grey, opaque.
void fillMissing(Image &image, int firstRow);

/// Adds a MissingRows notice, or lowers the row of the one that is there.
void noteMissingRows(ImageInfo &info, qint64 firstRow);

/// The largest number of rows of bytesPerRow that stays near the given amount; at least 1.
int rowsWithin(qint64 bytes, qint64 bytesPerRow);

} // namespace heirloom
