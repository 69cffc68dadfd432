// SPDX-FileCopyrightText: 2026 The Heirloom developers
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/progress.h"
#include "core/result.h"
#include "document/layerstack.h"
#include "image/imageinfo.h"
#include "image/tiledbuffer.h"
#include "metadata/metadata.h"
#include "metadata/metadataedits.h"

#include <QDateTime>
#include <QFile>

#include <memory>
#include <mutex>

namespace heirloom
{

/// The bytes of a photo's file as they were when it was opened, also when its name means another
/// file by now. A file that is written over in place is noticed. Any thread, one at a time.
class OriginalFile
{
public:
    /// Holds the file open; null when it cannot be read.
    static std::shared_ptr<OriginalFile> hold(const QString &path);
    explicit OriginalFile(QByteArray bytes)
        : m_bytes(std::move(bytes))
    {
    }
    /// Null when they are no longer what was opened.
    QByteArray bytes() const;

private:
    OriginalFile() = default;
    QByteArray m_bytes;
    mutable QFile m_file;
    qint64 m_size = 0;
    QDateTime m_modified;
    mutable std::mutex m_mutex;
};

/// A photo as a session works on it: decoded upright into tiles, with all that is known about it.
/// A value.
struct OpenedPhoto {
    QString path; ///< empty when it was pasted
    QString name; ///< for titles
    ImageInfo info;
    Metadata metadata;
    QList<Notice> notices;
    TiledBuffer pixels;
    std::shared_ptr<OriginalFile> original; ///< null: it came as pixels
    MetadataEdits words; ///< its own caption, people, place and date

    /// Errors: PhotoFile's, Cancelled. Any thread.
    static Result<OpenedPhoto> open(const QString &path, const std::shared_ptr<TileStore> &store,
                                    const Progress &progress);
    static Result<OpenedPhoto> openBytes(const QByteArray &bytes, const QString &name,
                                         const std::shared_ptr<TileStore> &store,
                                         const Progress &progress);
    /// What is known of a file besides its pixels, which are at hand already.
    static Result<OpenedPhoto> describe(const QByteArray &bytes, const QString &name);
    /// What a project or a journal holds of it beside its file's bytes and its pixels.
    QJsonObject toJson() const;
    /// bytes: of its file; null when it came as pixels. Errors: describe()'s.
    static Result<OpenedPhoto> fromJson(const QJsonObject &json, const QByteArray &bytes);
    /// The pixels it began with, from the state of a document that was read.
    void takeOriginal(const LayerStack &stack);
    /// Pixels without a file. Errors: InputEmpty.
    static Result<OpenedPhoto> fromImage(const Image &image, const QByteArray &icc,
                                         const QString &name,
                                         const std::shared_ptr<TileStore> &store);
};

} // namespace heirloom
