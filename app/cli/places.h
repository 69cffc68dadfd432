// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "image/imageinfo.h"
#include "session/photofile.h"

#include <QStringList>

#include <optional>

namespace heirloom
{

/// One picture to work on: where it comes from and where it goes.
struct Place {
    QString input;  ///< path, or "-"
    QString output; ///< path, or "-"
    FileFormat format = FileFormat::Png; ///< of pictures
    bool isProject = false;              ///< output is an OpenRaster project
};

/// Pairs inputs with outputs. output is a file (one input), a folder, or "-". Errors: BadArgument
/// (several inputs and no folder, two results of one name), OutputFolderMissing,
/// OutputFormatUnknown. projects: the output may be one.
Result<QList<Place>> placesFor(const QStringList &inputs, const QString &output,
                               std::optional<FileFormat> format, bool projects = false);

/// OUT.png, 3: OUT-3.png
QString numberedPath(const QString &path, qsizetype number);

/// Opens a path, or reads standard input for "-".
Result<std::unique_ptr<PhotoFile>> openInput(const QString &input, const ReadLimits &limits);

/// Copies a finished file to standard output.
Result<void> copyToStandardOutput(const QString &path);

/// A file name without a folder, as the JSON and messages show it: "-" stays.
QString shownName(const QString &path);

} // namespace heirloom
