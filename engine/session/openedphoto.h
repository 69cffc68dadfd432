// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "image/imageinfo.h"
#include "image/tiledbuffer.h"
#include "metadata/metadata.h"
#include "metadata/metadataedits.h"

namespace heirloom
{

/// A photo as a session works on it: decoded upright into tiles, with all that is known about it.
/// A value.
struct OpenedPhoto {
    QString path; ///< empty when it was pasted
    QString name; ///< for titles
    ImageInfo info;
    Metadata metadata;
    QList<Notice> notices;
    TiledBuffer pixels;
    MetadataEdits words; ///< its own caption, people, place and date

    /// Errors: PhotoFile's, Cancelled. Any thread.
    static Result<OpenedPhoto> open(const QString &path, const std::shared_ptr<TileStore> &store,
                                    const Progress &progress);
    static Result<OpenedPhoto> openBytes(const QByteArray &bytes, const QString &name,
                                         const std::shared_ptr<TileStore> &store,
                                         const Progress &progress);
    /// Pixels without a file. Errors: InputEmpty.
    static Result<OpenedPhoto> fromImage(const Image &image, const QByteArray &icc,
                                         const QString &name,
                                         const std::shared_ptr<TileStore> &store);
};

} // namespace heirloom
