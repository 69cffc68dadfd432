// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/imagesource.h"
#include "io/imagereader.h"
#include "metadata/metadata.h"

#include <memory>

namespace heirloom
{

/// One photo file, opened: its header, its metadata, and once its pixels. Orientation (EXIF's,
/// whichever container carries it) is applied here, exactly once: everything that this class gives
/// out is upright. The file itself is only read. Owned by whoever opened it; one thread.
class PhotoFile
{
public:
    /// Errors: the Input family. name is what sentences call the bytes.
    static Result<std::unique_ptr<PhotoFile>> open(const QString &path,
                                                   const ReadLimits &limits = {});
    static Result<std::unique_ptr<PhotoFile>>
    openBytes(const QByteArray &bytes, const QString &name, const ReadLimits &limits = {});
    ~PhotoFile();

    QString path() const; ///< empty for bytes
    QString name() const; ///< for people: the file's name
    qint64 byteCount() const;

    /// size and resolution are upright, orientation is always Upright. Grows notices while pixels
    /// are read (missing rows).
    ImageInfo info() const;
    /// The orientation that the file names and that was applied.
    Orientation storedOrientation() const;
    const Metadata &metadata() const;
    /// All warnings, of header, metadata and the pixels read so far.
    QList<Notice> notices() const;

    /// The upright pixels, once. Streams (top to bottom, keeping retainedRows) when the file does
    /// and its orientation allows it; otherwise decodes here, which progress watches. The source
    /// must not outlive this object.
    Result<std::unique_ptr<ImageSource>> source(int retainedRows = 0,
                                                const Progress &progress = {});
    /// The same as one block.
    Result<Image> image(const Progress &progress = {});

private:
    struct Private;
    explicit PhotoFile(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace heirloom
