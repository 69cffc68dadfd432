// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/imageinfo.h"
#include "metadata/ledger.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

namespace heirloom
{

/// All that a photo knows besides its pixels, as raw blocks that are kept whole (EXIF as a TIFF
/// stream without "Exif\0\0", IPTC-IIM records, the XMP packet) and the few values the program
/// itself looks at. A plain value; any thread. exiv2 appears only in exiv*.cpp.
struct Metadata {
    QByteArray exif;
    QByteArray iptc;
    QByteArray xmp;

    Orientation orientation = Orientation::Upright;
    QString description;
    QString creator;
    QString camera;
    QString software; ///< the program or firmware that wrote the file
    QDateTime taken;  ///< DateTimeOriginal; local time unless the file names an offset
    bool hasLocation = false;
    QString digitalSourceType; ///< the term, without the vocabulary's address; empty: none
    QList<LedgerEntry> ledger; ///< what Heirloom did before, oldest first
    QList<Notice> notices;     ///< what could not be read or will not be kept

    bool isEmpty() const { return exif.isEmpty() && iptc.isEmpty() && xmp.isEmpty(); }
};

/// What export keeps.
enum class MetadataPolicy { All, NoLocation, None };

/// Whether a profile belongs to pixels like these: a grey profile must not be put on colour (a
/// colourised scan), nor an RGB one on grey, nor a CMYK one on anything that is written here.
bool profileFits(const QByteArray &icc, const PixelFormat &format);

} // namespace heirloom
