// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metadata/metadata.h"

#include <optional>

namespace heirloom
{

/// Puts the three blocks into a PNG in memory, in front of its first IDAT: EXIF as eXIf (PNG 1.5
/// extensions; Exiv2 0.27 would write a hex dump in zTXt that few programs read), XMP as iTXt
/// (XMP part 3, 1.1.5), IPTC as ImageMagick's "Raw profile type iptc", the only custom there is.
/// Such chunks that were there before are dropped. All other chunks stay byte for byte. Nothing
/// when the PNG's structure is broken.
std::optional<QByteArray> pngWithMetadata(const QByteArray &png, const Metadata &metadata);

} // namespace heirloom
