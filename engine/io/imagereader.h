// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/image.h"
#include "image/imageinfo.h"

#include <QIODevice>

#include <memory>

namespace heirloom
{

/// What may be opened; checked from the header, before anything is decoded.
struct ReadLimits {
    int maxSide = 30000; ///< pixels
    qint64 maxPixels = 300'000'000;
    qint64 memoryBytes = qint64(4) << 30; ///< for formats that must be decoded whole
};

/// One picture file being read: header first, then rows from top to bottom, as stored (orientation
/// is not applied here). Owned by whoever opened it; used on one thread. Foreign libraries' errors
/// become Error; no exception leaves.
class ImageReader
{
public:
    virtual ~ImageReader() = default;

    /// Recognises the format by its content, not its name. name is used in sentences only. The
    /// device must be seekable and outlive the reader.
    static Result<std::unique_ptr<ImageReader>> open(QIODevice &device, const QString &name,
                                                     const ReadLimits &limits = {});

    virtual const ImageInfo &info() const = 0;
    /// The next rows (at most count; fewer at the end; a null image after the last). Rows that a
    /// truncated file does not have are delivered as neutral grey and reported once by a
    /// Kind::MissingRows notice in info().
    virtual Result<Image> readRows(int count) = 0;
};

/// Everything at once, checked between bands of rows for cancellation.
Result<Image> readAll(ImageReader &reader, const Progress &progress = {});

} // namespace heirloom
