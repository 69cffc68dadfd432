// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "metadata/exivprepare.h"

#include <string>

namespace Exiv2
{
class ExifData;
class IptcData;
class XmpData;
} // namespace Exiv2

namespace heirloom
{

// What has to be put right when metadata moves to newly encoded pixels. For exivprepare.cpp and
// exivwriter.cpp, which hold exivSession(); Exiv2's exceptions pass through.

/// Orientation, thumbnail, sizes, resolution, colour space; tags about the old file's storage go.
void correctExif(Exiv2::ExifData &exif, const MetadataTarget &target, bool sizeChanged);
void stampExif(Exiv2::ExifData &exif, const QDateTime &when, const QString &software);
/// The same in XMP's copies of these tags; gain maps, motion photos and extensions go.
void correctXmp(Exiv2::XmpData &xmp, const MetadataTarget &target);
/// Text without a declared character set becomes declared UTF-8; bytes that are not UTF-8 are taken
/// as Latin-1, which old programs wrote.
void correctIptc(Exiv2::IptcData &iptc);
/// Coordinates, and the fields that name a town, province or country. True when the camera's own
/// notes held such a field: they must then be built anew.
bool removeLocation(Exiv2::ExifData &exif, Exiv2::IptcData &iptc, Exiv2::XmpData &xmp);

/// Camera makers whose notes count offsets from the notes' own start: these are kept as one block,
/// byte for byte, since Exiv2 loses parts that it does not know when it builds them anew. Notes
/// with offsets into the whole file, or values beyond their own end, are left to Exiv2, which moves
/// what it knows. Call it before encoding.
void keepMakerNoteWhole(Exiv2::ExifData &exif);

bool xmpHas(const Exiv2::XmpData &xmp, const std::string &key);
/// A property and, for structures and arrays, everything in it.
void xmpEraseTree(Exiv2::XmpData &xmp, const std::string &key);

} // namespace heirloom
