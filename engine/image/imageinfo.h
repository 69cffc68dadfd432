// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "image/pixelformat.h"

#include <QByteArray>
#include <QSize>
#include <QString>
#include <QStringList>

#include <optional>

namespace heirloom
{

enum class FileFormat { Jpeg, Png, Tiff, WebP, Heif, Avif, Bmp };

/// "JPEG", "PNG", ... as people write it; not translated.
QString fileFormatName(FileFormat format);
/// By the ending alone, case-insensitive; for output names.
std::optional<FileFormat> fileFormatFromSuffix(const QString &path);

/// Pixels to an inch, across and down.
struct Resolution {
    double x = 0;
    double y = 0;
    bool isValid() const { return x > 0 && y > 0; }
    bool operator==(const Resolution &) const = default;
};

/// EXIF's orientation, 1..8: what has to be done to the stored rows so that the picture is upright.
enum class Orientation : quint8 {
    Upright = 1,
    MirrorHorizontal,
    Rotate180,
    MirrorVertical,
    Transpose,
    Rotate90,
    Transverse,
    Rotate270
};

/// The size after an orientation was applied.
QSize orientedSize(QSize stored, Orientation orientation);

/// A warning that belongs to a picture: something a person should know, no reason to stop.
struct Notice {
    enum class Kind {
        MissingRows,    ///< number: first missing row (0-based, of the upright picture if known)
        MorePages,      ///< number: pages in all; only the first was read
        ProfileIgnored, ///< text: why (the profile could not be used; sRGB assumed)
        Untagged,       ///< no profile; sRGB assumed
        ConvertedColor, ///< text: what it was converted from ("CMYK through its profile", "Lab")
        ReducedDepth,   ///< text
        MetadataUnreadable,        ///< text
        ExtraPicturesDropped,      ///< text: MPO frames, gain map
        ContentCredentialsDropped, ///< a C2PA manifest that saving will not keep
        Other,                     ///< text
    };
    Kind kind = Kind::Other;
    qint64 number = 0;
    QString text;
    bool operator==(const Notice &) const = default;
};
/// The sentence of a notice, translated.
QString noticeText(const Notice &notice);

/// What a file's header tells, before any pixel is decoded. size is as stored: orientation is not
/// yet applied.
struct ImageInfo {
    FileFormat fileFormat = FileFormat::Png;
    QSize size;
    PixelFormat format; ///< of the pixels the reader delivers
    int sourceBits = 8; ///< bits a sample in the file (1, 2, 4, 8, 12, 16, ...)
    QByteArray icc;     ///< the profile of the delivered pixels; empty: untagged, sRGB is assumed
    Resolution resolution;                          ///< invalid when the file has none
    Orientation orientation = Orientation::Upright; ///< from the header, where the format has it
    int pages = 1;
    bool decodesWhole = false; ///< the format or variant cannot stream (WebP, interlaced PNG, ...)
    QList<Notice> notices;
};

} // namespace heirloom
