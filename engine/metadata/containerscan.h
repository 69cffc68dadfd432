// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QIODevice>

namespace heirloom
{

/// What a walk over a file's outer structure finds (JPEG segments, PNG chunks, RIFF chunks of WebP,
/// boxes of HEIF). Nothing is decoded. Any thread.
struct ContainerScan {
    QByteArray exif;                 ///< verbatim, starting with "II" or "MM"; empty: none found
    bool contentCredentials = false; ///< a C2PA manifest
    bool extendedXmp = false;        ///< JPEG: XMP that goes on in more segments
    bool morePictures = false;       ///< JPEG: MPF (stereo pictures, gain maps)
};

/// Reads a few bytes a segment; never fails, stops where the structure is damaged.
ContainerScan scanContainer(QIODevice &device);

} // namespace heirloom
