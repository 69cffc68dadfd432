// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command.h"
#include "picturerun.h"
#include "places.h"

namespace heirloom
{

/// Writes a photo as a project, a project as a picture, or a project as a project, through the
/// session that the window drives, so that both write the same. Warnings: what is to be said of
/// the input. Errors: the Input and the Output family, Cancelled. The main thread.
Result<PictureResult> convertProject(const CommandContext &context, const Place &place,
                                     const ExportOptions &options, const Progress &progress,
                                     QStringList &warnings);

} // namespace heirloom
