// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metadata/metadata.h"

#include <QIODevice>

namespace heirloom
{

/// Files up to this size are read and patched in memory; above it Exiv2 reads from the file and the
/// encoders write the blocks themselves (Exiv2 takes twice the file in memory).
inline constexpr qint64 metadataMemoryLimit = qint64(256) << 20;

/// Reads what a photo's file tells besides its pixels. Never fails: what cannot be read becomes a
/// notice. Any thread.
Metadata readMetadata(const QByteArray &file);
/// The same from a file, which is only read; above metadataMemoryLimit without taking it into
/// memory.
Metadata readMetadataFile(const QString &path);

/// From raw blocks that a decoder handed over (libheif). The exif block may still have its
/// "Exif\0\0".
Metadata metadataFromBlocks(const QByteArray &exif, const QByteArray &iptc, const QByteArray &xmp);

} // namespace heirloom
