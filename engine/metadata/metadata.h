// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/imageinfo.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

namespace heirloom
{

/// All that a photo knows besides its pixels, as raw blocks that are kept whole (EXIF as a TIFF
/// stream, IPTC-IIM records, the XMP packet) and the few values the program itself looks at. A
/// plain value; any thread. exiv2 appears only in exivreader.cpp and exivwriter.cpp.
struct Metadata {
    QByteArray exif;
    QByteArray iptc;
    QByteArray xmp;

    Orientation orientation = Orientation::Upright;
    QString description;
    QString creator;
    QString camera;
    QDateTime taken; ///< DateTimeOriginal
    bool hasLocation = false;
    QString digitalSourceType; ///< the term, without the vocabulary's address; empty: none
    QList<Notice> notices;     ///< what could not be read
};

/// What export keeps.
enum class MetadataPolicy { All, NoLocation, None };

} // namespace heirloom
