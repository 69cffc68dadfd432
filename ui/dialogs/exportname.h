// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/imageinfo.h"

#include <QString>

namespace heirloom
{

/// "photo_restored.jpg" (or another word than restored) beside the photo (or in folder, when
/// given): the photo's own format where it can be written, and a number where the name is taken, so
/// that nothing is replaced unasked.
QString suggestedExportPath(const QString &photoPath, const QString &photoName, FileFormat format,
                            const QString &folder,
                            const QString &word = QStringLiteral("restored"));

/// "photo.ora" by the same rules, where the photo's layers are saved.
QString suggestedProjectPath(const QString &photoPath, const QString &photoName,
                             const QString &folder);

/// The format to write by default for a photo of this one.
FileFormat defaultExportFormat(FileFormat photo, int bitsPerSample);
QString suffixOf(FileFormat format);

} // namespace heirloom
