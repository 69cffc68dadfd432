// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"

#include <QIODevice>

namespace heirloom
{

/// Adds an EXIF block (a TIFF stream) to a finished classic TIFF file of this machine's byte order:
/// its first directory's descriptive tags (camera, date, author, ...) join the file's first
/// directory, its EXIF, GPS and interoperability directories are appended with their offsets
/// rewritten. Thumbnails are left out; a maker note is copied as bytes, so offsets inside it no
/// longer hold.
Result<void> appendExif(QIODevice &device, const QByteArray &exif, const QString &name);

} // namespace heirloom
