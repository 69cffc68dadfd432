// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "document/snapshot.h"

#include <QImage>

#include <memory>

namespace heirloom
{

class TileStore;

/// A clipboard holds its picture in memory, for as long as it likes.
inline constexpr qint64 maxCopiedPixels = 64'000'000;

/// What is visible of a document, as every other program understands it: 8 bits, sRGB (converted
/// from the document's profile, and tagged). Errors: CanvasLimit above maxCopiedPixels, Cancelled.
/// Any thread.
Result<QImage> screenCopy(const Snapshot &snapshot, const std::shared_ptr<TileStore> &store,
                          const Progress &progress);

} // namespace heirloom
