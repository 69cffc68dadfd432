// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "operation/upscale.h"
#include "session/exporter.h"

#include <functional>

namespace heirloom
{

class ModelEnvironment;

/// The picture as it will be once it is enlarged: its size, and its resolution so that the print
/// stays as large (or is as large as asked for). Errors: UpscaleTarget's; CanvasLimit when the
/// picture has more than 300 megapixels or would have more than 1,000.
Result<ExportPicture> enlargedPicture(const ExportPicture &picture, const UpscaleTarget &target);

struct EnlargedExport {
    ExportReport report;
    OperationRecord record; ///< the enlarging's own
};

/// Makes the pixels that are enlarged; called once, when everything else stands. The source keeps
/// at least so many rows above the last one read, and lives as long as the export.
using RowsOnDemand = std::function<Result<ImageSource *>(int retainedRows)>;

/// Enlarges on the way into the file: rows from the source, tiles through the network (kept in the
/// models' cache, so that a broken-off run goes on where it stopped), rows to the encoder; nothing
/// is held as a whole. picture is the one before. The ledger gets the enlarging after what
/// picture.records already has; a caption of "auto" becomes the sentence that follows from both.
/// Whatever does not end well leaves no file. Errors: enlargedPicture's, Exporter's, Upscale's,
/// Cancelled. Engine thread (the models').
Result<EnlargedExport> exportEnlarged(const ExportPicture &picture, ExportOptions options,
                                      const UpscaleSettings &settings, ModelEnvironment &models,
                                      const RowsOnDemand &rows, const Progress &progress = {});

} // namespace heirloom
