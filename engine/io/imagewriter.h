// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "image/imageinfo.h"
#include "image/rowsink.h"

#include <QIODevice>

#include <memory>

namespace heirloom
{

/// Metadata as raw blocks, for files too large to be patched in memory afterwards: the encoder
/// writes them itself.
struct MetadataBlocks {
    QByteArray exif; ///< TIFF stream, without "Exif\0\0"
    QByteArray xmp;  ///< packet
    QByteArray iptc; ///< IPTC-IIM records
    bool isEmpty() const { return exif.isEmpty() && xmp.isEmpty() && iptc.isEmpty(); }
};

/// What is to be written and how.
struct WriteSpec {
    QString name; ///< the file as sentences name it
    FileFormat fileFormat = FileFormat::Png;
    QSize size;
    PixelFormat format;    ///< of the rows that will be written; must be one the file format takes
    QByteArray icc;        ///< embedded as it is; empty: none
    Resolution resolution; ///< invalid: none written
    bool quick = false; ///< PNG: packed in a third of the time, about a tenth larger
    int quality = 92;      ///< 1..100; JPEG (4:4:4 from 90 on) and WebP (100: lossless)
    /// EXIF, XMP and IPTC. PNG has no place for IPTC, WebP neither: they take EXIF and XMP only.
    /// TIFF takes all three; EXIF becomes directories of the file, rewritten from the block, so a
    /// maker note with absolute offsets inside loses them.
    MetadataBlocks metadata;
};

/// Encodes rows into a device, streaming where the format can (JPEG, PNG, TIFF; WebP collects). The
/// device must outlive the writer; TIFF needs one that can seek and read. Owned by whoever made it;
/// one thread.
class ImageWriter : public RowSink
{
public:
    static Result<std::unique_ptr<ImageWriter>> create(const WriteSpec &spec, QIODevice &device);

    /// Said before any work starts: whether the format can hold the picture at all.
    static Result<void> checkLimits(const WriteSpec &spec);
    /// The nearest layout the format can hold (JPEG: 8 bit, no alpha; WebP: 8 bit).
    static PixelFormat supportedFormat(FileFormat fileFormat, PixelFormat wanted);
};

} // namespace heirloom
