// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/modelenvironment.h"
#include "session/photofile.h"
#include "session/restoration.h"

namespace heirloom
{

/// A photo's pixels in tiles, of which a gigabyte is kept in memory, and what triage found.
struct MeasuredPhoto {
    RestoredPicture picture;
    Measurements measurements;
};

/// The pixels alone, held in the same way. Errors: those of reading. The main thread.
Result<RestoredPicture> tiledPhoto(PhotoFile &photo, const Progress &progress);
/// Errors: those of reading, and of the networks that measure. The main thread.
Result<MeasuredPhoto> measuredPhoto(PhotoFile &photo, ModelEnvironment &models,
                                    const Progress &progress);

} // namespace heirloom
