// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "picturerun.h"
#include "session/modelenvironment.h"

namespace heirloom
{

/// What a command asks of an operation that keeps the picture's size.
struct OperationRequest {
    QString operation; ///< id
    QVariantMap parameters;
    double strength = 100;
    Image mask; ///< null: none
};

/// Does it to a photo and writes the result. The picture is held in memory, as the operations that
/// need a second look at it ask for.
Result<PictureResult> runOperation(PhotoFile &photo, const OperationRequest &request,
                                   ModelEnvironment &models, ExportOptions options,
                                   const Progress &progress);

/// The same to all pictures that a command names. Returns its exit code.
int runOperations(const CommandContext &context, const CommonOptions &common,
                  const OperationRequest &request);

} // namespace heirloom
